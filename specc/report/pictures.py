"""The pictures that a run made, as parts of a page: with a size, a title and words."""

import re
from base64 import b64encode
from pathlib import Path
from typing import NamedTuple

from specc.inspect.image_size import size_of
from specc.pictures import PICTURES, Picture, files
from specc.schema import Spec

CURVES = "learning_curves"
_NAME = re.compile(r"(.+?)(?:_(\d+))?")
_SIGN = b"\x89PNG\r\n\x1a\n"


class Shown(NamedTuple):
    """A picture as a page has it; `data` is Base64."""

    file: str
    title: str
    caption: str
    alt: str
    data: str
    width: int
    height: int


def pictures(folder: Path, spec: Spec | None, *, curves: bool) -> list[Shown]:
    """All pictures of a run, those first that were drawn when it ended; without learning curves
    unless those are wanted."""
    there = [*sorted(folder.glob("*.png")), *sorted((folder / "pictures").glob("*.png"))]
    listed = [each for each in spec.visualize if each is not None] if spec else []
    asked = dict(zip(files(listed), listed, strict=True))
    order = {file: place for place, file in enumerate(asked)}
    found = []
    for file in sorted(there, key=lambda file: (file.parent != folder, order.get(file.name, 99))):
        own = asked.get(file.name) if file.parent == folder else None
        shown = _shown(file, folder, own)
        if shown and (curves or not file.name.startswith(CURVES)):
            found.append(shown)
    seen: dict[str, Shown] = {}
    return [seen.setdefault(each.data, each) for each in found if each.data not in seen]


def _shown(file: Path, folder: Path, own: Picture | None) -> Shown | None:
    """None for what is not a picture, whatever it is called."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    size = size_of(raw) if raw.startswith(_SIGN) else None
    if size is None:
        return None
    found = _NAME.fullmatch(file.stem)
    kind = PICTURES.get(found[1]) if found else None
    title = (found[1] if kind and found else file.stem).replace("_", " ").strip().capitalize()
    title = {"Roc": "ROC", "Grad cam": "Grad-CAM"}.get(title, title)
    what = (kind.__doc__ or "").strip().split("\n\n")[0] if kind else ""
    caption = " ".join([what, _options(own)]).strip()
    name = str(file.relative_to(folder))
    alt = f"{title}: {caption}" if caption else f"{title}, a picture of the run"
    return Shown(name, title, caption, alt, b64encode(raw).decode("ascii"), size[1], size[0])


def _options(own: Picture | None) -> str:
    """What the spec says of this one beyond what it is."""
    if own is None or not own.model_fields_set:
        return ""
    renamed = {field: word for word, field in own.renamed.items()}
    pairs = ((name, getattr(own, name)) for name in type(own).model_fields)
    told = [f"{renamed.get(name, name)} {_plain(value)}" for name, value in pairs
            if name in own.model_fields_set and value is not None]  # fmt: skip
    return f"({', '.join(told)})"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
