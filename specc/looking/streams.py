"""Records of files, read one by one and parsed as the script parses them."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.looking import cache, rows
from specc.looking.cache import Looked
from specc.looking.compared import compared
from specc.looking.finding import finding, some
from specc.looking.labels import labels
from specc.looking.summary import Summary
from specc.rules.amounts import called
from specc.runs.said import plain
from specc.source import Path as Place

PARSE = re.compile(r"^def parse\(.*?(?=^\S)", re.MULTILINE | re.DOTALL)


class Bad(NamedTuple):
    """A record that cannot be read; `number` counts from 0 in its file."""

    file: str
    number: int
    reason: str


class Targets(NamedTuple):
    """The targets of a part whose inputs are not kept, in the form of a part that is held."""

    x: None
    y: Any
    rows: Any


@dataclass(frozen=True)
class Stream:
    """What the records of a part are like."""

    count: int
    bad: tuple[Bad, ...]
    targets: Targets
    values: tuple[float, float] | None
    strange: int  # records with values that are NaN or infinite


def are_streams(script: ModuleType) -> bool:
    return hasattr(script, "records") and hasattr(script, "parse")


def streams(script: ModuleType, data_dir: Path) -> dict[str, Stream]:
    """Reads every record of each part; raises what finding the files raises."""
    parts = rows.read(script, data_dir, _uncounted(script))
    return {part: _stream(script, found.files) for part, found in parts.items()}


def _uncounted(script: ModuleType) -> dict[str, Any]:
    """What stands for the counting of records, which ends at the first that is broken."""
    return {"part_of": lambda files: script.Part(files, 0)}


def _stream(script: ModuleType, files: Sequence[str]) -> Stream:
    import numpy as np

    seen = [_file(script, str(file)) for file in files]
    parsed = [values for _, _, found in seen for values in found]
    y = np.array([target for target, *_ in parsed])
    spans = np.array([values for _, *values in parsed], "float64").reshape(-1, 2)
    finite = spans[np.isfinite(spans).all(axis=1)]
    between = (float(finite[:, 0].min()), float(finite[:, 1].max())) if len(finite) else None
    return Stream(
        sum(count for count, _, _ in seen),
        tuple(each for _, bad, _ in seen for each in bad),
        Targets(None, y, np.arange(len(y))),
        between,
        len(spans) - len(finite),
    )


def _file(script: ModuleType, file: str) -> tuple[int, list[Bad], list[Any]]:
    """How many records there are, those that are broken, and target and span of the others."""
    import tensorflow as tf

    whole, broken = _counted(script, file)
    records = script.records([file]).take(whole)
    each = records.enumerate().map(
        lambda number, record: (number, *_values(script, record)),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    found = list(each.ignore_errors().as_numpy_iterator())
    lost = sorted(set(range(whole)) - {int(number) for number, *_ in found})
    bad = [Bad(file, number, _refusal(script, records, number)) for number in lost]
    return whole, [*bad, *broken], [values for _, *values in found]


def _counted(script: ModuleType, file: str) -> tuple[int, list[Bad]]:
    """The records up to the first that cannot be read, after which there is no way to go on."""
    try:
        return script.part_of([file]).count, []
    except Exception:  # TensorFlow's own, of several kinds, which do not say where
        pass
    count = 0
    try:
        for _ in script.records([file]):
            count += 1
    except Exception as error:  # TensorFlow's own, of several kinds
        return count, [Bad(file, count, f"cannot be read, nor what follows: {plain(error)}")]
    return count, []


def _values(script: ModuleType, record: Any) -> tuple[Any, Any, Any]:
    """The target of a record as it stands there, and the span of its inputs."""
    import tensorflow as tf

    y = tf.io.parse_single_example(record, script.FEATURES)[script.TARGET]
    x, _ = script.parse(record if hasattr(script, "CHANNELS") else record[tf.newaxis])
    if not (x.dtype.is_floating or x.dtype.is_integer):
        return y, 0.0, 0.0
    x = tf.cast(x, tf.float64)
    low = tf.where(tf.reduce_all(tf.math.is_finite(x)), tf.reduce_min(x), float("nan"))
    return y, low, tf.reduce_max(x)


def _refusal(script: ModuleType, records: Any, number: int) -> str:
    try:
        for record in records.skip(number).take(1):
            _values(script, record)
    except Exception as error:  # of many kinds, and all of them about this record
        return f"cannot be parsed: {plain(error)}"
    return "cannot be parsed"


def broken_records(
    compiled: Compiled, script: ModuleType, text: str, data_dir: Path
) -> Iterator[Diagnostic]:
    """What cannot be read in local files, but for those that are known to be whole."""
    place = cache.place([str(script.FEATURES), parser(text)])
    known = cache.load(place)
    whole: dict[str, Looked] = {}
    for part, found in rows.read(script, data_dir, _uncounted(script)).items():
        for file in (str(each) for each in found.files if "://" not in str(each)):
            path, stated = os.path.abspath(file), _stated(file)
            bad = [] if known.get(path) == stated else _file(script, file)[1]
            yield from _broken(bad, _place(compiled, part))
            whole |= {} if bad else {path: stated}
    cache.save(place, whole)


def _stated(file: str) -> Looked:
    status = os.stat(file)
    return Looked(status.st_size, status.st_mtime_ns)


def parser(text: str) -> str:
    """The function of a script that parses records."""
    found = PARSE.search(text)
    return found[0] if found else text


def told(
    compiled: Compiled, seen: Mapping[str, Stream]
) -> tuple[dict[str, Summary], Iterator[Diagnostic]]:
    """The summaries of the parts, and what was found in them."""
    parts = {part: _summary(compiled, each) for part, each in seen.items()}
    return parts, _findings(compiled, seen, parts)


def _summary(compiled: Compiled, seen: Stream) -> Summary:
    y = seen.targets.y
    [targets] = compared(compiled, seen.targets)
    classes = targets.by_class()
    facts = compiled.facts
    between = (float(y.min()), float(y.max())) if classes is None and y.size else None
    found = Summary(seen.count, classes, undecodable=len(seen.bad) or None, targets=between)
    if seen.values is None:
        return found
    return replace(found, shape=facts.shape, dtype=facts.dtype, values=seen.values)


def _findings(
    compiled: Compiled, seen: Mapping[str, Stream], parts: Mapping[str, Summary]
) -> Iterator[Diagnostic]:
    for part, each in seen.items():
        place = _place(compiled, part)
        yield from _broken(each.bad, place)
        if each.strange:
            said = f"x of the {called(part)}: {each.strange:,} of {each.count:,} records"
            help = "one of them makes the loss NaN, and with it all weights"
            yield finding("D542", f"{said} hold NaN or infinite values", place, help=help)
    yield from labels(compiled, {part: each.targets for part, each in seen.items()}, parts)


def _broken(bad: Sequence[Bad], place: Place) -> Iterator[Diagnostic]:
    """A finding for each file with broken records, which names the first of them."""
    for file, group in groupby(bad, attrgetter("file")):
        first, *more = group
        said = f"record {first.number} of `{file}` {first.reason}"
        notes = some([f"record {each.number} {each.reason}" for each in more])
        help = "records count from 0; write the file anew without them"
        yield finding("D539", said, place, help=help, notes=notes)


def _place(compiled: Compiled, part: str) -> Place:
    source = compiled.spec.data.source if compiled.spec.data else None
    given = part if getattr(source, part, None) else "train"
    return ("data", str(compiled.facts.source), given)
