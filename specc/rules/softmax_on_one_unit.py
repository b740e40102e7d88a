"""P302: softmax over an axis of size 1."""

from collections.abc import Iterator
from math import prod

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.pair import EXCLUSIVE
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.task import CLASSES, REALS

HELP = (
    "two classes: `activation: sigmoid` with `loss: binary_crossentropy`; more: a unit for each; "
    "a number: no activation"
)


@rule(
    "P302",
    "softmax over one unit is always 1",
    "error",
    source="Keras 3.15 (measured); notes K1 §2.2; NeuraLint; DL4J",
    covers=(
        "out.softmax_single_unit",
        "out.single_unit_multiclass",
        "out.regression_loss_for_classification",
        "out.bounded_regression_output",
        "out.from_logits_with_activation",
        "out.labels_out_of_loss_domain",
        "out.label_encoding_vs_loss",
        "out.classification_loss_for_regression",
    ),
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
    """The number of values that the softmax runs over, along one axis or several."""
    output = subject.graph.out(node)
    if output is None or not output.shape:
        return node.units if isinstance(node.units, int) else None
    axes = node.axis if isinstance(node.axis, tuple) else (node.axis,)
    numbers = [axis if isinstance(axis, int) else -1 for axis in axes]
    sizes = [output.shape[number if number < 0 else number - 1] for number in numbers]
    return None if None in sizes else prod(size for size in sizes if size is not None)


def _finding(subject: Subject, node: Node) -> Finding:
    path = node.at("activation")
    written = subject.get(path) is not None
    at_end = subject.head is not None and subject.head.node is node
    wanted, help = _wanted(subject) if at_end else ("", "remove it, or write `activation: sigmoid`")
    sure = written and wanted == "sigmoid"
    return Finding(
        "softmax over one unit is always 1",
        path,
        not written,
        label=f"expected {_shown(wanted)}" if wanted else "one unit",
        help=help,
        notes=tuple(_notes(subject)) if at_end else (),
        fix=(Edit(path, "sigmoid"),) if sure else (),
    )


def _wanted(subject: Subject) -> tuple[str, str]:
    """What should stand there, as far as the task is known, and how to write it."""
    pair, classes = subject.pair, subject.facts.classes or 0
    if subject.stated_task in REALS:
        return "no activation", "remove the activation: a regression ends without one"
    if classes > 2 or subject.stated_task == "multiclass":
        return "a unit for each class", f"write `units: {classes or 'N'}`, one for each class"
    if subject.task == "binary" or (pair is not None and pair.yes_or_no_loss):
        return "sigmoid", "write `activation: sigmoid`"
    return "", HELP


def _shown(wanted: str) -> str:
    return f"`{wanted}`" if wanted == "sigmoid" else wanted


def _notes(subject: Subject) -> Iterator[Note]:
    """The loss, and what else is wrong with it."""
    pair = subject.pair
    if pair is None:
        return
    classes = subject.facts.classes or 0
    if pair.task in CLASSES and pair.distance:
        yield pair.loss_note("the loss is one for numbers, and the targets are classes")
    elif pair.yes_or_no_loss and classes > 2:
        yield pair.loss_note(f"the loss knows the labels 0 and 1, and there are {classes} classes")
    elif pair.classes_for_numbers:
        yield pair.loss_note("the loss is one for classes, and the targets are numbers")
    elif pair.exclusive_loss and subject.facts.labels not in (None, *pair.loss.labels):
        yield pair.loss_note("the loss takes one-hot rows, and the labels are class numbers")
    elif pair.loss.logits:
        yield pair.loss_note("the loss expects logits, without any activation")
    else:
        yield pair.loss_note()
