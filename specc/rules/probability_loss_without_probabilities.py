"""P305: a loss that takes the logarithm of what need not be a probability."""

from collections.abc import Iterator

from specc.pair import PROBABILITIES, Pair
from specc.rules.base import Finding, rule
from specc.rules.writing import last_activation
from specc.subject import Subject


@rule(
    "P305",
    "probability loss on a head without probabilities",
    "error",
    source="Keras 3.15 (measured); notes K1 §2.2; NeuraLint, UMLAUT",
    covers=(
        "out.missing_sigmoid",
        "out.missing_softmax",
        "out.bad_activation_for_xent",
        "out.sigmoid_bce_multiclass",
        "out.relu_output",
        "out.loss_domain",
    ),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: relu}  # ! P305
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def probability_loss_without_probabilities(subject: Subject) -> Iterator[Finding]:
    """Crossentropy takes the logarithm of a probability. What lies outside 0 to 1 is cut off,
    and where it is cut off no gradient flows.

    Measured: ten ReLU units with `categorical_crossentropy` give loss NaN; ten linear ones stay
    at 7.1; one linear, ReLU or tanh unit with `binary_crossentropy` stays at about 6.48. Keras
    says nothing.
    """
    pair = subject.pair
    if not pair or not pair.loss.probabilistic or pair.loss.logits:
        return
    if pair.head.activation in PROBABILITIES or (pair.exclusive_loss and pair.one_unit):
        return
    if pair.classes_for_numbers or pair.head.node.kind_name == "Custom":
        return  # another rule's business, or nobody knows how the model ends
    head, wanted = pair.head, _wanted(pair)
    given = f"`{head.activation}`" if not head.linear else "no activation"
    yield Finding(
        f"`{pair.loss.called}` takes probabilities, and the model ends with {given}",
        head.path,
        head.on_key,
        label=f"expected `{wanted}`",
        help=_help(pair, wanted),
        notes=(pair.loss_note(),),
        fix=last_activation(subject, pair, wanted),
    )


def _wanted(pair: Pair) -> str:
    if pair.exclusive_loss or (pair.task == "multiclass" and not pair.one_unit):
        return "softmax"
    return "sigmoid"


def _help(pair: Pair, wanted: str) -> str:
    if wanted == "softmax" and not pair.exclusive_loss:
        return "one class is right: `activation: softmax`, `loss: sparse_categorical_crossentropy`"
    if not pair.head.linear or not hasattr(pair.loss, "from_logits"):
        return f"write `activation: {wanted}`"
    logits = f"{{{type(pair.loss).__name__}: {{from_logits: true}}}}"
    return f"write `activation: {wanted}`, or `loss: {logits}`"
