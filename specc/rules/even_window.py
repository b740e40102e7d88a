"""S206: a window without a middle."""

from collections.abc import Iterator

from specc.axes import spread
from specc.rules.base import Finding, rule
from specc.rules.in_a_row import convolves, windows
from specc.rules.writing import layer_option
from specc.subject import Subject


@rule(
    "S206",
    "even window",
    "hint",
    off=True,
    source="notes K1 §3 (windows are usually odd); Keras 3.15 (`padding: same`)",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 4, padding: same, activation: relu}  # ! S206
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 5, padding: same, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def even_window(subject: Subject) -> Iterator[Finding]:
    """A window of 3 has a pixel in its middle, and as many on either side. One of 4 has not:
    `padding: same` adds one row above and two below, and the map moves by half a pixel with each
    such layer.

    Windows that stand side by side, as those that cut an image into patches, are left alone.
    """
    for node in subject.nodes:
        sizes = windows(node)
        if not convolves(node) or not any(size % 2 == 0 for size in sizes):
            continue
        strides = spread(getattr(node.kind, "strides", 1), len(sizes))
        if any(step < size for step, size in zip(strides, sizes, strict=False)):
            odd = [size + 1 - size % 2 for size in sizes]
            text = str(odd[0] if len(set(odd)) == 1 else odd)
            yield Finding(
                f"a window of {'x'.join(map(str, sizes))} has no middle",
                node.at("kernel_size"),
                help=f"write `kernel_size: {text}`",
                fix=layer_option(subject, node, "kernel_size", text),
            )
