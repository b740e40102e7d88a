"""Columns beside the inputs, by which parts are too near to each other: groups and times."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.inspect.beside import Cells, read
from specc.inspect.times import moment
from specc.looking.finding import finding
from specc.rules.amounts import called
from specc.shares import Split
from specc.source import Path
from specc.wording import listing

WHO = (
    "patient|subject|person|participant|user|customer|client|speaker|writer|author|student|"
    "animal|individual|household|family|hospital|group|session|device|vehicle|driver"
)
LIKE_A_GROUP = re.compile(rf"({WHO})s?([ _-]?(id|no|nr|nummer|number|name|key))?", re.IGNORECASE)
LIKE_A_TIME = re.compile(r"(date|time|timestamp|datetime|date[ _]?time)", re.IGNORECASE)
FEW = 10  # different values: what has fewer, such as two arms of a study, is no row's owner


def beside(compiled: Compiled, rows: Mapping[str, Any], data_dir: FilePath) -> Iterator[Diagnostic]:
    """A finding for each two parts that share groups, and for a part that is earlier than what
    was trained on."""
    data = compiled.spec.data
    tables = data.source.tables() if data is not None else None
    if data is None or tables is None:
        return
    columns = _columns(read(tables, data_dir), rows)
    split = data.split if isinstance(data.split, Split) else Split()
    word = str(compiled.facts.source)
    place: Path = ("data", "split", "group") if split.group else ("data", word)
    for name, found in columns.items():
        like = LIKE_A_GROUP.fullmatch(name) and name not in tables.used and _has_groups(found)
        if name == split.group or (like and not split.group and not split.time):
            yield from _shared(name, found, place)
    time = split.time or next((n for n in columns if LIKE_A_TIME.fullmatch(n)), None)
    if time in columns:
        place = ("data", "split", "time") if split.time else ("data", word)
        yield from _later(time, columns[time], split.time_format, place)


def _columns(
    cells: Mapping[str, Cells], rows: Mapping[str, Any]
) -> dict[str, dict[str, list[str]]]:
    """The cells of the rows of each part as it is shared out; nothing where the script has left
    out rows, so that their numbers say no more where they stand."""
    found: dict[str, dict[str, list[str]]] = {}
    for part, each in rows.items():
        given = cells.get(part) or cells.get("train")
        if given is None or len(each.y) != len(given.lines):
            return {}
        for name, column in given.columns.items():
            found.setdefault(name, {})[part] = [column[row] for row in each.rows]
    return {name: parts for name, parts in found.items() if parts.keys() == rows.keys()}


def _has_groups(found: Mapping[str, Sequence[str]]) -> bool:
    """Whether a column tells many apart."""
    return len({cell for cells in found.values() for cell in cells}) >= FEW


def _shared(name: str, found: Mapping[str, Sequence[str]], path: Path) -> Iterator[Diagnostic]:
    known = {*found["train"]}
    for part in (part for part in found if part != "train"):
        both = sorted(known & {*found[part]})
        if both:
            rows = sum(cell in known for cell in found[part])
            said = f"{rows:,} of {len(found[part]):,} rows of the {called(part)} have a `{name}`"
            label = listing(both, 3)
            help = f"write `split: {{group: {name}}}`; parts that were made elsewhere, make anew"
            yield finding(
                "D582", f"{said} that is in the training part too", path, label=label, help=help
            )


def _later(
    name: str, found: Mapping[str, Sequence[str]], format: str | None, path: Path
) -> Iterator[Diagnostic]:
    times = {part: [moment(cell, format) for cell in cells] for part, cells in found.items()}
    known = {part: [t for t in each if t is not None] for part, each in times.items()}
    if any(len(known[part]) < len(times[part]) or not known[part] for part in times):
        return
    train = known.pop("train", [])
    for part, each in known.items():
        later = sum(time > min(each) for time in train)
        if later:
            said = f"{later:,} of {len(train):,} training rows are later in `{name}`"
            help = f"write `split: {{time: {name}}}` if it is the future that is to be predicted"
            yield finding("D583", f"{said} than the first of the {called(part)}", path, help=help)
