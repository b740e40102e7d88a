"""A404: a bias that the next layer takes off again."""

from collections import Counter
from collections.abc import Collection, Iterator

from specc.diagnostics import Note
from specc.graph import Node, maker
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject


@rule(
    "A404",
    "bias before BatchNormalization",
    "hint",
    off=True,
    source="Ioffe and Szegedy 2015, §3.2; NeuraLint (redundant bias)",
    covers=("reg.bias_before_bn",),
    bad="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 32, kernel_size: 3}  # ! A404
          - BatchNormalization
          - Activation: relu
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - Conv2D: {filters: 32, kernel_size: 3, use_bias: false}
          - BatchNormalization
          - Activation: relu
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def bias_before_normalization(subject: Subject) -> Iterator[Finding]:
    """BatchNormalization takes the mean of each channel off, and a bias is part of that mean: it
    is gone, whatever it was, and `beta` takes its place. The weights do no harm. They are trained
    for nothing, and count.
    """
    whole = subject.entire
    found = {n.name: (n, norm) for n, norm in _pairs(whole) if _without_effect(whole, n, norm)}
    read_elsewhere = _read_elsewhere(whole, found)
    needed = {n.path for n in whole.nodes if n.name not in found or n.name in read_elsewhere}
    for before, node in found.values():
        if before.path not in needed:  # by another use of the block that it stands in
            edits = layer_option(subject, before, "use_bias", "false")
            yield Finding(
                f"`{node.kind_name}` takes the bias of `{before.kind_name}` off again",
                before.at(),
                on_key=True,
                help="write `use_bias: false`",
                notes=(Note("the normalization", node.at(), on_key=True),),
                fix=tuple(edit._replace(safe=True) for edit in edits),
            )


def _pairs(subject: Subject) -> Iterator[tuple[Node, Node]]:
    """Each normalization behind the layer that it takes from."""
    pairs = subject.pairs()
    return ((before, node) for before, node in pairs if node.kind_name == "BatchNormalization")


def _without_effect(subject: Subject, before: Node, node: Node) -> bool:
    """Whether all that a bias does is to move what is normalized."""
    kind, out = before.kind, subject.graph.out(before)
    if kind is None or out is None or not kind.multiplies or before.shared is not None:
        return False
    channels = 1 if before.data_format == "channels_first" else out.rank
    linear = subject.activation(before) == "linear" and kind.activity_regularizer is None
    along = node.axis in (channels, channels - out.rank - 1)
    return before.use_bias is True and linear and along and _always_trained(subject, node)


def _always_trained(subject: Subject, node: Node) -> bool:
    """Whether no phase takes the means from before, to which a bias would add."""
    phases = subject.training.phases if subject.training else (subject,)
    return all(each.graph.by_name[node.name].trainable is True for each in phases)


def _read_elsewhere(subject: Subject, names: Collection[str]) -> set[str]:
    """Those of the layers that others read too, or that are called again."""
    ends = {maker(ref) for ref in subject.graph.outputs}
    readers = Counter(source for node in subject.nodes for source in set(node.sources))
    shared = {node.shared for node in subject.nodes}
    return {name for name in names if readers[name] > 1 or name in ends or name in shared}
