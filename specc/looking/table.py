"""What was seen in each part, as a table to read and as plain data."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from specc.looking.summary import Summary, Three

MOST_CLASSES = 6  # that are named with their rows


def table(parts: Mapping[str, Summary]) -> str:
    """A line per part, in columns; columns that say nothing are left out."""
    rows = [_row(part, each) for part, each in parts.items()]
    columns = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    lines = [[name if name != "part" else "" for name in columns]]
    lines += [[row[name] for name in columns] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    return "".join(
        "   ".join(
            cell.rjust(width) if name == "rows" else cell.ljust(width)
            for cell, width, name in zip(line, widths, columns, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _row(part: str, seen: Summary) -> dict[str, str]:
    return {
        "part": part,
        "rows": "" if seen.rows is None else f"{seen.rows:,}",
        "classes": _classes(seen.classes),
        "height": _spread(seen.height),
        "width": _spread(seen.width),
        "words": _spread(seen.length),
        "broken": f"{seen.undecodable:,}" if seen.undecodable else "",
        "values": _values(seen),
        "targets": _between(seen.targets),
        "pixels": _shares(seen.pixels),
    }


def _classes(classes: Mapping[str, int] | None) -> str:
    if not classes:
        return ""
    if len(classes) <= MOST_CLASSES:
        return ", ".join(f"{name} {count:,}" for name, count in classes.items())
    few, many = min(classes.values()), max(classes.values())
    span = f"{few:,}" if few == many else f"{few:,} to {many:,}"
    return f"{len(classes):,} of {span} rows"


def _shares(pixels: Mapping[str, int] | None) -> str:
    """How much of all masks each class takes."""
    total = sum((pixels or {}).values())
    few = dict(sorted((pixels or {}).items(), key=lambda each: -each[1])[:MOST_CLASSES])
    shown = ", ".join(f"{name} {count / total:.1%}" for name, count in few.items() if total)
    return shown + (", …" if len(few) < len(pixels or {}) else "")


def _spread(three: Three | None) -> str:
    """`150`, or `150 to 500, median 375`."""
    if three is None:
        return ""
    low, middle, high = three
    return f"{low:g}" if low == high else f"{low:g} to {high:g}, median {middle:g}"


def _values(seen: Summary) -> str:
    if seen.dtype is None:
        return ""
    shape = "x".join(map(str, seen.shape or ())) or "one number"
    between = _between(seen.values)
    return f"{shape} {seen.dtype}" + (f", {between}" if between else "")


def _between(values: tuple[float, float] | None) -> str:
    return f"{values[0]:g} to {values[1]:g}" if values else ""


def plain(parts: Mapping[str, Summary]) -> dict[str, Any]:
    """The same as data, without what is not known."""
    return {
        part: {name: value for name, value in asdict(each).items() if value is not None}
        for part, each in parts.items()
    }
