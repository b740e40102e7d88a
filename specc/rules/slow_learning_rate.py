"""T620: a learning rate as for weights that are trained already."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.bases import pretrained
from specc.rules.learning_rate_out_of_range import gets_nowhere
from specc.subject import Subject


@rule(
    "T620",
    "slow learning rate",
    "hint",
    source="notes J2 (1e-5 is for fine-tuning); Theia (below 1e-4)",
    covers=("opt.lr_too_low",),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 1e-5}}  # ! T620
          loss: sparse_categorical_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 0.001}}
          loss: sparse_categorical_crossentropy
        """,
)
def slow_learning_rate(subject: Subject) -> Iterator[Finding]:
    """Rates of 1e-5 are for weights that are good already and must not be shaken: those of a
    pretrained base. Weights that start at random have a long way to go, and a hundred times
    smaller steps take about a hundred times more epochs.
    """
    found = tuned(subject)
    if found is None or found.rate is None or pretrained(subject):
        return
    rates = found.kind.rates
    if rates.least <= found.rate < rates.slow and not gets_nowhere(subject, found, found.rate):
        yield Finding(
            f"a learning rate of {found.rate:g} is slow for weights that start at random",
            found.at_rate,
            label=f"expected {rates.slow:g} or more",
            help=f"{found.name} is mostly used with {found.advised_rate:g}",
        )
