"""A456: more units than there are numbers to compute them from."""

from collections.abc import Iterator

from specc.graph import maker
from specc.rules.base import Finding, rule
from specc.rules.chain import hidden
from specc.subject import Subject


@rule(
    "A456",
    "wider than the input",
    "hint",
    off=True,
    source="Theia (more neurons than features)",
    covers=("cap.wider_than_input",),
    bad="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}  # ! A456
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 8, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse}
        """,
)
def wider_than_the_input(subject: Subject) -> Iterator[Finding]:
    """Theia holds that a layer should have no more units than a row has numbers. A wide layer cuts
    the space of the rows into more pieces, which is what it is for: the notes' network for the 13
    numbers of a house has two layers of 64.

    Reported for the first layer of a row of numbers.
    """
    inner, inputs = hidden(subject), {node.name for node in subject.graph.inputs}
    for node in subject.of("Dense"):
        taken = subject.graph.into(node)
        width = taken[0].shape[0] if taken and taken[0].rank == 1 else None
        at_first = all(maker(ref) in inputs for ref in node.inputs)
        if width and at_first and node.name in inner and (node.width or 0) > width:
            yield Finding(
                f"{node.width} units for {width} numbers",
                node.at("units"),
                help="use fewer units, if the training part is learned by heart",
            )
