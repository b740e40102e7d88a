"""A444: one or two units that everything must pass."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.chain import hidden
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
    line, and a sequence the one number that a recurrent layer remembers of it. Autoencoders squeeze
    their inputs on purpose and are left alone, as are layers that several others read; ReLU in such
    a place is told by A423.
    """
    if subject.spec.task == "reconstruction" or _rebuilds(subject):
        return
    yield from (
        _finding(node)
        for node in subject.that(lambda kind: kind.recurrent)
        if _last_state(subject, node)
    )
    for node, (between, following) in subject.ways:
        if following.kind_name == "Custom":  # which may make anything of it
            continue
        activations = [subject.activation(each) for each in (node, *between)]
        if _everything_passes(subject, node) and "relu" not in activations:
            yield _finding(node, Note("the next layer that learns", following.at(), on_key=True))


def _finding(node: Node, *notes: Note) -> Finding:
    plural = "s" if (node.width or 1) > 1 else ""
    return Finding(
        f"everything passes through {node.width} unit{plural}",
        node.at("units"),
        label="expected 8 or more",
        help="make the layer wider",
        notes=notes,
    )


def _last_state(subject: Subject, node: Node) -> bool:
    """Whether all that is known of a sequence is what the layer remembers of it at its end."""
    at_the_end = node.return_sequences is False and node.name in hidden(subject)
    return at_the_end and _everything_passes(subject, node)


def _rebuilds(subject: Subject) -> bool:
    entry, result = subject.graph.input, subject.result
    alike = entry is not None and result is not None and entry.shape == result.shape
    return alike and result is not None and (result.shape[-1:] or (0,))[0] != 1


def _everything_passes(subject: Subject, node: Node) -> bool:
    if not node.units or node.width is None or node.width > FEW:
        return False
    return sum(node.name in other.sources for other in subject.nodes) == 1
