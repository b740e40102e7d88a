"""D524: folders that an archive program left behind."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "D524",
    "class folder that is an artefact",
    "error",
    source="archives made on macOS; notes J1 (one folder per class)",
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          classes:
            - __MACOSX  # ! D524
            - cats
            - dogs
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          classes:
            - cats
            - dogs
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 2, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy, epochs: 20}
        """,
)
def artefact_among_the_classes(subject: Subject) -> Iterator[Finding]:
    """Archives made on a Mac hold a folder `__MACOSX`, and many programs leave hidden folders.
    Whoever takes each folder for a class gets a class more, without a picture or text
    in it. specc reads past such folders; a class of that name has no rows.
    """
    data = subject.spec.data
    if data is None or data.classes is None or subject.facts.source not in ("images", "text"):
        return
    from specc.inspect.folders import is_hidden  # loaded by now, and only with such a source

    for i, name in enumerate(data.classes):
        if is_hidden(name):
            message = f"`{name}` is no class, but left behind by a program"
            path = ("data", "classes", i)
            fix = dropped(subject, path)
            yield Finding(message, path, help="remove it from `classes`", fix=fix)
