"""P302: softmax over an axis of size 1."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.pair import EXCLUSIVE
from specc.rules.subject import Subject

HELP = (
    "two classes: `activation: sigmoid` with `loss: binary_crossentropy`; more: a unit for each; "
    "a number: no activation"
)


@rule(
    "P302",
    "softmax over one unit is always 1",
    "error",
    source="Keras 3.15 (measured); notes K1 §2.2; NeuraLint; DL4J",
    covers=("out.softmax_single_unit",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: softmax}  # ! P302
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def softmax_on_one_unit(subject: Subject) -> Iterator[Finding]:
    """Softmax divides each value by the sum of all values. With one value that is 1, whatever
    the network computes, so nothing it learns can show, and no gradient flows back.

    Measured: with `binary_crossentropy` the accuracy stays at the share of class 1; with
    `categorical_crossentropy` the loss reads 0.0 from the first epoch on.
    """
    seen: set[str] = set()
    for node in subject.nodes:
        if subject.activation(node) in EXCLUSIVE and _width(subject, node) == 1:
            if not seen & set(node.inputs):
                yield _finding(subject, node)
            seen.add(node.name)


def _width(subject: Subject, node: Node) -> int | None:
    """The size of the axis that the softmax runs along."""
    output = subject.graph.out(node)
    if output is None or not output.shape:
        return node.units if isinstance(node.units, int) else None
    axis = node.axis if isinstance(node.axis, int) else -1
    return output.shape[axis if axis < 0 else axis - 1]


def _finding(subject: Subject, node: Node) -> Finding:
    path = node.at("activation")
    pair = subject.pair if subject.pair and subject.pair.head.path == path else None
    binary = subject.task == "binary" or (pair is not None and pair.yes_or_no_loss)
    written = subject.get(path) is not None
    fix = (Edit(path, "sigmoid"),) if binary and written else ()
    notes: tuple[Note, ...] = (pair.loss_note(),) if pair else ()
    help = "write `activation: sigmoid`" if binary else HELP
    message = "softmax over one unit is always 1"
    label = "expected `sigmoid`" if binary else "one unit"
    return Finding(message, path, not written, label, help, notes, fix)
