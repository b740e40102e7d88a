"""A sheet of training images with their labels, as they come and as they are augmented."""

from collections.abc import Mapping, Sequence
from inspect import signature
from itertools import chain, zip_longest
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.compiler import Compiled
from specc.looking.compared import compared
from specc.looking.look import Look
from specc.looking.overlay import Coloured, legend, masks_over

EXAMPLES = 8  # images with augmentation beside them
ALONE = 24  # images without
CHANGES = 5  # augmented versions of an image
WIDE = 6  # images in a row of the sheet
INCHES = 1.7  # of an image
CHANNELS = (1, 3, 4)
IMAGES = 4  # axes of several of them


class NoImages(Exception):
    """The text says what the rows are instead."""


def draw(compiled: Compiled, look: Look, file: Path) -> None:
    """Writes the sheet as PNG. NoImages where rows are none; OSError where it cannot be written."""
    part = look.rows.get("train")
    if part is None:
        raise NoImages("there are no rows that could be drawn")
    augments = hasattr(look.script, "augmented")
    rows = _chosen(compiled, look, EXAMPLES if augments else ALONE)
    images = [_original(look.script, part, row) for row in rows]
    scale = _scale(images)
    coloured = masks_over(compiled, scale)
    lines = [[image] for image in images]
    if coloured is not None:
        lines = [
            [coloured(image, look.script.decode_mask(part.y[row]))]
            for image, row in zip(images, rows, strict=True)
        ]
    if augments:
        lines = [
            [*line, *_augmented(look.script, part, r, coloured)]
            for line, r in zip(lines, rows, strict=True)
        ]
    titles = [_label(compiled, part, row) for row in rows]
    sheet = _sheet(lines, titles, scale, augments)
    if coloured is not None:
        legend(sheet, compiled)
    sheet.savefig(file, dpi=100, format="png")


def _chosen(compiled: Compiled, look: Look, count: int) -> list[int]:
    """Rows of all classes in turn, evenly spread over the part."""
    import numpy as np

    part = look.rows["train"]
    bad = look.files.looked if look.files else {}
    names = look.files.parts.get("train", ()) if look.files else ()
    good = [not bad[name].reason for name in names] or [True] * len(part.rows)
    rows = np.asarray(part.rows)[np.array(good, bool)]
    first = compared(compiled, part._replace(rows=rows))[0]
    classed, labels = first.are_classes and first.one_each, first.y
    groups = [rows[labels.reshape(-1) == k] for k in np.unique(labels)] if classed else [rows]
    each = max(1, -(-count // len(groups)))
    spread = [group[np.linspace(0, len(group) - 1, each).astype(int)] for group in groups]
    turns = chain.from_iterable(zip_longest(*spread))
    found = dict.fromkeys(int(row) for row in turns if row is not None)
    return sorted(list(found)[:count], key=lambda row: list(rows).index(row))


def _original(script: ModuleType, part: Any, row: int) -> Any:
    """An image as the network gets it but for preprocessing and augmentation."""
    import numpy as np

    x = _images(part.x)[row]
    image = np.asarray(script.decode(x) if x.dtype == "string" else x)
    if image.ndim == 2:
        image = image[..., None]
    if image.ndim != 3 or image.shape[-1] not in CHANNELS:
        raise NoImages(f"rows of shape {image.shape} are no images")
    return image


def _images(x: Any) -> Any:
    """The inputs that are images, where there are several."""
    if not isinstance(x, Mapping):
        return x
    found = next((each for each in x.values() if len(each.shape) == IMAGES), None)
    if found is None:
        raise NoImages("none of the inputs is an image")
    return found


def _augmented(script: ModuleType, part: Any, row: int, coloured: Coloured | None) -> list[Any]:
    """One image as it is in the first epochs, by the script's own pipeline."""
    import numpy as np

    encodes = hasattr(script, "encode") and coloured is None
    encoded = script.encode(part) if encodes else part
    alone = encoded._replace(rows=np.array([row]))
    taken = signature(script.shuffled).parameters
    until = {"epochs": CHANGES, "steps_per_epoch": 1}
    epochs = script.shuffled(alone, 0, *(until[name] for name in taken if name in until))
    if coloured is not None:
        return [coloured(np.asarray(images)[0], masks[0]) for images, masks in epochs.take(CHANGES)]
    return [np.asarray(images)[0] for images, *_ in epochs.take(CHANGES)]


def _scale(images: Sequence[Any]) -> float:
    """The value that is white: 1, 255, or the largest of other ranges."""
    top = max(float(image.max()) for image in images)
    return 1.0 if top <= 1 else 255.0 if top > 100 else top


def _label(compiled: Compiled, part: Any, row: int) -> str:
    """What the row is compared with, output by output; of a mask, the name of its file."""
    if getattr(part.y, "dtype", None) == "string":
        return Path(part.y[row].numpy().decode("utf-8", "replace")).stem
    found = compared(compiled, part._replace(rows=[row]))
    return ", ".join(filter(None, (each.told(0) for each in found)))


def _sheet(lines: list[list[Any]], titles: list[str], scale: float, augments: bool) -> Any:
    """A line per image when it is followed by what becomes of it, else a grid."""
    from matplotlib.figure import Figure

    cells = [(image, titles[i] if at == 0 else f"epoch {at}" if i == 0 else "")
             for i, line in enumerate(lines) for at, image in enumerate(line)]  # fmt: skip
    columns = len(lines[0]) if augments else min(WIDE, len(cells))
    rows = -(-len(cells) // columns)
    figure = Figure(figsize=(INCHES * columns, (INCHES + 0.25) * rows), layout="constrained")
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes in grid.flat:
        axes.set_axis_off()
    for axes, (image, title) in zip(grid.flat, cells, strict=False):
        _show(axes, image, title, scale)
    return figure


def _show(axes: Any, image: Any, title: str, scale: float) -> None:
    import numpy as np

    shown = np.clip(image.astype("float32") / scale, 0, 1)
    axes.imshow(shown[..., 0] if shown.shape[-1] == 1 else shown, cmap="gray", vmin=0, vmax=1)
    axes.set_title(title.replace("$", r"\$"), fontsize=9)
