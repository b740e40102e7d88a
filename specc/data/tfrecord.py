"""Records in TensorFlow's own format, in any number of files."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, PlainValidator, model_validator

from specc.data.base import Known, Location, Source
from specc.data.parts import NAMES
from specc.kind import STRICT, Each
from specc.options import Positive, expected, mistake
from specc.tensor import Shape
from specc.values import Call, Ref, Section, Table, Value

FAMILY = "sources"
REMOTE = "://"


def _shape(value: Any) -> Shape:
    sizes = value if isinstance(value, list | tuple) else [value]
    if all(type(size) is int and size > 0 for size in sizes):
        return tuple(sizes)
    raise expected("the sizes of one record, such as `[28, 28, 1]`")


class Feature(BaseModel):
    """One feature of a record: numbers or text as they are, or bytes that are decoded.

    `image` bytes are those of a JPEG, PNG, GIF or BMP file, resized to `shape`; `raw` ones are
    the pixels themselves, a byte each.
    """

    model_config = STRICT

    shape: Annotated[Shape, PlainValidator(_shape)] = ()
    dtype: Literal["float32", "int64", "string"] = "float32"
    decode: Literal["image", "raw"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.decode and (len(self.shape) != 3 or self.shape[2] not in (1, 3, 4)):
            raise mistake("F014", "is decoded to height, width and 1, 3 or 4 channels", "")
        return self

    @property
    def delivers(self) -> str:
        """The type of what comes out."""
        return {"image": "float32", "raw": "uint8"}.get(self.decode or "", self.dtype)

    @property
    def call(self) -> Call:
        """What TensorFlow is told of it."""
        if self.decode:
            return Call("tf.io.FixedLenFeature", ((), Ref("tf.string")))
        return Call("tf.io.FixedLenFeature", (self.shape, Ref(f"tf.{self.dtype}")))


class TfRecord(Source):
    """Files of `tf.train.Example` records, read side by side and never held in memory.

    A part is a pattern such as `shards/train-*.tfrecord`; a part that is cut off takes whole
    files. An epoch reads the files in an order of its own, `files_at_once` side by side, and
    shuffles blocks of `shuffle_buffer` records.
    """

    words = ("tfrecord",)
    word_only = True

    train: Location
    validation: Location | None = None
    test: Location | None = None
    features: Annotated[dict[str, Feature], Each(Feature, "{shape: [3]}")]
    x: str
    y: str
    compression: Literal["GZIP", "ZLIB"] | None = None
    files_at_once: Positive = 4
    shuffle_buffer: Positive = 4096

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for option in ("x", "y"):
            if getattr(self, option) not in self.features:
                said = f"has no feature `{getattr(self, option)}` for `{option}`"
                raise mistake("F031", said, f"it has {', '.join(self.features)}")
        if self.target.dtype == "string" or self.target.decode:
            raise mistake("F014", "has targets that are no numbers", "give `y` another feature")
        return self

    @property
    def streams(self) -> bool:
        return True

    @property
    def target(self) -> Feature:
        return self.features[self.y]

    @property
    def patterns(self) -> dict[str, str]:
        """The pattern of each part."""
        given = {part: getattr(self, part) for part in NAMES}
        return {part: pattern for part, pattern in given.items() if pattern}

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        used = {name: self.features[name].call for name in dict.fromkeys((self.x, self.y))}
        entered = self.features[self.x]
        values: tuple[tuple[str, Value], ...] = (
            *((part, self.patterns.get(part)) for part in NAMES),
            *((f"{part}_remote", REMOTE in self.patterns.get(part, "")) for part in NAMES),
            ("features", Table(tuple(used.items()))),
            ("x", self.x),
            ("y", self.y),
            ("image", entered.decode == "image"),
            ("raw", entered.decode == "raw"),
            ("size", entered.shape[:2]),
            ("shape", entered.shape),
            ("channels", entered.shape[-1] if entered.shape else None),
            ("compression", self.compression),
            ("files_at_once", self.files_at_once),
            ("shuffle_buffer", self.shuffle_buffer),
        )
        return Section("sources/tfrecord.py.jinja", values)

    def known(self) -> Known:
        entered, target = self.features[self.x], self.target
        number = target.dtype == "int64" and not target.shape
        return Known(
            dict.fromkeys(self.patterns),
            entered.shape,
            entered.delivers,
            "integer" if number else "real" if target.dtype == "float32" else None,
            range=(0.0, 255.0) if entered.decode else None,
            target_shape=target.shape,
            origin="`features` of the spec",
        )
