"""D600: images of which nobody says what their pixels are."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D600",
    "image without a mask",
    "error",
    source="language §10 (`masks`)",
    by="inspect",
    files=dict.fromkeys(
        [
            f"{name}/{i}.{end}"
            for name, end in (("photos", "jpg"), ("masks", "png"))
            for i in range(100)
        ]
        + [f"partial/{i}.png" for i in range(90)],
        b"",
    ),
    bad="""
        specc: 1
        data:
          images:
            path: photos
            masks: partial  # ! D600
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
def image_without_mask(subject: Subject) -> Iterator[Finding]:
    """The mask of an image is the PNG file of the same name in the folder of `masks`: that of
    `photos/7.jpg` is `masks/7.png`. Without it there is nothing to learn from the image, and the
    script stops. A mask that is no PNG file, or has an addition in its name, as `7_mask.png`, is
    not found.
    """
    return iter(())
