"""D547: options of `augment` that change no image, or no image of a phase."""

from collections.abc import Iterator
from typing import Any

from specc.augment import Augment
from specc.diagnostics import Edit
from specc.phases import LISTED
from specc.rules.augmented import AUGMENT, augment_of, inside, layers_of
from specc.rules.base import Finding, rule
from specc.subject import Subject

SIDES = ("width_shift_range", "height_shift_range")


@rule(
    "D547",
    "augmentation without effect",
    "warning",
    source="Keras 3.15, ImageDataGenerator (`np.random.choice(1)` is 0); measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment:
            horizontal_flip: true
            width_shift_range: 1  # ! D547
            cval: 128             # ! D547
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
            horizontal_flip: true
            width_shift_range: 2
            fill_mode: constant
            cval: 128
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def augmentation_without_effect(subject: Subject) -> Iterator[Finding]:
    """A shift by a whole number of pixels is one of those *below* it, either way, as with
    ImageDataGenerator: `1` is always 0. `fill_mode` says what is seen where an image has been
    moved away, and `cval` is looked at with `fill_mode: constant` alone. The seed of a layer under
    `augment` is none: all draws follow from the `seed` of the spec, the epoch and the batch.
    `augment: none` in a phase leaves out what stands under `data`, which some phase has to use.
    """
    yield from _left_out(subject)
    augment = augment_of(subject)
    if augment is None:
        return
    if not augment.acts and not any(getattr(augment, side) for side in SIDES):
        help = "write what is to change, such as `horizontal_flip: true`, or leave it out"
        yield Finding("`augment` changes nothing", AUGMENT, on_key=True, help=help)
    yield from _options(augment)
    yield from _seeds(subject)


def _left_out(subject: Subject) -> Iterator[Finding]:
    """What phases do without that is not there, and what is there for none of them."""
    whole, number, phase = subject.training, subject.phase, subject.own_phase
    if whole is None or number is None or phase is None or phase.augment is None:
        return
    if not whole.broken.isdisjoint({AUGMENT, AUGMENT[:1]}):
        return
    if whole.spec.data is None or whole.spec.data.augment is None:
        path = (*LISTED, number, "augment")
        fix = (Edit(path, how="remove", safe=True),)
        message = "`data` has no `augment` that a phase could do without"
        yield Finding(message, path, on_key=True, help="leave it out", fix=fix)
    elif number == 0 and all(each.augment for each in whole.spec.train.phases or ()):
        help = "remove `augment` from `data`, or `augment: none` from a phase"
        yield Finding("no phase has its images augmented", AUGMENT, on_key=True, help=help)


def _options(augment: Augment) -> Iterator[Finding]:
    for side in SIDES:
        if type(getattr(augment, side)) is int and getattr(augment, side) == 1:
            label = "a whole number of pixels below 1, which is 0"
            help = f"write `{side}: 2` for a pixel, or `0.1` for a tenth of the side"
            yield Finding(f"`{side}: 1` moves nothing", (*AUGMENT, side), label=label, help=help)
    if augment.cval != 0 and augment.fill_mode != "constant":
        help = "add `fill_mode: constant`, or leave it out"
        yield Finding("`cval` is not used", (*AUGMENT, "cval"), on_key=True, help=help)
    elif augment.fill_mode != "nearest" and not augment.moves:
        message = "`fill_mode` has no effect where no image is moved"
        path = (*AUGMENT, "fill_mode")
        fix = (Edit(path, how="remove", safe=True),)
        yield Finding(message, path, on_key=True, help="leave it out", fix=fix)


def _seeds(subject: Subject) -> Iterator[Finding]:
    for kind, path in layers_of(subject):
        if any(_seeded(each) for each in inside(kind)):
            message = f"`seed` of `{type(kind).__name__}` has no effect"
            help = "leave it out: the draws follow from the `seed` of the spec"
            yield Finding(message, subject.at(path, "seed"), on_key=True, help=help)


def _seeded(kind: Any) -> bool:
    return getattr(kind, "seed", None) is not None
