"""D518: a shear that was meant as a share, and is an angle."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.augmented import AUGMENT, augment_of
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D518",
    "shear of less than a degree",
    "warning",
    source="notes J1 (`shear_range=0.2`); Keras 3.15, `apply_affine_transform`; measured",
    bad="""
        specc: 1
        data:
          images: {train: train, validation: validation, size: [150, 150]}
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 40
            shear_range: 0.2  # ! D518
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        data:
          images: {train: train, validation: validation, size: [150, 150]}
          classes: [cats, dogs]
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 40
            shear_range: 10
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def shear_of_less_than_a_degree(subject: Subject) -> Iterator[Finding]:
    """The shear of ImageDataGenerator is an angle in degrees, and that of `RandomShear` a share.
    `shear_range=0.2`, which many programs copy from one another, slants an image by a fifth of a
    degree at most: of 150x150 pixels, none moves by more than a quarter of its width.
    """
    augment = augment_of(subject)
    if augment and 0 < augment.shear_range < 1:
        yield Finding(
            f"`shear_range` is {augment.shear_range:g} degrees, which nobody can see",
            (*AUGMENT, "shear_range"),
            label="an angle, not a share",
            help="write `shear_range: 10` for a slant of up to 10 degrees, or leave it out",
            fix=(Edit((*AUGMENT, "shear_range"), "10"),),
        )
