"""D602: pixels of masks that hold no number of a class."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D602",
    "mask with values that are no class",
    "error",
    source="TensorFlow 2.21 (`tf.io.decode_png`); Keras 3.15",
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
            mask_values: [0, 128, 255]
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
)
def mask_beyond_the_classes(subject: Subject) -> Iterator[Finding]:
    """The value of a pixel in a mask is the number of its class, from 0 on, or the one of the
    `mask_values` that stands for it: `mask_values: [0, 255]` for black and white masks. The value
    that the loss leaves out (`ignore_class: 255`) is allowed besides. Another value ends the
    training with `Received a label value of 255 which is outside the valid range`, on a GPU it
    makes the loss NaN, and for one sigmoid unit the loss falls to minus infinity.

    TensorFlow reads the colours of a PNG file with a palette, turned to grey, and not the numbers
    in it, and of 16 bits for a pixel only 8. `specc data` opens all masks, and so does `specc run`
    before it trains.
    """
    return iter(())
