"""Parts of the plans in a program that hold nothing but values."""

from dataclasses import dataclass

from specc.values import Call


@dataclass(frozen=True, slots=True)
class TablePlan:
    """How the columns of a table become one vector: the numbers, then each category."""

    numbers: bool  # whether there are numeric columns
    categories: int  # how many categorical ones there are
    encoder: Call  # the layer for a category
    learns: bool  # whether its vocabulary is that of the training part
    unknown: int  # places for values that are not in it

    @property
    def columns(self) -> int:
        """How many inputs there are."""
        return self.numbers + self.categories


@dataclass(frozen=True, slots=True)
class Frozen:
    """Whether a layer is trained; where it is a model, `places` of its layers are frozen."""

    layer: str
    trainable: bool
    places: tuple[tuple[int, int], ...] = ()  # from the first to behind the last
    said: str = ""  # what is trained, in words
    normalizes: bool = False  # whether there is normalization besides, which is frozen
    again: bool = False  # whether a phase before has frozen some of what is trained now


@dataclass(frozen=True, slots=True)
class HoistPlan:
    """Frozen layers whose output is computed once, as the features that the others learn from."""

    place: int  # in the list of the model's layers, of the first one that takes features
    always: bool  # whether all phases learn from features, so that nothing else is kept


@dataclass(frozen=True, slots=True)
class FoldsPlan:
    """How the training part is shared out over folds, each of which scores one training."""

    count: int
    repeats: int
    splitter: str  # the class of scikit-learn
    shuffle: bool
    retrain: bool
    monitor: str = "val_loss"  # the column whose best mean over the folds says how long to train
    highest: bool = False  # whether its best value is the highest


@dataclass(frozen=True, slots=True)
class Drawing:
    """A call that draws a picture into a file, the last of its arguments by position."""

    call: Call
    file: str
    place: int  # among the pictures of the spec
