"""The reader: values and spans against json, ruamel and the text itself."""

import json
import math
import re
import subprocess
import sys
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import SMALL, SPECS, mutants
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from specc.source import Path, Source, Span, read
from specc.source.reader import FORBIDDEN

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
SHOWN = TEXT.filter(lambda text: not FORBIDDEN.search(text))


SCALARS = [
    *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
    *[(word, True) for word in ("true", "True", "TRUE")],
    *[(word, False) for word in ("false", "False", "FALSE")],
    *[
        ("0", 0),
        ("-0", 0),
        ("+1", 1),
        ("-17", -17),
        ("0o17", 15),
        ("0x1F", 31),
        ("9" * 20, 10**20 - 1),
    ],
    *[("1e3", 1e3), ("1e-3", 1e-3), (".5", 0.5), ("-.5E+2", -50.0), ("1.", 1.0), ("0.10", 0.1)],
    *[(".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf), (".nan", math.nan)],
    *[(word, word) for word in ("yes", "on", "Off", "n", "1:30", "1/255", "1_000", "0b1", "-0x1F")],
    *[(word, word) for word in ("nULL", "tRUE", ".", "-.", "+", "1e", "e3", "0o8", "0x", "1.2.3")],
    *[
        (word, word)
        for word in ("$name", "2020-1-1", "2020-01-01x", "١٢", "a: b"[:1], "a#b", "a:b")
    ],
]

REFUSED = [
    *[
        (text, "F013")
        for text in ("010", "-007", "00", "00.5", "2020-01-01", "2020-01-01 12:30:00")
    ],
    *[(text, "F013") for text in ("2001-12-14t21:59:43.10-05:00", "+01e3")],
    *[(text, "F004") for text in ("9" * 21, "0x" + "f" * 40, "1e999", "-1e999", "1e-999")],
    *[(text, "F003") for text in ("!x a", "!!str 1", "! a")],
]


def plain(text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Data as JSON knows it, with integers of at most 20 digits."""
    numbers = st.integers(-(10**20) + 1, 10**20 - 1) | st.floats(
        allow_nan=False, allow_infinity=False
    )
    tricky = st.sampled_from([word for word, _ in SCALARS + REFUSED])
    leaves = st.none() | st.booleans() | numbers | text | tricky
    return st.recursive(leaves, lambda x: st.lists(x) | st.dictionaries(text, x), max_leaves=20)


def at(source: Source, span: Span) -> str:
    """The text that a span covers."""
    starts = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", source.text))]
    start = starts[span.line - 1] + span.column - 1
    return source.text[start : starts[span.end_line - 1] + span.end_column - 1]


def value_at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def clean(raw: str | bytes, pure: bool = False) -> Source:
    source = read("x.yaml", raw.encode() if isinstance(raw, str) else raw, pure=pure)
    assert source.problems == ()
    return source


def paths(data: Any, path: Path = ()) -> list[Path]:
    match data:
        case dict():
            inner = [p for key, value in data.items() for p in paths(value, (*path, key))]
        case list():
            inner = [p for index, value in enumerate(data) for p in paths(value, (*path, index))]
        case _:
            inner = []
    return [path, *inner]


def check_spans(source: Source, pure: bool) -> None:
    """Each value and key has a span; its text, read where it stands, is the value or key again."""
    assert sorted(map(repr, source.values)) == sorted(map(repr, paths(source.data)))
    assert set(source.keys) == {p for p in source.values if p and isinstance(p[-1], str)}
    for path, span in source.values.items():
        again = clean(" " * (span.column - 1) + at(source, span) + "\n", pure)
        assert same(again.data, value_at(source.data, path)), path
    for path, span in source.keys.items():
        again = clean(f"? {at(source, span)}\n", pure)
        assert again.data == {path[-1]: None}


def same(one: Any, other: Any) -> bool:
    """Equal in value and type, through and through."""
    match one, other:
        case dict(), dict():
            return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
        case list(), list():
            return len(one) == len(other) and all(map(same, one, other))
        case float(), float() if math.isnan(one):
            return math.isnan(other)
        case _:
            return type(one) is type(other) and repr(one) == repr(other)


@BOTH
@given(data=plain(TEXT), indent=st.sampled_from([None, 2]))
def test_json_is_read_back(pure: bool, data: Any, indent: int | None) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    source = clean(FORBIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text), pure)
    assert same(source.data, data)
    check_spans(source, pure)


@BOTH
@given(data=plain(SHOWN), crlf=st.booleans())
def test_what_ruamel_writes_is_read_back(pure: bool, data: Any, crlf: bool) -> None:
    yaml, out = YAML(typ="safe", pure=True), StringIO()
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.dump(data, out)
    text = out.getvalue().removesuffix("...\n")
    source = clean(text.replace("\n", "\r\n") if crlf else text, pure)
    assert same(source.data, data)
    check_spans(source, pure)


@BOTH
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_specs(pure: bool, path: Any) -> None:
    source = clean(path.read_bytes(), pure)
    assert same(source.data, YAML(typ="safe", pure=True).load(path.read_text("utf-8")))
    check_spans(source, pure)


@BOTH
@pytest.mark.parametrize("raw", SMALL[:3] + SMALL[3:8])
def test_small_texts(pure: bool, raw: bytes) -> None:
    source = clean(raw, pure)
    if b"&a" not in raw and raw:
        check_spans(source, pure)


@BOTH
@pytest.mark.parametrize(("text", "value"), SCALARS)
def test_plain_scalars(pure: bool, text: str, value: Any) -> None:
    source = clean(f"a: {text}\nb: '{text}'\n", pure)
    assert same(source.data, {"a": value, "b": text})
    assert source.is_plain(("a",)) and not source.is_plain(("b",))
    assert not source.is_plain(()) and not source.is_plain(("c",))


@BOTH
@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused_scalars_do_not_stop_the_reader(pure: bool, text: str, code: str) -> None:
    source = read("x", f"a: {text}\nb: 1\n".encode(), pure=pure)
    assert [(problem.code, problem.span.line) for problem in source.problems] == [(code, 1)]
    assert source.problems[0].help and source.data["b"] == 1
    assert at(source, source.problems[0].span).split()[-1] in text


@BOTH
def test_spans(pure: bool) -> None:
    text = (
        "specc: 1\r\nmodel:\r\n  - Dense: {units: 3, é😀: 'x'}\r\n  - Flatten # last\r\ntrain:\r\n"
    )
    source = clean("\ufeff" + text, pure)
    dense = ("model", 0, "Dense")
    assert source.value_span((*dense, "units")) == Span(3, 20, 3, 21)
    assert source.key_span((*dense, "é😀")) == Span(3, 23, 3, 25)
    assert source.value_span(("model",)) == Span(3, 3, 4, 12)
    assert source.value_span(("train",)) == Span(5, 7, 5, 7)
    assert source.key_span((*dense, "missing", 3)) == Span(3, 5, 3, 10)
    assert source.value_span((*dense, "missing", 3)) == source.value_span(dense)
    assert source.key_span(("model", 1)) == source.value_span(("model", 1)) == Span(4, 5, 4, 12)
    assert source.value_span(()) == source.key_span(("other",)) == Span(1, 1, 1, 9)


@BOTH
def test_block_scalars_end_with_their_last_line(pure: bool) -> None:
    source = clean("a: |\n  one\n  two\n\n\nb: >-\n  three\n  four\n# end\n", pure)
    assert source.data == {"a": "one\ntwo\n", "b": "three four"}
    assert source.value_span(("a",)) == Span(1, 4, 3, 6)
    assert source.value_span(("b",)) == Span(6, 4, 8, 7)


@BOTH
def test_aliases_stand_for_their_anchor(pure: bool) -> None:
    source = clean("a: &x # here\n  b: &y [1, 2]\nc: *x\nd: {e: *y, f: &z }\n", pure)
    assert source.data == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": {"e": [1, 2], "f": None}}
    assert source.data["a"] is not source.data["c"]
    assert source.value_span(("c",)) == Span(3, 4, 3, 6)
    assert (
        source.value_span(("c", "b", 1)) == source.value_span(("a", "b", 1)) == Span(2, 13, 2, 14)
    )
    assert source.value_span(("a", "b")) == Span(2, 9, 2, 15)


@BOTH
@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b"\n\n", b"# only\n", b"---\n", b"~"])
def test_nothing_to_read(pure: bool, raw: bytes) -> None:
    source = clean(raw, pure)
    assert source.data is None
    assert source.value_span(("a",)).line == 1


def test_without_the_c_parser() -> None:
    """ruamel falls back to Python when the extension is not installed."""
    code = (
        "import sys; sys.modules['_ruamel_yaml'] = sys.modules['_ruamel_yaml_clibz'] = None;"
        "from specc.source import read; s = read('x', b'a: [1, {b: c}]');"
        "assert s.data == {'a': [1, {'b': 'c'}]}, s; import ruamel.yaml as r;"
        "assert r.main.CParser is None and s.value_span(('a', 1, 'b')).column == 12"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


def alike(ours: Any, theirs: Any) -> bool:
    """Equal, but for what ruamel takes for numbers beyond YAML 1.2: `1_000`, `0b1`, `-0x1F`."""
    match ours, theirs:
        case dict(), dict():
            return list(ours) == list(theirs) and all(alike(ours[k], theirs[k]) for k in ours)
        case list(), list():
            return len(ours) == len(theirs) and all(map(alike, ours, theirs))
        case str(), int() | float():
            return "_" in ours or re.match(r"[-+]?0[box]", ours) is not None
        case _:
            return same(ours, theirs)


# What the Python parser takes and libyaml doesn't, refused by both for one meaning everywhere.
STRICTER = (
    "without a space after it",
    "is no name for an anchor",
    "escape of no character",
    "has no colon",
)
# What ruamel fails at and the reader takes: a plain `=`, `+_`, and `...` twice.
EXCUSED = re.compile("2002:value|invalid literal|index out of range|another document")
RAISES = (YAMLError, ValueError, KeyError, IndexError, AttributeError, AssertionError)


@pytest.mark.filterwarnings("ignore::ruamel.yaml.error.ReusedAnchorWarning")
def test_agrees_with_ruamel() -> None:
    """Whatever both take means the same, and the reader takes nothing but what ruamel takes."""
    accepted = 0
    for raw in mutants(2000, seed=7):
        ours = read("x", raw, pure=True)
        try:
            theirs = YAML(typ="safe", pure=True).load(raw.decode())
        except (*RAISES, OverflowError) as error:
            assert ours.problems or EXCUSED.search(str(error)), raw
            continue
        codes = {problem.code for problem in ours.problems}
        if "F001" in codes:
            assert ours.problems[-1].message.endswith(STRICTER), raw
        if not codes:
            accepted += 1
            assert alike(ours.data, theirs), raw
    assert accepted > 300


STRICT_BLOCK = "a text block begins with a blank line that is indented too far"


def messages(source: Source) -> list[str]:
    return [problem.message for problem in source.problems]


def test_both_parsers_agree() -> None:
    """What libyaml takes, the Python parser takes alike, but for tabs; it takes some more."""
    accepted = 0
    for raw in mutants(4000, seed=8):
        one, other = read("x", raw), read("x", raw, pure=True)
        if one.problems or (other.problems and (b"\t" in raw or STRICT_BLOCK in messages(other))):
            continue
        accepted += 1
        assert other.problems == () and same(one.data, other.data), raw
        assert dict(one.values) == dict(other.values), raw
        assert dict(one.keys) == dict(other.keys), raw
    assert accepted > 600
