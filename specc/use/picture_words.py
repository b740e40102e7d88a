"""Pictures as they are asked for on the command line: `roc`, `filters: {layer: conv2d}`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from specc.source import read

OF_IMAGES = ("activations", "grad_cam")


class NoPicture(ValueError):
    """A picture that cannot be made; the message says why."""


def parse(words: Sequence[str]) -> list[Any]:
    """What `visualize` would hold; images are those of the working directory. Raises NoPicture."""
    return [_parsed(word) for word in words]


def _parsed(word: str) -> Any:
    source = read("picture", word.encode("utf-8", "surrogateescape"))
    if source.problems:
        raise NoPicture(f"`{word}` is no picture: {source.problems[0].message}")
    return _here(source.data)


def _here(item: Any) -> Any:
    """With the path of an image from the root, since those of a spec start elsewhere."""
    if not isinstance(item, dict) or len(item) != 1:
        return item
    [(name, options)] = item.items()
    match options:
        case str() if name in OF_IMAGES:
            return {name: _absolute(options)}
        case {"image": str() as image}:
            return {name: options | {"image": _absolute(image)}}
    return item


def _absolute(image: str) -> str:
    return str(Path(image).absolute())
