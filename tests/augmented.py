"""Programs that augment the images of their training part, and the scripts that they become."""

from dataclasses import replace
from functools import cache
from typing import Any

from data_scripts import source_of
from programs import executed, of_specs

from specc.augment import Augment
from specc.objects import Reader
from specc.program import Program

SIX: dict[str, Any] = {
    "rotation_range": 40, "width_shift_range": 0.2, "height_shift_range": 0.2,
    "shear_range": 20, "zoom_range": 0.3, "horizontal_flip": True,
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "six": SIX,
    "all": SIX | {
        "vertical_flip": True, "brightness_range": [0.5, 1.5], "channel_shift_range": 30,
        "fill_mode": "constant", "cval": 30,
    },
    "wrapped": SIX | {"fill_mode": "wrap"},
    "rotation": {"rotation_range": "45/2"},
    "pixels": {"width_shift_range": 3, "height_shift_range": 2.5},
    "choices": {"width_shift_range": [-4, 2.5], "height_shift_range": [0.1, 0.2]},
    "zoom": {"zoom_range": [0.5, 1.0]},
    "shear": {"shear_range": 10, "vertical_flip": True},
    "flips": {"horizontal_flip": True, "vertical_flip": True},
    "brightness": {"brightness_range": [0.2, 1]},
    "channels": {"channel_shift_range": 20, "horizontal_flip": True},
    "layers": {"layers": [{"RandomContrast": 0.5}, {"RandomErasing": {"factor": 0.5}}]},
    "six_and_layers": SIX | {"layers": [{"RandomContrast": 0.5}, "MixUp"]},
    "many_choices": {"width_shift_range": [*range(40)]},
}  # fmt: skip


def augment(options: dict[str, Any]) -> Augment:
    """What `augment:` with these options says."""
    reader = Reader()
    read = reader.fields(Augment, options, ("data", "augment"), "augment")
    assert read and not reader.found, reader.found
    return read


def augmented(program: Program, options: dict[str, Any]) -> Program:
    """The program with these options under `augment`."""
    assert program.data
    section = augment(options).section(None, program.data.input.dtype)
    return replace(program, data=replace(program.data, augment=section))


RECORDS = {
    "train": "train-*", "x": "image", "y": "label",
    "features": {"image": {"shape": [24, 24, 3], "decode": "image"}, "label": {"dtype": "int64"}},
}  # fmt: skip


def _records(program: Program) -> Program:
    """The program over images in TFRecord files."""
    assert program.data
    source = source_of({"tfrecord": RECORDS}).section()
    data = replace(program.data, source=source, streams=True, parts=("train",), splits=())
    return replace(program, data=data)


def variants() -> dict[str, Program]:
    """One program after another, so that all of the template is printed."""
    images, digits = of_specs()["horse_or_human"], of_specs()["digits_cnn"]
    assert digits.training
    long = replace(digits, training=replace(digits.training, steps_per_epoch=20))
    return {
        **{f"augmented_{name}": augmented(images, each) for name, each in OPTIONS.items()},
        "augmented_records": augmented(_records(images), OPTIONS["six_and_layers"]),
        "augmented_records_in_turn": augmented(_records(images), SIX),
        "augmented_digits": augmented(digits, SIX),
        "augmented_long_epochs": augmented(long, SIX | OPTIONS["layers"]),
    }


@cache
def script(name: str) -> Any:
    """The script of a variant as a module."""
    return executed(variants()[name])
