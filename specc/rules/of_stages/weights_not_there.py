"""X711: weights to start with that are not there, or not those that are meant."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "X711",
    "weights not there",
    "error",
    source="Keras 3.15 (`weights=`; a download that fails ends in a bare `Exception`)",
    by="runs",
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: absent.weights.h5, include_top: false, trainable: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false, trainable: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy}
        """,
)
def weights_not_there(subject: Subject) -> Iterator[Finding]:
    """Checking needs no weights, and running does. A file that the spec names has to be there,
    and with `sha256` to be the right one; those of ImageNet are downloaded by Keras unless they
    are in its folder, and where there is no connection the finding says which file goes where.
    `specc fetch` gets them ahead of time.
    """
    return iter(())
