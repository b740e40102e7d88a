"""The values that a pretrained base reads, against those that reach it."""

from typing import NamedTuple

from specc.kind import Kind
from specc.rules.scale import Stage, Values, at_first_weights, stages
from specc.subject import Subject

SHIFT = 0.4  # share of its range by which values may lie elsewhere
WIDEST = 2  # times as wide as its range, or half as wide
SCALING = ("Rescaling", "Normalization")
STANDARD = Values(-(3**0.5), 3**0.5)  # where evenly spread numbers of mean 0 and variance 1 lie


class Base(NamedTuple):
    """A base as the first layer with weights, and what it takes."""

    stage: Stage
    takes: Values
    scaled: Stage | None  # the last layer in front of it that scales
    prepares: bool  # whether its own preprocessing is part of it

    @property
    def misfed(self) -> bool:
        """Whether the values that reach it surely are others than it reads."""
        values = STANDARD if self.stage.takes.standard else self.stage.takes
        if values.low is None or values.high is None:
            return False
        low, high = self.takes.low or 0.0, self.takes.high or 0.0
        span = high - low
        shift = max(abs(values.low - low), abs(values.high - high)) / span
        width = (values.high - values.low) / span
        return shift >= SHIFT or not 1 / WIDEST <= width <= WIDEST


def base_of(subject: Subject) -> Base | None:
    """The base that the inputs reach first; None where nothing says what its weights read."""
    stage = at_first_weights(subject)
    if stage is None or not reads_a_range(stage.kind):
        return None
    scaling = [each for each in stages(subject) if each.name in SCALING]
    takes = Values(*stage.kind.takes)  # type: ignore[attr-defined]
    return Base(stage, takes, scaling[-1] if scaling else None, takes == Values(0.0, 255.0))


def pretrained(subject: Subject) -> bool:
    """Whether a part of the model starts with weights that were trained before: a base, or a
    layer that is frozen."""
    kinds = (node.kind for node in subject.nodes)
    frozen = any(node.trainable is False for node in subject.nodes)
    return frozen or any(getattr(kind, "pretrained", None) is not None for kind in kinds)


def reads_a_range(kind: Kind) -> bool:
    """Whether it is a pretrained base, or one that scales pixels itself."""
    takes = getattr(kind, "takes", None)
    return takes is not None and (takes == (0.0, 255.0) or getattr(kind, "imagenet", False))
