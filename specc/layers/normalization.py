"""Layers that bring their inputs to mean 0 and variance 1 while the network trains."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, PlainValidator

from specc.axes import dims_at, sizes_at
from specc.layers.base import Axes, Constraint, Elementwise, Initializer, Regularizer, Weights
from specc.options import NonNegative, Number, expected, out_of_range
from specc.tensor import ShapeError, Tensor


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


def _groups(value: Any) -> int:
    what = "a number of groups, or -1 for one per channel"
    if type(value) is not int:
        raise expected(what)
    if value < 1 and value != -1:
        raise out_of_range(what)
    return value


def expect_fractions(x: Tensor, layer: str) -> None:
    """ShapeError S232 for whole numbers, whose type Keras would give what comes out."""
    if "float" not in x.dtype:
        message = f"`{layer}` gives fractions, which {x.dtype} cannot hold"
        help = "put `Rescaling: 1/255` above, or give `Input` the type float32"
        raise ShapeError("S232", message, label=f"gets {x}", help=help)


class GroupNormalization(Elementwise):
    """Normalizes each sample by itself, in `groups` of channels."""

    normalizes = True
    stricter = frozenset({"S232"})  # Keras normalizes whole numbers and cuts the fractions off

    groups: Annotated[int, PlainValidator(_groups)] = 32
    axis: int = -1
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
        expect_fractions(x, "GroupNormalization")
        (channels,) = sizes_at((self.axis,), x, "GroupNormalization")
        if self.groups > channels or channels % self.groups:
            message = f"{channels} channels do not divide into {self.groups} groups"
            raise ShapeError("S214", message, option="groups")
        return super().infer(x)

    def weights(self, x: Tensor) -> Weights:
        size = sizes_at((self.axis,), x, "GroupNormalization")
        return dict.fromkeys(["gamma"] * self.scale + ["beta"] * self.center, size)


class RMSNormalization(Elementwise):
    """Divides each sample by its root mean square over the last axes, and scales it."""

    normalizes = True
    supports_masking = False
    # Keras cuts fractions off, and its `scale` over other axes than the last fits by chance alone.
    stricter = frozenset({"S232", "S208"})

    axis: Axes = -1
    epsilon: Number = 1e-6

    def infer(self, x: Tensor) -> Tensor:
        expect_fractions(x, "RMSNormalization")
        self.weights(x)
        return super().infer(x)

    def weights(self, x: Tensor) -> Weights:
        axes = (self.axis,) if isinstance(self.axis, int) else tuple(sorted(self.axis))
        sizes = sizes_at(axes, x, "RMSNormalization")
        if [axis % (x.rank + 1) for axis in axes] != [*range(x.rank + 1 - len(axes), x.rank + 1)]:
            message = f"`RMSNormalization` scales the last axes, and not `axis: {self.axis}` of {x}"
            raise ShapeError("S208", message, option="axis")
        return {"scale": sizes}


class UnitNormalization(Elementwise):
    """Divides each sample by its length, over the axes `axis`."""

    normalizes = True
    stricter = frozenset({"S232"})  # for which Keras fails in the first batch

    axis: Axes = -1

    def infer(self, x: Tensor) -> Tensor:
        expect_fractions(x, "UnitNormalization")
        dims_at((self.axis,) if isinstance(self.axis, int) else self.axis, x, "UnitNormalization")
        return super().infer(x)
