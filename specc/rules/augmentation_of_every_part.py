"""D501: images that change at random where they are to be scored."""

from collections.abc import Iterator
from typing import Any

from specc.rules.augmented import inside
from specc.rules.base import Finding, rule
from specc.rules.scale import PREPROCESS
from specc.subject import Subject


@rule(
    "D501",
    "augmentation of every part",
    "error",
    source="notes J2 (validation data are never augmented); Keras 3.15 (measured)",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess:
            - RandomFlip: horizontal  # ! D501
            - Rescaling: 1/255
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
          preprocess:
            - Rescaling: 1/255
          augment: {horizontal_flip: true}
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def augmentation_of_every_part(subject: Subject) -> Iterator[Finding]:
    """All parts go through `preprocess`. A layer that changes images at random does so there with
    those of the validation and the test part as well, anew in each epoch: Keras' augmentation
    layers act unless they are told that nothing is trained. The scores are then those of
    other images than there are, and differ from run to run.
    """
    data = subject.spec.data
    for i, kind in enumerate(data.preprocess if data else ()):
        if any(getattr(each, "augments", False) for each in _inside(kind)):
            name = type(kind).__name__
            yield Finding(
                f"`{name}` under `preprocess` changes images of all parts",
                subject.at((*PREPROCESS, i)),
                on_key=True,
                help=f"move it to `augment: {{layers: [{name}: …]}}`, or into the model",
            )


def _inside(kind: Any) -> tuple[Any, ...]:
    return inside(kind) if kind is not None else ()
