"""Rendered findings: golden files, carets under the right characters, nothing raw, colour."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specc.diagnostics import Diagnostic, Edit, Note, Report, Severity, report
from specc.render import FORMATS, text, use_color
from specc.source import Source, Span, read

GOLDEN = Path(__file__).parent / "golden" / "render"
ENDINGS = {"text": "txt"}
ERROR, WARNING, HINT = Severity


def layer(index: int, kind: str, *option: str) -> tuple[str | int, ...]:
    return ("model", index, kind, *option)


CASES = {
    "convolution": [
        Diagnostic(
            "S203",
            ERROR,
            "window (9, 9) does not fit in 6x6x64",
            layer(7, "Conv2D", "kernel_size"),
            label="output would be (6 - 9 + 2·0)/1 + 1 = -2",
            help="use `padding: same`, a smaller window, or less pooling above",
            notes=(
                Note("the feature map shrinks here", layer(5, "MaxPooling2D"), "50x50 -> 12x12"),
                Note("and here", layer(6, "Conv2D"), "12x12 -> 8x8", on_key=True),
                Note("", layer(0, "Input"), "what comes in"),
                Note("sizes are without the batch axis"),
            ),
            fix=(Edit(layer(7, "Conv2D", "kernel_size"), "3"),),
        ),
        Diagnostic("P302", ERROR, "softmax on one unit is always 1", layer(9, "Dense", "units")),
        Diagnostic("P315", HINT, "one sigmoid unit does it", layer(9, "Dense"), on_key=True),
        Diagnostic("F012", WARNING, "missing key `epochs`", ("train",), on_key=True),
    ],
    "tabs": [
        Diagnostic("F014", ERROR, "`units` is 0", layer(1, "Dense", "units"), label="here"),
        Diagnostic("F014", ERROR, "tab", span=Span(4, 21, 4, 23), label="a comma and a tab"),
    ],
    "wide": [
        Diagnostic("F010", ERROR, "unknown key `日本`", ("name", "日本"), True, "猫"),
        Diagnostic("F010", ERROR, "unknown key `ñ`", ("name", "n\u0303"), True, "n, ~"),
        Diagnostic("F010", ERROR, "unknown key `😀`", ("name", "😀"), True, "smile"),
        Diagnostic("F013", HINT, "a cafe\u0301", ("description",), label="text"),
    ],
    "ends": [
        Diagnostic("F021", ERROR, "language version 2 is not known", ("specc",), help="write 1"),
        Diagnostic(
            "F020",
            ERROR,
            "`lr` is Keras 1",
            ("train", "lr"),
            on_key=True,
            help="write `learning_rate`",
            fix=(Edit(("train", "lr"), "learning_rate", on_key=True),),
        ),
        Diagnostic("F001", ERROR, "the file ends here", span=Span(3, 15, 3, 15), label="end"),
    ],
    "crlf": [
        Diagnostic("F011", ERROR, "unknown layer `Dens`", layer(0, "Dens"), on_key=True),
        Diagnostic("F001", ERROR, "ends here", span=Span(3, 12, 3, 12), label="end of line 3"),
        Diagnostic("F001", ERROR, "ends here", span=Span(5, 1, 5, 1), label="end of the file"),
    ],
    "empty": [Diagnostic("F012", ERROR, "the spec is empty", help="write `specc: 1`")],
    "long": [
        Diagnostic("F014", ERROR, "`batch_size` is 0", ("data", "batch_size"), label="too small"),
        Diagnostic("F017", ERROR, "no source", ("data", "classes"), label="a long list"),
        Diagnostic("F018", ERROR, "name is too long", ("name",), label="300 characters"),
    ],
    "lines": [
        Diagnostic("F010", ERROR, "the whole layer", span=Span(4, 5, 6, 1), label="two lines"),
        Diagnostic("T600", WARNING, "the whole section", ("train",)),
        Diagnostic("T601", WARNING, "the word", ("train",), on_key=True),
    ],
    "hostile": [
        Diagnostic(
            "F005",
            ERROR,
            "message \x1b[2J\r\n\u2028end",
            span=Span(2, 7, 2, 12),
            label="label \x1b]0;title\x07",
            help="help \u202edlrow\u2069\x9b1m",
            notes=(Note("note\n\x08", span=Span(2, 20, 2, 21), label="zero \u200b \x7f"),),
        ),
    ],
}


def reported(case: str) -> Report:
    raw = (GOLDEN / f"{case}.yaml").read_bytes()
    return report(read(f"{case}.yaml", raw), CASES[case])


def unread(content: str, name: str = "x.yaml") -> Source:
    return Source(name, content, None, {}, {}, ())


def rendered(content: str, span: Span) -> list[str]:
    finding = Diagnostic("S203", ERROR, "message", span=span)
    return text.render([Report(unread(content), (finding,))]).split("\n")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_golden(case: str, form: str, golden: Callable[[str, str], None]) -> None:
    golden(f"render/{case}.{ENDINGS.get(form, form)}", FORMATS[form]([reported(case)]))


def test_every_golden_spec_is_a_case() -> None:
    assert {file.stem for file in GOLDEN.glob("*.yaml")} == set(CASES)


@pytest.mark.parametrize("form, nothing", [("text", ""), ("concise", ""), ("json", "[]\n")])
def test_nothing_found(form: str, nothing: str) -> None:
    clean = Report(unread("specc: 1\n"), ())
    assert FORMATS[form]([]) == FORMATS[form]([clean, clean]) == nothing


def test_one_array_for_all_files_in_the_order_given() -> None:
    found = json.loads(FORMATS["json"]([reported("ends"), reported("convolution")]))
    assert [(f["file"], f["code"]) for f in found[:4]] == [
        ("ends.yaml", "F021"),
        ("ends.yaml", "F020"),
        ("ends.yaml", "F001"),
        ("convolution.yaml", "S203"),
    ]


def test_summary() -> None:
    clean = Report(unread(""), ())
    assert text.summary([clean]) == ""
    assert text.summary([reported("empty"), clean]) == "1 error in 1 file"
    both = [reported("convolution"), reported("lines")]
    assert text.summary(both) == "3 errors, 3 warnings, 1 hint in 2 files"


# Columns a terminal uses for a character, or what is written for one that it must not see.
COLUMNS = {
    "a": 1,
    "b": 1,
    "·": 1,
    "猫": 2,
    "ｱ": 1,
    "Ａ": 2,
    "😀": 2,
    "\u0301": 0,
    "\u3099": 0,
    "\u1161": 0,
    "\x1b": len(r"\x1b"),
    "\x85": len(r"\x85"),
    "\xa0": len(r"\xa0"),
    "\u202e": len(r"\u202e"),
    "\U000e0001": len(r"\U000e0001"),
}


@st.composite
def marked_lines(draw: st.DrawFn, alphabet: str, longest: int) -> tuple[str, int, int]:
    line = draw(st.text(alphabet, max_size=longest))
    start = draw(st.integers(0, len(line)))
    return line, start, draw(st.integers(start, len(line)))


def columns(characters: str) -> int:
    return sum(COLUMNS[c] for c in characters)


@given(marked_lines("".join(COLUMNS), 11))
def test_carets_are_as_wide_as_the_span(marked: tuple[str, int, int]) -> None:
    line, start, end = marked
    row = rendered(line, Span(1, start + 1, 1, end + 1))[4]
    assert row.index("^") == len("   | ") + columns(line[:start])
    assert row.count("^") == max(1, columns(line[start:end]))


@given(marked_lines("aaaaab猫😀", 900))
def test_carets_stand_under_the_span_where_the_line_is_cut(marked: tuple[str, int, int]) -> None:
    line, start, end = marked
    shown, carets = rendered(line, Span(1, start + 1, 1, end + 1))[3:5]
    first, count, under, at = carets.index("^") - 5, carets.count("^"), "", 0
    for character in shown[5:]:
        width = COLUMNS.get(character, 1)
        under += character if first <= at and at + width <= first + count else ""
        at += width
    assert len(carets) <= 120 and at <= 115
    marked_text = line[start:end]
    if marked_text and columns(marked_text) < 60:
        assert under == marked_text
    elif marked_text:
        assert len(under) >= 30 and marked_text.startswith(under)


def test_tabs_reach_the_next_stop() -> None:
    rows = rendered("\tab\tc", Span(1, 3, 1, 6))
    assert rows[3:5] == [" 1 |     ab  c", "   |      ^^^^"]


spans = st.tuples(*[st.integers(1, 12)] * 4).map(lambda place: Span(*place))


@given(st.text(), st.text(), spans)
def test_nothing_raw_reaches_the_terminal(content: str, word: str, span: Span) -> None:
    note = Note(word, label=word, span=span)
    finding = Diagnostic("F001", ERROR, word, label=word, help=word, notes=(note,), span=span)
    found = [Report(unread(content, word), (finding,))]
    for form in FORMATS:
        assert all(line.isprintable() for line in FORMATS[form](found).split("\n"))
    colored = text.render(found, color=True)
    plain = re.sub(r"\x1b\[[0-9;]+m", "", colored)
    assert plain == text.render(found)


@given(st.text("a\n\r", max_size=8), spans)
def test_a_span_beyond_the_text_is_drawn_at_its_end(content: str, span: Span) -> None:
    assert sum(row.count("^") for row in rendered(content, span)) >= 1


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "stream, environ, expected",
    [
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": "", "FORCE_COLOR": ""}, True),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (io.StringIO(), {"FORCE_COLOR": "0"}, False),
    ],
)
def test_use_color(stream: io.StringIO, environ: dict[str, str], expected: bool) -> None:
    assert use_color(stream, environ) is expected
