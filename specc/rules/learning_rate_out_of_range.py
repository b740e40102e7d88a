"""T601: steps far larger or smaller than the optimizer is used with."""

from collections.abc import Iterator

from specc.rules.amounts import OF_GRADIENT_SIZE, Tuned, tuned, updates
from specc.rules.base import Finding, rule
from specc.rules.bases import pretrained, reads_a_range
from specc.rules.scale import at_first_weights
from specc.rules.unscaled_inputs import MOST
from specc.rules.writing import usual_rate
from specc.subject import Subject

FEW = 2000  # updates in which SGD with a small rate gets nowhere
SMALL = 1e-3
REACH = 0.02  # how far a weight gets that moves by the rate at each step
UNSCALED = 0.01
RESNET = 0.1


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

    Adam and its relatives move each weight by about the rate at each step: where the rate times
    the number of steps is below 0.02, the weights end near where they began.

    SGD with momentum may go up to 0.1 where batch normalization follows the layers, which takes
    the size of their weights out: ResNet and DenseNet start there.
    """
    found = tuned(subject)
    if found is None or found.first is None or found.trains_nothing:
        return
    rate, rates = found.first, found.kind.rates
    most = max(rates.most, RESNET) if found.name == "SGD" and _normalized(subject) else rates.most
    if rate > most and _layers_that_learn(subject) != 1:
        yield _finding(subject, found, "high", f"at most {rates.most:g}")
    elif rate < rates.least:
        yield _finding(subject, found, "low", f"at least {max(rates.least, rates.slow):g}")
    elif gets_nowhere(subject, found, rate):
        yield _finding(subject, found, "low", f"more for {updates(subject):,} updates")
    elif found.name == "SGD" and rate > UNSCALED and _unscaled(subject):
        yield _finding(
            subject, found, "high", f"at most {UNSCALED:g} for inputs that are not scaled"
        )


def gets_nowhere(subject: Subject, found: Tuned, rate: float) -> bool:
    """Whether all steps together are too small to bring the first weights anywhere else."""
    steps = updates(subject)
    if steps is None:
        return False
    if found.name == "SGD":
        return rate <= SMALL and steps < FEW and not pretrained(subject)
    slow = rate < found.kind.rates.slow and not pretrained(subject)
    return slow and rate * steps < REACH and found.name not in OF_GRADIENT_SIZE


def _normalized(subject: Subject) -> bool:
    """Whether a normalization stands beside nearly every layer that multiplies."""
    layers = sum(1 for _ in subject.that(lambda kind: kind.multiplies))
    return 2 * sum(1 for _ in subject.of("BatchNormalization")) >= layers > 1


def _unscaled(subject: Subject) -> bool:
    stage = at_first_weights(subject)
    known = stage is not None and not reads_a_range(stage.kind)
    return known and stage is not None and (stage.takes.size or 0) > MOST


def _layers_that_learn(subject: Subject) -> int:
    return sum(1 for node in subject.nodes if subject.graph.weights(node))


def _finding(subject: Subject, found: Tuned, how: str, expected: str) -> Finding:
    rate, usual = found.first, found.advised_rate
    return Finding(
        f"a learning rate of {rate:g} is {how} for {found.name}",
        found.at_rate,
        label=f"expected {expected}",
        help=f"write `{{{found.name}: {{learning_rate: {usual:g}}}}}`",
        fix=usual_rate(subject, found),
    )
