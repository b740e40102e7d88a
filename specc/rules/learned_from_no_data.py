"""D534: a vocabulary or boundaries inside the model, which nobody shows the data."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D534",
    "learned from no data",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [13]
          - Discretization: {num_bins: 8, output_mode: multi_hot}  # ! D534
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [13]
          - Discretization: {bin_boundaries: [0, 0.5, 2.5], output_mode: multi_hot}
          - Dense: {units: 16, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse}
        """,
)
def learned_from_no_data(subject: Subject) -> Iterator[Finding]:
    """A vocabulary or the boundaries of bins are learned from the data before the training, by
    `adapt`. A layer inside the model is built and trained without that. Measured: `Discretization`
    and `IntegerLookup` then fail in the first batch, with any `output_mode`.
    """
    for node in subject.that(lambda kind: not kind.frozen_weights):
        if node.kind is not None and node.kind.unlearned:
            yield Finding(
                f"`{node.kind_name}` inside the model learns nothing from the data",
                node.at(),
                on_key=True,
                label="has no vocabulary" if node.looks_up else "has no boundaries",
                help="give it what it would learn, or move it to `preprocess` under `data`",
            )
