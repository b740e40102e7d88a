"""F020: a word of Keras 1 or 2."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F020",
    "word of an old Keras version",
    "error",
    source="Keras' release notes; Islam et al. (API change is a main cause of faults)",
    by="schema",
    covers=("api.deprecated_argument", "api.input_shape_inner"),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: {Adam: {lr: 0.001}}, loss: categorical_crossentropy}  # ! F020
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def old_keras_word(subject: Subject) -> Iterator[Finding]:
    """The word was right in the version that a book or an answer was written for. Keras 3 does not
    know it; the help line has today's word. The shape that such programs give to a layer in the
    middle is one of them: Keras 2 took it and did not look at it.
    """
    return iter(())
