"""Two texts as a unified diff."""

from collections.abc import Iterator


def unified(old: str, new: str, old_name: str, new_name: str) -> Iterator[str]:
    """The lines of a diff with their ends; only a line feed ends a line."""
    import difflib

    for line in difflib.unified_diff(_lines(old), _lines(new), old_name, new_name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [lines[-1]] * bool(lines[-1])
