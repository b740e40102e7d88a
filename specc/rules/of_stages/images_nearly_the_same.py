"""D541: nearly the same images in two parts."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D541",
    "images nearly the same in two parts",
    "hint",
    source="Barz, Denzler 2020; Krawetz, difference hash",
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
def images_nearly_the_same(subject: Subject) -> Iterator[Finding]:
    """Pictures of one scene, taken in a row or saved twice in different quality, are nearly the
    same to a network too. `specc data` compares 64 bits of each image, one for each of 8x8 areas
    that is darker than its neighbour; images of two parts that differ in three bits or less are
    named. It may be chance: look at them.
    """
    return iter(())
