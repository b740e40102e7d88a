"""A443: dropout of what dropout has left."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import drops
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "A443",
    "dropout twice",
    "hint",
    source="Theia (one dropout for each layer)",
    covers=("reg.dropout_redundant",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: 64
          - Dropout: 0.3
          - Activation: relu
          - Dropout: 0.5  # ! A443
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dropout_twice(subject: Subject) -> Iterator[Finding]:
    """No layer stands between the two that could make up for what is missing, so the rates add up:
    0.3 and 0.5 leave a third of the values, as one dropout of 0.65 does.
    """
    thinned: dict[str, Node] = {}
    for node in subject.that(lambda kind: not kind.learns and not kind.merges):
        before = next((thinned[name] for name in node.inputs if name in thinned), None)
        if drops(node):
            if before is not None and before.kind_name == node.kind_name:
                note = Note("the first dropout", before.at("rate"))
                help = "keep one of them"
                fix = dropped(subject, node.path)
                path = node.at("rate")
                yield Finding("dropout of a dropout", path, help=help, notes=(note,), fix=fix)
            thinned[node.name] = node
        elif before is not None:
            thinned[node.name] = before
