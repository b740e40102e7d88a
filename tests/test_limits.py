"""The reader under attack: limits that hold, in bounded time, and nothing that escapes."""

import gc
import os
import sys
from random import Random

import pytest
from mutants import mutants

from specc.source import BYTES, Span, read

MIB = 2**20


def bomb(levels: int, width: int) -> bytes:
    """Each line repeats the one above `width` times."""
    lines = [b"a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(b"a%d: &a%d [%s]" % (level, level, b",".join([b"*a%d" % (level - 1)] * width)))
    return b"\n".join(lines)


# Name: text, code of the problem (None: there is none), line and column of the problem.
ATTACKS: dict[str, tuple[bytes, str | None, int, int]] = {
    "brackets": (b"[" * 1_000_000, "F004", 1, 65),
    "closed brackets": (b"[" * 50_000 + b"]" * 50_000, "F004", 1, 65),
    "braces": (b"{" * 1_000_000, "F004", 1, 65),
    "named braces": (b"{a: " * 1_000_000, "F004", 1, 257),
    "dashes": (b"- " * 1_000_000, "F004", 1, 129),
    "question marks": (b"? " * 1_000_000, "F004", 1, 129),
    "steps": (b"".join(b" " * i + b"a:\n" for i in range(2000)), "F004", 65, 65),
    "alias bomb": (bomb(40, 9), "F004", 5, 30),
    "alias of itself": (b"a: &a [1, *a]", "F004", 1, 11),
    "alias of its mapping": (b"a: &a\n  b: {c: *a}", "F004", 2, 10),
    "merge loop": (b"a: &a {<<: *a}", "F004", 1, 12),
    "aliases too deep": (
        b"a: &a " + b"[" * 40 + b"]" * 40 + b"\nb: " + b"[" * 30 + b"*a",
        "F004",
        2,
        34,
    ),
    "aliases of long text": (b"a: &a " + b"x" * MIB + b"\nb: [*a, *a]", "F004", 2, 5),
    "many aliases": (b"- &a 1\n" + b"- *a\n" * 10_001, "F004", 10_002, 3),
    "long text": (b"a: " + b"x" * (MIB + 1), "F004", 1, 4),
    "long block": (b"a: |\n" + b"  x\n" * 600_000, "F004", 1, 4),
    "long key": (b"? " + b"x" * (3 * MIB), "F004", 1, 3),
    "many lines of text": (b"a\n" * (2 * MIB), "F004", 1, 1),
    "long line of blanks": (b"a" + b" " * (4 * MIB - 4) + b"b:", "F004", 1, 1),
    "long integer": (b"a: " + b"9" * MIB, "F004", 1, 4),
    "long hexadecimal": (b"a: 0x" + b"f" * 20, "F004", 1, 4),
    "long exponent": (b"a: 1e" + b"9" * 1000, "F004", 1, 4),
    "long fraction": (b"a: 1." + b"9" * 1_000_000, None, 0, 0),
    "too many bytes": (b"x" * (BYTES + 1), "F004", 1, 1),
    "comments": (b"# x\n" * (MIB - 1), None, 0, 0),
    "comments of CRLF": (b"# c\r\n" * 800_000, None, 0, 0),
    "line feeds": (b"\n" * BYTES, None, 0, 0),
    "carriage returns": (b"\r" * BYTES, None, 0, 0),
    "directives": (b"%\n" * MIB, "F003", 1, 1),
    "tag directives": (b"%TAG ! x\n" * 400_000, "F003", 1, 1),
    "documents": (b"---\n" * MIB, "F003", 2, 1),
    "duplicates": (b"a: 1\n" * 500_000, "F002", 2, 1),
    "tags": (b"- !x 1\n" * 500_000, "F003", 1, 3),
    "undefined aliases": (b"- *a\n" * 500_000, "F001", 1, 3),
    "tabs": (b"a:\n" + b"\t- @\n" * 500_000, "F001", 2, 1),
    "tab before a fault": (b"\t" * (BYTES - 4) + b"a: @", "F001", 1, 1),
    "comments before a fault": (b"a: 1\n" + b"#\n" * MIB + b"  b: 2", "F001", MIB + 2, 3),
    "no commas": (b"{" + b"a: 1 " * 500_000, "F001", 1, 7),
    "quotes": (b'"' * (BYTES - 1), "F001", 1, 3),
    "properties": (b"a: " + b"&a " * MIB, "F001", 1, 7),
    "colons": (b"{a" + b":a" * MIB + b"}", "F001", 1, 3),
    "escapes": (b'a: "' + b"\\\\" * (BYTES // 2 - 10) + b'\\ud800"', "F005", 1, BYTES - 15),
    "zero bytes": (b"\0" * BYTES, "F005", 1, 1),
    "bad bytes": (b"\xff" * BYTES, "F005", 1, 1),
    "bidi": ("\u202e\n".encode() * MIB, "F005", 1, 1),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str) -> None:
    raw, code, line, column = ATTACKS[name]
    source = read("x.yaml", raw)
    problem = source.problems[0] if source.problems else None
    source.value_span(("a", 0)), source.key_span(())
    assert len(source.problems) <= 101
    found = (problem.code, problem.span.line, problem.span.column) if problem else (None, 0, 0)
    assert found == (code, line, column)


@pytest.mark.parametrize(
    "raw", [b"[" + b"1," * 500_001, b"- 1\n" * 500_001, b"{" + b"a,b," * 125_001]
)
def test_number_of_values(raw: bytes) -> None:
    problem = read("x.yaml", raw).problems[0]
    assert problem.code in ("F004", "F002")


@pytest.mark.parametrize("pure", [False, True])
def test_at_the_limits_all_is_well(pure: bool) -> None:
    for raw in (
        b"[" * 64 + b"]" * 64,
        b"- &a 1\n" + b"- *a\n" * 10_000,
        b"a: " + b"9" * 20,
        b"a: '" + b"x" * (MIB if not pure else 1000) + b"'",
    ):
        assert read("x.yaml", raw, pure=pure).problems == ()


def test_the_size_of_the_file() -> None:
    assert read("x.yaml", b"#" * BYTES).problems == ()
    source = read("x.yaml", b"a: 1\n" * BYTES)
    assert source.data is None and source.text == ""
    assert source.problems[0].span == source.value_span(()) == Span(1, 1, 1, 1)


def calls(raw: bytes) -> int:
    """How many functions a reading calls: its work, counted and not timed."""
    count = 0

    def seen(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(seen)
    try:
        read("x.yaml", raw)
    finally:
        sys.setprofile(None)
    return count


def test_work_grows_with_size_only() -> None:
    few, many = (b"model:\n" + b"  - Dense: {units: 3}\n" * lines for lines in (1_000, 4_000))
    assert calls(few) > 1_000
    assert calls(many) < 4.1 * calls(few)


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    read("x.yaml", b"a: 1\n")
    assert gc.isenabled()
    gc.disable()
    read("x.yaml", b"a: [")
    found = gc.isenabled()
    gc.enable()
    assert not found


def check(raw: bytes, pure: bool) -> None:
    """Whatever the text: no exception, plain data, spans inside the text, codes of the reader."""
    source = read("x.yaml", raw, pure=pure)
    assert source.data is not None or not source.keys
    lines = source.text.count("\n") + source.text.count("\r") + 1
    for problem in source.problems:
        assert problem.code in ("F001", "F002", "F003", "F004", "F005", "F013")
        assert problem.message and "syntax error" not in problem.message
        for span in (problem.span, *(note[0] for note in problem.notes)):
            assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.end_line <= lines
    for span in (*source.values.values(), *source.keys.values()):
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert span.end_line <= lines


@pytest.mark.fuzz
def test_fuzz() -> None:
    """SPECC_FUZZ sets the number of mutants, SPECC_FUZZ_SEED the seed."""
    count = int(os.environ.get("SPECC_FUZZ", "20000"))
    seed = int(os.environ.get("SPECC_FUZZ_SEED", "0"))
    for index, raw in enumerate(mutants(count, seed)):
        try:
            check(raw, pure=index % 5 == 0)
        except Exception as error:
            error.add_note(f"mutant {index}: {raw!r}")
            raise


def test_noise() -> None:
    random = Random(1)
    for size in range(1000):
        check(random.randbytes(size % 100), pure=size % 2 == 0)
        check(
            bytes(random.choices(b" \n-:{}[],ab'\"#&*!|>%\t01.", k=size % 60)), pure=size % 3 == 0
        )
