"""Masks that a model puts out, as PNG files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from specc.compiler import Compiled
from specc.inspect.image_size import image_size
from specc.looking.masks import class_values

Keep = Callable[[Path, str, Any], str]  # the file predicted for, a name and a mask: where it is


class CannotKeep(OSError):
    """A mask that cannot be written; the message says why."""


def writer(compiled: Compiled, folder: Path) -> Keep:
    """What writes masks into a folder, in the size of their images and with the values of the
    masks that were trained with; raises CannotKeep."""

    def keep(file: Path, name: str, mask: Any) -> str:
        place = folder / f"{name}.png"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as stream:
                stream.write(_png(_valued(compiled, mask), image_size(str(file))))
        except FileExistsError as error:
            said = "is there already; give another folder for masks"
            raise CannotKeep(f"`{place}` {said}") from error
        except OSError as error:
            raise CannotKeep(f"cannot write `{place}`: {error.strerror}") from error
        return str(place)

    return keep


def _valued(compiled: Compiled, mask: Any) -> Any:
    import numpy as np

    values = np.arange(256, dtype="uint8")
    known = class_values(compiled)
    values[: len(known)] = known
    return values[mask][..., None]


def _png(mask: Any, size: tuple[int, int] | None) -> bytes:
    import tensorflow as tf

    sized = tf.image.resize(mask, size, "nearest") if size else mask
    return bytes(tf.io.encode_png(sized).numpy())
