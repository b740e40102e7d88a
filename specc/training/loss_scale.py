"""The optimizer that wraps another one to scale its loss."""

from dataclasses import replace
from typing import Annotated, Any

from specc.kind import Of
from specc.options import Positive, PositiveNumber
from specc.training.base import Optimizer
from specc.training.facts import Rates
from specc.values import Call

FAMILY = "optimizers"


class LossScaleOptimizer(Optimizer):
    """Scales the loss against underflow of half-precision gradients."""

    inner_optimizer: Annotated[Any, Of("optimizers")]
    initial_scale: PositiveNumber = 32768.0
    dynamic_growth_steps: Positive = 2000

    @property
    def rate(self) -> Any:
        return self.inner_optimizer.rate

    @property
    def rates(self) -> Rates:
        rates: Rates = self.inner_optimizer.rates
        return rates

    def call(self) -> Call:
        """The constructor call; Keras takes no string shortcut for the inner optimizer."""
        call = super().call()
        return replace(call, args=(self.inner_optimizer.call(), *call.args[1:]))
