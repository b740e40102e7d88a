"""Attention with hardly a weight: steps are mixed by how much they are like each other."""

from typing import Literal

from specc.axes import expect_known
from specc.layers.base import Layer, Weights, left_out
from specc.layers.multi_head_attention import apart, attended
from specc.options import Fraction
from specc.tensor import ShapeError, Tensor


class Attention(Layer):
    """Each step of the query as a mixture of the values whose keys are like it; Luong's."""

    arity = (2, 3)
    ranks = (2,)
    at_call = frozenset({"use_causal_mask", "return_attention_scores"})
    # Keras compares nothing before it runs, and then stretches sizes of 1.
    stricter = frozenset({"S201", "S208"})

    use_scale: bool = False
    score_mode: Literal["dot", "concat"] = "dot"
    dropout: Fraction = 0.0
    seed: int | None = None
    use_causal_mask: bool = False
    return_attention_scores: bool = False

    def infer(self, *inputs: Tensor) -> Tensor:
        expect_alike(type(self).__name__, inputs)
        query, value = inputs[0], inputs[1]
        return Tensor((*query.shape[:-1], value.shape[-1]), self.float_type)

    def more(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        if not self.return_attention_scores:
            return ()
        query, key = inputs[0], inputs[-1]
        return (Tensor((*query.shape[:-1], key.shape[-2]), self.float_type),)

    def weights(self, *inputs: Tensor) -> Weights:
        scale: Weights = {"scale": ()} if self.use_scale else {}
        concat: Weights = {"concat_score_weight": ()} if self.score_mode == "concat" else {}
        return {**scale, **concat}

    def macs(self, *inputs: Tensor) -> int | None:
        sizes = [each.shape[-1] for each in (inputs[0], inputs[1])]
        return None if None in sizes else attended(inputs, {}, sum(size or 0 for size in sizes))

    def masked(self, *inputs: bool) -> bool:
        return inputs[0]


class AdditiveAttention(Layer):
    """Attention whose scores add query and key; Bahdanau's."""

    later = left_out("score_mode")
    arity = (2, 3)
    ranks = (2,)
    learns = True
    at_call = frozenset({"use_causal_mask", "return_attention_scores"})
    stricter = frozenset({"S201", "S208"})  # as for `Attention`

    use_scale: bool = True
    dropout: Fraction = 0.0
    seed: int | None = None
    use_causal_mask: bool = False
    return_attention_scores: bool = False

    def infer(self, *inputs: Tensor) -> Tensor:
        expect_alike("AdditiveAttention", inputs)
        query, value = inputs[0], inputs[1]
        self.weights(*inputs)
        return Tensor((*query.shape[:-1], value.shape[-1]), self.float_type)

    def more(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        if not self.return_attention_scores:
            return ()
        query, key = inputs[0], inputs[-1]
        return (Tensor((*query.shape[:-1], key.shape[-2]), self.float_type),)

    def weights(self, *inputs: Tensor) -> Weights:
        if not self.use_scale:
            return {}
        query = inputs[0]
        return {"scale": (expect_known(query.shape[-1], "AdditiveAttention", "size", query),)}

    def macs(self, *inputs: Tensor) -> int | None:
        sizes = [each.shape[-1] for each in (inputs[0], inputs[1])]
        return None if None in sizes else attended(inputs, {}, sum(size or 0 for size in sizes))

    def masked(self, *inputs: bool) -> bool:
        return inputs[0]


def expect_alike(layer: str, inputs: tuple[Tensor, ...]) -> None:
    """ShapeError unless these are a query, a value and perhaps a key that go together."""
    query, value, key = inputs[0], inputs[1], inputs[-1]
    for place, each in enumerate(inputs):
        if each.rank < 2:
            raise ShapeError("S201", f"`{layer}` takes steps x features, got {each}")
        outer = zip(each.shape[:-2], query.shape[:-2], strict=False)
        if each.rank != query.rank or any(apart(a, b) for a, b in outer):
            message = f"`{layer}` cannot look from {query} at {each}"
            raise ShapeError("S208", message, inputs=(0, place))
    if apart(query.shape[-1], key.shape[-1]):
        message = f"the query has {query.shape[-1]} features, and the key {key.shape[-1]}"
        raise ShapeError("S208", message, inputs=(0, len(inputs) - 1))
    if apart(value.shape[-2], key.shape[-2]):
        message = f"there are {key.shape[-2]} keys and {value.shape[-2]} values"
        raise ShapeError("S208", message, inputs=(1, len(inputs) - 1))
