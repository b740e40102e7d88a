"""Predictions for files, file by file, whatever is wrong with some of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from specc.runs.said import plain
from specc.use.answers import Answer, Meaning, answers
from specc.use.arrays import CannotRead
from specc.use.csv_rows import Windows
from specc.use.inputs import Reader
from specc.use.masks import Keep

AT_ONCE = 32  # files whose rows are predicted together


@dataclass(frozen=True)
class Refused:
    """A file that could not be predicted for; `reason` completes "`file` …"."""

    file: Path
    reason: str


def predictions(
    files: Sequence[Path],
    reader: Reader,
    model: Any,
    meant: Mapping[str | None, Meaning],
    keep: Keep | None = None,
) -> Iterator[dict[str, Any] | Refused]:
    """One prediction for each row of each file, in order; `keep` is given the masks."""
    for start in range(0, len(files), AT_ONCE):
        read = [(file, _read(reader, file)) for file in files[start : start + AT_ONCE]]
        good = [rows.rows for _, rows in read if isinstance(rows, Windows)]
        found = _answered(model, meant, good)
        for file, rows in read:
            if isinstance(rows, CannotRead):
                yield Refused(file, str(rows))
                continue
            answered = next(found)
            if isinstance(answered, str):
                yield Refused(file, f"cannot be predicted for: {answered}")
            else:
                told = _named(file, answered, rows.last)
                yield from (_kept(each, file, keep) for each in told)


def _read(reader: Reader, file: Path) -> Windows | CannotRead:
    """The rows of a file, numbered from 0 on unless they are windows."""
    try:
        rows = reader(file)
    except CannotRead as error:
        return error
    return rows if isinstance(rows, Windows) else Windows(rows, 0)


def _answered(
    model: Any, meant: Mapping[str | None, Meaning], rows: Sequence[Any]
) -> Iterator[list[Answer] | str]:
    """The answers for the rows of each file, or what the model says of them."""
    counts = [_count(each) for each in rows]
    try:
        found = iter(answers(meant, _output(model, rows)) if rows else [])
    except Exception as error:  # of many kinds; some values may be none that the model takes
        if len(rows) == 1:
            yield plain(error)
        else:
            for each in rows:
                yield from _answered(model, meant, [each])
        return
    yield from ([next(found) for _ in range(count)] for count in counts)


def _count(rows: Any) -> int:
    return len(next(iter(rows.values()))) if isinstance(rows, dict) else len(rows)


def _output(model: Any, rows: Sequence[Any]) -> Any:
    """What the model makes of all these rows, one after the other."""
    import tensorflow as tf
    from keras import tree

    together = tree.map_structure(lambda *each: tf.concat(each, axis=0), *rows)
    batches = tf.data.Dataset.from_tensor_slices(together).batch(AT_ONCE)
    return model.predict(batches, verbose=0)


def _named(file: Path, found: Sequence[Answer], first: int) -> Iterator[dict[str, Any]]:
    """The answers with their file, and the row where it has several."""
    for number, answer in enumerate(found, first):
        row = {"row": number} if len(found) > 1 else {}
        yield {"file": str(file), **row, **answer}


def _kept(answer: dict[str, Any], file: Path, keep: Keep | None, name: str = "") -> dict[str, Any]:
    """The answer with the place of each mask instead of its pixels, or without them."""
    name = name or (f"{file.stem}-{answer['row']}" if "row" in answer else file.stem)
    found = {}
    for key, value in answer.items():
        if key != "mask":
            nested = isinstance(value, dict) and "mask" in value
            found[key] = _kept(value, file, keep, f"{name}-{key}") if nested else value
        elif keep is not None:
            found[key] = keep(file, name, value)
    return found
