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
    covers=("cap.too_narrow",),
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

    Reported from eight classes on, for layers of less than half as many units (one or two: A423).
    """
    head = subject.head
    if not head or subject.task != "multiclass" or (head.width or 0) < 8:
        return
    inner = hidden(subject)
    for node in subject.of("Dense"):
        units = node.width or head.width
        if units and head.width and 2 < units < head.width / 2 and node.name in inner:
            yield Finding(
                f"{units} units in front of {head.width} classes",
                node.at("units"),
                label=f"expected {head.width} or more",
                help="what tells the classes apart must fit through here",
                notes=(Note("the classes", head.node.at("units")),),
            )
