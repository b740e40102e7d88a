"""Tuples of Python's in a flow mapping, which YAML cuts into keys at their commas."""

import re
from collections.abc import Mapping
from typing import Any


def whole(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options, with `(3, 3)` as one text again, which YAML reads as `(3` and a key `3)`."""
    joined: dict[str, Any] = {}
    begun = ""
    for key, value in data.items():
        if not begun or value is not None:
            joined[key] = value
            begun = key if isinstance(value, str) and re.fullmatch(r"\([\d., -]+", value) else ""
        else:
            joined[begun] += f", {key}"
            begun = "" if key.endswith(")") else begun
    return joined
