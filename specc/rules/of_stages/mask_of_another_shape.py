"""D603: masks that show something else than their images."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D603",
    "mask of another shape than its image",
    "warning",
    source="language §10 (`masks`)",
    by="looking",
    bad="""
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
def mask_of_another_shape(subject: Subject) -> Iterator[Finding]:
    """An image and its mask are both resized to `size`, which is right where one of them is the
    other on a smaller scale. Where one is wider than the other, as with a mask of a part that was
    cut out, the classes come to lie on the wrong pixels. `specc data` compares the sizes.
    """
    return iter(())
