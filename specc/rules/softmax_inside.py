"""A424: softmax in a hidden layer."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.pair import EXCLUSIVE
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A424",
    "softmax in a hidden layer",
    "error",
    source="Keras 3.15 (measured); Theia (65275387), NeuraLint; notes K1 §2.2",
    covers=("act.softmax_hidden",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: softmax}  # ! A424
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def softmax_inside(subject: Subject) -> Iterator[Finding]:
    """Softmax makes the outputs of a layer add up to 1. Of 64 features each is then about 0.016,
    and for one to grow the others must shrink: the layer can hardly say more than which feature
    is the largest, and passes on next to no gradient.

    Measured: two such layers of 64 reach an accuracy of 0.21 in thirty epochs, where ReLU
    reaches 1.00.
    """
    for node, (between, _) in subject.ways:
        for each in (node, *between):
            if subject.activation(each) in EXCLUSIVE and (node.width or 2) > 1:
                path = each.at("activation")
                written = isinstance(subject.get(path), str)
                yield Finding(
                    "the outputs of a hidden layer are made to add up to 1",
                    path,
                    not written,
                    label="expected `relu`",
                    help="write `activation: relu`",
                    fix=(Edit(path, "relu"),) if written and "activation" in path else (),
                )
