"""Adagrad and its kin, which divide the step by a size of all past gradients."""

from typing import Annotated

from pydantic import Field

from specc.options import NonNegative, Number
from specc.training.base import GradientOptimizer
from specc.training.facts import Rates

FAMILY = "optimizers"
NonPositive = Annotated[Number, Field(le=0)]


class Adagrad(GradientOptimizer):
    """Divides by the root of the sum of squared gradients."""

    words = ("adagrad",)
    usual = Rates(most=0.1, wrong=1.0)
    initial_accumulator_value: Number = 0.1
    epsilon: Number = 1e-7


class Adadelta(GradientOptimizer):
    """Divides by the running size of gradients and multiplies by that of steps.

    The rate of the paper is 1.0; Keras' default of 0.001 makes next to no progress.
    """

    words = ("adadelta",)
    usual = Rates(least=0.01, slow=0.05, most=10.0, wrong=100.0)
    rho: Number = 0.95
    epsilon: Number = 1e-7


class Adafactor(GradientOptimizer):
    """Keeps squared gradients by rows and columns only; with `relative_step` it decays the rate."""

    words = ("adafactor",)
    usual = Rates(most=0.1, wrong=1.0)
    beta_2_decay: Number = -0.8
    epsilon_1: Number = 1e-30
    epsilon_2: Number = 1e-3
    clip_threshold: Number = 1.0
    relative_step: bool = True


class Ftrl(GradientOptimizer):
    """Follows the regularized leader: for wide, sparse models."""

    words = ("ftrl",)
    usual = Rates(most=0.1, wrong=1.0)
    learning_rate_power: NonPositive = -0.5
    initial_accumulator_value: NonNegative = 0.1
    l1_regularization_strength: NonNegative = 0.0
    l2_regularization_strength: NonNegative = 0.0
    l2_shrinkage_regularization_strength: NonNegative = 0.0
    beta: Number = 0.0
