"""A430: a penalty in another precision than the loss that it is added to."""

from collections.abc import Iterator

from specc.graph import Node
from specc.kind import Kind
from specc.rules.base import Finding, rule
from specc.subject import Subject

SINGLE = (None, "float32")
ACTIVITY = "activity_regularizer"


@rule(
    "A430",
    "penalty in another precision",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu, kernel_regularizer: l2, dtype: float64}  # ! A430
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu, kernel_regularizer: l2}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def penalty_in_another_precision(subject: Subject) -> Iterator[Finding]:
    """Keras adds the penalties of all layers to the loss, which is `float32`, and converts none
    of them: the first step of `fit` ends with `cannot compute Pack`. In mixed precision weights
    stay `float32`, and so do their penalties; those on outputs do not.
    """
    policy = subject.graph.policy
    for node in subject.nodes:
        dtype, option = node.dtype or policy, _penalty(node, policy)
        if option is not None:
            own = node.dtype is not None
            yield Finding(
                f"the penalty of a `{dtype}` layer is added to a `float32` loss",
                node.at("dtype") if own else ("train", "dtype_policy"),
                label=f"with `{option}`" + ("" if own else f" of `{node.name}`"),
                help=f"remove `{'dtype' if own else 'dtype_policy'}` or `{option}`",
            )
            if not own:
                policy = None


def _penalty(node: Node, policy: str | None) -> str | None:
    """The option that sets the penalty, if there is one in another precision."""
    dtype = node.dtype or policy
    if dtype in SINGLE or not isinstance(node.kind, Kind):
        return None
    held = (name for name, mark in node.kind.held().items() if mark.family == "regularizers")
    mixed = str(dtype).startswith("mixed")
    given = [name for name in held if getattr(node.kind, name) is not None]
    return next((name for name in given if name == ACTIVITY or not mixed), None)
