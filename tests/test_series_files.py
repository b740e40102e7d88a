"""Files of time series: each mistake is one located finding, and times ascend."""

from pathlib import Path
from typing import Any

import pytest
from test_inspect import look

from specc.diagnostics import Severity
from specc.inspect.times import moment

OPTIONS = {"path": "s.csv", "columns": ["a", "b"], "target": "b", "sequence_length": 3}
HEAD = b"n,a,b\n"
STEPS = b"".join(b"%d,%d,%d\n" % (i, i % 7, i % 5) for i in range(40))
BACK = b"".join(reversed(STEPS.splitlines(keepends=True)))
FILES: list[tuple[bytes, dict[str, Any], str, tuple[str | int, ...], str]] = [
    (b"", {}, "D527", ("columns", 0), "is empty"),
    (b"n,a,c\n", {}, "D527", ("columns", 1), "no column `b`"),
    (b"n,a,b\n", {"target": "c"}, "D527", ("target",), "no column `c`"),
    (b"n,a,b\n", {"time": "t"}, "D527", ("time",), "no column `t`"),
    (b"n,a,b\n", {}, "D527", ("columns", 0), "has no values"),
    (b"n,a,b,a\n" + b"1,2,3,4\n", {}, "D527", ("path",), "2 columns `a`"),
    (HEAD + b"1,2\n", {}, "D527", ("path",), "2 cells in line 2"),
    (HEAD + b"1,2,3\n\n1,2,3,4\n", {}, "D527", ("path",), "4 cells in line 4"),
    (HEAD + b"1,2,\xff\n", {}, "D527", ("path",), "is not a text in UTF-8"),
    (HEAD + b'1,2,"' + b"x" * 200_000 + b'"\n', {}, "D527", ("path",), "is not a CSV"),
    (HEAD + STEPS + b"1,two,3\n", {}, "D527", ("columns", 0), "`two` in line 42"),
    (HEAD + STEPS + b"1,inf,3\n", {}, "D527", ("columns", 0), "`inf` in line 42"),
    (HEAD + STEPS + b"1,nan,3\n", {}, "D527", ("columns", 0), "`nan` in line 42"),
    (HEAD + STEPS + b"1,1e39,3\n", {}, "D527", ("columns", 0), "`1e39` in line 42"),
    (HEAD + STEPS + b"1,NA,3\n", {}, "D527", ("columns", 0), "`NA` in line 42"),
    (HEAD + STEPS + b"1,NA,3\n", {"missing": "NA"}, "D565", ("columns", 0), "in line 42"),
    (HEAD + STEPS + b"1,2,\n", {"columns": "a"}, "D565", ("target",), "1 of 41 rows"),
    (HEAD + b"1,,3\n" * 9, {"fill": "previous"}, "D565", ("columns", 0), "9 of 9 rows"),
    (HEAD + STEPS + b"39,1,1\n38,1,1\n", {"time": "n"}, "D564", ("time",), "line 43 has `38`"),
    (HEAD + BACK, {"time": "n"}, "D564", ("time",), "line 3 has `38`"),
    (HEAD + b"x,1,1\n", {"time": "n"}, "D527", ("time",), "`x` in line 2"),
    (
        HEAD + b"1.2.2026,1,1\n",
        {"time": "n", "time_format": "%Y"},
        "D527",
        ("time_format",),
        "`1.2.2026` in line 2",
    ),
]


@pytest.mark.parametrize(
    ("content", "options", "code", "path", "said"), FILES, ids=range(len(FILES))
)
def test_a_bad_file_is_one_located_finding(
    content: bytes, options: Any, code: str, path: Any, said: str, tmp_path: Path
) -> None:
    (tmp_path / "s.csv").write_bytes(content)
    facts, found = look({"timeseries": OPTIONS | options}, tmp_path)
    first, *others = found
    assert (first.code, first.path) == (code, ("data", "timeseries", *path))
    assert said in first.message and first.severity is Severity.ERROR
    assert not others or said == "has no values"
    assert facts.series is None


def test_what_is_no_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "s.csv").mkdir()
    facts, [error] = look({"timeseries": OPTIONS}, tmp_path)
    assert error.code == "D527" and "is a folder, expected a file" in error.message
    assert (facts.shape, facts.labels, facts.given) == ((3, 2), "real", {"train": None})


def test_cells_are_read_as_the_script_reads_them(tmp_path: Path) -> None:
    """A byte order mark, quotes, spaces, Windows' line ends."""
    (tmp_path / "s.csv").write_bytes(b'\xef\xbb\xbfa,"b"\r\n" 1 ", 2\r\n-1e2,"+.5"\r\n')
    facts, found = look({"timeseries": OPTIONS | {"sequence_length": 1}}, tmp_path)
    assert not found
    assert (facts.range, facts.target_range) == ((-100, 2), (0.5, 2))
    assert facts.given == {"train": 1}


TIMES = [
    (["1", "2.5", "1e3"], None),
    (["2026-01-01", "2026-01-02", "2026-01-02T03:04", "2026-01-03 00:00:01"], None),
    (["2026-01-01T02:00+02:00", "2026-01-01T00:30+00:00"], None),
    (["31.12.2025 23:50", "01.01.2026 00:00"], "%d.%m.%Y %H:%M"),
    (["1949-01", "1949-02", "1950-01"], "%Y-%m"),
]


@pytest.mark.parametrize(("texts", "format"), TIMES, ids=str)
def test_times_ascend(texts: list[str], format: str | None) -> None:
    moments = [moment(text, format) for text in texts]
    assert None not in moments and moments == sorted(moments)  # type: ignore[type-var]
    assert len({*moments}) == len(texts)


@pytest.mark.parametrize(
    ("text", "format"), [("", None), ("nan", None), ("1.2.26", None), ("x", "%Y"), ("2026", "%Q")]
)
def test_what_is_no_time(text: str, format: str | None) -> None:
    assert moment(text, format) is None
