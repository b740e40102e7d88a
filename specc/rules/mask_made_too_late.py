"""A440: padding is looked for where it cannot be seen any more."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A440",
    "mask made too late",
    "warning",
    source="Keras 3.15 (`Masking`); Stack Overflow 58043002",
    covers=("api.masking_ineffective",),
    bad="""
        specc: 1
        model:
          - Input: [100, 8]
          - Conv1D: {filters: 32, kernel_size: 3, activation: relu}
          - Masking  # ! A440
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [100, 8]
          - Masking
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def mask_made_too_late(subject: Subject) -> Iterator[Finding]:
    """`Masking` marks the steps whose values all equal `mask_value`. Behind a layer with weights
    the padding has other values: a bias is added, and neighbouring steps are mixed in. Next to
    nothing is marked, or ReLU's zeros are, which are no padding.
    """
    changed: dict[str, Note] = {}
    for node in subject.nodes:
        before = next((changed[name] for name in node.inputs if name in changed), None)
        if node.kind_name == "Masking" and before:
            yield Finding(
                "`Masking` looks for padding in what a layer has computed",
                node.at(),
                on_key=True,
                help="put it directly behind the input",
                notes=(before,),
            )
        elif node.kind is not None and (node.kind.multiplies or node.kind.normalizes):
            changed[node.name] = Note("the padding is changed here", node.at(), on_key=True)
        elif before:
            changed[node.name] = before
