"""T631: a scaled loss and an embedding."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.subject import Subject


@rule(
    "T631",
    "loss scaled for an embedding",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: {shape: [20], dtype: int32}
          - Embedding: {input_dim: 100, output_dim: 8}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: {Adam: {loss_scale_factor: 128.0}}  # ! T631
          loss: binary_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: {shape: [20], dtype: int32}
          - Embedding: {input_dim: 100, output_dim: 8}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def loss_scale_on_an_embedding(subject: Subject) -> Iterator[Finding]:
    """The gradients of an embedding come as the few rows that a batch looked up. Keras divides
    gradients by `loss_scale_factor`, and cannot divide these: the first step ends with
    `TypeError: unsupported operand type(s) for /`.
    """
    optimizer = tuned(subject)
    factor = getattr(optimizer.kind, "loss_scale_factor", None) if optimizer else None
    if optimizer is not None and factor is not None and any(subject.of("Embedding")):
        yield Finding(
            "the gradients of an `Embedding` cannot be divided by `loss_scale_factor`",
            subject.at(optimizer.path, "loss_scale_factor"),
            help="leave it out: it is for training in `float16`",
            fix=dropped(subject, subject.at(optimizer.path, "loss_scale_factor")),
        )
