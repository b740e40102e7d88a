"""A444: one or two units that everything must pass."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject

FEW = 2


@rule(
    "A444",
    "one or two units inside",
    "hint",
    source="notes K1 §2.3 (information bottleneck); DeepLocalize, DeepFD",
    covers=("cap.too_narrow",),
    bad="""
        specc: 1
        model:
          - Input: [8]
          - Dense: {units: 1, activation: sigmoid}  # ! A444
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [8]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def one_or_two_units_inside(subject: Subject) -> Iterator[Finding]:
    """What one number cannot hold is lost for all layers behind it: a row becomes a point on a
    line. Autoencoders squeeze their inputs on purpose and are left alone, as are layers that
    several others read; ReLU in such a place is told by A423.
    """
    if subject.spec.task == "reconstruction" or _rebuilds(subject):
        return
    for node, (between, following) in subject.ways:
        if following.kind_name == "Custom":  # which may make anything of it
            continue
        if _everything_passes(subject, node, between) and node.width is not None:
            plural = "s" if node.width > 1 else ""
            yield Finding(
                f"everything passes {node.width} unit{plural}",
                node.at("units"),
                label="expected 8 or more",
                help="make the layer wider",
                notes=(Note("the next layer that learns", following.at(), on_key=True),),
            )


def _rebuilds(subject: Subject) -> bool:
    entry, result = subject.graph.input, subject.result
    alike = entry is not None and result is not None and entry.shape == result.shape
    return alike and result is not None and (result.shape[-1:] or (0,))[0] != 1


def _everything_passes(subject: Subject, node: Node, between: tuple[Node, ...]) -> bool:
    if not node.units or node.width is None or node.width > FEW:
        return False
    activations = [subject.activation(each) for each in (node, *between)]
    readers = sum(node.name in other.sources for other in subject.nodes)
    return readers == 1 and "relu" not in activations
