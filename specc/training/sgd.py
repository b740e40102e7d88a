"""Optimizers that step along the gradient, its sign, or its orthogonal form."""

from typing import Annotated

from pydantic import Field

from specc.options import Fraction, Number, Positive
from specc.training.base import GradientOptimizer
from specc.training.facts import Rates
from specc.training.options import LearningRate, Several

FAMILY = "optimizers"
HEAVY = 0.9  # momentum from which a step counts about ten times


class SGD(GradientOptimizer):
    """Steps along the gradient, with momentum if wanted."""

    words = ("sgd",)
    learning_rate: LearningRate = 0.01
    momentum: Fraction = 0.0
    nesterov: bool = False

    @property
    def rates(self) -> Rates:
        return Rates(
            least=1e-5, slow=1e-3, most=0.05 if self.momentum >= HEAVY else 0.1, wrong=10.0
        )


class Lion(GradientOptimizer):
    """Steps along the sign of the momentum; its rates are 3 to 10 times smaller than Adam's."""

    words = ("lion",)
    usual = Rates(slow=1e-5, most=0.003, wrong=0.03)
    beta_1: Annotated[Number, Field(gt=0, le=1)] = 0.9
    beta_2: Number = 0.99


class Muon(GradientOptimizer):
    """Makes the steps of matrices orthogonal, and leaves the other weights to AdamW."""

    words = ("muon",)
    usual = Rates(most=0.05, wrong=0.5)
    weight_decay: Number | None = 0.004
    adam_beta_1: Number = 0.9
    adam_beta_2: Number = 0.999
    adam_weight_decay: Number | None = 0.004
    epsilon: Number = 1e-7
    exclude_layers: Several[str] | None = None
    exclude_embeddings: bool = True
    muon_a: Number = 3.4445
    muon_b: Number = -4.7750
    muon_c: Number = 2.0315
    adam_lr_ratio: Number = 1.0
    momentum: Number = 0.95
    ns_steps: Positive = 5
    nesterov: bool = True
    rms_rate: Number | None = 0.2
