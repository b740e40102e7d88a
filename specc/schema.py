"""What a user may write: the sections of a spec, read from plain data into frozen models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from specc.diagnostics import Diagnostic, Severity
from specc.kind import Fraction, Kind, Of, Positive, expected, out_of_range
from specc.layers.base import Layer, Name
from specc.objects import Reader
from specc.source import Path, Source

LANGUAGE = 1
Task = Literal[
    "binary", "multiclass", "multilabel", "regression", "unit_regression", "sequence",
    "segmentation", "reconstruction",
]  # fmt: skip


def _share(value: Any) -> float | int:
    """A part's size: a fraction of the rows, or a number of them."""
    if type(value) not in (int, float):
        raise expected("a fraction such as `0.2` or a number of rows")
    if value <= 0 or (type(value) is float and value >= 1):
        raise out_of_range("a fraction between 0 and 1 or a positive number of rows")
    return value  # type: ignore[no-any-return]


Share = Annotated[float | int, PlainValidator(_share)]


class Section(BaseModel):
    """Base of the sections: strict, frozen, without unknown keys.

    `later` names keys that the language has and this version does not support yet.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, protected_namespaces=()
    )
    later: ClassVar[Mapping[str, str]] = {}


class Split(Section):
    """How one set of rows is shared out; parts that the source gives are left as they are."""

    later = {"group": "groups that stay together"}

    train: Share | None = None
    validation: Share | None = None
    test: Share | None = None
    shuffle: bool = True
    stratify: bool = True


class Data(Section):
    """Where the rows come from and what is done to them before the model."""

    later = {
        "augment": "augmentation",
        "facts": "declared facts",
        "cache": "pipeline placement",
        "on_bad": "skipping broken files",
        "target_scaling": "scaling of targets",
        "sample_weight": "weights of rows",
        "inputs": "several inputs",
    }

    source: Annotated[Any, Of("sources")]
    batch_size: Positive = 32
    preprocess: Annotated[tuple[Any, ...], Of("layers", many=True)] = ()
    split: Split | Literal["none"] | None = None
    classes: tuple[str, ...] | None = None


class Train(Section):
    """How the model is trained."""

    later = {
        "phases": "training in phases",
        "loss_weights": "several outputs",
        "dtype_policy": "mixed precision",
        "jit_compile": "the choice of XLA",
        "steps_per_execution": "the choice of steps per call",
        "hoist": "hoisting of frozen layers",
        "checkpoint": "resumable runs",
        "target_scaling": "scaling of targets",
    }

    optimizer: Annotated[Any, Of("optimizers")]
    loss: Annotated[Any, Of("losses")] = None
    metrics: Annotated[tuple[Any, ...], Of("metrics", many=True)] = ()
    epochs: Positive | None = None
    steps_per_epoch: Positive | None = None
    class_weight: Literal["balanced"] | dict[str, float] | None = None
    callbacks: Annotated[tuple[Any, ...], Of("callbacks", many=True)] = ()


class Expect(Section):
    """Reviewed numbers that fail the check when they change without a word."""

    params: Annotated[int, Field(ge=0)] | None = None
    output: tuple[int | None, ...] | None = None


class Spec(Section):
    """A whole spec, in which every name is known and every option has the right form."""

    later = {
        "blocks": "blocks and repetition",
        "evaluate": "evaluation beyond a hold-out",
        "distribute": "more than one device",
        "record": "experiment trackers",
        "search": "hyper-parameter search",
        "threads": "a pinned thread count",
    }

    specc: Literal[1]
    name: Name
    description: str = ""
    task: Task | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    data: Data | None = None
    model: tuple[Layer, ...]
    train: Train
    visualize: tuple[str, ...] = ()
    expect: Expect = Expect()
