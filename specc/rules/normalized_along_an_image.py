"""A420: BatchNormalization along height instead of the channels."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A420",
    "BatchNormalization along a wrong axis",
    "error",
    source="Keras 3.15 (`axis` of BatchNormalization); Stack Overflow 57943425",
    covers=("cnn.bn_axis",),
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - BatchNormalization: {axis: 1}  # ! A420
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - BatchNormalization
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def normalized_along_an_image(subject: Subject) -> Iterator[Finding]:
    """The statistics are kept for each place of one axis, which has to be that of the channels.
    `axis: 1` comes from programs that put the channels first; with Keras' order it is the height,
    so every row of the picture gets a mean of its own and all channels share it.
    """
    first = any(node.data_format == "channels_first" for node in subject.nodes)
    for node in subject.of("BatchNormalization"):
        inputs = subject.graph.into(node)
        if not inputs or inputs[0].rank != 3 or first:
            continue
        if node.axis not in (-1, 3):
            path = node.at("axis")
            what = {1: "the height", 2: "the width"}.get(node.axis, "no channels")  # type: ignore[call-overload]
            yield Finding(
                f"axis {node.axis} of {inputs[0]} is {what}, not the channels",
                path,
                label="expected -1",
                help="leave `axis` out",
                fix=(Edit(path, "-1"),),
            )
