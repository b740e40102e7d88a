"""What the families of training objects have in common, and the facts that rules need of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from specc.kind import Kind, snake_case
from specc.options import Fraction, Name, Number, Positive, mistake
from specc.training.facts import Interval, Output, Rates
from specc.training.options import LearningRate

CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")


class Optimizer(Kind):
    """Base of every optimizer."""

    family: ClassVar[str] = "optimizers"
    module: ClassVar[str] = "keras.optimizers"
    common: ClassVar[frozenset[str]] = frozenset({"name"})

    name: Name | None = None

    @property
    def rate(self) -> Any:
        """The learning rate: a number, or a schedule."""
        raise NotImplementedError(type(self).__name__)

    @property
    def rates(self) -> Rates:
        """The learning rates that are usual with these options."""
        raise NotImplementedError(type(self).__name__)


class GradientOptimizer(Optimizer):
    """An optimizer that turns gradients into steps, with the options that all of these take."""

    common: ClassVar[frozenset[str]] = Optimizer.common | {
        *CLIPS, "weight_decay", "use_ema", "ema_momentum", "ema_overwrite_frequency",
        "loss_scale_factor", "gradient_accumulation_steps",
    }  # fmt: skip
    usual: ClassVar[Rates] = Rates()

    learning_rate: LearningRate = 0.001
    weight_decay: Number | None = None
    clipnorm: Number | None = None
    clipvalue: Number | None = None
    global_clipnorm: Number | None = None
    use_ema: bool = False
    ema_momentum: Fraction = 0.99
    ema_overwrite_frequency: Positive | None = None
    loss_scale_factor: Number | None = None
    gradient_accumulation_steps: Annotated[int, Field(ge=2)] | None = None

    @property
    def rate(self) -> Any:
        return self.learning_rate

    @property
    def rates(self) -> Rates:
        return self.usual

    @field_validator(*CLIPS[1:])
    @classmethod
    def _one_clip(cls, value: float | None, info: ValidationInfo) -> float | None:
        earlier = CLIPS[: CLIPS.index(str(info.field_name))]
        given = [name for name in earlier if info.data.get(name) is not None]
        if value is not None and given:
            said = f"sets both `{given[0]}` and `{info.field_name}`"
            raise mistake("F014", said, "keep one of them: Keras clips in one way only")
        return value


class Schedule(Kind):
    """Base of every learning-rate schedule."""

    family: ClassVar[str] = "schedules"
    module: ClassVar[str] = "keras.optimizers.schedules"

    @property
    def highest(self) -> float:
        """The highest rate that it starts from or climbs to."""
        raise NotImplementedError(type(self).__name__)


class Loss(Kind):
    """Base of every loss; written as a word it is the function, without options.

    `head` lists the last activations that it can work on (empty: any), without `from_logits`.
    `labels` lists the encodings of targets that it takes, the usual one first; `targets` is the
    range that they must lie in; `tasks` are those it is made for.
    """

    family: ClassVar[str] = "losses"
    module: ClassVar[str] = "keras.losses"
    head: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[tuple[str, ...]] = ()
    targets: ClassVar[Interval] = Interval()
    tasks: ClassVar[tuple[str, ...]] = ()
    probabilistic: ClassVar[bool] = False  # reads the output as probabilities

    @property
    def logits(self) -> bool:
        """Whether it puts the activation on itself, so that the head must have none."""
        return bool(getattr(self, "from_logits", False))


class Metric(Kind):
    """Base of every metric. `direction` is the way to better values, None where Keras knows none.

    `labels` lists the encodings of targets that it can measure.
    """

    family: ClassVar[str] = "metrics"
    module: ClassVar[str] = "keras.metrics"
    labels: ClassVar[tuple[str, ...]] = ()
    direction: ClassVar[Literal["min", "max"] | None] = None

    def measures(self) -> tuple[str, ...]:
        """The encodings of targets that it can measure with these options."""
        return self.labels

    @property
    def several(self) -> bool:
        """Whether it gives a number for each class or threshold, and not one."""
        return False

    def logged_name(self) -> str:
        """The name of its column in the history, in a fresh session."""
        return self.word or self._given_name() or snake_case(type(self).__name__)

    def _given_name(self) -> str | None:
        return getattr(self, "name", None)


def logged_names(metrics: Sequence[Metric]) -> tuple[str, ...]:
    """Names of the columns of these metrics in the history, where equal ones get a number."""
    numbered, seen = Counter[str](), Counter[str]()
    found = []
    for metric in metrics:
        name = metric.logged_name()
        if metric.word is None and metric._given_name() is None:
            name = _next(name, numbered)
        found.append(_next(name, seen))
    return tuple(found)


def _next(name: str, used: Counter[str]) -> str:
    used[name] += 1
    return name if used[name] == 1 else f"{name}_{used[name] - 1}"


class Callback(Kind):
    """Base of every callback."""

    family: ClassVar[str] = "callbacks"
    module: ClassVar[str] = "keras.callbacks"
    needs_package: ClassVar[str | None] = None  # what must be installed besides Keras
    changes_rate: ClassVar[bool] = False  # sets the learning rate, so that it must be a number
    saves_model: ClassVar[bool] = False  # writes the model that it is told of
    restores_model: ClassVar[bool] = False  # reads weights into it

    @property
    def per_batch(self) -> bool:
        """Whether it does something after each batch."""
        return False

    @classmethod
    def outputs(cls) -> Mapping[str, Output]:
        """The options that name files or folders to write."""
        fields = cls.model_fields.items()
        marks = ((name, mark) for name, info in fields for mark in info.metadata)
        return {name: mark for name, mark in marks if isinstance(mark, Output)}


class Monitor(Callback):
    """A callback that watches one column of the history."""

    @property
    def watches(self) -> str | None:
        """The column that it watches; None where its options make it ignore the column."""
        return getattr(self, "monitor", None)

    @property
    def acts_upon(self) -> str | None:
        """The column whose values decide what it does."""
        return self.watches


class Initializer(Kind):
    """Base of every initializer."""

    family: ClassVar[str] = "initializers"
    module: ClassVar[str] = "keras.initializers"
    constant: ClassVar[bool] = False  # gives all weights of a layer one value

    def deviation(self, fan_in: int, fan_out: int) -> float:
        """Standard deviation of the weights of a layer with these numbers of connections; 0 where
        they are not drawn, or their spread is not known."""
        return 0.0


class Regularizer(Kind):
    """Base of every regularizer."""

    family: ClassVar[str] = "regularizers"
    module: ClassVar[str] = "keras.regularizers"

    @property
    def strength(self) -> tuple[float, float]:
        """Factors of the absolute and of the squared weights."""
        return (0.0, 0.0)


class Constraint(Kind):
    """Base of every constraint."""

    family: ClassVar[str] = "constraints"
    module: ClassVar[str] = "keras.constraints"
