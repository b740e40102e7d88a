"""Images with masks: small ones, specs of them, and the scripts that they become."""

from pathlib import Path
from typing import Any

from specc.api import loads
from specc.program import Program

CIRCLES = """\
specc: 1
name: circles
data:
  images: {path: photos, masks: masks, size: [24, 24], color: grayscale}
  classes: [ground, disc, ring]
  batch_size: 8
  preprocess: [{Rescaling: 1/255}]
model:
  - Conv2D: {filters: 8, kernel_size: 3, padding: same, activation: relu}
  - Conv2D: {filters: 8, kernel_size: 3, padding: same, activation: relu}
  - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
train:
  optimizer: {Adam: {learning_rate: 0.01}}
  metrics: [accuracy, {MeanIoU: {num_classes: 3, sparse_y_pred: false}}]
  epochs: 40
"""
ONE_HOT = {
    "  metrics: [accuracy, {MeanIoU: {num_classes: 3, sparse_y_pred: false}}]":
    "  loss: categorical_crossentropy\n  metrics: [{OneHotMeanIoU: {num_classes: 3}}]",
}  # fmt: skip
BY_PART = {
    "path: photos, masks: masks,":
    "train: photos/train, validation: photos/validation, test: photos/test,\n"
    "    masks: {train: masks/train, validation: masks/validation, test: masks/test},",
}  # fmt: skip
TWO = {
    "color: grayscale}": "color: grayscale, mask_values: [0, 255]}",
    "[ground, disc, ring]": "[ground, disc]",
    "filters: 3, kernel_size: 1, activation: softmax": "filters: 1, kernel_size: 1, "
    "activation: sigmoid",
    "  metrics: [accuracy, {MeanIoU: {num_classes: 3, sparse_y_pred: false}}]":
    "  loss: binary_crossentropy\n  metrics: [BinaryIoU]",
}  # fmt: skip
NO_LAYERS = {"  preprocess: [{Rescaling: 1/255}]\n": ""}
MOVES = "rotation_range: 20, zoom_range: 0.2, width_shift_range: 0.1, horizontal_flip: true"


def augmented(options: str) -> dict[str, str]:
    return {"  batch_size: 8\n": f"  batch_size: 8\n  augment: {{{options}}}\n"}


def keys(text: str) -> dict[str, str]:
    """More keys of `data`."""
    return {"data:\n": f"data:\n  {text}\n"}


CHANGES: dict[str, list[dict[str, str]]] = {
    "circles": [augmented(MOVES)],
    "kept": [keys("cache: memory"), augmented("rotation_range: 9, fill_mode: constant")],
    "on_disk": [keys("cache: disk"), augmented(MOVES)],
    "by_part": [BY_PART, TWO, augmented("horizontal_flip: true, vertical_flip: true")],
    "one_hot": [ONE_HOT, NO_LAYERS, augmented("brightness_range: [0.5, 1.5]")],
    "skipped": [TWO, keys("on_bad: skip"), keys("cache: none")],
    "layers": [augmented("horizontal_flip: true, layers: [{RandomContrast: 0.2}]")],
    "layers_alone": [augmented("layers: [{RandomRotation: 0.1}, {RandomContrast: 0.2}]")],
}


def spec(*changes: dict[str, str]) -> str:
    """The spec of circles but for some changes of its text."""
    text = CIRCLES
    for each in changes:
        for old, new in each.items():
            assert old in text, old
            text = text.replace(old, new)
    return text


def program(*changes: dict[str, str]) -> Program:
    return loads(spec(*changes)).program


def variants() -> dict[str, Program]:
    """One program after another, so that all of the templates is printed."""
    return {f"masks_{name}": program(*changes) for name, changes in CHANGES.items()}


def mask(random: Any, size: int) -> Any:
    """A disc, which is of class 1, and a ring around something else, of class 2."""
    import numpy as np

    y, x = np.mgrid[:size, :size]
    found = np.zeros((size, size), int)
    for number, hole in ((1, 0), (2, 3)):
        distance = np.hypot(*(y, x) - random.integers(6, size - 6, (2, 1, 1)))
        found[(distance < 7) & (distance >= hole)] = number
    return found


def circles(
    count: int, values: tuple[int, ...] = (0, 1, 2), part: str = "", size: int = 24
) -> None:
    """Files in `photos` and `masks`; the classes differ in brightness, but for noise."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(len(part))
    for folder in ("photos", "masks"):
        Path(folder, part).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        classes = mask(random, size)
        shades = np.array([60, 140, 220])[classes] + random.normal(0, 20, classes.shape)
        photo = np.clip(shades, 0, 255).astype("uint8")
        Image.fromarray(photo).save(Path("photos", part, f"{number:03}.png"))
        Image.fromarray(np.array(values, "uint8")[classes]).save(
            Path("masks", part, f"{number:03}.png")
        )
