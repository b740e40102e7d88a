"""A451: dense layers that widen towards the end."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import hidden
from specc.rules.in_a_row import in_a_row
from specc.subject import Subject


@rule(
    "A451",
    "wider layers further on",
    "hint",
    off=True,
    source="NeuraLint (increasing numbers of neurons); Theia",
    covers=("cnn.dense_widths_increasing",),
    bad="""
        specc: 1
        model:
          - Input: [100]
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 64, activation: relu}  # ! A451
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [100]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def wider_layers_further_on(subject: Subject) -> Iterator[Finding]:
    """A network that sorts rows into a few classes lets go of more with each layer, and some hold
    that its layers should narrow. Nothing is lost where one widens: decoders do so on purpose,
    as do the two layers between the attentions of a transformer.

    Only hidden layers count.
    """
    inner = hidden(subject)

    def counts(node: Node) -> bool:
        return node.kind_name == "Dense" and node.name in inner and node.width is not None

    for before, node in in_a_row(subject, counts):
        if (node.width or 0) > (before.width or 0):
            yield Finding(
                f"more units than before: {node.width} behind {before.width}",
                node.at("units"),
                help="let the layers narrow towards the end",
                notes=(Note("the narrower layer", before.at("units")),),
            )
