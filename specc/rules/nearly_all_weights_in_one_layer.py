"""S216: a dense layer behind Flatten that holds nearly all weights."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.bases import pretrained
from specc.subject import Subject

MANY = 25_000_000
SHARE = 0.8


@rule(
    "S216",
    "nearly all weights behind Flatten",
    "warning",
    source="Islam et al.; Lin et al., Network In Network (global pooling)",
    covers=("cnn.flatten_explosion",),
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Flatten
          - Dense: {units: 256, activation: relu}  # ! S216
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - GlobalAveragePooling2D
          - Dense: {units: 256, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def nearly_all_weights_in_one_layer(subject: Subject) -> Iterator[Finding]:
    """A feature map of 74x74x32 is 175,232 numbers; 256 units on all of them are 45 million
    weights, each for one place of the picture. They learn the training pictures by heart and
    cost most of the memory. A global pooling layer asks whether a pattern occurs, not where.

    Reported from 25 million weights on, where no part of the model was trained before.
    """
    lost = any(path[:1] in (("model",), ("blocks",)) for path in subject.broken)
    if lost or pretrained(subject) or not subject.entire.graph.complete:
        return
    for above, node in subject.pairs():
        if above.kind_name != "Flatten" or node.kind_name != "Dense":
            continue
        own = subject.graph.params(node)
        if (
            own < MANY
            or sum(subject.graph.params(n) for n in subject.entire.nodes) / own > 1 / SHARE
        ):
            continue
        yield Finding(
            f"{own:,} weights, nearly all of the model, are in one layer",
            node.at("units"),
            help="use `GlobalAveragePooling2D` instead of `Flatten`, or more pooling above",
            notes=(Note("the feature map is flattened here", above.at(), on_key=True),),
        )
