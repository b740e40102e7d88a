"""What each phase of a training freezes and trains, how fast and for how long."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from specc.compiler import Compiled
from specc.graph import Node
from specc.kind import Kind
from specc.layers.insides_base import Insides
from specc.show import columns, count
from specc.subject import Subject
from specc.wording import counted

RANGES = 3  # that are listed of the layers inside a model
HEAD = ("phase", "epochs", "optimizer", "rate", "layers", "trained", "frozen")


@dataclass(frozen=True)
class Row:
    """One phase; the only one of a training without phases is called `train`."""

    name: str
    first: int | None  # epoch, counted from 1
    last: int | None
    optimizer: str
    rate: float | str | None  # the name of a schedule; None where it is not known
    layers: int  # that have weights and train some
    all_layers: int  # that have weights
    trained: int  # weights
    frozen: int
    bases: tuple[str, ...]  # what is trained of each model inside the model
    batch_size: int | None  # of the training part
    steps_per_epoch: int | None  # None where an epoch is a whole pass
    augmented: bool  # whether images of the training part are changed at random

    @property
    def shown_rate(self) -> str:
        match self.rate:
            case None:
                return "?"
            case str():
                return self.rate
        return f"{self.rate:g}"


def rows(compiled: Compiled) -> list[Row]:
    """The phases in order."""
    found: list[Row] = []
    for view in compiled.checked.phases:
        done = found[-1].last if found else 0
        found.append(_row(view, done))
    return found


def _row(view: Subject, done: int | None) -> Row:
    graph, phase = view.graph, view.own_phase
    counts = [each for node in graph.nodes for each in _counts(view, node)]
    epochs, trained = view.spec.train.epochs, sum(map(graph.trained, graph.nodes))
    known = done is not None and epochs is not None
    return Row(
        name=phase.name if phase else "train",
        first=done + 1 if done is not None else None,
        last=(done or 0) + (epochs or 0) if known else None,
        optimizer=view.optimizer.called if view.optimizer else "?",
        rate=_rate(view.optimizer),
        layers=sum(1 for each, _ in counts if each),
        all_layers=len(counts),
        trained=trained,
        frozen=sum(map(graph.params, graph.nodes)) - trained,
        bases=tuple(_bases(view)),
        batch_size=view.spec.data.batch_size if view.spec.data else None,
        steps_per_epoch=view.spec.train.steps_per_epoch,
        augmented=view.spec.augments,
    )


def _counts(view: Subject, node: Node) -> Iterator[tuple[int, int]]:
    """Trained and all weights of a layer, or of each layer inside a model."""
    kind = node.kind
    if not isinstance(kind, Insides):
        if view.graph.params(node):
            yield view.graph.trained(node), view.graph.params(node)
        return
    for place, each in enumerate(kind.inner()):
        free = kind.trainable and place not in kind.frozen_inside
        if each.trained or each.fixed:
            yield each.trained if free else 0, each.trained + each.fixed


def _rate(optimizer: Kind | None) -> float | str | None:
    given = getattr(optimizer, "rate", None)
    if isinstance(given, Kind):
        return given.called
    return None if given is None else float(given)


def _bases(view: Subject) -> Iterator[str]:
    for node in view.nodes:
        if isinstance(node.kind, Insides) and node.shared is None:
            yield f"{node.name}: {_state(node.kind)}"


def _state(kind: Insides) -> str:
    if not kind.trainable:
        return "frozen"
    names = kind.inner_layers()
    trained = [name for place, name in enumerate(names) if place not in kind.frozen_inside]
    if len(trained) == len(names):
        return "trained"
    if not trained:
        return "frozen"
    but = ", without normalization" if kind.frozen_inside != kind.asked else ""
    return f"{len(trained)} of {len(names)} layers trained, {_ranges(kind, names)}{but}"


def _ranges(kind: Insides, names: Sequence[str]) -> str:
    """From which to which layer inside a model is trained; of many ranges the first ones."""
    found = []
    for asked, run in groupby(enumerate(names), lambda each: each[0] in kind.asked):
        free = [name for place, name in run if place not in kind.frozen_inside]
        if free and not asked:
            found.append(free[0] if len(free) == 1 else f"{free[0]} to {free[-1]}")
    more = f" and {len(found) - RANGES} more" if len(found) > RANGES else ""
    return ", ".join(found[:RANGES]) + more


def as_json(compiled: Sequence[Compiled]) -> str:
    """The same for programs: an array with an object for each spec."""
    found = [
        {
            "file": each.source.name,
            "name": each.spec.name,
            "phases": [asdict(row) for row in rows(each)],
        }
        for each in compiled
    ]
    return json.dumps(found, indent=2) + "\n"


def text(compiled: Compiled) -> str:
    """A line for each phase, and below it one for each base and for what else phases differ in."""
    table = rows(compiled)
    lines = columns([HEAD, *map(_cells, table)], left=4)
    rule = "─" * max(map(len, lines))
    body = [
        line
        for row, shown in zip(table, lines[1:], strict=True)
        for line in (shown, *(f"    {each}" for each in (*row.bases, *_told(row, table))))
    ]
    return "\n".join([compiled.spec.name, "", lines[0], rule, *body]) + "\n"


def _told(row: Row, table: Sequence[Row]) -> Iterator[str]:
    told = list(differing(row, table))
    if told:
        yield ", ".join(told)


def differing(row: Row, table: Sequence[Row]) -> Iterator[str]:
    """Batches, the length of an epoch, and what is done to images, where phases differ in it."""
    if len({each.batch_size for each in table}) > 1:
        yield f"batches of {row.batch_size}"
    if len({each.steps_per_epoch for each in table}) > 1:
        steps = row.steps_per_epoch
        of_all = "an epoch is a pass over all rows"
        yield f"{counted(steps, 'step')} in an epoch" if steps else of_all
    if len({each.augmented for each in table}) > 1:
        yield "images are augmented" if row.augmented else "images as they are"


def _cells(row: Row) -> Sequence[str]:
    epochs = f"{row.first or '?'} to {row.last or '?'}"
    layers = f"{row.layers} of {row.all_layers}"
    weights = (count(row.trained), count(row.frozen))
    return (row.name, epochs, row.optimizer, row.shown_rate, layers, *weights)
