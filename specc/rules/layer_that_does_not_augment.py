"""D521: a layer under `augment` that does its work elsewhere, too, or cannot do it there."""

from collections.abc import Iterator
from typing import Any

from specc.layers.base import Layer
from specc.rules.augmented import inside, layers_of
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject

ALIKE = "it changes all images alike, and only in training: leave it out"
IN_NO_ORDER = "it draws from Python's own random numbers, so that no two runs are the same"
NOT_HERE = {
    "AugMix": IN_NO_ORDER,
    "Equalization": ALIKE,
    "MaxNumBoundingBoxes": "it changes boxes, which are no data of a spec",
}
ALWAYS = frozenset(
    {"AutoContrast", "ContrastLimitedAdaptiveHistogramEqualization"}
    | {"CenterCrop", "Rescaling", "Resizing", "Normalization"}
)


@rule(
    "D521",
    "layer that does not augment",
    "error",
    source="Keras 3.15 (measured, each layer with and without `training`)",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment:
            horizontal_flip: true
            layers:
              - AutoContrast  # ! D521
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [AutoContrast, {Rescaling: 1/255}]
          augment:
            horizontal_flip: true
            layers:
              - RandomContrast: 0.2
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def layer_that_does_not_augment(subject: Subject) -> Iterator[Finding]:
    """What stands under `augment` is for the training part alone. A layer that changes every image,
    as `AutoContrast` does, would give the network other images to learn from than to work on:
    it belongs under `preprocess`, which all parts go through.

    Measured on Keras 3.15: `AutoContrast`, `ContrastLimitedAdaptiveHistogramEqualization`,
    `CenterCrop`, `Resizing` and `Rescaling` change images in training and otherwise;
    `Equalization` changes them in training only, but all of them alike. The draws of `AugMix`
    do not follow from its seed; those of all other layers do.
    """
    for kind, path in layers_of(subject):
        for each in inside(kind):
            yield from _finding(each, subject.at(path))


def _finding(kind: Any, path: Path) -> Iterator[Finding]:
    name = type(kind).__name__
    if name in NOT_HERE:
        yield Finding(f"`{name}` cannot augment images", path, on_key=True, label=NOT_HERE[name])
    elif name in ALWAYS:
        message = f"`{name}` changes images always, and not in training only"
        yield Finding(message, path, on_key=True, help="move it to `preprocess`")
    elif not (isinstance(kind, Layer) and kind.augments):
        help = "write `RandomContrast: 0.2` or another layer that changes images at random"
        yield Finding(f"`{name}` is no augmentation layer", path, on_key=True, help=help)
