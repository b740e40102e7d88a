"""D507: the same rows in two parts."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D507",
    "the same rows in two parts",
    "warning",
    source="notes K1 §1.2 (parts must not overlap); Barz, Denzler 2020: 3.3 % of CIFAR-10's "
    "test images are near copies of training images",
    by="looking",
    bad="""
        specc: 1
        data:
          images: {train: photos/train, validation: photos/validation, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images: {train: photos/train, validation: photos/validation, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def rows_in_two_parts(subject: Subject) -> Iterator[Finding]:
    """A row that was trained on is known to the network, and its score on it says nothing about new
    ones. `specc data` compares the bytes of image files and the values of rows of arrays, between
    the parts as the script shares them out: copies within one folder are found too where the split
    puts them on both sides. Narrow rows are equal by chance now and then; they count when they are
    more than one in a hundred.
    """
    return iter(())
