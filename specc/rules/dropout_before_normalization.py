"""A405: dropout whose noise the next layer takes for the data."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.chain import activates, drops
from specc.subject import Subject


@rule(
    "A405",
    "dropout before BatchNormalization",
    "hint",
    source="Li et al., Disharmony between Dropout and Batch Normalization (CVPR 2019); NeuraLint",
    covers=("reg.dropout_before_bn",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - BatchNormalization  # ! A405
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - BatchNormalization
          - Dropout: 0.5
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dropout_before_normalization(subject: Subject) -> Iterator[Finding]:
    """BatchNormalization learns the variance of what it sees in training, and dropout makes that
    larger than it is when the model is used. Predictions are then scaled by a variance that no
    longer holds.
    """
    dropped: dict[str, Note] = {}
    for node in subject.nodes:
        before = next((dropped[name] for name in node.inputs if name in dropped), None)
        if drops(node):
            dropped[node.name] = Note("the dropout", node.at(), on_key=True)
        elif before and activates(node):
            dropped[node.name] = before
        elif before and node.kind_name == "BatchNormalization":
            message = (
                "`BatchNormalization` behind dropout learns a variance that holds in training only"
            )
            help = "put the dropout behind it"
            yield Finding(message, node.at(), True, help=help, notes=(before,))
