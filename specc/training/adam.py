"""Optimizers with a step of their own for each weight, from running moments: Adam's family."""

from specc.options import Number
from specc.training.base import GradientOptimizer
from specc.training.facts import Rates
from specc.training.options import Count, LearningRate

FAMILY = "optimizers"


class Adam(GradientOptimizer):
    """Steps along the running mean of gradients, over the root of their running square."""

    words = ("adam",)
    habits = {"momentum": "leave it out: that of Adam is `beta_1`, and `SGD` has one"}
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-7
    amsgrad: bool = False


class AdamW(GradientOptimizer):
    """Adam with weight decay apart from the gradients."""

    words = ("adamw",)
    habits = Adam.habits
    common = GradientOptimizer.common - {"weight_decay"}
    weight_decay: Number = 0.004
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-7
    amsgrad: bool = False


class Adamax(GradientOptimizer):
    """Adam with the largest gradient in place of the root of squares."""

    words = ("adamax",)
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-7


class Nadam(GradientOptimizer):
    """Adam with Nesterov's momentum."""

    words = ("nadam",)
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-7


class Lamb(GradientOptimizer):
    """Adam with steps in proportion to the size of each layer's weights, for large batches."""

    usual = Rates(most=0.1, wrong=1.0)
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-7


class ScheduleFreeAdamW(GradientOptimizer):
    """AdamW that averages weights in place of a schedule; its rates are up to ten times Adam's."""

    words = ("schedulefreeadamw",)
    usual = Rates(most=0.1, wrong=1.0)
    learning_rate: LearningRate = 0.0025
    beta_1: Number = 0.9
    beta_2: Number = 0.999
    epsilon: Number = 1e-8
    warmup_steps: Count = 0
