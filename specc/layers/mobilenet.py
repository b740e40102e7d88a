"""MobileNet and MobileNetV2: separable convolutions whose width is an option."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from specc.layers.application_base import Application
from specc.layers.application_table import Inner
from specc.layers.mobilenet_base import POOLED, MobileNetBase, Width, norm, rounded
from specc.options import Fraction, Positive, mistake, out_of_range
from specc.tensor import Tensor

# Filters and strides of the blocks, and filters, strides and number of them.
V1 = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2),
    (1024, 1),
)  # fmt: skip
V2 = ((16, 1, 1), (24, 2, 2), (32, 2, 3), (64, 2, 4), (96, 1, 3), (160, 2, 3), (320, 1, 1))


def _wide(alpha: float) -> float:
    if int(32 * alpha) < 1:
        raise out_of_range("a number of at least 1/32, which leaves one filter")
    return alpha


class MobileNet(MobileNetBase):
    """Separable convolutions for small devices (Howard et al., 2017)."""

    home = "mobilenet"
    unnamed_top = True
    mode = "tf"
    whole_sizes = (128, 160, 192)
    order = (
        "input_shape", "alpha", "depth_multiplier", "dropout", "include_top", "pretrained",
        "pooling", "classes", "classifier_activation",
    )  # fmt: skip

    alpha: Annotated[Width, AfterValidator(_wide)] = 1.0
    depth_multiplier: Positive = 1
    dropout: Fraction = 1e-3

    @model_validator(mode="after")
    def _provided(self) -> Self:
        self._widths(0.25, 0.5, 0.75, 1.0)
        if self.imagenet and self.depth_multiplier != 1:
            raise mistake("F017", "has weights of `imagenet` for a `depth_multiplier` of 1 only")
        return self

    def keras_name(self, x: Tensor) -> str:
        return self.name or f"mobilenet_{self.alpha:0.2f}_{_rows(self, x)}"

    @property
    def features(self) -> int:
        return int(1024 * self.alpha)

    def _body(self, channels: int) -> Iterator[Inner]:
        width = int(32 * self.alpha)
        yield from (Inner("input_layer"), Inner("conv1", 9 * channels * width))
        yield from (norm("conv1_bn", width), Inner("conv1_relu"))
        for number, (filters, stride) in enumerate(V1, 1):
            new = int(filters * self.alpha)
            yield from self._block(number, width, new, stride)
            width = new

    def _block(self, number: int, width: int, filters: int, stride: int) -> Iterator[Inner]:
        wide = width * self.depth_multiplier
        if stride > 1:
            yield Inner(f"conv_pad_{number}")
        yield Inner(f"conv_dw_{number}", 9 * wide)
        yield norm(f"conv_dw_{number}_bn", wide)
        yield Inner(f"conv_dw_{number}_relu")
        yield Inner(f"conv_pw_{number}", wide * filters)
        yield norm(f"conv_pw_{number}_bn", filters)
        yield Inner(f"conv_pw_{number}_relu")

    def _end(self, x: Tensor) -> Iterator[Inner]:
        if not self.include_top:
            yield from self._pooled()
            return
        yield from (Inner(POOLED["avg"]), Inner("dropout"))
        yield Inner("conv_preds", (self.features + 1) * self.classes, biases=self.classes)
        yield from (Inner("reshape_2"), Inner("predictions"))


class MobileNetV2(MobileNetBase):
    """Narrow blocks that widen inside (Sandler et al., 2018)."""

    home = "mobilenet_v2"
    unnamed_top = True
    mode = "tf"
    whole_sizes = (96, 128, 160, 192)
    order = (
        "input_shape", "alpha", "include_top", "pretrained", "pooling", "classes",
        "classifier_activation",
    )  # fmt: skip

    alpha: Width = 1.0

    @model_validator(mode="after")
    def _provided(self) -> Self:
        self._widths(0.35, 0.5, 0.75, 1.0, 1.3, 1.4)
        return self

    def keras_name(self, x: Tensor) -> str:
        return self.name or f"mobilenetv2_{self.alpha:0.2f}_{_rows(self, x)}"

    @property
    def features(self) -> int:
        return rounded(1280 * self.alpha) if self.alpha > 1 else 1280

    def _body(self, channels: int) -> Iterator[Inner]:
        width = rounded(32 * self.alpha)
        yield from (Inner("input_layer"), Inner("Conv1", 9 * channels * width))
        yield from (norm("bn_Conv1", width), Inner("Conv1_relu"))
        blocks = [(f, s if i == 0 else 1) for f, s, count in V2 for i in range(count)]
        for number, (filters, stride) in enumerate(blocks):
            new = rounded(int(filters * self.alpha))
            yield from self._block(number, width, new, stride)
            width = new
        yield from (Inner("Conv_1", width * self.features), norm("Conv_1_bn", self.features))
        yield Inner("out_relu")

    def _block(self, number: int, width: int, filters: int, stride: int) -> Iterator[Inner]:
        start = f"block_{number}_" if number else "expanded_conv_"
        wide = 6 * width if number else width
        if number:
            yield from (Inner(f"{start}expand", width * wide), norm(f"{start}expand_BN", wide))
            yield Inner(f"{start}expand_relu")
        if stride > 1:
            yield Inner(f"{start}pad")
        yield from (Inner(f"{start}depthwise", 9 * wide), norm(f"{start}depthwise_BN", wide))
        yield Inner(f"{start}depthwise_relu")
        yield from (Inner(f"{start}project", wide * filters), norm(f"{start}project_BN", filters))
        if stride == 1 and width == filters:
            yield Inner(f"{start}add")

    def _end(self, x: Tensor) -> Iterator[Inner]:
        if not self.include_top:
            yield from self._pooled()
            return
        yield Inner(POOLED["avg"])
        yield Inner("predictions", (self.features + 1) * self.classes, biases=self.classes)


def _rows(kind: Application, x: Tensor) -> int | None:
    """The size that stands in the name, as Keras counts it."""
    height, width = x.shape[:2]
    usual = {kind.default_size, *kind.whole_sizes}
    return 224 if kind.imagenet and (height != width or height not in usual) else height
