"""EfficientNet and its successor: depth, width and size of pictures that grow together."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from specc.layers.application_base import Application, Mode
from specc.layers.application_table import Inner
from specc.options import Name


class _EfficientNet(Application):
    home = "efficientnet"
    unnamed = frozenset({"rescaling", "normalization"})
    mode = "inside"
    renames: ClassVar[Literal["always", "untrained", "never"]] = "untrained"

    def _body(self, channels: int) -> Iterator[Inner]:
        """Weights of ImageNet come with one more layer, which scales again."""
        for each in super()._body(channels):
            yield each
            if self.imagenet and each.name == "normalization":
                yield Inner("rescaling_1")


class EfficientNetB0(_EfficientNet):
    """The smallest EfficientNet (Tan and Le, 2019)."""

    name: Name = "efficientnetb0"


class EfficientNetB1(_EfficientNet):
    """Size 1 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 240

    name: Name = "efficientnetb1"


class EfficientNetB2(_EfficientNet):
    """Size 2 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 260

    name: Name = "efficientnetb2"


class EfficientNetB3(_EfficientNet):
    """Size 3 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 300

    name: Name = "efficientnetb3"


class EfficientNetB4(_EfficientNet):
    """Size 4 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 380

    name: Name = "efficientnetb4"


class EfficientNetB5(_EfficientNet):
    """Size 5 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 456

    name: Name = "efficientnetb5"


class EfficientNetB6(_EfficientNet):
    """Size 6 of seven EfficientNet (Tan and Le, 2019)."""

    default_size = 528

    name: Name = "efficientnetb6"


class EfficientNetB7(_EfficientNet):
    """The largest EfficientNet (Tan and Le, 2019)."""

    default_size = 600

    name: Name = "efficientnetb7"


class _EfficientNetV2(Application):
    home = "efficientnet_v2"
    unnamed = frozenset({"rescaling", "normalization"})
    mode = "inside"
    renames: ClassVar[Literal["always", "untrained", "never"]] = "never"
    normalizes_colors: ClassVar[bool] = False  # inside, where there are three of them
    order = (
        "include_top", "pretrained", "input_shape", "pooling", "classes", "classifier_activation",
        "include_preprocessing",
    )  # fmt: skip

    include_preprocessing: bool = True

    @property
    def reads(self) -> Mode:
        if self.include_preprocessing:
            return "inside"
        return "torch" if self.normalizes_colors else "tf"

    def _body(self, channels: int) -> Iterator[Inner]:
        colors = self.normalizes_colors and channels == 3
        left = {"rescaling"} if self.include_preprocessing else set()
        left |= {"normalization"} if self.include_preprocessing and colors else set()
        for each in super()._body(channels):
            if each.name in left or each.name not in ("rescaling", "normalization"):
                yield each


class EfficientNetV2B0(_EfficientNetV2):
    """Size 0 of the EfficientNets that train faster (Tan and Le, 2021)."""

    normalizes_colors = True

    name: Name = "efficientnetv2-b0"


class EfficientNetV2B1(_EfficientNetV2):
    """Size 1 of the EfficientNets that train faster (Tan and Le, 2021)."""

    normalizes_colors = True
    default_size = 240

    name: Name = "efficientnetv2-b1"


class EfficientNetV2B2(_EfficientNetV2):
    """Size 2 of the EfficientNets that train faster (Tan and Le, 2021)."""

    normalizes_colors = True
    default_size = 260

    name: Name = "efficientnetv2-b2"


class EfficientNetV2B3(_EfficientNetV2):
    """Size 3 of the EfficientNets that train faster (Tan and Le, 2021)."""

    normalizes_colors = True
    default_size = 300

    name: Name = "efficientnetv2-b3"


class EfficientNetV2S(_EfficientNetV2):
    """The small EfficientNet that trains faster (Tan and Le, 2021)."""

    default_size = 384

    name: Name = "efficientnetv2-s"


class EfficientNetV2M(_EfficientNetV2):
    """The middle EfficientNet that trains faster (Tan and Le, 2021)."""

    default_size = 480

    name: Name = "efficientnetv2-m"


class EfficientNetV2L(_EfficientNetV2):
    """The large EfficientNet that trains faster (Tan and Le, 2021)."""

    default_size = 480

    name: Name = "efficientnetv2-l"
