"""MobileNetV3: blocks that were found by search, some of which weigh their channels."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Self

from pydantic import model_validator

from specc.layers.application_base import Mode
from specc.layers.application_table import Inner
from specc.layers.mobilenet_base import POOLED, MobileNetBase, Width, norm, rounded
from specc.options import Fraction, Name
from specc.tensor import Tensor


class Block(NamedTuple):
    """How much wider it is inside, filters and stride; the rest is off in minimalistic models."""

    wider: float
    filters: int
    stride: int = 1
    window: int = 5
    weighs: bool = True  # its channels, by what a small net says of their means
    hard: bool = True  # activated by `hard_swish` and not by `relu`


SMALL = (
    Block(1, 16, 2, 3, True, False), Block(72 / 16, 24, 2, 3, False, False),
    Block(88 / 24, 24, 1, 3, False, False), Block(4, 40, 2), Block(6, 40), Block(6, 40),
    Block(3, 48), Block(3, 48), Block(6, 96, 2), Block(6, 96), Block(6, 96),
)  # fmt: skip
LARGE = (
    Block(1, 16, 1, 3, False, False), Block(4, 24, 2, 3, False, False),
    Block(3, 24, 1, 3, False, False), Block(3, 40, 2, 5, True, False),
    Block(3, 40, 1, 5, True, False), Block(3, 40, 1, 5, True, False), Block(6, 80, 2, 3, False),
    Block(2.5, 80, 1, 3, False), Block(2.3, 80, 1, 3, False), Block(2.3, 80, 1, 3, False),
    Block(6, 112, 1, 3), Block(6, 112, 1, 3), Block(6, 160, 2), Block(6, 160), Block(6, 160),
)  # fmt: skip


class _Anonymous:
    """Layers that Keras names by their class and counts."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def layer(self, stem: str) -> Inner:
        self.counts[stem] += 1
        number = self.counts[stem] - 1
        return Inner(f"{stem}_{number}" if number else stem)

    def active(self, hard: bool) -> Inner:
        return self.layer("activation" if hard else "re_lu")


class _MobileNetV3(MobileNetBase):
    home = "mobilenet_v3"
    unnamed = frozenset({
        "rescaling", "activation", "re_lu", "add", "multiply", "dropout", "flatten",
    })  # fmt: skip
    unnamed_top = True
    mode = "inside"
    order = (
        "input_shape", "alpha", "minimalistic", "include_top", "pretrained", "classes", "pooling",
        "dropout_rate", "classifier_activation", "include_preprocessing",
    )  # fmt: skip
    blocks: ClassVar[tuple[Block, ...]]
    last: ClassVar[int]  # units ahead of the classes

    alpha: Width = 1.0
    minimalistic: bool = False
    dropout_rate: Fraction = 0.2
    include_preprocessing: bool = True

    @model_validator(mode="after")
    def _provided(self) -> Self:
        self._widths(*(1.0,) if self.minimalistic else (0.75, 1.0))
        return self

    @property
    def reads(self) -> Mode:
        return "inside" if self.include_preprocessing else "tf"

    def _expect_size(self, x: Tensor) -> None:
        """Keras takes its top to pictures of any size."""

    def _bounded(self, x: Tensor) -> bool:
        return None not in x.shape[:2]

    def _unsized(self, x: Tensor) -> bool:
        return x.shape[0] is not None

    @property
    def features(self) -> int:
        return rounded(6 * rounded(self.blocks[-1].filters * self.alpha))

    def _body(self, channels: int) -> Iterator[Inner]:
        return self._layers(channels, _Anonymous())

    def _layers(self, channels: int, anonymous: _Anonymous) -> Iterator[Inner]:
        hard = not self.minimalistic
        yield Inner("input_layer")
        if self.include_preprocessing:
            yield Inner("rescaling")
        yield from (Inner("conv", 9 * channels * 16), norm("conv_bn", 16), anonymous.active(hard))
        width = 16
        for number, block in enumerate(self.blocks):
            start = f"expanded_conv_{number}_" if number else "expanded_conv_"
            yield from self._block(start, width, block, anonymous)
            width = rounded(block.filters * self.alpha)
        yield from (Inner("conv_1", width * self.features), norm("conv_1_bn", self.features))
        yield anonymous.active(hard)

    def _block(self, start: str, width: int, block: Block, names: _Anonymous) -> Iterator[Inner]:
        first, full = start == "expanded_conv_", not self.minimalistic
        wide = width if first else rounded(width * block.wider)
        filters = rounded(block.filters * self.alpha)
        if not first:
            yield from (Inner(f"{start}expand", width * wide), norm(f"{start}expand_bn", wide))
            yield names.active(block.hard and full)
        if block.stride > 1:
            yield Inner(f"{start}depthwise_pad")
        yield Inner(f"{start}depthwise", wide * (block.window if full else 3) ** 2)
        yield from (norm(f"{start}depthwise_bn", wide), names.active(block.hard and full))
        if block.weighs and full:
            yield from _weighing(f"{start}squeeze_excite_", wide, names)
        yield from (Inner(f"{start}project", wide * filters), norm(f"{start}project_bn", filters))
        if block.stride == 1 and width == filters:
            yield Inner(f"{start}add")

    def _end(self, x: Tensor) -> Iterator[Inner]:
        if not self.include_top:
            yield from (Inner(f"{self.pooling}_pool") for _ in range(self.pooling is not None))
            return
        anonymous = _Anonymous()
        list(self._layers(3, anonymous))  # counts the names that are taken
        units = rounded(self.last * self.alpha) if self.alpha > 1 else self.last
        yield from (
            Inner(POOLED["avg"]),
            Inner("conv_2", (self.features + 1) * units, biases=units),
        )
        yield anonymous.active(not self.minimalistic)
        if self.dropout_rate > 0:
            yield Inner("dropout")
        yield Inner("logits", (units + 1) * self.classes, biases=self.classes)
        yield from (Inner("flatten"), Inner("predictions"))


def _weighing(start: str, wide: int, names: _Anonymous) -> Iterator[Inner]:
    """The small net that weighs the channels of a block."""
    narrow = rounded(wide / 4)
    yield Inner(f"{start}avg_pool")
    yield Inner(f"{start}conv", (wide + 1) * narrow, biases=narrow)
    yield Inner(f"{start}relu")
    yield Inner(f"{start}conv_1", (narrow + 1) * wide, biases=wide)
    yield names.layer("re_lu")
    yield Inner(f"{start}mul")


class MobileNetV3Small(_MobileNetV3):
    """The smaller of two nets found by search (Howard et al., 2019)."""

    blocks = SMALL
    last = 1024

    name: Name = "MobileNetV3Small"


class MobileNetV3Large(_MobileNetV3):
    """The larger of two nets found by search (Howard et al., 2019)."""

    blocks = LARGE
    last = 1280

    name: Name = "MobileNetV3Large"
