"""X703: the classes of ImageNet asked for another number of classes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "X703",
    "top for other classes",
    "error",
    source="Keras 3.15 (`keras.applications`: `include_top` with `weights: imagenet`)",
    by="graph",
    bad="""
        specc: 1
        model:
          - Input: [224, 224, 3]
          - ResNet50: {weights: imagenet, classes: 10}  # ! X703
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [224, 224, 3]
          - ResNet50: {weights: imagenet, include_top: false, trainable: false}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def top_for_other_classes(subject: Subject) -> Iterator[Finding]:
    """The last layer of a pretrained model has a unit for each of the 1000 classes of ImageNet,
    and its weights fit no other number. What a base has learned is in the layers below: they are
    kept by `include_top: false`, under a head for the classes at hand.
    """
    return iter(())
