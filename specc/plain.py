"""What stands in the place of an object without being one: numbers, and mappings of options."""

from collections.abc import Mapping
from typing import Any

from specc.kind import Kind, Of


def is_plain(mark: Of, data: Any) -> bool:
    return data is None or (mark.number and _is_number(data))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | str) and (
        not isinstance(value, str) or value[:1].isdigit()
    )


def is_object(kind: type[Kind], value: Mapping[str, Any]) -> bool:
    """`Bidirectional: {LSTM: 32}`: a single CamelCase key is an object for the first option."""
    first = next(iter(kind.options()), None)
    return len(value) == 1 and first in kind.held() and next(iter(value))[:1].isupper()
