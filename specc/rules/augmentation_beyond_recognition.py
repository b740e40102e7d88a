"""D548: augmentation that leaves nothing to be seen, or says more than there is."""

from collections.abc import Iterator

from specc.augment import Augment
from specc.rules.augmented import AUGMENT, augment_of
from specc.rules.base import Finding, rule
from specc.subject import Subject

DARK, BRIGHT = 0.1, 4  # factors of brightness beyond which most of an image is black or white
SMALL, LARGE = 0.2, 4  # factors of zoom that leave a fifth of a side, or make it as small as that


@rule(
    "D548",
    "augmentation beyond recognition",
    "warning",
    source="Keras 3.15, ImageDataGenerator; measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 360         # ! D548
            width_shift_range: 32.0     # ! D548
            brightness_range: [0, 1.2]  # ! D548
            zoom_range: 0.9             # ! D548
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 180
            width_shift_range: 4.0
            brightness_range: [0.7, 1.2]
            zoom_range: 0.3
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def augmentation_beyond_recognition(subject: Subject) -> Iterator[Finding]:
    """A rotation goes either way: 180 degrees are all there are. A factor of brightness is drawn
    from the whole range, so that from 0 on some images are black. A shift as long as the image
    leaves a smear of its edge, and a zoom by 0.1 shows a hundredth of it: what is left has the
    label of what is gone.
    """
    augment, shape = augment_of(subject), subject.facts.shape
    if augment is None:
        return
    sizes = shape[:2] if shape and len(shape) == 3 else (None, None)
    for option, message, help in (
        *_angles(augment),
        *_factors(augment),
        *_shifts("height_shift_range", augment.height_shift_range, sizes[0]),
        *_shifts("width_shift_range", augment.width_shift_range, sizes[1]),
    ):
        yield Finding(message, (*AUGMENT, option), help=help)


Told = tuple[str, str, str]  # the option, the message and the help


def _angles(augment: Augment) -> Iterator[Told]:
    if augment.rotation_range > 180:
        message = f"`rotation_range` is {augment.rotation_range:g} degrees either way"
        yield "rotation_range", message, "write `rotation_range: 180` for every angle there is"
    if augment.shear_range >= 80:
        message = f"a shear of {augment.shear_range:g} degrees leaves a line of an image"
        yield "shear_range", message, "write `shear_range: 10`"


def _factors(augment: Augment) -> Iterator[Told]:
    brightness, zoom = augment.brightness_range, augment.zoom
    if brightness and (brightness[0] < DARK or brightness[1] > BRIGHT):
        shade = "black" if brightness[0] < DARK else "white"
        message = f"`brightness_range` makes some images {shade}"
        yield "brightness_range", message, "write `brightness_range: [0.7, 1.3]`, factors around 1"
    if zoom and (zoom[0] < SMALL or zoom[1] > LARGE):
        what = "a few pixels of some images" if zoom[0] < SMALL else "some images very small"
        message = f"zoom factors from {zoom[0]:g} to {zoom[1]:g} show {what}"
        yield "zoom_range", message, "write `zoom_range: 0.2`, which is `[0.8, 1.2]`"


def _shifts(option: str, given: float | tuple[float, ...], size: int | None) -> Iterator[Told]:
    steps = [abs(each) for each in (given if isinstance(given, tuple) else (given,))]
    largest = max(steps)
    if (
        size is not None
        and max(given if isinstance(given, tuple) else (given,)) >= 1
        and largest >= size
    ):
        message = f"`{option}` moves images by up to {largest:g} pixels of {size}"
        yield option, message, "write `0.2` for a fifth of the side"
