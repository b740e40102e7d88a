"""D514: classes of which a part has no rows, or folders of a part that are no classes."""

from collections.abc import Iterator

from specc.inspect.facts import Folder
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing


@rule(
    "D514",
    "class missing in a part",
    "warning",
    source="notes K1 §1.2; Keras (image_dataset_from_directory numbers the folders it finds)",
    covers=("data.labels_corrupted",),
    files=dict.fromkeys(
        [f"photos/train/{name}/{i}.png" for name in ("cats", "dogs", "owls") for i in range(40)]
        + [f"photos/validation/{name}/{i}.png" for name in ("cats", "dogs") for i in range(10)],
        b"",
    ),
    bad="""
        specc: 1
        data:
          images:
            train: photos/train
            validation: photos/validation  # ! D514
            size: [150, 150]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images:
            train: photos/train
            validation: photos/validation
            size: [150, 150]
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def class_missing_in_a_part(subject: Subject) -> Iterator[Finding]:
    """A class without rows in the validation or test part is never scored: the accuracy says
    nothing about it. A folder that the training part lacks is never read. Often the two are
    one class under two names.
    """
    names = subject.facts.class_names
    for folder in subject.facts.folders:
        if folder.part != "train" and folder.files and names:
            yield from _compared(folder, names, pinned=bool(subject.get(("data", "classes"))))
    if subject.facts.source == "arrays" and not (subject.pair and subject.pair.ctc):
        yield from _gaps(subject)


def _compared(folder: Folder, names: tuple[str, ...], *, pinned: bool) -> Iterator[Finding]:
    files = dict(folder.classes)
    missing = [name for name in names if not files.get(name)]
    extra = [] if pinned else [name for name in files if files[name] and name not in names]
    if missing:
        help = f"it also has {_folders(extra)}, which the training part lacks" if extra else ""
        message = f"the {folder.part} part has no images of {_classes(missing)}"
        yield Finding(message, folder.path, help=help)
    elif extra:
        message = f"the {folder.part} part has {_folders(extra)}, which the training part lacks"
        yield Finding(message, folder.path, help="nobody reads them; remove or rename them")


def _gaps(subject: Subject) -> Iterator[Finding]:
    facts = subject.facts
    missing = [i for i, rows in enumerate(facts.balance) if rows == 0]
    if not missing or facts.labels != "integer":
        return
    help = "where classes count from 1, subtract 1 from the labels" if missing == [0] else ""
    which = listing([str(i) for i in missing])
    message = f"the training part has no rows of class {which} out of 0 to {len(facts.balance) - 1}"
    yield Finding(message, ("data", facts.source), on_key=True, help=help)


def _classes(names: list[str]) -> str:
    return f"class {listing(names, 5)}" if len(names) == 1 else f"the classes {listing(names, 5)}"


def _folders(names: list[str]) -> str:
    return f"a folder {listing(names, 5)}" if len(names) == 1 else f"folders {listing(names, 5)}"
