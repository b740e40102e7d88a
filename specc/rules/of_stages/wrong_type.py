"""F013: a value of another type than the key takes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F013",
    "value of the wrong type",
    "error",
    source="YAML 1.2.2 §10.3; Keras' signatures",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax, use_bias: no}  # ! F013
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def wrong_type(subject: Subject) -> Iterator[Finding]:
    """Text where a number belongs, a number where a list belongs. Often it is a habit from YAML
    1.1, where `yes` is true, `010` is 8 and `1:30` is 90: in YAML 1.2 they are text, or are
    refused here.
    """
    return iter(())
