"""How much data and training a spec means, as far as it is known, and at which learning rate."""

from math import ceil
from typing import NamedTuple

from specc.rules.shares import contradiction, unread
from specc.source import Path
from specc.subject import Subject
from specc.training.base import Optimizer

OPTIMIZER: Path = ("train", "optimizer")
LENGTHS = frozenset({("data", "batch_size"), ("train", "steps_per_epoch")})
VANISHING = 1e-9
# Shares of the past in running averages that the step is made of.
SHARES = {
    **dict.fromkeys(("Adam", "AdamW", "Nadam", "Adamax", "Lamb"), ("beta_1", "beta_2")),
    "RMSprop": ("rho",),
}
# Optimizers whose steps grow with the gradient, or that move weights at any rate.
OF_GRADIENT_SIZE = ("SGD", "Ftrl", "Adafactor")


def called(part: str) -> str:
    """What a part is called in a sentence."""
    return "training part" if part == "train" else f"{part} part"


def many_targets(subject: Subject) -> bool:
    """Whether each row has a class for every step or place, so that few rows have many of them."""
    shape = subject.facts.target_shape or ()
    sizes = shape if subject.facts.labels == "integer" else shape[:-1]
    return subject.task == "segmentation" or any(size != 1 for size in sizes)


def train_rows(subject: Subject) -> int | None:
    """Rows that `fit` trains on; None where they are unknown, or do not add up."""
    rows = subject.facts.train_rows
    known = rows is not None and rows > 0 and not unread(subject)
    return rows if known and contradiction(subject) is None else None


def steps_per_epoch(subject: Subject) -> int | None:
    """Updates of the weights in one epoch."""
    if not subject.broken.isdisjoint(LENGTHS):
        return None
    train, rows = subject.spec.train, train_rows(subject)
    if train.steps_per_epoch is not None:
        return train.steps_per_epoch
    if subject.spec.data is None or rows is None:
        return None
    return ceil(rows / subject.spec.data.batch_size)


def updates(subject: Subject) -> int | None:
    """Updates of the weights in the whole training."""
    steps, epochs = steps_per_epoch(subject), subject.spec.train.epochs
    return None if steps is None or epochs is None else steps * epochs


def has_validation(subject: Subject) -> bool | None:
    """Whether the model is scored after each epoch; None when nothing is known of the data."""
    return "validation" in subject.facts.parts if subject.facts.parts else None


class Tuned(NamedTuple):
    """The optimizer that makes the steps, and where it is written."""

    kind: Optimizer
    path: Path
    at_rate: Path

    @property
    def name(self) -> str:
        return type(self.kind).__name__

    @property
    def rate(self) -> float | None:
        """The learning rate; None for a schedule."""
        given = self.kind.rate
        return float(given) if isinstance(given, int | float) else None

    @property
    def first(self) -> float | None:
        """The rate, or the one that an `InverseTimeDecay` starts from: Keras 2's `decay`, mostly
        of a millionth. Other schedules go far, and are left alone."""
        given = self.kind.rate
        gentle = type(given).__name__ == "InverseTimeDecay"
        return float(given.initial_learning_rate) if gentle else self.rate

    @property
    def default_rate(self) -> float:
        """Keras' default."""
        return float(type(self.kind).model_fields["learning_rate"].default)

    @property
    def advised_rate(self) -> float:
        """Keras' default where it is a good one; that of Adadelta is not."""
        return self.default_rate if self.default_rate >= self.kind.rates.slow else 1.0

    @property
    def stuck(self) -> tuple[str, ...]:
        """Options that make a running average out of the past alone, so that nothing moves."""
        options = SHARES.get(self.name, ())
        return tuple(option for option in options if getattr(self.kind, option) >= 1)

    @property
    def trains_nothing(self) -> bool:
        """Whether the steps have no size beside weights in `float32`, or the wrong direction."""
        if self.rate is None:
            return False
        return self.rate <= (0 if self.name in OF_GRADIENT_SIZE else VANISHING)


def tuned(subject: Subject) -> Tuned | None:
    """The optimizer, looked for inside a wrapper; None when it could not be read."""
    kind, path = subject.optimizer, OPTIMIZER
    inner = getattr(kind, "inner_optimizer", kind)
    if inner is not kind:
        kind, path = inner, subject.at(path, "inner_optimizer")
    if not isinstance(kind, Optimizer) or subject.at(path, "learning_rate") in subject.broken:
        return None
    return Tuned(kind, path, subject.at(path, "learning_rate"))
