"""D601: masks that nobody reads."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D601",
    "mask without an image",
    "warning",
    source="language §10 (`masks`)",
    by="inspect",
    files=dict.fromkeys(
        [
            f"{name}/{i}.{end}"
            for name, end in (("photos", "jpg"), ("masks", "png"))
            for i in range(100)
        ]
        + [f"more/{i}.png" for i in range(103)],
        b"",
    ),
    bad="""
        specc: 1
        data:
          images:
            path: photos
            masks: more  # ! D601
            size: [64, 64]
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images:
            path: photos
            masks: masks
            size: [64, 64]
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
)
def mask_without_image(subject: Subject) -> Iterator[Finding]:
    """Each image has a mask, and there are masks besides. An image may have been lost, or have
    another name, and its mask is left over.
    """
    return iter(())
