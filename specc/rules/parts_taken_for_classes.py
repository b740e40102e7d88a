"""D531: folders of the parts, read as if they were classes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing

PARTS = {
    "train": "train", "training": "train", "validation": "validation", "valid": "validation",
    "val": "validation", "test": "test", "testing": "test",
}  # fmt: skip


@rule(
    "D531",
    "parts taken for classes",
    "warning",
    source="Keras (image_dataset_from_directory takes each folder for a class)",
    files={
        f"photos/{part}/{name}/{i}.png": b""
        for part in ("train", "validation")
        for name in ("cats", "dogs")
        for i in range(60)
    },
    bad="""
        specc: 1
        data:
          images:
            path: photos  # ! D531
            size: [150, 150]
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
          images:
            train: photos/train
            validation: photos/validation
            size: [150, 150]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def parts_taken_for_classes(subject: Subject) -> Iterator[Finding]:
    """Each folder in the one that holds the images is a class. Given the folder above, the
    network learns to tell training pictures from validation pictures, and nothing complains:
    the images lie deeper, and are found.
    """
    train = next((f for f in subject.facts.folders if f.part == "train"), None)
    names = [name for name, _ in train.classes] if train else []
    meant = {PARTS[name.lower()] for name in names if name.lower() in PARTS}
    if train is None or len(meant) < 2 or len(meant) < len(names):
        return
    folder = subject.get(train.path)
    parts = ", ".join(f"{PARTS[name.lower()]}: {folder}/{name}" for name in names)
    yield Finding(
        f"the folders {listing(names)} look like parts, and are taken for classes",
        train.path,
        label="expected one folder per class",
        help=f"write `images: {{{parts}, …}}`",
    )
