"""The program that both back ends read: plain, frozen data without behaviour."""

from dataclasses import dataclass, field

from specc.values import Call, Items, Ratio, Ref, Section, Table, Under, Value

__all__ = [
    "Call", "DataPlan", "Items", "Model", "Program", "Ratio", "Ref", "Section", "Step", "Table",
    "TrainingPlan", "Under", "Value",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """`name = call(inputs…)`: one layer of the model; `note` is printed as a comment."""

    name: str
    call: Call
    inputs: tuple[str, ...] = ()
    note: str = ""
    learns: bool = False  # from the training part, before the model is trained


@dataclass(frozen=True, slots=True)
class Model:
    """The layers in order; `sequential` ones feed each other and are printed as a list."""

    name: str
    steps: tuple[Step, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    sequential: bool = True


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a training script does; `data` and `training` are absent where the
    spec leaves them out, and then only the model can be built."""

    name: str
    description: str
    digest: str
    language: int
    seed: int
    model: Model
    compile: Call
    data: "DataPlan | None" = None
    training: "TrainingPlan | None" = None


@dataclass(frozen=True, slots=True)
class DataPlan:
    """How the parts are read, split, encoded, preprocessed and batched."""

    source: Section
    batch_size: int
    given: str  # how the source encodes labels: integer, one_hot, multi_hot or real
    labels: str  # how the loss takes them: integer, one_hot, column or own, which is as given
    classes: int | None
    input: tuple[int | None, ...]  # what the source delivers, without the batch axis
    dtype: str
    preprocess: tuple[Step, ...]
    splits: tuple[tuple[str, float | int], ...]  # (part, share of the training part to cut off)
    stratify: bool
    shuffle: bool
    parts: tuple[str, ...]  # those that exist in the end, in the order train, validation, test


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """What `fit` is told beyond the data."""

    epochs: int
    steps_per_epoch: int | None = None
    class_weight: Value = None  # None, "balanced" or a Table
    callbacks: tuple[Call, ...] = field(default=())
    pictures: tuple[Section, ...] = field(default=())
