"""F018: a name that fails in Keras, late."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F018",
    "name that Keras cannot use",
    "error",
    source="Keras 3.15 (names with spaces build, and fail in `fit`)",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax, name: the answer}  # ! F018
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
def unusable_name(subject: Subject) -> Iterator[Finding]:
    """Keras makes scopes and files of the names of layers. A space or a letter beyond ASCII is
    taken when the model is built and refused when it is trained or saved.
    """
    return iter(())
