"""F035: a pretrained model inside a block or a repetition."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F035",
    "pretrained model in a block",
    "error",
    source="Keras 3.15 (keras.applications: names of the layers inside are fixed)",
    by="schema",
    bad="""
        specc: 1
        blocks:
          seen:
            layers:
              - MobileNetV2: {include_top: false, trainable: false}  # ! F035
              - GlobalAveragePooling2D
        model:
          - Input: [96, 96, 3]
          - seen
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [96, 96, 3]
          - MobileNetV2: {include_top: false, trainable: false}
          - GlobalAveragePooling2D
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def pretrained_model_in_a_block(subject: Subject) -> Iterator[Finding]:
    """A pretrained model brings hundreds of layers with names of their own, and weights that are
    the same in every copy: two of them in one model clash, and cost their memory twice. One that
    is used in several places is written once and called again.
    """
    return iter(())
