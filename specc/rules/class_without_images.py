"""D532: a class that the training part shows nothing of."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.words import nearest

CLASSES = ("data", "classes")


@rule(
    "D532",
    "class without images",
    "error",
    source="Keras (image_dataset_from_directory); notes J1",
    files=dict.fromkeys((f"photos/{c}/{i}.png" for c in ("cats", "dogs") for i in range(60)), b""),
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          classes:
            - cat  # ! D532
            - dogs
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
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
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def class_without_images(subject: Subject) -> Iterator[Finding]:
    """Classes are folders. A class whose folder is empty, or is not there, has no example that
    the network could learn from, and still takes one of its outputs.
    """
    train = next((f for f in subject.facts.folders if f.part == "train"), None)
    if train is None or not train.files:
        return
    files = dict(train.classes)
    pinned = subject.get(CLASSES) is not None
    for i, name in enumerate(subject.facts.class_names):
        if not files.get(name):
            path = (*CLASSES, i) if pinned else train.path
            other = nearest(name, files.keys() - set(subject.facts.class_names))
            yield Finding(
                f"the training part has no images of class `{name}`",
                path,
                help=f"did you mean `{other}`?" if other else f"put its images into `{name}`",
                fix=(Edit(path, other),) if other and pinned else (),
            )
