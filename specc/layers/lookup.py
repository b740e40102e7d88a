"""Layers that number the words of a vocabulary, or look up the words of numbers."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from specc.layers.absent import NoDtype, NoRegularizer, NoTrainable
from specc.layers.base import Layer, left_out
from specc.options import Number, expected, mistake
from specc.tensor import Dim, ShapeError, Tensor

OutputMode = Literal["int", "one_hot", "multi_hot", "count", "tf_idf"]
MaxTokens = Annotated[int, Field(ge=2)]
OutOfVocabulary = Annotated[int, Field(ge=0)]
Weighting = tuple[Number, ...]


def _salt(value: Any) -> Any:
    pair = isinstance(value, list | tuple)
    parts = tuple(value) if pair else (value,)
    good = len(parts) == 1 + pair and all(type(part) is int for part in parts)
    if value is not None and not good:
        raise expected("an integer or a list of two integers")
    return parts if pair else value


Salt = Annotated[int | tuple[int, int] | None, PlainValidator(_salt)]


def entries(vocabulary: Sequence[Any], special: Sequence[Any], reserved: Sequence[Any]) -> int:
    """How many keys a vocabulary has with the `special` ones, which it may start with.

    Raises for entries that stand there twice or are `reserved`.
    """
    start = len(special)
    tokens = vocabulary[start:] if list(vocabulary[:start]) == list(special) else vocabulary
    if not tokens or len(set(tokens)) < len(tokens):
        raise mistake("F017", "needs a `vocabulary` of different entries")
    for token in reserved:
        if token in tokens:
            raise mistake("F017", f"keeps `{token}` for itself, which its `vocabulary` has")
    return start + len(tokens)


def check_weights(mode: str, vocabulary: Sequence[Any] | None, weights: Weighting | None) -> None:
    """Raises unless there is a weight for each entry in mode `tf_idf`, and none otherwise."""
    if weights is not None and mode != "tf_idf":
        raise mistake("F017", "needs `output_mode: tf_idf` for `idf_weights`")
    if mode != "tf_idf" or vocabulary is None:
        return
    if weights is None or len(weights) != len(vocabulary):
        raise mistake("F017", "needs as many `idf_weights` as entries of its `vocabulary`")


def expect_list(kind: str, mode: str, x: Tensor) -> None:
    """ShapeError S201 unless there is one list of keys for each row, which become one vector."""
    if mode not in ("int", "one_hot") and x.rank != 1:
        message = f"`{kind}` in mode `{mode}` takes one list of keys for each row, got {x}"
        raise ShapeError("S201", message)


def encoded(x: Tensor, mode: str, depth: Dim) -> tuple[Dim, ...]:
    """The shape of encoded keys: in place of the last axis, or in `one_hot` behind it."""
    behind = mode == "one_hot" and x.shape[-1:] != (1,)
    return (*(x.shape if behind else x.shape[:-1]), depth)


class _Lookup(Layer):
    looks_up = True
    supports_masking = False
    # Of lists of lists Keras promises one shape and makes another; a whole batch of single keys
    # it counts as one list.
    stricter = frozenset({"S201"})

    max_tokens: MaxTokens | None = None
    num_oov_indices: OutOfVocabulary = 1
    mask_token: Any = None
    oov_token: Any = None
    vocabulary: Any = None
    idf_weights: Weighting | None = None
    invert: bool = False
    output_mode: OutputMode = "int"
    trainable: NoTrainable = True
    dtype: NoDtype = None
    activity_regularizer: NoRegularizer = None

    @property
    def unlearned(self) -> bool:
        return self.vocabulary is None

    @property
    def _pads(self) -> bool:
        return getattr(self, "pad_to_max_tokens", False)  # a field of each kind, in Keras' order

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self._pads and self.max_tokens is None:
            raise mistake("F017", "needs `max_tokens` for `pad_to_max_tokens`")
        if self.invert and self.output_mode != "int":
            raise mistake("F017", "needs `output_mode: int` for `invert`")
        if getattr(self, "sparse", False) and self.output_mode == "int":
            raise mistake("F017", "needs another `output_mode` than `int` for `sparse`")
        check_weights(self.output_mode, self.vocabulary, self.idf_weights)
        size = self._size or 0
        if self.max_tokens is not None and size > self.max_tokens:
            raise mistake("F017", "needs a `vocabulary` that fits in `max_tokens`")
        return self

    @property
    def _size(self) -> int | None:
        """The number of keys; None before they are learned."""
        if self.vocabulary is None:
            return None
        masks = [] if self.mask_token is None else [self.mask_token]
        special = masks if self.output_mode == "int" else []
        reserved = [*masks, *([self.oov_token] if self.invert else [])]
        return entries(
            self.vocabulary, [*special, *[self.oov_token] * self.num_oov_indices], reserved
        )

    def infer(self, x: Tensor) -> Tensor:
        if self.output_mode == "int":
            return Tensor(x.shape, "int64")
        expect_list(type(self).__name__, self.output_mode, x)
        depth = self.max_tokens if self._pads else self._size
        return Tensor(encoded(x, self.output_mode, depth), "float32")


class StringLookup(_Lookup):
    """Numbers strings by their place in a vocabulary, learned from the data or given."""

    later = left_out("vocabulary_dtype", "oov_method")
    ranks = (0, 1)
    takes_text: ClassVar[bool] = True

    mask_token: str | None = None
    oov_token: str = "[UNK]"
    vocabulary: tuple[str, ...] | None = None
    pad_to_max_tokens: bool = False
    sparse: bool = False
    encoding: Literal["utf-8"] = "utf-8"
    salt: Salt = None


class IntegerLookup(_Lookup):
    """Numbers integers by their place in a vocabulary, learned from the data or given."""

    later = left_out("vocabulary_dtype")
    ranks = (0, 1)
    takes_integers = True

    mask_token: int | None = None
    oov_token: int = -1
    vocabulary: tuple[int, ...] | None = None
    sparse: bool = False
    pad_to_max_tokens: bool = False
    oov_method: Literal["floormod", "farmhash"] = "floormod"
    salt: Salt = None

    @model_validator(mode="after")
    def _salted(self) -> Self:
        if self.salt is not None and self.oov_method != "farmhash":
            raise mistake("F017", "needs `oov_method: farmhash` for `salt`")
        return self
