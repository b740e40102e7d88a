"""What all pretrained models have in common: how they are written, and what Keras makes of them."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from specc.axes import expect_known, expect_rank
from specc.layers.absent import NoRegularizer
from specc.layers.application_options import IMAGENET, Digest, NoType, Pretrained
from specc.layers.application_table import Inner, Table, applied, behind, inner, sizes, table
from specc.layers.base import Activation, Weights, left_out
from specc.layers.insides_base import Insides
from specc.options import Name, Positive, mistake
from specc.tensor import Shape, ShapeError, Tensor
from specc.values import Call, Value

RANGES = {  # of the values that a model reads, as the preprocessing of this name makes them
    "inside": (0.0, 255.0),
    "tf": (-1.0, 1.0),
    "torch": (-2.118, 2.64),
    "caffe": (-123.68, 151.061),
}
OPERATIONS = {  # what `preprocess_input` of this name makes of a tensor
    "inside": (),
    "tf": ("TrueDivide", "Subtract"),
    "torch": ("TrueDivide", "Add", "TrueDivide"),
    "caffe": ("GetItem", "GetItem", "GetItem", "Stack", "Add"),
}
Mode = Literal["tf", "torch", "caffe", "inside"]


class Application(Insides):
    """Base of the models of `keras.applications`.

    A subclass says what differs: the module that holds its preprocessing, what that does, and
    the sizes that it takes. `order` is Keras' signature; `input_shape` follows from the input.
    """

    module: ClassVar[str] = "keras.applications"
    later: ClassVar[Mapping[str, str]] = left_out("input_tensor", "input_shape")
    renamed: ClassVar[Mapping[str, str]] = {"weights": "pretrained"}
    ranks: ClassVar[tuple[int, ...]] = (3,)
    learns: ClassVar[bool] = True
    whole_model: ClassVar[bool] = True
    convolves: ClassVar[bool] = True
    finds_patterns: ClassVar[bool] = True
    frozen_weights: ClassVar[frozenset[str]] = frozenset({"fixed"})

    order: ClassVar[tuple[str, ...]] = (
        "include_top", "pretrained", "input_shape", "pooling", "classes", "classifier_activation",
    )  # fmt: skip
    home: ClassVar[str]  # module of `preprocess_input`
    mode: ClassVar[Mode]
    default_size: ClassVar[int] = 224
    least_size: ClassVar[int] = 32
    whole_sizes: ClassVar[tuple[int, ...]] = ()  # sizes of weights with top besides the default
    needs_size: ClassVar[bool] = False  # whether an unknown height or width is refused
    renames: ClassVar[Literal["always", "untrained", "never"]] = "always"
    unnamed: ClassVar[frozenset[str]] = frozenset()  # what the names that Keras gives start with
    unnamed_top: ClassVar[bool] = False  # whether pooling at its end is unnamed, as on request
    counted: ClassVar[bool] = False  # layers follow from options, and stand in no table

    include_top: bool = True
    pretrained: Pretrained = IMAGENET
    pooling: Literal["avg", "max"] | None = None
    classes: Positive = 1000
    classifier_activation: Activation = "softmax"
    preprocess: Literal["own", "none"] = "own"
    sha256: Digest = None
    name: Name | None = None
    dtype: NoType = None
    activity_regularizer: NoRegularizer = None

    @model_validator(mode="after")
    def _loads(self) -> Self:
        if self.pretrained is None:
            return self
        if self.include_top and self.classifier_activation not in ("softmax", "linear", None):
            said = "keeps `softmax` in its pretrained top, or `classifier_activation: null`"
            raise mistake("F017", said)
        return self

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.sha256 is not None and self.pretrained in (None, IMAGENET):
            raise mistake("F017", "has a `sha256`, which is that of a file of `weights`")
        return self

    @model_validator(mode="after")
    def _named(self) -> Self:
        usual = type(self).model_fields["name"].default
        fixed = self.renames == "never" or (
            self.renames == "untrained" and self.pretrained == IMAGENET
        )
        if fixed and self.name != usual:
            said = f"finds its parts by its name, which must stay `{usual}`"
            raise mistake("F017", said, "leave `name` out")
        return self

    @classmethod
    def options(cls) -> tuple[str, ...]:
        return (*(name for name in cls.order if name != "input_shape"), "preprocess", "sha256")

    @property
    def imagenet(self) -> bool:
        """Whether the weights are those that Keras provides."""
        return self.pretrained == IMAGENET

    @property
    def table(self) -> Table:
        """What the model is made of."""
        return table(type(self).__name__)

    # What goes in

    def expect(self, x: Tensor) -> None:
        """ShapeError where Keras refuses the shape: S201, S215, X702, or X703 for the top."""
        what = type(self).__name__
        expect_rank(x, 3, what, "height x width x channels")
        channels = expect_known(x.shape[2], what, "number of channels", x)
        known = [size for size in x.shape[:2] if size is not None]
        if self.imagenet and self.include_top:
            self._expect_whole(x)
        if channels != 3 and self.imagenet:
            help = "`weights: null` starts afresh"
            if channels == 1:
                help = f"`color: rgb` makes three channels of one; {help}"
            raise self._refusal(x, "3 channels", "weights", help)
        if channels != 3 and self.preprocessing() and self.mode in ("torch", "caffe"):
            help = "`preprocess: none` leaves the channels as they are"
            raise self._refusal(x, "3 channels for its preprocessing", "preprocess", help)
        if any(size < self.least_size for size in known) and self._bounded(x):
            least = f"{self.least_size}x{self.least_size}"
            help = f"give it larger pictures: it was made for {self.default_size} pixels"
            raise self._refusal(x, f"at least {least} pixels", None, help)
        if len(known) < 2 and self._unsized(x):
            raise ShapeError("S215", f"`{what}` needs a known height and width, got {x}")

    def _refusal(self, x: Tensor, takes: str, option: str | None, help: str) -> ShapeError:
        message = f"`{type(self).__name__}` takes {takes}, got {x}"
        return ShapeError("X702", message, option=option, help=help)

    def _expect_whole(self, x: Tensor) -> None:
        """With the top of `imagenet`, everything has to be as it was."""
        if self.classes != 1000:
            raise ShapeError(
                "X703",
                f"the top of `{type(self).__name__}` knows 1000 classes, got {self.classes}",
                option="classes",
                help="`include_top: false` and layers of your own classify anything else",
            )
        self._expect_size(x)

    def _expect_size(self, x: Tensor) -> None:
        height, width, channels = x.shape
        sizes = (self.default_size, *self.whole_sizes)
        if height != width or height not in sizes or channels != 3:
            usual = f"{self.default_size}x{self.default_size}x3"
            help = "`include_top: false` takes other sizes"
            raise self._refusal(x, f"{usual} with its top", "include_top", help)

    def _bounded(self, x: Tensor) -> bool:
        return True

    def _unsized(self, x: Tensor) -> bool:
        """Whether a size that is not known is refused."""
        half_known = x.shape[0] is not None and any(w[0] == "?" for w in self.table.windows)
        return self.needs_size or self.include_top or half_known

    # What comes out

    def infer(self, x: Tensor) -> Tensor:
        self.expect(x)
        spatial = self._spatial(x)
        if self.include_top:
            return Tensor((self.classes,), "float32")
        if self.pooling:
            return Tensor((self.features,), "float32")
        return Tensor((*spatial, self.features), "float32")

    def _spatial(self, x: Tensor) -> Shape:
        out = sizes(self.table.windows, x.shape[:2])
        if any(size is not None and size <= 0 for size in out):
            raise self._refusal(x, "larger pictures", None, "give it larger pictures")
        return out

    @property
    def features(self) -> int:
        """The number of channels in front of the top."""
        return self.table.features

    def weights(self, x: Tensor) -> Weights:
        """Two totals: of those that are trained, and of those that never are."""
        layers = self.inner(x)
        trained, fixed = sum(each.trained for each in layers), sum(each.fixed for each in layers)
        return {"trained": (trained,), "fixed": (fixed,)}

    def macs(self, x: Tensor) -> int | None:
        height, width, channels = x.shape
        if height is None or width is None or channels is None:
            return None
        top = sum(each.kernel for each in self._end(x))
        return top + self._applied((height, width), channels)

    def _applied(self, spatial: tuple[int, int], channels: int) -> int:
        """Multiply-adds in front of the top."""
        return applied(self.table, spatial, channels)

    # What is inside

    def inner(self, x: Tensor | None = None) -> tuple[Inner, ...]:
        """The layers inside in Keras' order, named as in the first build of a session.

        Without an input that is a picture, those of pictures of the default size.
        """
        usual = Tensor((self.default_size, self.default_size, 3))
        given = x if x is not None and x.rank == 3 else usual
        return (*self._body(given.shape[2] or 3), *self._end(given))

    def maps_inside(self, x: Tensor) -> tuple[str, ...]:
        """The layers inside that put out height x width x channels, up to the last feature map."""
        whole = self.include_top or self.pooling
        behind = len(tuple(self._end(x))) if whole else 0
        names = [each.name for each in self.inner(x)]
        up_to_it = names[: len(names) - behind]
        return tuple(n for n in up_to_it if "input" not in n and not n.endswith("_se_squeeze"))

    def _body(self, channels: int) -> Iterator[Inner]:
        return inner(self.table.rows, channels)

    def _end(self, x: Tensor) -> Iterator[Inner]:
        """The layers behind the last feature map."""
        if self.include_top:
            height, width = self._spatial(x)
            size = None if height is None or width is None else height * width * self.features
            return behind(self.table.top, self.features, size, self.classes)
        words = {"avg": self.table.avg, "max": self.table.max, None: ()}[self.pooling]
        return behind(words, self.features, None, self.classes)

    # What Keras is told

    def call(self) -> Call:
        made = super().call()
        names = {"pretrained": "weights"}
        kept = [(n, v) for n, v in made.options if n not in ("preprocess", "trainable", "sha256")]
        if self.sha256 is not None:
            whole = Call("verified", (self.pretrained, self.sha256))
            kept = [(n, whole if n == "pretrained" else v) for n, v in kept]
        return Call(made.target, (), tuple((names.get(n, n), v) for n, v in kept))

    def constructor(self, *inputs: Tensor) -> Call:
        """The call that makes the model for this input, options in the order of the signature."""
        (x,) = inputs
        made = self.call()
        given: dict[str, Value] = {**dict(made.options), "input_shape": x.shape}
        order = [{"pretrained": "weights"}.get(name, name) for name in self.order]
        rest = [name for name in given if name not in order]
        names = [*(name for name in order if name in given), *rest]
        return Call(made.target, (), tuple((name, given[name]) for name in names))

    def preprocessing(self) -> str | None:
        """The function that makes of pixels what the model reads; None where there is none."""
        if self.preprocess == "none" or self.mode == "inside":
            return None
        return f"{self.module}.{self.home}.preprocess_input"

    def named_inside(self) -> tuple[str, ...]:
        return OPERATIONS[self.mode] if self.preprocessing() else ()

    def used_up(self) -> frozenset[str]:
        top = "average" if self.include_top and self.unnamed_top else None
        pooled = {"avg": "average", "max": "max"}.get(self.pooling or "", top)
        return self.unnamed | ({f"global_{pooled}_pooling2d"} if pooled else frozenset())

    @property
    def takes(self) -> tuple[float, float]:
        """The least and the largest value that should come in, of pictures in the usual range."""
        return RANGES["inside" if self.preprocessing() else self.reads]

    @property
    def reads(self) -> Mode:
        """How pixels are scaled when they reach the model itself."""
        return self.mode

    def keras_name(self, x: Tensor) -> str:
        """What Keras calls the model."""
        return self.name or type(self).__name__.lower()
