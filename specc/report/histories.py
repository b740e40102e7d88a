"""The epochs of a run as a report shows them: a series for each quantity, a mean of the folds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import isfinite, nan
from pathlib import Path
from statistics import fmean, pstdev

from specc.use.logged import Logged, folds, last

RATE = "learning_rate"


@dataclass(frozen=True)
class History(Logged):
    """With the spread over the folds, where it is their mean."""

    spread: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    folds: int = 0  # of how many it is the mean

    @property
    def quantities(self) -> list[str]:
        """What is shown of it: the loss first, a learning rate only where it changes."""
        names = [name for name in self.columns if not name.startswith("val_")]
        rates = {value for value in self.columns.get(RATE, ()) if isfinite(value)}
        shown = [name for name in names if name != RATE or len(rates) > 1]
        return sorted(shown, key=lambda name: (name == RATE, name != "loss"))

    @property
    def starts(self) -> list[tuple[int, str]]:
        """The epoch in which each phase begins, and its name."""
        pairs = zip(self.phases, self.epochs, strict=False)
        return [(next(of)[1], name) for name, of in groupby(pairs, key=lambda pair: pair[0])]

    def best(self) -> tuple[int, float] | None:
        """The epoch with the lowest validation loss, and that loss."""
        pairs = zip(self.columns.get("val_loss", ()), self.epochs, strict=False)
        value, epoch = min((pair for pair in pairs if isfinite(pair[0])), default=(nan, 0))
        return (epoch, value) if epoch else None


def history(folder: Path) -> History:
    """The mean of the folds where there are some, else the history of the one training."""
    return _mean(folds(folder)) or _alone(last(folder))


def on_all_rows(folder: Path) -> History | None:
    """The training that follows those on folds, if there was one."""
    found = last(folder)
    return _alone(found) if folds(folder) and found.epochs else None


def _alone(training: Logged) -> History:
    return History(training.epochs, training.columns, training.phases)


def _mean(done: Sequence[Logged]) -> History | None:
    """The mean and the deviation in each epoch that all folds reached."""
    if not done:
        return None
    epochs = min((each.epochs for each in done), key=len)
    names = [name for name in done[0].columns if all(name in each.columns for each in done)]
    values = {
        name: [*zip(*(each.columns[name][: len(epochs)] for each in done), strict=True)]
        for name in names
    }
    return History(
        epochs,
        {name: tuple(map(fmean, each)) for name, each in values.items()},
        spread={name: tuple(map(_deviation, each)) for name, each in values.items()},
        folds=len(done),
    )


def _deviation(values: Sequence[float]) -> float:
    return pstdev(values) if all(map(isfinite, values)) else nan
