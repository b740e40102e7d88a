"""D517: mirrored digits, letters and directions."""

from collections.abc import Iterator

from specc.rules.augmented import AUGMENT, augment_of, inside, layers_of
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.source import Path
from specc.subject import Subject

SIDES = {"left", "right"}
TEXT = ("mnist", "emnist", "kmnist", "digits")


@rule(
    "D517",
    "flip that changes the label",
    "warning",
    source="measured; Shorten and Khoshgoftaar 2019, A survey on image data augmentation, §3",
    bad="""
        specc: 1
        data:
          dataset: {keras: mnist}
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 10
            horizontal_flip: true  # ! D517
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: fashion_mnist}
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 10
            horizontal_flip: true
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def flip_that_changes_the_label(subject: Subject) -> Iterator[Finding]:
    """The mirror image of a 2 is no digit, that of a 5 looks like a 2, and a `b` becomes a `d`. A
    network that is trained on them learns shapes that never occur, and confuses some that do; an
    arrow to the left becomes one to the right with the label of the left.
    """
    what = _what(subject)
    if not what:
        return
    for option, path, on_key in _flips(subject):
        yield Finding(
            f"`{option}` mirrors {what}",
            path,
            on_key=on_key,
            label="the label may be wrong then",
            help="leave it out; small rotations, shifts and zooms keep the label",
            fix=() if on_key else dropped(subject, path),
        )


def _what(subject: Subject) -> str:
    """What the images show, if that has two sides."""
    names = subject.facts.class_names
    lowered = {name.lower() for name in names}
    if any({*name.replace("-", "_").split("_")} & SIDES for name in lowered):
        return "what points to the left or right"
    if len(names) > 1 and all(name.isdigit() and len(name) == 1 for name in names):
        return "digits"
    if len(names) > 3 and all(len(name) == 1 for name in names):
        return "letters"
    return "digits" if subject.facts.origin("shape").split(" ")[-1] in TEXT else ""


def _flips(subject: Subject) -> Iterator[tuple[str, Path, bool]]:
    """What mirrors images: options of `augment`, and layers there or in the model."""
    augment = augment_of(subject)
    for option in ("horizontal_flip", "vertical_flip"):
        if getattr(augment, option, False):
            yield option, (*AUGMENT, option), False
    for kind, path in layers_of(subject):
        if "RandomFlip" in [type(each).__name__ for each in inside(kind)]:
            yield "RandomFlip", subject.at(path), True
    for node in subject.of("RandomFlip"):
        yield "RandomFlip", node.at(), True
