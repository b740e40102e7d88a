"""The masks of images: a picture beside each, whose values are the classes of its pixels."""

from collections.abc import Mapping
from posixpath import normpath
from typing import Annotated, Any

from pydantic import PlainValidator

from specc.data.parts import NAMES
from specc.options import expected, mistake, out_of_range

SUFFIX = ".png"
Masks = str | Mapping[str, str]


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\0" not in value


def _folders(value: Any) -> Any:
    found = value if isinstance(value, dict) else {"train": value}
    if not found or not found.keys() <= {*NAMES} or not all(map(_is_path, found.values())):
        raise expected("a folder, or a folder for each part")
    return value


def _values(value: Any) -> tuple[int, ...]:
    what = "a list of numbers from 0 to 255, one for each class, such as `[0, 255]`"
    if not isinstance(value, list | tuple) or not all(type(each) is int for each in value):
        raise expected(what)
    if len(value) < 2 or len({*value}) < len(value) or not 0 <= min(value) <= max(value) <= 255:
        raise out_of_range(what)
    return tuple(value)


MaskFolders = Annotated[Any, PlainValidator(_folders)]
MaskValues = Annotated[tuple[int, ...] | None, PlainValidator(_values)]


def check_masks(masks: Masks, folders: Mapping[str, str]) -> None:
    """Raises unless there are masks for the images of each part, in other folders."""
    if isinstance(masks, dict) and masks.keys() != folders.keys():
        absent = [part for part in folders if part not in masks]
        if absent:
            raise mistake("F012", f"needs masks for `{absent[0]}`", f"add `{absent[0]}: …`")
        part = next(part for part in masks if part not in folders)
        raise mistake("F017", f"has masks for `{part}` and no images", f"add `{part}: …`")
    if {*map(normpath, masks_of(masks, folders).values())} & {*map(normpath, folders.values())}:
        raise mistake("F017", "has masks among the images", "give the masks a folder of their own")


def masks_of(masks: Masks | None, folders: Mapping[str, str]) -> dict[str, str]:
    """The folder with the masks of each part; one folder may hold those of all."""
    if masks is None:
        return {}
    return {part: masks if isinstance(masks, str) else masks[part] for part in folders}
