"""The optimizer that divides the step by a running size of the gradients."""

from specc.options import Number
from specc.training.base import GradientOptimizer

FAMILY = "optimizers"


class RMSprop(GradientOptimizer):
    """Divides by the root of the running mean of squared gradients."""

    words = ("rmsprop",)
    rho: Number = 0.9
    momentum: Number = 0.0
    epsilon: Number = 1e-7
    centered: bool = False
