"""U928: an image for a picture that is absent."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U928",
    "an image for a picture that is absent",
    "hint",
    source="the file system",
    by="inspect",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, name: first}
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax, name: classes}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - grad_cam: nowhere/elephant.jpg  # ! U928
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, name: first}
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax, name: classes}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - grad_cam: {image: 0}
        """,
)
def picture_of_an_absent_image(subject: Subject) -> Iterator[Finding]:
    """The image is read after the training, and without it there is no picture; the trained model
    is there all the same. Relative paths start at the working directory, or at `--data-dir`.
    """
    return iter(())
