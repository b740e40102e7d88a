"""S219: a dense layer that ends the model at every place of a picture."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S219",
    "dense layer on feature maps",
    "warning",
    source="NeuraLint, Islam et al.; notes K1 §3 (Flatten before the dense layers)",
    covers=("cnn.missing_flatten",),
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Dense: {units: 10, activation: softmax}  # ! S219
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 16, kernel_size: 3, activation: relu}
          - MaxPooling2D: 2
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dense_on_feature_maps(subject: Subject) -> Iterator[Finding]:
    """`Dense` works on the last axis alone. Behind a convolution it is a 1x1 convolution and
    answers once for every place, 13x13 times for one picture. Where each pixel has a class, say
    `task: segmentation`; otherwise `Flatten` or a global pooling layer is missing.
    """
    head = subject.head
    known = subject.facts.target_shape is not None or subject.spec.task is not None
    if head is None or known or (head.rank or 0) < 3:
        return
    seen = False
    for node in subject.nodes:
        seen = seen or bool(subject.graph.windows(node))
        inputs = subject.graph.into(node)
        if seen and node.kind_name == "Dense" and inputs and inputs[0].rank >= 3:
            yield Finding(
                f"`Dense` on {inputs[0]} answers once for every place of the feature map",
                node.at(),
                True,
                label=f"gives {subject.graph.out(node)}",
                help="add `Flatten` or `GlobalAveragePooling2D` in front of it",
            )
            return
