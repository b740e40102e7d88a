"""Vectors for words, and words for vectors."""

from typing import Literal

from specc.layers.base import Constraint, Initializer, Layer, Regularizer, Weights, left_out
from specc.options import Number, Positive
from specc.tensor import ShapeError, Tensor


class ReversibleEmbedding(Layer):
    """An `Embedding` that a call with `reverse: true` turns round: vectors to scores of words."""

    later = left_out("weights", "lora_rank", "lora_alpha", "quantization_config")
    takes_integers = True
    learns = True
    looks_up = True
    scatters = True
    supports_masking = False
    stricter = frozenset({"S208"})  # Keras finds it in the first batch
    at_call = frozenset({"reverse"})

    input_dim: Positive
    output_dim: Positive
    tie_weights: bool = True
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False
    reverse_dtype: Literal["float16", "bfloat16", "float32", "float64"] | None = None
    logit_soft_cap: Number | None = None
    reverse: bool = False

    def infer(self, x: Tensor) -> Tensor:
        if not self.reverse:
            return Tensor((*x.shape, self.output_dim), self.float_type)
        if not x.shape:
            raise ShapeError("S201", f"`ReversibleEmbedding` takes vectors to reverse, got {x}")
        if x.shape[-1] not in (self.output_dim, None):
            message = f"`ReversibleEmbedding` reverses vectors of {self.output_dim}, got {x}"
            raise ShapeError("S208", message, option="output_dim")
        return Tensor((*x.shape[:-1], self.input_dim), self.float_type)

    def masked(self, *inputs: bool) -> bool:
        return self.mask_zero and not self.reverse

    def weights(self, x: Tensor) -> Weights:
        size = (self.input_dim, self.output_dim)
        back = {} if self.tie_weights else {"reverse_embeddings": size[::-1]}
        return {"embeddings": size} | back

    def macs(self, x: Tensor) -> int | None:
        if not self.reverse:
            return 0
        return None if x.size is None else x.size * self.input_dim
