"""A428: padding is marked, and a layer on the way forgets the marks."""

from collections.abc import Iterator, Mapping

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A428",
    "mask lost on the way",
    "warning",
    source="Keras 3.15 (`supports_masking`, measured); Stack Overflow 58043002",
    covers=("api.masking_ineffective",),
    bad="""
        specc: 1
        model:
          - Input: {shape: [200], dtype: int32}
          - Embedding: {input_dim: 10000, output_dim: 32, mask_zero: true}
          - Conv1D: {filters: 32, kernel_size: 5, activation: relu}  # ! A428
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: {shape: [200], dtype: int32}
          - Embedding: {input_dim: 10000, output_dim: 32, mask_zero: true}
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def mask_lost(subject: Subject) -> Iterator[Finding]:
    """`mask_zero: true` marks the padding, so that recurrent layers skip it. A convolution or
    pooling mixes neighbouring steps and hands no marks on: behind it the padding counts as text
    again. Keras says so in a warning that scrolls by.
    """
    masks: dict[str, Note] = {}
    for node in subject.nodes:
        mask = next((masks[name] for name in node.inputs if name in masks), None)
        if node.mask_zero is True or node.kind_name == "Masking":
            option = "mask_zero" if node.mask_zero is True else None
            masks[node.name] = Note("the mask", node.at(option), on_key=option is None)
        elif mask and node.kind is not None and not node.kind.supports_masking:
            message = f"`{node.kind_name}` does not pass the mask on"
            help = "remove the mask, or use layers that take it"
            yield Finding(message, node.at(), True, help=help, notes=(mask,))
        elif mask and _passes(node, masks) and _has_steps(subject, node):
            masks[node.name] = mask


def _passes(node: Node, masks: Mapping[str, Note]) -> bool:
    carried = [name in masks for name in node.inputs]
    return node.kind is not None and node.kind.masked(*carried)


def _has_steps(subject: Subject, node: Node) -> bool:
    output = subject.graph.out(node)
    return output is not None and output.rank > 1
