"""F011: a layer, loss, metric … that does not exist."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F011",
    "unknown layer, loss or other class",
    "error",
    source="language §3 (names are Keras' own)",
    by="schema",
    covers=("met.invalid_name", "reg.wrong_object", "api.invalid_argument"),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - dense: {units: 3, activation: softmax}  # ! F011
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
def unknown_name(subject: Subject) -> Iterator[Finding]:
    """Layers, optimizers, losses, metrics and callbacks are written with the names of their Keras
    classes, or with Keras' words for them. There are no other spellings, so that each name can
    be looked up in Keras' documentation.
    """
    return iter(())
