"""Models for pictures that are trained on ImageNet: those without options of their own."""

from typing import ClassVar

from specc.layers.application_base import Application
from specc.options import Name

_CONVOLUTIONS = frozenset({"conv2d", "batch_normalization"})
_INCEPTION = _CONVOLUTIONS | {"activation", "max_pooling2d", "average_pooling2d", "concatenate"}
_CELLS = frozenset({
    "activation", "add", "zero_padding2d", "cropping2d", "concatenate",
})  # fmt: skip


class VGG16(Application):
    """Thirteen convolutions and three dense layers (Simonyan and Zisserman, 2014)."""

    home = "vgg16"
    mode = "caffe"

    name: Name = "vgg16"


class VGG19(Application):
    """Sixteen convolutions and three dense layers (Simonyan and Zisserman, 2014)."""

    home = "vgg19"
    mode = "caffe"

    name: Name = "vgg19"


class ResNet50(Application):
    """Fifty layers with shortcuts around each block (He et al., 2015)."""

    home = "resnet50"
    mode = "caffe"

    name: Name = "resnet50"


class ResNet101(Application):
    """A hundred and one layers with shortcuts around each block (He et al., 2015)."""

    home = "resnet"
    mode = "caffe"

    name: Name = "resnet101"


class ResNet152(Application):
    """A hundred and fifty-two layers with shortcuts around each block (He et al., 2015)."""

    home = "resnet"
    mode = "caffe"

    name: Name = "resnet152"


class ResNet50V2(Application):
    """Fifty layers, activated ahead of each block (He et al., 2016)."""

    home = "resnet_v2"
    unnamed = frozenset({"max_pooling2d"})
    mode = "tf"

    name: Name = "resnet50v2"


class ResNet101V2(Application):
    """A hundred and one layers, activated ahead of each block (He et al., 2016)."""

    home = "resnet_v2"
    unnamed = frozenset({"max_pooling2d"})
    mode = "tf"

    name: Name = "resnet101v2"


class ResNet152V2(Application):
    """A hundred and fifty-two layers, activated ahead of each block (He et al., 2016)."""

    home = "resnet_v2"
    unnamed = frozenset({"max_pooling2d"})
    mode = "tf"

    name: Name = "resnet152v2"


class DenseNet121(Application):
    """121 layers, each of which sees all before it (Huang et al., 2016)."""

    home = "densenet"
    unnamed = frozenset({"zero_padding2d"})
    mode = "torch"

    name: Name = "densenet121"


class DenseNet169(Application):
    """169 layers, each of which sees all before it (Huang et al., 2016)."""

    home = "densenet"
    unnamed = frozenset({"zero_padding2d"})
    mode = "torch"

    name: Name = "densenet169"


class DenseNet201(Application):
    """201 layers, each of which sees all before it (Huang et al., 2016)."""

    home = "densenet"
    unnamed = frozenset({"zero_padding2d"})
    mode = "torch"

    name: Name = "densenet201"


class InceptionV3(Application):
    """Windows of several sizes side by side (Szegedy et al., 2015)."""

    home = "inception_v3"
    unnamed = _INCEPTION
    mode = "tf"
    default_size = 299
    least_size = 75

    name: Name = "inception_v3"


class InceptionResNetV2(Application):
    """Inception blocks with shortcuts around them (Szegedy et al., 2016)."""

    home = "inception_resnet_v2"
    unnamed = _INCEPTION
    mode = "tf"
    default_size = 299
    least_size = 75

    name: Name = "inception_resnet_v2"


class Xception(Application):
    """Separable convolutions with shortcuts (Chollet, 2016)."""

    home = "xception"
    unnamed = _CONVOLUTIONS | {"add"}
    mode = "tf"
    default_size = 299
    least_size = 71

    name: Name = "xception"


class _NASNet(Application):
    home = "nasnet"
    unnamed = _CELLS
    unnamed_top = True
    mode = "tf"
    # Keras compares widths to know where a cell has to be adjusted: with unknown ones it builds
    # a model that no picture fits.
    needs_size: ClassVar[bool] = True
    stricter = frozenset({"S215"})
    order = (
        "input_shape", "include_top", "pretrained", "pooling", "classes", "classifier_activation",
    )  # fmt: skip


class NASNetMobile(_NASNet):
    """Cells that were found by search, for small devices (Zoph et al., 2017)."""

    name: Name = "nasnet_mobile"


class NASNetLarge(_NASNet):
    """Cells that were found by search (Zoph et al., 2017)."""

    default_size = 331

    name: Name = "nasnet_large"
