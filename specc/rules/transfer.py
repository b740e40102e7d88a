"""What phases and pretrained bases have to do with each other."""

from collections.abc import Iterator

from specc.graph import Node
from specc.layers.insides_base import Insides
from specc.phases import LISTED
from specc.source import Path
from specc.subject import Subject


def pretrained_bases(subject: Subject) -> Iterator[Node]:
    """The models inside the model that come with weights; none where what is trained of them is
    not known."""
    if subject.undecided:
        return
    for node in subject.that(lambda kind: kind.whole_model):
        trained_before = getattr(node.kind, "pretrained", None) is not None
        if trained_before and isinstance(node.kind, Insides) and node.shared is None:
            yield node


def trained_share(subject: Subject, node: Node) -> float:
    """How much of a layer's weights are trained."""
    total = subject.graph.params(node)
    return subject.graph.trained(node) / total if total else 0.0


def place_of(subject: Subject, name: str) -> tuple[Path, bool]:
    """Where this phase says what of a layer is trained, and whether it does."""
    phase: Path = (*LISTED, subject.phase or 0)
    path = (*phase, "trainable", name)
    listed = subject.training is not None and subject.training.get(path) is not None
    return (path if listed else (*phase, "name")), listed
