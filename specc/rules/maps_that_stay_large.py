"""A408: convolutions in a row that look at the same small places of a large picture."""

from collections.abc import Iterator
from math import prod

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject

SEVERAL = 3


@rule(
    "A408",
    "maps that stay large",
    "hint",
    source="notes K1 §3 (pooling between convolutions); NeuraLint, Theia",
    covers=("cnn.no_downsampling",),
    bad="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - Flatten  # ! A408
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def maps_that_stay_large(subject: Subject) -> Iterator[Finding]:
    """Three windows of 3x3, one behind the other, see 7x7 pixels; with pooling between them 18x18.
    Without it the layers behind `Flatten` have to find the picture in all its pixels, by a weight
    for each. Strides do as well as pooling.

    Reported: three convolutions or more in front of `Flatten`, where nothing makes the maps smaller
    but the rims that windows lose.
    """
    for node in subject.of("Flatten"):
        layers = list(_above(subject, node))
        strides = [w.stride for each in layers for w in subject.graph.windows(each)]
        convolutions = [each for each in layers if each.kind is not None and each.kind.convolves]
        if len(convolutions) < SEVERAL or prod(strides) > 1 or _opaque(layers):
            continue
        out = subject.graph.out(node)
        yield Finding(
            f"{len(convolutions)} convolutions, and nothing makes their maps smaller",
            node.at(),
            on_key=True,
            label=f"gives {out}" if out else "",
            help="put `MaxPooling2D` or `strides: 2` between them",
            notes=(Note("the first of them", convolutions[-1].at(), on_key=True),),
        )


def _above(subject: Subject, node: Node) -> Iterator[Node]:
    """The layers from one back to the input, while each takes from one alone."""
    while len(node.inputs) == 1 and node.inputs[0] in subject.graph.by_name:
        node = subject.graph.node(node.inputs[0])
        yield node


def _opaque(layers: list[Node]) -> bool:
    """Whether a layer may make maps smaller of which nothing is known."""
    return any(each.kind is None or each.kind_name == "Custom" for each in layers)
