"""A466: units that start switched on, or off, whatever comes in."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject
from specc.training.base import Initializer

FAR = 1.0
WIDE = 0.5


@rule(
    "A466",
    "initial bias far from zero",
    "hint",
    source="NeuraLint (bias initialiser); TheDeepChecker",
    covers=("init.nonzero_bias",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, bias_initializer: ones}  # ! A466
          - Dense: {units: 64, activation: relu, bias_initializer: {Constant: 0.1}}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 64, activation: relu, bias_initializer: {Constant: 0.1}}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def initial_bias_far_from_zero(subject: Subject) -> Iterator[Finding]:
    """The outputs of a layer begin with a deviation of about 1, so a bias of 1 or more puts most
    rows on one side of what ReLU cuts off: at first the layer is linear, or dead.

    Reported for hidden layers, from 1 on or for draws of a deviation of a half. The 0.1 that some
    give to ReLU is left alone, and so is the last layer, whose bias may say how frequent classes
    are.
    """
    for node in {node.name: node for node, _ in subject.ways}.values():
        size = _size(node)
        if size:
            yield Finding(
                f"the biases of `{node.kind_name}` start {size}",
                node.at("bias_initializer"),
                label="expected 0",
                help="leave the option out",
                fix=dropped(subject, node.at("bias_initializer")),
            )


def _size(node: Node) -> str:
    """How far from 0 biases are, in words; empty where they are near."""
    chosen = node.bias_initializer
    match type(chosen).__name__, chosen:
        case "Ones", _:
            return "at 1"
        case "Constant", Initializer():
            value = float(getattr(chosen, "value", 0.0))
            return f"at {value:g}" if abs(value) >= FAR else ""
        case _, Initializer(constant=False):
            units = node.width or 1
            own = chosen.deviation(units, units)
            return f"with a deviation of {own:.2g}" if own >= WIDE else ""
    return ""
