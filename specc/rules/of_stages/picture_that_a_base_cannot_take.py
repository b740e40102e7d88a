"""X702: a pretrained base that gets pictures too small for it, or of other colours."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "X702",
    "picture that a base cannot take",
    "error",
    source="Keras 3.15 (`keras.applications`: `obtain_input_shape`); notes K2",
    by="graph",
    bad="""
        specc: 1
        data:
          dataset: {keras: fashion_mnist}
        model:
          - MobileNetV2: {include_top: false, trainable: false, weights: imagenet}  # ! X702
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
        model:
          - MobileNetV2: {include_top: false, trainable: false, weights: imagenet}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def picture_that_a_base_cannot_take(subject: Subject) -> Iterator[Finding]:
    """The weights of a base are made for three colours, and each of its strides halves the
    picture: below some size nothing is left of it. With `include_top: true` the picture must have
    the size that the base was trained with. Keras refuses each of these, and the weights are
    downloaded first where only they do not fit.
    """
    return iter(())
