"""Learning rates that change with the number of steps."""

from pydantic import ValidationInfo, field_validator

from specc.options import Name, Number, mistake
from specc.training.base import Schedule
from specc.training.options import Count, Several, Steps

FAMILY = "schedules"


class ExponentialDecay(Schedule):
    """Multiplies by `decay_rate` every `decay_steps` steps."""

    initial_learning_rate: Number
    decay_steps: Steps
    decay_rate: Number
    staircase: bool = False
    name: Name = "ExponentialDecay"

    @property
    def highest(self) -> float:
        return self.initial_learning_rate


class InverseTimeDecay(Schedule):
    """Divides by `1 + decay_rate * step / decay_steps`."""

    initial_learning_rate: Number
    decay_steps: Steps
    decay_rate: Number
    staircase: bool = False
    name: Name = "InverseTimeDecay"

    @property
    def highest(self) -> float:
        return self.initial_learning_rate


class PolynomialDecay(Schedule):
    """Goes down to `end_learning_rate` in `decay_steps` steps."""

    initial_learning_rate: Number
    decay_steps: Steps
    end_learning_rate: Number = 0.0001
    power: Number = 1.0
    cycle: bool = False
    name: Name = "PolynomialDecay"

    @property
    def highest(self) -> float:
        return max(self.initial_learning_rate, self.end_learning_rate)


class CosineDecay(Schedule):
    """Goes down half a cosine wave to `alpha` times the rate, after a warm-up if wanted."""

    initial_learning_rate: Number
    decay_steps: Steps
    alpha: Number = 0.0
    name: Name = "CosineDecay"
    warmup_target: Number | None = None
    warmup_steps: Count = 0

    @property
    def highest(self) -> float:
        return max(self.initial_learning_rate, self._top)

    @property
    def _top(self) -> float:
        return self.initial_learning_rate if self.warmup_target is None else self.warmup_target


class CosineDecayRestarts(Schedule):
    """Goes down half a cosine wave again and again, each `t_mul` times longer than the last."""

    initial_learning_rate: Number
    first_decay_steps: Steps
    t_mul: Number = 2.0
    m_mul: Number = 1.0
    alpha: Number = 0.0
    name: Name = "SGDRDecay"

    @property
    def highest(self) -> float:
        return self.initial_learning_rate


class PiecewiseConstantDecay(Schedule):
    """`values[0]` up to step `boundaries[0]`, then `values[1]`, and so on."""

    boundaries: Several[Count]
    values: Several[Number]
    name: Name = "PiecewiseConstant"

    @field_validator("values")
    @classmethod
    def _one_more(cls, values: tuple[float, ...], info: ValidationInfo) -> tuple[float, ...]:
        boundaries = info.data.get("boundaries")
        if boundaries is not None and len(values) != len(boundaries) + 1:
            said = f"has {len(values)} values for {len(boundaries)} boundaries"
            raise mistake("F014", said, "give one value more than there are boundaries")
        return values

    @property
    def highest(self) -> float:
        return max(self.values)
