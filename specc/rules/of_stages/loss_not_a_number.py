"""R807: a training whose loss became NaN."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "R807",
    "loss that is not a number",
    "warning",
    source="Keras 3.15 (measured); DeepLocalize, UMLAUT",
    by="runs",
    bad="""
        specc: 1
        data:
          dataset: {keras: boston_housing}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: {SGD: {learning_rate: 0.1}}, loss: mse, epochs: 100}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: boston_housing}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse, epochs: 100}
        """,
)
def loss_not_a_number(subject: Subject) -> Iterator[Finding]:
    """Once a loss is NaN, so are the gradients and with the next step all weights: what is
    trained from then on is worth nothing. The checks know some causes beforehand (T619: SGD on
    large numbers; P305: a logarithm of something that is no probability); others show only in
    the run.

    Measured on the example: NaN in the first epoch. A smaller learning rate, clipped gradients
    or scaled inputs help.
    """
    return iter(())
