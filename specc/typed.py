"""The dtype policy of a model, as the layers without one of their own compute with it."""

from specc.layers.base import Layer
from specc.naming import INPUT


def with_policy(kind: Layer, policy: str | None) -> Layer:
    """The layer with the type that it computes in; what it holds has the same."""
    if policy is None or type(kind).__name__ == INPUT:
        return kind
    return _typed(kind, policy)


def _typed(kind: Layer, policy: str) -> Layer:
    changes: dict[str, object] = {} if kind.dtype is not None else {"dtype": policy}
    for option, mark in kind.held().items():
        held = getattr(kind, option)
        if mark.family == "layers" and isinstance(held, Layer):
            changes[option] = with_policy(held, policy)
        elif mark.family == "layers" and isinstance(held, tuple):
            changes[option] = tuple(with_policy(each, policy) for each in held)
    return kind.model_copy(update=changes)
