"""A454: means of windows, and nowhere the largest value."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.in_a_row import deep, pools
from specc.subject import Subject


@rule(
    "A454",
    "means alone for pooling",
    "hint",
    off=True,
    source="NeuraLint (ineffective pooling)",
    covers=("cnn.avg_pool_only",),
    bad="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - repeat:
              times: 4
              layers:
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - AveragePooling2D: 2  # ! A454
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [64, 64, 3]
          - repeat:
              times: 4
              layers:
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - Conv2D: {filters: 32, kernel_size: 3, padding: same, activation: relu}
                - MaxPooling2D: 2
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def means_alone_for_pooling(subject: Subject) -> Iterator[Finding]:
    """The largest value says whether a pattern is in a window, the mean how much of it, thinned by
    all the places where it is not. LeNet takes means nevertheless, and the case against
    them was made with one program that was written for it.

    Reported for networks of ten convolutions and poolings or more; global pooling does not count.
    """
    pooled = [node for node in subject.nodes if pools(node)]
    means = [node for node in pooled if node.kind_name.startswith("Average")]
    if means and means == pooled and deep(subject):
        largest = means[0].kind_name.replace("Average", "Max")
        yield Finding(
            "all pooling takes means",
            means[0].at(),
            on_key=True,
            help=f"use `{largest}` between the convolutions",
        )
