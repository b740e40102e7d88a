"""Vectors for words."""

from specc.layers.base import Constraint, Initializer, Layer, Regularizer, Weights, left_out
from specc.options import Positive
from specc.tensor import Tensor


class Embedding(Layer):
    """A trained vector for each of the integers below `input_dim`."""

    later = left_out("weights", "lora_rank", "lora_alpha", "quantization_config")
    takes_integers = True
    learns = True
    looks_up = True
    scatters = True
    supports_masking = False  # but for the mask that it makes itself

    input_dim: Positive
    output_dim: Positive
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: bool = False

    def infer(self, x: Tensor) -> Tensor:
        return Tensor((*x.shape, self.output_dim), self.float_type)

    def masked(self, *inputs: bool) -> bool:
        return self.mask_zero

    def weights(self, x: Tensor) -> Weights:
        return {"embeddings": (self.input_dim, self.output_dim)}
