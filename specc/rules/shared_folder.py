"""D506: the same rows in two parts."""

from collections.abc import Iterator
from itertools import combinations
from posixpath import normpath

from specc.diagnostics import Note
from specc.rules.amounts import called
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject


@rule(
    "D506",
    "two parts from one folder",
    "error",
    source="notes K1 §1.2 (training and validation must not overlap)",
    covers=("data.val_leak",),
    bad="""
        specc: 1
        data:
          images:
            train: photos
            validation: photos/validation  # ! D506
            size: [150, 150]
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
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
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def shared_folder(subject: Subject) -> Iterator[Finding]:
    """Rows that are trained on are known to the network, so its score on them says nothing
    about new ones: a network that learned them by heart looks perfect. Folders must not hold
    each other either, since the files of the inner one belong to both, and the inner folder is
    taken for a class.
    """
    places = list(_places(subject))
    for (first, at_first, one), (part, path, other) in combinations(places, 2):
        how = _shares(one, other)
        if how and part != first:  # several inputs may take one array
            yield Finding(
                f"the {called(part)} {how} the {called(first)}",
                path,
                label="expected rows of its own",
                help="give each part its own; `split` cuts parts off one",
                notes=(Note(f"the {called(first)}", at_first),),
            )


def _places(subject: Subject) -> Iterator[tuple[str, Path, str]]:
    """Each part with where the spec names its rows."""
    source = subject.spec.data.source if subject.spec.data else None
    word = subject.facts.source
    if source is None:
        return
    if word == "images":
        for part, folder in source.folders.items():
            yield part, ("data", word, source.option(part)), normpath(folder)
    if word == "arrays":
        for part, (x, _) in source.pairs().items():
            for name in x.values() if isinstance(x, dict) else (x,):
                yield part, ("data", word, *source.option(part, 0)), name


def _shares(one: str, other: str) -> str:
    if one == other:
        return "has the rows of"
    if other.startswith(f"{one}/") or one == ".":
        return "lies inside"
    return "holds" if one.startswith(f"{other}/") or other == "." else ""
