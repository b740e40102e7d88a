"""T601: steps far larger or smaller than the optimizer is used with."""

from collections.abc import Iterator

from specc.rules.amounts import Tuned, tuned, updates
from specc.rules.base import Finding, rule
from specc.subject import Subject

FEW = 2000  # updates in which SGD with a small rate gets nowhere
SMALL = 1e-3


@rule(
    "T601",
    "learning rate out of range",
    "warning",
    source="measured; notes J2, K2 (RMSprop 1e-3, fine-tuning 1e-5); UMLAUT, Theia, DL Contract",
    covers=("opt.lr_too_high", "opt.lr_too_low"),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 0.1}}  # ! T601
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
def learning_rate_out_of_range(subject: Subject) -> Iterator[Finding]:
    """Each optimizer has its own usual rates: about 0.001 for Adam and RMSprop, 0.01 for SGD,
    1.0 for Adadelta (Keras' default of 0.001 is far below what its paper uses). Steps that are
    too large jump over every good place; steps that are too small do not arrive in time.

    Measured on digits after 20 epochs, as validation accuracy: Adam with 0.001 gives 0.967,
    with 0.1 0.883, with 1.0 0.114, with 1e-6 0.089. Adadelta with 1.0 gives 0.956, with Keras'
    default 0.089.
    """
    found = tuned(subject)
    if found is None or found.highest is None or found.trains_nothing:
        return
    rate, rates = found.highest, found.kind.rates
    if rate > rates.most and _layers_that_learn(subject) != 1:
        yield _finding(found, "high", f"at most {rates.most:g}")
    elif rate < rates.least:
        yield _finding(found, "low", f"at least {max(rates.least, rates.slow):g}")
    elif found.name == "SGD" and rate <= SMALL and (updates(subject) or FEW) < FEW:
        yield _finding(found, "low", f"more for {updates(subject):,} updates")


def _layers_that_learn(subject: Subject) -> int:
    return sum(1 for node in subject.nodes if subject.graph.weights(node))


def _finding(found: Tuned, how: str, expected: str) -> Finding:
    rate, usual = found.highest, found.advised_rate
    return Finding(
        f"a learning rate of {rate:g} is {how} for {found.name}",
        found.at_rate,
        label=f"expected {expected}",
        help=f"write `{{{found.name}: {{learning_rate: {usual:g}}}}}`",
    )
