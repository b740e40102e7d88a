"""A403: a hidden layer too narrow for the classes behind it."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.chain import hidden
from specc.subject import Subject


@rule(
    "A403",
    "hidden layer narrower than the classes",
    "hint",
    source="notes K1 §2.3 (information bottleneck, 46 topics); Theia",
    covers=("cap.too_narrow", "cap.too_shallow"),
    bad="""
        specc: 1
        model:
          - Input: [10000]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 4, activation: relu}  # ! A403
          - Dense: {units: 46, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [10000]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 46, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy}
        """,
)
def narrower_than_classes(subject: Subject) -> Iterator[Finding]:
    """Everything that tells the classes apart must pass through the narrowest layer. What four
    numbers cannot hold is lost for the layers behind, however wide they are. The notes' example
    has 46 topics and layers of 64.

    A hidden layer that has as many units as there are classes, and is the only one, is worse than
    none. Measured, with 3 units for the 3 irises the accuracy is 0.80, with 10 for the 10 digits
    0.94; logistic regression has 0.91 and 0.97, a layer of four times the size 0.95 and 0.97.

    Reported from eight classes on, for layers of less than half as many units, and from three on
    for the only hidden layer, of up to a third more units than classes (one or two: A423, A444).
    """
    head, inner = subject.head, hidden(subject)
    if not head or not head.width or subject.task != "multiclass":
        return
    narrow, expected = _limits(subject, head.width)
    for node in subject.of("Dense"):
        if 2 < (node.width or 0) <= narrow and node.name in inner:
            yield Finding(
                f"{node.width} units in front of {head.width} classes",
                node.at("units"),
                label=f"expected {expected} or more",
                help="what tells the classes apart must fit through here",
                notes=(Note("the classes", head.node.at("units")),),
            )


def _limits(subject: Subject, classes: int) -> tuple[int, int]:
    """How many units are few, and how many would do."""
    learning = [node for node in subject.nodes if node.kind is None or node.kind.learns]
    if len(learning) == 2:  # the hidden layer and the last one
        return 4 * classes // 3, 2 * classes
    return (classes - 1) // 2 if classes >= 8 else 0, classes
