"""S212: sliding a window over a single cell."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S212",
    "window over a single cell",
    "warning",
    source="notes J2 (maps shrink with depth); NeuraLint",
    bad="""
        specc: 1
        model:
          - Input: [4, 4, 3]
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 4
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}  # ! S212
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [8, 8, 3]
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - MaxPooling2D: 4
          - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def window_on_one_cell(subject: Subject) -> Iterator[Finding]:
    """With `padding: same` a 3x3 window fits on a map of 1x1: eight of its nine cells lie on the
    border of zeros. Eight ninths of the kernel never see anything and are never trained.
    """
    for node in subject.nodes:
        windows = subject.graph.windows(node)
        if windows and all(w.size == 1 for w in windows) and max(w.width for w in windows) > 1:
            yield Finding(
                f"the window of `{node.kind_name}` slides over a single cell",
                node.at("pool_size" if node.pool_size else "kernel_size"),
                label="expected 1",
                help="use a window of 1, or less pooling above",
            )
            return  # the windows below have the same cause
