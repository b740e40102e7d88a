"""F024: a Keras class that a spec cannot hold."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F024",
    "Keras class that cannot stand in a spec",
    "error",
    source="language §3; Keras' documentation",
    by="schema",
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
          callbacks:
            - LearningRateScheduler  # ! F024
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train:
          optimizer:
            Adam: {learning_rate: {CosineDecay: {initial_learning_rate: 1e-3, decay_steps: 1000}}}
          loss: categorical_crossentropy
        """,
)
def refused_class(subject: Subject) -> Iterator[Finding]:
    """The class exists and cannot be described by data: it calls a Python function, is a base
    class, or is added by `fit` itself. The help line has the reason, and mostly what to write
    instead.
    """
    return iter(())
