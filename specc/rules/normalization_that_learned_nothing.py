"""D528: a `Normalization` inside the model, which nobody shows the data."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D528",
    "normalization that learned nothing",
    "warning",
    source="Keras 3.15 (measured)",
    covers=("data.not_normalised",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
        model:
          - Normalization  # ! D528
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def normalization_that_learned_nothing(subject: Subject) -> Iterator[Finding]:
    """`Normalization` learns mean and variance from the data before training, by `adapt`. Under
    `preprocess` that is done, with the training part. As a layer of the model it never sees the
    data beforehand: its mean stays 0 and its variance 1, so it passes everything on as it is.

    Measured: `predict` gives back its inputs.
    """
    for node in subject.of("Normalization"):
        if node.mean is None:
            yield Finding(
                "`Normalization` inside the model learns no mean and variance",
                node.at(),
                on_key=True,
                label="changes nothing",
                help="move it to `preprocess` under `data`, or give `mean` and `variance`",
            )
