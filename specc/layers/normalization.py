"""Layers that bring their inputs to mean 0 and variance 1 while the network trains."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from specc.kind import NonNegative, Number, out_of_range
from specc.layers.base import (
    Axes,
    Constraint,
    Elementwise,
    Initializer,
    Regularizer,
    Weights,
    dims_at,
    sizes_at,
)
from specc.tensor import Tensor


def _clipping(value: dict[str, float]) -> dict[str, float]:
    if "rmax" in value and value["rmax"] < value.get("rmin", value["rmax"]):
        raise out_of_range("an `rmax` that is not below `rmin`")
    return value


Clipping = Annotated[dict[Literal["rmax", "rmin", "dmax"], NonNegative], AfterValidator(_clipping)]


class BatchNormalization(Elementwise):
    """Normalizes each channel over the batch; running means take over after training."""

    normalizes = True
    frozen_weights = frozenset(
        {"moving_mean", "moving_variance", "moving_stddev", "renorm_mean", "renorm_stddev"}
    )

    axis: int = -1
    momentum: Number = 0.99
    epsilon: Number = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    moving_mean_initializer: Initializer = "zeros"
    moving_variance_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    renorm: bool = False
    renorm_clipping: Clipping | None = None
    renorm_momentum: Number = 0.99
    synchronized: bool = False

    def infer(self, x: Tensor) -> Tensor:
        self.weights(x)
        return super().infer(x)

    def weights(self, x: Tensor) -> Weights:
        size = sizes_at((self.axis,), x, "BatchNormalization")
        names = ["gamma"] * self.scale + ["beta"] * self.center + ["moving_mean", "moving_variance"]
        more = ["moving_stddev", "renorm_mean", "renorm_stddev"] * self.renorm
        return dict.fromkeys(names + more, size)


class LayerNormalization(Elementwise):
    """Normalizes each sample by itself over the axes `axis`."""

    normalizes = True
    axis: Axes = -1
    epsilon: Number = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None

    def infer(self, x: Tensor) -> Tensor:
        self.weights(x)
        return super().infer(x)

    def weights(self, x: Tensor) -> Weights:
        axes = (self.axis,) if isinstance(self.axis, int) else tuple(sorted(self.axis))
        dims_at(axes, x, "LayerNormalization")
        names = ["gamma"] * self.scale + ["beta"] * self.center
        return {name: sizes_at(axes, x, "LayerNormalization") for name in names}
