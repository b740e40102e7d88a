"""The program that both back ends read: plain, frozen data without behaviour."""

from dataclasses import dataclass

from specc.plans import Drawing, FoldsPlan, Frozen, HoistPlan, TablePlan
from specc.statements import Assign, Define, Loop, Model, Parameter, Statement, Step
from specc.values import (
    Apply,
    Call,
    Items,
    Ratio,
    Ref,
    Section,
    Table,
    Text,
    Under,
    Value,
)

__all__ = [
    "Apply", "Assign", "Call", "DataPlan", "Define", "Drawing", "FoldsPlan", "Frozen", "HoistPlan",
    "InputPlan", "Items", "Loop", "Model", "Parameter", "PhasePlan", "PicturesPlan", "Program",
    "Ratio", "Ref", "Section", "Statement", "Step", "Table", "TablePlan", "TargetPlan", "Text",
    "TrainingPlan", "Under", "Value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a training script does.

    Where the spec leaves out `data` or `training`, only the model can be built.
    """

    name: str
    description: str
    digest: str
    language: int
    seed: int
    model: Model
    compile: Call
    data: "DataPlan | None" = None
    training: "TrainingPlan | None" = None
    folds: FoldsPlan | None = None


@dataclass(frozen=True, slots=True)
class InputPlan:
    """What the source delivers for one input of the model, and what is done to it."""

    shape: tuple[int | None, ...]  # without the batch axis
    dtype: str
    preprocess: tuple[Step, ...] = ()
    name: str | None = None  # of the input, where the source delivers several by their names


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """What one output of the model is compared with."""

    given: str  # how the source encodes labels: integer, one_hot, multi_hot or real
    labels: str  # how the loss takes them: integer, one_hot, column, inputs or own
    classes: int | None
    name: str | None = None  # of the output, where the source delivers several targets by name
    scaled: int | None = None  # how many numbers are learned at mean 0 and deviation 1

    @property
    def one_hot(self) -> bool:
        """Whether the classes of an encoded part are columns."""
        return "one_hot" in (self.given, self.labels)


@dataclass(frozen=True, slots=True)
class DataPlan:
    """How the parts are read, split, encoded, preprocessed and batched.

    The inputs of a `table` are several: the numbers, and each category.
    """

    source: Section
    batch_size: int
    inputs: tuple[InputPlan, ...]
    targets: tuple[TargetPlan, ...]
    splits: tuple[tuple[str, float | int], ...]  # (part, share of the training part to cut off)
    stratify: bool
    shuffle: bool
    streams: bool  # whether records are read in turn, and not each row by its number
    parts: tuple[str, ...]  # those that exist in the end, in the order train, validation, test
    cache: str | None = None  # `memory`, `disk` or `none`: where images stay; by their size if None
    skips: bool = False  # whether files that cannot be decoded are left out
    ragged: bool = False  # whether rows keep lengths of their own
    stepwise: bool = False  # whether the preprocessing learns from the steps of a series alone
    augment: Section | None = None  # how images of the training part are changed
    at_once: bool = False  # whether rows are so small that those of an epoch are gathered as one
    table: TablePlan | None = None
    weight: str | None = None  # the column with the weight of each row in the loss
    group: str | None = None  # the column whose texts name the groups that stay together
    time: str | None = None  # the column that rows are ordered by
    time_format: str | None = None
    masks: bool = False  # whether the targets are masks of images
    hoist: HoistPlan | None = None  # what is computed once for all epochs

    @property
    def input(self) -> InputPlan:
        """The input where it has no name."""
        return self.inputs[0]

    @property
    def target(self) -> TargetPlan:
        """The target where it has no name."""
        return self.targets[0]

    @property
    def named(self) -> bool:
        """Whether inputs have names."""
        return self.input.name is not None

    @property
    def several_targets(self) -> bool:
        """Whether targets have names."""
        return self.target.name is not None

    @property
    def scaled(self) -> bool:
        """Whether the network learns targets in other units than they have."""
        return self.target.scaled is not None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The preprocessing of all inputs."""
        return tuple(step for each in self.inputs for step in each.preprocess)

    @property
    def always_hoisted(self) -> bool:
        """Whether all that is trained learns from features."""
        return self.hoist is not None and self.hoist.always

    @property
    def whole_parts(self) -> bool:
        """Whether a part is prepared as a whole, and not batch by batch in every epoch."""
        return self.at_once or (self.table is not None and self.target.labels != "inputs")

    @property
    def preprocesses(self) -> bool:
        """Whether there is anything between the source and the network."""
        return bool(self.steps) or self.table is not None


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What `fit` is told beyond the data."""

    epochs: int
    batch_size: int | None = None  # in a phase, where it is not that of the data
    steps_per_epoch: int | None = None
    steps_per_execution: int | None = None  # the most of them
    class_weight: Value = None  # None, "balanced" or a Table
    callbacks: tuple[Call, ...] = ()
    watching: tuple[Call, ...] = ()  # those of them that need a validation part
    saves_model: bool = False  # whether a callback does
    pictures: "PicturesPlan | None" = None
    phases: "tuple[PhasePlan, ...]" = ()  # of which it is made, if it is

    @property
    def lengths(self) -> tuple[int | None, ...]:
        """The steps of an epoch, phase by phase; None where an epoch is a whole pass."""
        phases = tuple(phase.training.steps_per_epoch for phase in self.phases)
        return phases or (self.steps_per_epoch,)

    @property
    def resized(self) -> bool:
        """Whether batches have another size in some phase than in the data."""
        return any(phase.training.batch_size for phase in self.phases)

    @property
    def endless(self) -> bool:
        """Whether the rows come pass after pass, of which epochs take so many steps."""
        return any(self.lengths)

    @property
    def uneven(self) -> bool:
        """Whether an epoch takes more steps in one phase than in another."""
        return len({*self.lengths}) > 1


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A part of the training, which sets what is frozen and compiles afresh."""

    name: str
    function: str  # of the script
    training: TrainingPlan
    compile: Call
    frozen: tuple[Frozen, ...]
    trained: int  # weights
    total: int
    hoisted: bool  # whether it learns from features
    augments: bool  # whether its images are changed at random


@dataclass(frozen=True, slots=True)
class PicturesPlan:
    """The pictures that are drawn after training, and the functions for that."""

    sections: tuple[Section, ...]
    steps: tuple[Assign | Drawing, ...]
    network: bool = False  # whether they are of the network as it is saved
    classes: Value = None  # what its classes are called, where the script does not say that yet
    carried: bool = False  # whether the names of the classes come with the data
    lettered: Ref | None = None  # names that may have letters which a usual font lacks

    @property
    def rows(self) -> bool:
        """Whether they show rows of the data."""
        templates = {section.template for section in self.sections}
        return bool(templates & {f"pictures/{name}.py.jinja" for name in ("predictions", "row")})
