"""The frozen start of a model, whose output is the same in every epoch, or why there is none."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

from specc.graph import Graph, Node
from specc.node import maker
from specc.subject import Subject
from specc.tensor import Shape

WORK = 10_000_000  # multiply-adds for a row: below, stored features take as long to be read
WHOLE_ROWS = ("images", "arrays", "dataset")  # sources whose rows are known by their numbers


class Start(NamedTuple):
    """The layers in front of the features, of which none is trained or changes at random."""

    nodes: tuple[Node, ...]
    shape: Shape  # of the features of a row
    work: int  # multiply-adds for a row
    layers: int  # how many there are besides the input


class Hoisting(NamedTuple):
    """What becomes of a frozen start: `start` is hoisted, or `why` it is not.

    It `can` be hoisted where only the gain is too small; `frozen` says whether weights are.
    """

    start: Start | None
    why: str = ""
    can: bool = False
    frozen: bool = True


def by_phase(subject: Subject) -> tuple[Hoisting, ...]:
    """What becomes of the frozen start in each phase; those that are hoisted share the shortest."""
    found = [hoisting(view) for view in subject.phases]
    starts = [each.start for each in found if each.start]
    shared = min(starts, key=lambda start: len(start.nodes), default=None)
    return tuple(each._replace(start=each.start and shared) for each in found)


def hoisting(subject: Subject) -> Hoisting:
    """Whether the features are computed once, as the spec says or as it pays.

    The subject is of one phase where the training has phases.
    """
    start, wish = frozen_start(subject), subject.spec.train.hoist
    frozen = start is not None or _any_frozen(subject)
    why = next(_obstacles(subject, start), "")
    if why or start is None:
        return Hoisting(None, why, frozen=frozen)
    if wish is False:
        return Hoisting(None, "`hoist: false` of the spec says so", can=True)
    idle = "" if wish else next(_without_gain(subject, start), "")
    return Hoisting(None if idle else start, idle, can=True)


def _any_frozen(subject: Subject) -> bool:
    """Whether a layer has weights that its `trainable: false` freezes."""
    return any(not node.trainable and subject.graph.weights(node) for node in subject.nodes)


def _obstacles(subject: Subject, start: Start | None) -> Iterator[str]:
    """Why the features cannot be computed once."""
    train, data = subject.spec.train, subject.spec.data
    if data is None or data.source is None:
        yield "there are no data"
        return
    yield from _moving(subject)
    if any(getattr(kind, "restores_model", False) for kind, _ in subject.callbacks):
        yield "a callback restores the network from a backup, which has to be whole then"
    if train.dtype_policy or train.steps_per_execution:
        said = "dtype_policy" if train.dtype_policy else "steps_per_execution"
        yield f"`{said}` is for the whole network"
    if start is None:
        yield "no layers at the start are frozen, with all that follows taking their output alone"


def _moving(subject: Subject) -> Iterator[str]:
    """What there is in the data that features cannot stand in for."""
    data, facts = subject.spec.data, subject.facts
    if data is None:
        return
    if subject.spec.augments:
        yield "augmentation shows other images in every epoch"
    if data.source.streams:
        yield "records are read in turn, and not each row by its number"
    elif data.source.word not in WHOLE_ROWS or data.source.with_masks:
        yield f"rows of `{data.source.word}` are not kept as features"
    if facts.shape is not None and None in facts.shape:
        yield "rows differ in size"
    if len(subject.inputs) > 1 or len(subject.graph.outputs) > 1 or facts.targets:
        yield "there are several inputs or outputs"
    if data.target_scaling or subject.task == "reconstruction":
        yield "the targets are scaled or made of the inputs"
    if any(_learns(kind) for _, kind in data.steps):
        yield "the preprocessing learns from the training part"


def _learns(kind: object) -> bool:
    return bool(getattr(kind, "unlearned", True))


def _without_gain(subject: Subject, start: Start) -> Iterator[str]:
    """Why it does not pay, though it could be done."""
    if subject.spec.train.epochs == 1:
        yield "there is one epoch"
    if start.work < WORK:
        yield f"{start.work:,} multiply-adds for a row are fewer than {WORK:,}"
    given = subject.delivered.shape if subject.delivered else ()
    size, row = _size(start.shape), _size(given)
    if size > row:
        yield f"the features of a row are {size:,} numbers, the row itself is {row:,}"


def _size(shape: Shape) -> int:
    return prod(axis or 1 for axis in shape)


def frozen_start(subject: Subject) -> Start | None:
    """The steady layers at the start that are the most work, cut where least comes out of them."""
    graph = subject.graph
    if not graph.complete or any(node.shared for node in graph.nodes):
        return None
    found = [
        _start(graph, count)
        for count in range(1, _count_steady(graph) + 1)
        if _feeds_alone(graph, count)
    ]
    learned = [each for each in found if any(graph.weights(node) for node in each.nodes)]
    usual = [each for each in learned if None not in each.shape]
    return max(usual, key=lambda each: (each.work, -_size(each.shape)), default=None)


def _start(graph: Graph, count: int) -> Start:
    nodes = graph.nodes[:count]
    shape = graph.tensors[nodes[-1].name].shape
    layers = sum(not node.is_input for node in nodes)
    return Start(nodes, shape, sum(graph.macs(node) or 0 for node in nodes), layers)


def _count_steady(graph: Graph) -> int:
    for count, node in enumerate(graph.nodes):
        if not _steady(graph, node):
            return count
    return len(graph.nodes) - 1


def _steady(graph: Graph, node: Node) -> bool:
    """Whether a layer makes the same of the same input in every epoch, and nothing of the loss."""
    kind = node.kind
    if kind is None or not kind.module:
        return False
    if kind.drops or kind.disturbs or kind.augments or kind.masked(False):
        return False
    if kind.activity_regularizer is not None or node.kind_name == "ActivityRegularization":
        return False
    random = "seed" in type(kind).model_fields and not kind.whole_model
    wraps = {"layer", "layers", "cell"} & {*type(kind).model_fields}
    frozen = not kind.trainable or not graph.weights(node)
    return frozen and not random and not wraps


def _feeds_alone(graph: Graph, count: int) -> bool:
    """Whether all that follows these nodes takes the output of the last one, and nothing else."""
    before, rest = {node.name for node in graph.nodes[:count]}, graph.nodes[count:]
    last = graph.nodes[count - 1].name
    takers = [node for node in rest if before & {*node.sources}]
    fits = all(node.inputs == (last,) and not node.wanted for node in takers)
    entered = all(node.inputs for node in rest)
    given = {maker(ref) for ref in graph.outputs}
    return bool(takers) and fits and entered and not given & before


def names(start: Start) -> Sequence[str]:
    """What a reader knows the start by: its whole models, or else its last layer."""
    whole = [node.name for node in start.nodes if node.kind is not None and node.kind.whole_model]
    return whole or [start.nodes[-1].name]
