"""S226: a layer that looks integers up, given numbers below zero."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.scale import at_lookup
from specc.subject import Subject


@rule(
    "S226",
    "numbers below zero as indices",
    "error",
    covers=("data.embedding_domain",),
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: iris}
          preprocess: [Normalization]
        model:
          - CategoryEncoding: {num_tokens: 8}  # ! S226
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: iris}
          preprocess: [Normalization]
        model:
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def numbers_below_zero_as_indices(subject: Subject) -> Iterator[Finding]:
    """`Embedding` and `CategoryEncoding` take the number of a word or class, counted from 0.
    Numbers that are measured, or that were normalized, are none: the first one below zero ends
    the run with `InvalidArgumentError`.
    """
    stage = at_lookup(subject)
    if stage is None:
        return
    below = stage.takes.low is not None and stage.takes.low < 0
    if stage.takes.standard or below:
        yield Finding(
            f"`{stage.name}` counts from 0, and the inputs go below it",
            stage.path,
            on_key=True,
            label="takes numbers of words or classes",
            help=f"remove `{stage.name}`: numbers go to a `Dense` or `Conv` layer as they are",
        )
