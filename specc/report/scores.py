"""What a run scored: on the test part, on its folds, and class by class."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from specc.report.histories import RATE, History
from specc.runs.names import BY_CLASS, FOLDS, SCORES
from specc.runs.progress import number

MEAN = "mean ± standard deviation"


class Table(NamedTuple):
    """Rows of text; all but the first `left` and the last `right` columns hold numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1
    foot: tuple[str, ...] = ()
    right: int = 0


@dataclass(frozen=True)
class Scores:
    """`test` are the scores in the end; `mean` and `std` are those of the folds, `best` the
    number of epochs that they chose, and `last` is what validation or training had in the end."""

    test: Mapping[str, str]
    mean: Mapping[str, str]
    std: Mapping[str, str]
    best: int | None
    last: Mapping[str, str]
    tables: tuple[Table, ...]
    classes: tuple[Table, ...]


def scores(folder: Path, facts: Mapping[str, Any], history: History) -> Scores:
    """All scores in a folder; what is not there or cannot be read is left out."""
    test = _numbers(read(folder / SCORES))
    protocol = facts.get("protocol") or read(folder / FOLDS)
    protocol = protocol if isinstance(protocol, dict) else {}
    tables = [*_of_folds(protocol), *_of_parts(history, test)]
    mean, std = _numbers(protocol.get("mean")), _numbers(protocol.get("std"))
    best = protocol.get("epochs")
    classes = tuple(_of_classes(folder))
    return Scores(test, mean, std, best, _last(history), tuple(tables), classes)


def read(file: Path) -> Any:
    """What a JSON file holds; None where there is nothing to be read."""
    try:
        return json.loads(file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError):
        return None


def _numbers(found: Any) -> dict[str, str]:
    """Scores as text, the loss first."""
    known = found.items() if isinstance(found, dict) else ()
    named = {name: number(value) for name, value in known if isinstance(value, int | float)}
    return dict(sorted(named.items(), key=lambda pair: pair[0] != "loss"))


def _of_folds(protocol: Mapping[str, Any]) -> Iterator[Table]:
    folds = [each for each in protocol.get("folds") or () if isinstance(each, dict)]
    if not folds:
        return
    rows = [_numbers(each.get("scores")) for each in folds]
    names = [*dict.fromkeys(name for row in rows for name in row)]
    counts = [(_count(each.get("train")), _count(each.get("validation"))) for each in folds]
    lines = (
        (str(place), *count, *(row.get(name, "") for name in names))
        for place, (count, row) in enumerate(zip(counts, rows, strict=True), 1)
    )
    mean, std = _numbers(protocol.get("mean")), _numbers(protocol.get("std"))
    foot = (MEAN, "", "", *(f"{mean.get(name, '?')} ± {std.get(name, '?')}" for name in names))
    head = ("fold", "trained on", "scored on", *names)
    yield Table("Each fold, scored on the rows it did not train on", head, tuple(lines), 1, foot)


def _last(history: History) -> dict[str, str]:
    ends = {name: values[-1] for name, values in history.columns.items() if values and name != RATE}
    held_out = {name: value for name, value in ends.items() if name.startswith("val_")}
    return _numbers({name.removeprefix("val_"): value for name, value in held_out.items()} or ends)


def _of_parts(history: History, test: Mapping[str, str]) -> Iterator[Table]:
    """Loss and metrics in the last epoch, in the one whose validation loss was lowest, and on
    the test part."""
    names = [name for name in history.quantities if name != RATE]
    names += [name for name in test if name not in names]
    last, best = len(history.epochs) - 1, history.best()
    places = [(name, name, last) for name in ("training", "validation")] if history.epochs else []
    if best and best[0] != history.epochs[-1]:
        told = f"validation in epoch {best[0]}, its lowest loss"
        places.append((told, "validation", history.epochs.index(best[0])))
    columns = [(head, _column(history, names, part, at)) for head, part, at in places]
    scored = "test, trained on all rows" if history.folds else "test"
    columns.append((scored, [test.get(name, "") for name in names]))
    kept = [(head, values) for head, values in columns if any(values)]
    if kept:
        rows = zip(names, *(values for _, values in kept), strict=True)
        said = f", the mean of {history.folds} folds" if history.folds else ""
        done = len(history.epochs)
        caption = f"After {done} epoch{'s' * (done != 1)}{said}" if done else ""
        yield Table(caption, ("", *(head for head, _ in kept)), tuple(rows))


def _column(history: History, names: Sequence[str], part: str, at: int) -> list[str]:
    columns = [f"val_{name}" if part == "validation" else name for name in names]
    return [
        number(history.columns[name][at]) if name in history.columns else "" for name in columns
    ]


def _of_classes(folder: Path) -> Iterator[Table]:
    found = read(folder / BY_CLASS) or read(folder / "pictures" / BY_CLASS)
    for part in found if isinstance(found, list) else ():
        if isinstance(part, dict) and isinstance(part.get("classes"), list):
            yield _by_class(str(part.get("part")), part["classes"])


def _by_class(part: str, classes: Sequence[Mapping[str, Any]]) -> Table:
    several = all(each.get("mostly") is None for each in classes)
    head: tuple[str, ...] = ("class", "rows", "precision", "recall", "F1")
    rows = tuple(
        (*_class(each), *(() if several else (str(each.get("mostly") or "–"),))) for each in classes
    )
    if not several:
        head = (*head, "mistaken for")
    return Table(f"Each class of the {part} part", head, rows, right=int(not several))


def _class(counts: Mapping[str, Any]) -> tuple[str, ...]:
    rows, taken, right = (int(counts.get(name) or 0) for name in ("rows", "taken", "right"))
    both = 2 * right / (rows + taken) if rows + taken else None
    shares = (right / taken if taken else None, right / rows if rows else None, both)
    shown = ("–" if share is None else f"{share:.3f}" for share in shares)
    return str(counts.get("class")), _count(rows), *shown


def _count(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else "?"
