"""D606: images that are moved, and the classes of their pixels that are not."""

from collections.abc import Iterator
from typing import Any

from specc.rules.augmented import AUGMENT, augment_of, inside, layers_of
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject

MOVING = frozenset(
    {"RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom", "RandomShear", "RandomCrop"}
    | {"RandomPerspective", "RandomElasticTransform", "RandAugment", "AugMix", "CutMix"}
)
OPTIONS = (
    "rotation_range", "width_shift_range", "height_shift_range", "shear_range", "zoom_range",
    "horizontal_flip", "vertical_flip",
)  # fmt: skip


@rule(
    "D606",
    "augmentation that leaves masks where they are",
    "error",
    source="Keras 3.15 (layers in a model see its inputs alone); language §10 (`masks`)",
    bad="""
        specc: 1
        task: segmentation
        data:
          arrays: {path: cells.npz, x: photos, y: masks}
          facts: {samples: 500, shape: [64, 64, 3], range: [0, 255], classes: 3}
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 20  # ! D606
            brightness_range: [0.8, 1.2]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, masks: masks, size: [64, 64]}
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 20
            brightness_range: [0.8, 1.2]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
)
def augmentation_that_leaves_masks(subject: Subject) -> Iterator[Finding]:
    """Where each pixel has a class, an image that is turned needs a mask that is turned alike.
    With `masks` beside `images` both move together. Masks that come as arrays stay where they
    are, and a layer of the model never sees them: the network is taught that the pixels of one
    thing are of another class, a little in each epoch, and no error shows it.
    """
    if subject.task != "segmentation" or subject.facts.target_shape == ():
        return
    data = subject.spec.data
    help = "give files, `images: {path: …, masks: …}`, or change colours alone"
    if data is not None and data.source is not None and not data.source.with_masks:
        for name, path, on_key in _augmenting(subject):
            yield _finding(name, path, on_key, help)
    for node in subject.of(*MOVING):
        here = "move it under `augment`, where masks go along"
        yield _finding(node.kind_name, node.at(), True, here)


def _augmenting(subject: Subject) -> Iterator[tuple[str, Path, bool]]:
    """The options and layers of `augment` that move pixels."""
    augment: Any = augment_of(subject)
    for option in OPTIONS if augment is not None else ():
        if getattr(augment, option):
            yield option, (*AUGMENT, option), True
    for kind, path in layers_of(subject):
        names = [type(each).__name__ for each in inside(kind)]
        yield from ((name, subject.at(path), True) for name in names if name in MOVING)


def _finding(name: str, path: Path, on_key: bool, help: str) -> Finding:
    message = f"`{name}` moves the images, and their masks stay"
    return Finding(message, path, on_key, help=help)
