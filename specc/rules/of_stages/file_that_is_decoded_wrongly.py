"""D580: a file that is decoded into something else than what it shows."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D580",
    "file that is decoded into something else",
    "error",
    source="TensorFlow 2.21 (`tf.io.decode_image`), compared with Pillow",
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
          images: {train: converted/train, validation: converted/validation, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def file_that_is_decoded_wrongly(subject: Subject) -> Iterator[Finding]:
    """TensorFlow decodes two forms of files without a word into values that are not those of the
    picture. Of a BMP file with a palette it takes the numbers of the colours for shades of grey: a
    photo becomes noise. Of a PNG file with fewer than 8 bits a pixel and `color: rgba` it sets the
    opacity to 1, 3 or 15 where 255 is meant. `on_bad: skip` does not leave such files out, as the
    script can decode them.
    """
    return iter(())
