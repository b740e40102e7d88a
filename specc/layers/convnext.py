"""ConvNeXt: convolutions arranged like a transformer (Liu et al., 2022)."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from specc.layers.application_base import Application, Mode
from specc.layers.application_table import Inner
from specc.options import Name
from specc.tensor import Tensor

LAST = "layer_normalization"  # behind what is pooled, or behind everything


class _ConvNeXt(Application):
    home = "convnext"
    unnamed = frozenset({"add", "layer_normalization"})
    mode = "inside"
    renames: ClassVar[Literal["always", "untrained", "never"]] = "untrained"
    order = (
        "include_top", "include_preprocessing", "pretrained", "input_shape", "pooling", "classes",
        "classifier_activation",
    )  # fmt: skip

    include_preprocessing: bool = True

    @property
    def reads(self) -> Mode:
        return "inside" if self.include_preprocessing else "torch"

    def inner(self, x: Tensor | None = None) -> tuple[Inner, ...]:
        """As any model's; the names inside begin with the name of the model."""
        usual, name = type(self).model_fields["name"].default, self.name or ""
        return tuple(
            each._replace(name=each.name.replace(usual, name, 1)) for each in super().inner(x)
        )

    def _body(self, channels: int) -> Iterator[Inner]:
        scales = self.include_preprocessing and channels == 3
        for each in super()._body(channels):
            scaling = each.name.endswith("_prestem_normalization")
            if each.name != LAST and (scales or not scaling):
                yield each

    def _end(self, x: Tensor) -> Iterator[Inner]:
        """A normalization ends the model even where nothing is pooled."""
        if not self.include_top and self.pooling is None:
            return iter((Inner(LAST, 2 * self.features),))
        return super()._end(x)


class ConvNeXtTiny(_ConvNeXt):
    """The ConvNeXt of 28 million weights."""

    name: Name = "convnext_tiny"


class ConvNeXtSmall(_ConvNeXt):
    """The ConvNeXt of 50 million weights."""

    name: Name = "convnext_small"


class ConvNeXtBase(_ConvNeXt):
    """The ConvNeXt of 89 million weights."""

    name: Name = "convnext_base"


class ConvNeXtLarge(_ConvNeXt):
    """The ConvNeXt of 198 million weights."""

    name: Name = "convnext_large"


class ConvNeXtXLarge(_ConvNeXt):
    """The ConvNeXt of 350 million weights."""

    name: Name = "convnext_xlarge"
