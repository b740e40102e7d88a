"""Problems of the reader: what is refused, where, and in which words."""

import pytest

from specc.source import Span, read

# Text, code, the text that is marked, message, help. `⟦…⟧` marks the span.
SLIPS = [
    ("a:\n⟦\t⟧b: 1\n", "tab in the indentation", "indent with spaces"),
    ("a:\n  - b: 3\n⟦\t⟧- c\n", "tab in the indentation", "indent with spaces"),
    ("a:\n  - b\n  ⟦\t\t⟧c: 1\n", "tab in the indentation", "indent with spaces"),
    ("m:\n  - D: ⟦{⟧u: 3\n  - F\n", "`{` is never closed", "write `}` at the end of line 2"),
    (
        "m:\n  - D: ⟦{⟧u: 3\n  - E: {v: 1}\n",
        "`{` is never closed",
        "write `}` at the end of line 2",
    ),
    ("t: ⟦{⟧loss: mse\nm: 3\n", "`{` is never closed", "write `}` at the end of line 1"),
    ("t: ⟦{⟧loss: mse,\n", "`{` is never closed", "write `}` after the last entry"),
    ("m:\n  - I: ⟦[⟧4\n  - F\n", "`[` is never closed", "write `]` at the end of line 2"),
    ("t: {a: ⟦[⟧3, 3, b: 3}\n", "`[` is never closed", "write `]` before the `}` in column 19"),
    ("- D: {u: 3 ⟦act⟧: relu}\n", "missing comma before `act`", "write `, act`"),
    ("- D: {u: [3] ⟦act⟧: relu}\n", "missing comma before `act`", "write `, act`"),
    ("- D: {u: 'x'\n     ⟦act⟧: relu}\n", "missing comma before `act`", "write `, act`"),
    (
        "m:\n  - ⟦Add⟧\n      from: [a, b]\n",
        "`Add` has no colon, and keys follow below it",
        "write `- Add:`",
    ),
    (
        "m:\n  - ⟦Add⟧ # two\n\n    # of them\n    x: 1\n",
        "`Add` has no colon, and keys follow below it",
        "write `- Add:`",
    ),
    ("⟦train⟧\n  loss: mse\n", "`train` has no colon, and keys follow below it", "write `train:`"),
    ("a: 1\n⟦b⟧\nc: 2\n", "`b` has no colon, and keys follow below it", "write `b:`"),
    ("a⟦:⟧1\nb: 2\n", "`:` without a space after it", "write `a: 1`"),
    (
        "a: {units⟦:⟧3, b: 1}\n",
        "`:` without a space after it",
        "write a space after it, or put the text in quotes",
    ),
    (
        "a: b⟦:⟧ c\n",
        "a second `: ` in one line",
        "put the text in quotes, or nest with braces: `a: {b: c}`",
    ),
    (
        "a: 1\n  ⟦b⟧: 2\n",
        "key `b` is indented below a value",
        "give it the indentation of the key above",
    ),
    (
        "a:\n    b: 1\n  ⟦c⟧: 2\n",
        "indentation fits no line above",
        "give lines that belong together the same indentation",
    ),
    ("a:\n  - 1\n  ⟦b⟧: 2\n", "a key among list items", "begin it with `- `, or indent it less"),
    (
        "a: ⟦@⟧x\n",
        "`@` begins a value",
        "put the text in quotes, since a plain value can't begin with `@`",
    ),
    (
        "a: ⟦*⟧ x\n",
        "`*` begins a value",
        "put the text in quotes, since a plain value can't begin with `*`",
    ),
    (
        "a: ⟦>⟧ 3\n",
        "`>` begins a value",
        "put the text in quotes, since a plain value can't begin with `>`",
    ),
    ('a: ⟦"⟧abc\nb: 2\n', "quote is never closed", "close it on the same line"),
    ('a: "C:⟦\\d⟧ata"\n', "unknown escape `\\d`", "use single quotes, or double the backslash"),
    (
        'a: "x" ⟦y⟧\n',
        "text after the end of a value",
        "remove it, or put the whole value in quotes",
    ),
    ("a: {x: 1}⟦}⟧\n", "`}` closes nothing", "remove it"),
    ("[1] ⟦]⟧\n", "`]` closes nothing", "remove it"),
    ("a: [⟦,⟧]\n", "`,` without a value before it", "remove it, or quote the text"),
    (
        "a: ⟦-⟧ b\n",
        "a list item in the line of its key",
        "begin the list in the next line, or write it as `[a, b]`",
    ),
    ("a: [⟦-⟧ 1]\n", "a value is expected here", "write one, or quote text that begins like this"),
    (
        "a: 1\nb⟦：⟧ 2\nc: 3\n",
        "a full-width colon (U+FF1A) in a line that can't be read",
        "type a plain one",
    ),
    (
        "a: ⟦*x⟧\n",
        "no anchor `&x` above this alias",
        "write `&x` before its value, or quote text that starts with `*`",
    ),
]

OTHERS = [
    ("a: 1\nb: 2\n⟦a⟧: 3\n", "F002", "key `a` is given twice, on lines 1 and 3"),
    ("{a: 1, ⟦a⟧: 3}\n", "F002", "key `a` is given twice, on line 1"),
    ("a: {'b': 1, ⟦b⟧: 3}\n", "F002", "key `b` is given twice, on line 1"),
    ("⟦%YAML 1.2⟧\n---\na: 1\n", "F003", "YAML directive"),
    ("# first\r\n\r\n⟦%FOO bar⟧\r\n---\r\na: 1\r\n", "F003", "YAML directive"),
    ("a: 1\n...\n⟦%YAML 1.9⟧\n---\n", "F003", "YAML directive"),
    ("a: 1\n⟦---⟧\nb: 2\n", "F003", "a second document"),
    ("a: 1\n...\n# b\n⟦---⟧ !!x\n", "F003", "a second document"),
    (
        "a: ⟦!!python/object/apply:os.system⟧ [echo]\n",
        "F003",
        "YAML tag `!!python/object/apply:os.system`",
    ),
    ("a: &x # one\n  ⟦!t⟧ # two\n  b: 1\n", "F003", "YAML tag `!t`"),
    ("- ⟦!<tag:yaml.org,2002:str>⟧ c\n", "F003", "YAML tag `!<tag:yaml.org,2002:str>`"),
    ("⟦<<⟧: {a: 1}\n", "F003", "YAML merge key `<<`"),
    ("⟦1⟧: a\n", "F003", "key `1` is a number, not text"),
    ("⟦true⟧: a\n", "F003", "key `true` is a boolean, not text"),
    ("⟦null⟧: a\n", "F003", "key `null` is null, not text"),
    ("⟦2020-01-01⟧: a\n", "F003", "key `2020-01-01` is a date, not text"),
    ("? ⟦[a, b]⟧\n: 1\n", "F003", "a list or a mapping as key"),
    ("{⟦[a]⟧: 1}\n", "F003", "a list or a mapping as key"),
    ("a: &x b\n⟦*x⟧ : 1\n", "F003", "an alias as key"),
    ("a: ⟦010⟧\n", "F013", "`010` has a leading zero"),
    ("a: ⟦2020-01-01⟧\n", "F013", "unquoted date `2020-01-01`"),
    ("a: ⟦1e999⟧\n", "F004", "`1e999` is too large for a 64-bit float"),
    ("a: b⟦\u200b⟧\n", "F005", "U+200B (zero width space) in the text"),
    ("a: ⟦\x1b⟧[0m\n", "F005", "U+001B (a control character) in the text"),
    ("a: ⟦\ufeff⟧x\n", "F005", "U+FEFF (zero width no-break space) in the text"),
    ("a: x⟦\u2028⟧b: 2\n", "F005", "U+2028 (line separator) in the text"),
    ("é: 😀⟦\u202e⟧\n", "F005", "U+202E (right-to-left override) in the text"),
    ('a: "⟦\\ud800⟧"\n', "F005", "escape of no character"),
    ('a: "\\\\ud800 ⟦\\uDFFF⟧"\n', "F005", "escape of no character"),
    ('a: "⟦\\U00110000⟧"\n', "F005", "escape of no character"),
    ('a: "⟦\\UFFFFFFFF⟧"\n', "F005", "escape of no character"),
]

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])


def unmarked(text: str) -> tuple[str, Span]:
    """The text without its marks, and the span between them."""
    start, end = text.index("⟦"), text.index("⟧") - 1
    lines = [
        text[:start].replace("\r\n", "\n").split("\n"),
        text[: end + 1].replace("\r\n", "\n").split("\n"),
    ]
    (line, column), (end_line, end_column) = ((len(each), len(each[-1]) + 1) for each in lines)
    if line == end_line:
        end_column -= 1
    return text.replace("⟦", "").replace("⟧", ""), Span(line, column, end_line, end_column)


@BOTH
@pytest.mark.parametrize(("marked", "message", "help"), SLIPS, ids=[slip[1] for slip in SLIPS])
def test_slips(pure: bool, marked: str, message: str, help: str) -> None:
    text, span = unmarked(marked)
    (problem,) = read("x", text.encode(), pure=pure).problems
    assert (problem.code, problem.message, problem.help) == ("F001", message, help)
    assert problem.span == span


@BOTH
@pytest.mark.parametrize(("marked", "code", "message"), OTHERS, ids=[each[2] for each in OTHERS])
def test_other_problems(pure: bool, marked: str, code: str, message: str) -> None:
    text, span = unmarked(marked)
    (problem,) = read("x", text.encode(), pure=pure).problems
    assert (problem.code, problem.message, problem.span) == (code, message, span)
    assert problem.help


@BOTH
def test_the_first_of_two_keys_counts(pure: bool) -> None:
    source = read("x", b"a: {b: 1}\nc: 2\na: {b: 3, d: 4}\n", pure=pure)
    assert source.data == {"a": {"b": 1}, "c": 2}
    assert source.value_span(("a", "b")) == Span(1, 8, 1, 9)
    assert source.problems[0].notes == ((Span(1, 1, 1, 2), "the first one is used", "first"),)


@BOTH
def test_a_number_as_key_is_kept_as_text(pure: bool) -> None:
    assert read("x", b"0: 1\n0x1: 2\n<<: 3\n", pure=pure).data == {"0": 1, "0x1": 2}


@BOTH
def test_all_problems_in_one_pass(pure: bool) -> None:
    raw = b"%YAML 1.1\n---\na: !x 010\na: 1\n2: &c 1e999\nb: 2020-01-01\n---\n"
    codes = [problem.code for problem in read("x", raw, pure=pure).problems]
    assert codes == ["F003", "F003", "F013", "F002", "F004", "F003", "F013", "F003"]


@BOTH
@pytest.mark.parametrize("raw", [b": 1\n", b"{: 1}\n", b"? \n: 1\n", b"[: 1]\n", b"{? : 1}"])
def test_a_value_without_a_key(pure: bool, raw: bytes) -> None:
    (problem,) = read("x", raw, pure=pure).problems
    assert (problem.code, problem.message) == ("F003", "a value without a key")
    assert problem.span.line <= 2


def test_escapes_may_be_anything() -> None:
    raw = b'a: "\\u200b\\u202e\\0\\x1b\\u0085\\u2028\\ufeff\\U0001F600"\n'
    assert read("x", raw).data == {"a": "\u200b\u202e\0\x1b\x85\u2028\ufeff😀"}


@pytest.mark.parametrize(
    ("raw", "line", "column", "what"),
    [
        (b"a: 1\nb: \xe9t\xe9\n", 2, 4, "byte 8 (0xe9) is not UTF-8"),
        (b"\xef\xbb\xbf\xc3\xa9: \xff", 1, 4, "byte 7 (0xff) is not UTF-8"),
        (b"a: \xed\xa0\x80", 1, 4, "byte 3 (0xed) is not UTF-8"),
        ("a: 1".encode("utf-16"), 1, 1, "the file is UTF-16, not UTF-8 (byte 0)"),
        ("a: 1".encode("utf-16-be"), 1, 1, "U+0000 (a control character) in the text"),
    ],
)
def test_bytes_that_are_not_utf8(raw: bytes, line: int, column: int, what: str) -> None:
    problem = read("x", raw).problems[0]
    assert (problem.code, problem.span.line, problem.span.column) == ("F005", line, column)
    assert problem.message == what


def test_forbidden_characters_are_told_line_by_line() -> None:
    problems = read("x", "\u200ba\u200b: 1\r\n\rb: \x07\n".encode()).problems
    assert [(each.span.line, each.span.column) for each in problems] == [(1, 1), (3, 4)]
    assert len(read("x", b"\0\n" * 1000).problems) == 20
