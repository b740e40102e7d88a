"""A401: a layer without an activation before the next layer that learns."""

from collections.abc import Iterator

from specc.axes import spread
from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import branches
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.ways import Way

# Layers behind which the next one multiplies along another axis, or what is no longer linear.
OTHERWISE = frozenset({"Reshape", "Permute", "LayerNormalization", "RMSNormalization"})


@rule(
    "A401",
    "two linear layers in a row",
    "warning",
    source="NeuraLint, UMLAUT, Theia; notes K1 §2 (relu in every hidden layer)",
    covers=("act.missing_nonlinearity",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: 64  # ! A401
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
def linear_layers_in_a_row(subject: Subject) -> Iterator[Finding]:
    """Two matrices in a row are one matrix. A layer without an activation adds weights and time
    to the next one, and nothing that one could not do alone. Keras' default is no activation,
    so a forgotten `activation: relu` goes unnoticed: the network trains, as well as a shallower
    one.

    Layers that are linear on purpose are left alone: 1x1 convolutions, the two halves of a
    separable convolution, a layer narrower than both its neighbours, one that is reshaped or
    turned, one that several layers read (the stream of a residual network, a value and its gate).
    """
    subject, told = subject.entire, set[str]()
    for node, (between, following) in subject.ways:
        if node.name in told:
            continue
        linear = all(subject.activation(each) == "linear" for each in (node, *between))
        if linear and not _meant(subject, node, (between, following)):
            told.add(node.name)
            yield Finding(
                f"`{node.kind_name}` has no activation, and `{following.kind_name}` makes one "
                "linear layer of the two",
                node.at(),
                True,
                label="no activation",
                help="write `activation: relu`",
                notes=(Note("the next layer that learns", following.at(), on_key=True),),
                fix=layer_option(subject, node, "activation", "relu"),
            )


def _meant(subject: Subject, node: Node, way: Way) -> bool:
    """Whether a layer is linear on purpose, or its effect is not plain."""
    between, following = way
    if following.kind is None or not following.kind.multiplies:
        return True
    if any(each.kind_name in OTHERWISE for each in between) or "Depthwise" in node.kind_name:
        return True
    if any(branches(subject, each.name) for each in (node, *between)):
        return True
    kernel = getattr(node.kind, "kernel_size", None)
    if kernel is not None and set(spread(kernel, 1)) == {1}:
        return True
    return _narrow(subject, node, following)


def _narrow(subject: Subject, node: Node, following: Node) -> bool:
    """Whether a layer is a bottleneck: a matrix of low rank, not a wasted one."""
    inputs = subject.graph.into(node)
    before = inputs[0].shape[-1] if inputs and inputs[0].shape else None
    own, after = node.width, following.width
    return None not in (before, own, after) and own < min(before, after)  # type: ignore[operator, type-var]
