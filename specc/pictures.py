"""The pictures that a spec may ask for."""

from collections.abc import Iterator
from typing import Any

from specc.objects import Reader
from specc.wording import not_yet, shown, unknown_value

NOW = ("learning_curves",)
LATER = ("activations", "confusion_matrix", "filters", "grad_cam")


def pictures(reader: Reader, data: Any) -> Iterator[str]:
    """The pictures that can be made."""
    if not isinstance(data, list):
        help = f"write `visualize: [{data}]`" if data in NOW else ""
        message = f"`visualize` is {shown(data)}, expected a list of pictures"
        reader.error("F013", message, ("visualize",), help=help)
        return
    for i, item in enumerate(data):
        path = ("visualize", i)
        name = next(iter(item), None) if isinstance(item, dict) else item
        if name in NOW and name == item:
            yield name
        elif name in LATER:
            reader.found.append(not_yet(f"`{name}`", path))
        else:
            reader.found.append(unknown_value(item, (*NOW, *LATER), "visualize", path))
