"""S207: a recurrent layer that hands on its last step only."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S207",
    "stacked recurrent layer without return_sequences",
    "error",
    source="Keras 3.15 (`return_sequences`); NeuraLint",
    by="graph",
    covers=("api.return_sequences",),
    bad="""
        specc: 1
        model:
          - Input: [100, 8]
          - LSTM: 32
          - LSTM: 32  # ! S207
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [100, 8]
          - LSTM: {units: 32, return_sequences: true}
          - LSTM: 32
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
)
def steps_lost(subject: Subject) -> Iterator[Finding]:
    """A recurrent layer gives its last step unless it is told to give all of them. The next one
    reads steps, and there are none left. The layer to change is the one above, which is named.
    """
    return iter(())
