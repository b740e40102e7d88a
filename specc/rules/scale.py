"""The numbers that reach the first layer that learns: how preprocessing and layers change them."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from specc.kind import Kind
from specc.layers.base import Layer
from specc.rules.amounts import tuned
from specc.source import Path
from specc.subject import Subject
from specc.task import REALS
from specc.training.base import CLIPS

PREPROCESS: Path = ("data", "preprocess")
LARGE = 100  # numbers, and
RATE = 0.01  # rates, from which SGD diverges on squared errors
LOOKUPS = ("Embedding", "CategoryEncoding")
# Layers that add zeros at most, besides those that keep the range anyway.
UNCHANGED = frozenset({"Input", "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D", "Masking"})


class Values(NamedTuple):
    """What is known of some numbers: from where to where, or mean 0 and variance 1."""

    low: float | None = None
    high: float | None = None
    standard: bool = False

    @property
    def size(self) -> float | None:
        """The largest absolute value."""
        if self.low is None or self.high is None:
            return None
        return max(abs(self.low), abs(self.high))


class Stage(NamedTuple):
    """A layer that the inputs go through, where it is written, and the values it takes."""

    kind: Kind
    path: Path
    takes: Values
    learns: bool

    @property
    def name(self) -> str:
        return type(self.kind).__name__


def stages(subject: Subject) -> Iterator[Stage]:
    """The layers from the source to the first that learns, itself included. They end early where
    a layer cannot be read, or where the values may be of any size."""
    values = _delivered(subject)
    for kind, path, learns in _layers(subject):
        if kind is None or _takes_any(kind):
            return
        yield Stage(kind, path, values, learns)
        if learns:
            return
        values = _after(kind, values)


def at_lookup(subject: Subject) -> Stage | None:
    """The first layer that looks integers up, with the values it takes; None when there is none
    or when these are not known."""
    values = _delivered(subject)
    if subject.facts.tensor is not None and subject.delivered is None:
        return None  # what `preprocess` makes of the inputs, nobody knows
    for kind, path, learns in _layers(subject):
        name = type(kind).__name__
        if kind is not None and name in LOOKUPS:
            return Stage(kind, path, values, learns)
        if kind is None or learns:
            return None
        values = _after(kind, values)
    return None


def at_first_weights(subject: Subject) -> Stage | None:
    """The first layer that learns, with the values it takes; None when that is not known."""
    return next((stage for stage in stages(subject) if stage.learns), None)


def diverges_on(subject: Subject) -> tuple[str, float, float] | None:
    """The numbers whose squared errors are surely too large for the steps of SGD, and their
    range. Targets are so only behind a hidden layer; a linear model can still learn them."""
    pair, span = subject.pair, subject.target_range
    if pair is None or not _squares_unclipped(subject):
        return None
    hidden = sum(1 for node in subject.nodes if subject.graph.weights(node)) > 1
    if span is not None and hidden and max(map(abs, span)) > LARGE:
        return "targets", *span
    stage = at_first_weights(subject)
    values = stage.takes if stage and pair.head.linear else Values()
    if values.low is None or values.high is None or (values.size or 0) <= LARGE:
        return None
    return "inputs", values.low, values.high


def _squares_unclipped(subject: Subject) -> bool:
    """Whether SGD at a large rate follows the slopes of squared errors, whatever their size."""
    found, pair = tuned(subject), subject.pair
    if found is None or found.name != "SGD" or (found.first or 0) < RATE:
        return False
    if any(getattr(found.kind, clip) is not None for clip in CLIPS):
        return False
    squared = pair is not None and type(pair.loss).__name__ == "MeanSquaredError"
    return squared and subject.task in REALS


def _takes_any(kind: Kind) -> bool:
    """Whether it takes numbers of any size: looks them up, or brings each row to one range."""
    scales = isinstance(kind, Layer) and kind.normalizes and type(kind).__name__ != "Normalization"
    return scales or (isinstance(kind, Layer) and kind.looks_up)


def _delivered(subject: Subject) -> Values:
    span = subject.facts.range
    if len(subject.graph.inputs) > 1 and subject.entry is None:
        return Values()  # nothing says which of them the data are
    if span is None or subject.facts.standardised:
        return Values(standard=bool(subject.facts.standardised))
    return Values(*span)


def _layers(subject: Subject) -> Iterator[tuple[Kind | None, Path, bool]]:
    """The layers of `preprocess` and of the model, while each takes what the last one gives."""
    data = subject.spec.data
    for path, kind in data.steps if data else ():
        yield kind, subject.at(path), False
    flow: set[str] = set()
    for node in subject.nodes:
        if node.is_input and subject.entry not in (None, node.name):
            continue
        if subject.entry and not node.is_input and flow.isdisjoint(node.sources):
            continue  # what it takes came in elsewhere
        if flow and {*node.sources} != flow and not node.is_input:
            return  # what it takes went another way
        learns = node.kind_name != "Normalization"
        yield node.kind, node.at(), learns and bool(subject.graph.weights(node))
        flow = {node.name}


def _after(kind: Kind, values: Values) -> Values:
    name = type(kind).__name__
    if name == "Rescaling":
        return _rescaled(kind, values)
    if name == "Normalization":
        learned = getattr(kind, "mean", None) is None and not getattr(kind, "invert", False)
        return Values(standard=learned)
    kept = name in UNCHANGED or (isinstance(kind, Layer) and kind.keeps_range)
    return values if kept else Values()


def _rescaled(kind: Kind, values: Values) -> Values:
    if values.low is None or values.high is None:
        return Values()
    scales, offsets = (_each(getattr(kind, option)) for option in ("scale", "offset"))
    numbers = product((values.low, values.high), scales, offsets)
    results = [value * scale + offset for value, scale, offset in numbers]
    return Values(min(results), max(results)) if results else Values()


def _each(number: object) -> tuple[float, ...]:
    return number if isinstance(number, tuple) else (number,)
