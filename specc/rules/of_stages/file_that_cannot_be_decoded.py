"""D539: a file that cannot be decoded."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D539",
    "file that cannot be decoded",
    "error",
    source="TensorFlow 2.21 (`tf.io.decode_image`), which ends a training at the first such file",
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
          on_bad: skip
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def file_that_cannot_be_decoded(subject: Subject) -> Iterator[Finding]:
    """TensorFlow ends a training at the first file that it cannot decode, hours in perhaps, and
    does not say which one it was. `specc data` decodes all files with the function of the script
    that decodes them in training, and so does `specc run` before it trains: all that are broken are
    named at once. What was found out about a file is kept for the next time, as long as its size
    and time stay the same. With `on_bad: skip` the script leaves such files out.
    """
    return iter(())
