"""S220: pictures with the channels in front, read as if they stood behind."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S220",
    "channels in front",
    "warning",
    source="notes J3 (channels first or last); Islam et al., UMLAUT",
    covers=("cnn.channels_order",),
    bad="""
        specc: 1
        model:
          - Input: [3, 64, 64]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}  # ! S220
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def channels_in_front(subject: Subject) -> Iterator[Finding]:
    """Keras on TensorFlow takes height x width x channels. 3x64x64 is then a picture three
    pixels high with 64 colours: one convolution later it is one pixel high. It runs, and learns
    little.
    """
    if subject.graph.disputed:
        return
    for node in subject.of("Conv2D", "SeparableConv2D", "DepthwiseConv2D"):
        inputs = subject.graph.into(node)
        if not inputs or inputs[0].rank != 3 or node.data_format == "channels_first":
            return
        front, *rest = inputs[0].shape
        if front in (1, 3) and all(size is not None and size > 4 for size in rest):
            turned = f"{rest[0]}x{rest[1]}x{front}"
            yield Finding(
                f"{inputs[0]} is read as {front} pixels high, with {rest[-1]} channels",
                node.at(),
                True,
                label="takes height x width x channels",
                help=f"write the input as {turned}, or `data_format: channels_first`",
            )
        return
