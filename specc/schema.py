"""What a user may write: the sections of a spec, as frozen models."""

from typing import Annotated, Any, Literal

from pydantic import Field

from specc.augment import Augment
from specc.evaluation import Evaluate
from specc.groups import Grouped, Keyed
from specc.habits import OF_DATA, OF_TRAIN
from specc.items import Wiring
from specc.kind import Of
from specc.layers.base import FloatType
from specc.options import Name, Positive
from specc.phases import Phase
from specc.pictures import Picture
from specc.read_outputs import TaskName
from specc.registry import words
from specc.section import Section
from specc.shares import AnySplit, ClassNames, Column, DeclaredFacts, Split
from specc.source import Path

LANGUAGE = 1
SOURCES = frozenset(words("sources"))  # keys of `data`, of which a spec has one


class Data(Section):
    """Where the rows come from and what is done to them before the model."""

    habits = OF_DATA

    source: Any = None
    batch_size: Positive = 32
    cache: Literal["memory", "disk", "none"] | None = None
    preprocess: Annotated[tuple[Any, ...], Of("layers", many=True)] = ()
    augment: Augment | None = None
    split: AnySplit | None = None
    sample_weight: Column | None = None
    target_scaling: Literal["standard"] | None = None
    classes: ClassNames | None = None
    facts: DeclaredFacts | None = None
    on_bad: Literal["error", "skip"] | None = None

    @property
    def steps(self) -> tuple[tuple[Path, Any], ...]:
        """The layers of `preprocess`, but for those for categories, each with its path."""
        layers = self.preprocess
        place = (
            "data",
            "preprocess",
            *((layers.key,) if isinstance(layers, Keyed | Grouped) else ()),
        )
        return tuple(((*place, i), kind) for i, kind in enumerate(layers))

    @property
    def beside(self) -> dict[Path, str]:
        """The columns that are neither inputs nor targets, by where they are named."""
        split = self.split if isinstance(self.split, Split) else Split()
        named: dict[Path, str | None] = {
            ("data", "split", "group"): split.group,
            ("data", "split", "time"): split.time,
            ("data", "sample_weight"): self.sample_weight,
        }
        return {path: name for path, name in named.items() if name}


class Train(Section):
    """How the model is trained; `loss` and `metrics` may be mappings by output."""

    habits = OF_TRAIN
    later = {
        "jit_compile": "the choice of XLA",
        "checkpoint": "resumable runs",
    }

    optimizer: Annotated[Any, Of("optimizers")] = None
    loss: Annotated[Any, Of("losses")] = None
    loss_weights: dict[str, float] | None = None
    metrics: Annotated[Any, Of("metrics", many=True)] = ()
    epochs: Positive | None = None
    steps_per_epoch: Positive | None = None
    steps_per_execution: Positive | None = None
    class_weight: Literal["balanced"] | dict[str, float] | None = None
    callbacks: Annotated[tuple[Any, ...], Of("callbacks", many=True)] = ()
    dtype_policy: FloatType | None = None
    phases: tuple[Phase, ...] | None = None
    hoist: bool | None = None

    @property
    def length(self) -> int | None:
        """The epochs of all phases together; None where one does not say how long it takes."""
        each = [phase.epochs or self.epochs for phase in self.phases or ()] or [self.epochs]
        return None if None in each else sum(epochs for epochs in each if epochs)


class Expect(Section):
    """Reviewed numbers that fail the check when they change without a word."""

    params: Annotated[int, Field(ge=0)] | None = None
    output: tuple[int | None, ...] | None = None


class Spec(Section):
    """A whole spec, in which every name is known and every option has the right form."""

    later = {
        "distribute": "more than one device",
        "record": "experiment trackers",
        "search": "hyper-parameter search",
        "threads": "a pinned thread count",
    }

    specc: Literal[1]
    name: Name = "spec"  # where the one that is given is none
    description: str = ""
    task: TaskName | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    data: Data | None = None
    blocks: Any = None  # plain data: `model` holds what they are filled with
    model: Wiring
    train: Train
    evaluate: Evaluate | None = None
    visualize: tuple[Picture | None, ...] = ()
    expect: Expect = Expect()

    @property
    def augments(self) -> bool:
        """Whether images of the training part are changed at random."""
        augment = self.data.augment if self.data is not None else None
        return augment is not None and augment.acts
