"""What stands at a path of plain data."""

from typing import Any

from specc.source.spans import Path


def value_at(data: Any, path: Path) -> Any:
    """The value, None where there is none."""
    for part in path:
        match data:
            case dict() if part in data:
                data = data[part]
            case list() if isinstance(part, int) and 0 <= part < len(data):
                data = data[part]
            case _:
                return None
    return data
