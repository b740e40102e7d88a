"""The layer that cuts texts into words and numbers them."""

from typing import Annotated, Any, Literal, Self

from pydantic import PlainValidator, model_validator

from specc.layers.base import FloatType, Layer, left_out
from specc.layers.lookup import MaxTokens, OutputMode, Weighting, check_weights, entries
from specc.options import Positive, expected, mistake, out_of_range
from specc.tensor import ShapeError, Tensor


def _ngrams(value: Any) -> Any:
    what = "a number of words from 1 on, or a list of them"
    many = isinstance(value, list | tuple)
    parts = tuple(value) if many else (value,)
    if value is None:
        return None
    if not parts or any(type(part) is not int for part in parts):
        raise expected(what)
    if min(parts) < 1:
        raise out_of_range(what)
    return parts if many else value


class TextVectorization(Layer):
    """Makes numbers, or vectors of counts, of texts; the words are learned from the data."""

    later = left_out("ragged")
    ranks = (0,)
    looks_up = True
    takes_text = True
    supports_masking = False
    parts_inside = ("StringLookup",)
    stricter = frozenset(
        {"S201"}
    )  # Keras checks the axes where the layer runs, not where it is built

    max_tokens: MaxTokens | None = None
    standardize: Literal["lower_and_strip_punctuation", "lower", "strip_punctuation"] | None = (
        "lower_and_strip_punctuation"
    )
    split: Literal["whitespace", "character"] | None = "whitespace"
    ngrams: Annotated[int | tuple[int, ...] | None, PlainValidator(_ngrams)] = None
    output_mode: OutputMode = "int"
    output_sequence_length: Positive | None = None
    pad_to_max_tokens: bool = False
    vocabulary: tuple[str, ...] | None = None
    idf_weights: Weighting | None = None
    sparse: bool = False
    encoding: Literal["utf-8"] = "utf-8"
    dtype: FloatType | None = None

    @property
    def unlearned(self) -> bool:
        return self.vocabulary is None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        integers = self.output_mode == "int"
        if self.pad_to_max_tokens and self.max_tokens is None:
            raise mistake("F017", "needs `max_tokens` for `pad_to_max_tokens`")
        if self.output_sequence_length is not None and not integers:
            raise mistake("F017", "needs `output_mode: int` for `output_sequence_length`")
        if self.sparse and integers:
            raise mistake("F017", "needs another `output_mode` than `int` for `sparse`")
        check_weights(self.output_mode, self.vocabulary, self.idf_weights)
        size = self._size or 0
        if self.max_tokens is not None and size > self.max_tokens:
            raise mistake("F017", "needs a `vocabulary` that fits in `max_tokens`")
        return self

    @property
    def _size(self) -> int | None:
        """The number of words, with those for padding and for unknown words."""
        if self.vocabulary is None:
            return None
        padding = [""] if self.output_mode == "int" else []
        return entries(self.vocabulary, [*padding, "[UNK]"], [""])

    def infer(self, x: Tensor) -> Tensor:
        self._check_shape(x)
        if self.output_mode == "int":
            return Tensor((self.output_sequence_length,), "int64")
        depth = self.max_tokens if self.pad_to_max_tokens else self._size
        return Tensor((depth,), "float32")

    def _check_shape(self, x: Tensor) -> None:
        """ShapeError S201 where Keras fails or makes another shape than it promises."""
        if self.split is None:
            if x.rank != 1 or self.output_mode == "one_hot":
                raise ShapeError(
                    "S201", f"without `split`, it takes one list of words, got {x}", option="split"
                )
            return
        if self.output_mode == "one_hot":
            message = "`TextVectorization` in mode `one_hot` gives no shape that Keras knows"
            raise ShapeError(
                "S201",
                message,
                option="output_mode",
                help="use `multi_hot` for one vector per text",
            )
        if x.shape != () and not (x.shape == (1,) and self.output_mode == "int"):
            message = f"`TextVectorization` takes one text for each row, got {x}"
            raise ShapeError("S201", message)
