"""The value printer: formatters leave what it prints alone, and it reads back as it was."""

import ast
import subprocess
import sys
from enum import StrEnum
from math import inf, nan
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readback import as_read, value_of

from specc.backends.fill import Values
from specc.backends.layout import python
from specc.backends.literals import docstring, sentence
from specc.program import (
    Apply,
    Call,
    Define,
    Items,
    Parameter,
    Ratio,
    Ref,
    Table,
    Text,
    Under,
    Value,
)

COUNT = 4000
TEXTS = [
    "it's",
    'say "x"',
    "\"'",
    "\\",
    "two\nlines",
    '"""',
    "{x}",
    "\u2028",
    "\ud800",
    "\0",
    "\u96ea",
]
TARGETS = ["keras.layers.Dense", "keras.Input", "keras.regularizers.L2", "keras.optimizers.SGD"]
KEYWORDS = [name * length for name in "abcxyz" for length in (1, 2, 5, 9, 14, 30)]


def atom(random: Random) -> Value:
    return random.choice(
        [
            None,
            random.random() < 0.5,
            random.randint(-(10**6), 10**6),
            random.uniform(-1, 1) * 10.0 ** random.randint(-20, 20),
            random.choice(TEXTS),
            "x" * int(random.expovariate(0.1)),
            Ratio(random.randint(-9, 999), random.randint(1, 999)),
            Ref(random.choice(["SEED", "data.train"])),
            Under("logs/" + random.choice(TEXTS)),
            Under(long_text(random), random.random() < 0.5),
            long_text(random),
            formatted_text(random),
        ]
    )


def long_text(random: Random) -> str:
    """A text that may need several lines, such as a path with long names."""
    letters = random.choice(["abc", "ab /", "a\"'", "a\u2028\\ "])
    return "".join(random.choices(letters, k=random.randrange(1, 200)))


def formatted_text(random: Random) -> Text:
    """Names with texts between them, short or of several lines."""
    names = ["name", "i", "j" * random.randrange(1, 60)]
    parts: list[str | Ref] = []
    for _ in range(random.randrange(1, 4)):
        text = random.choice([*TEXTS, "_conv_", "}{", long_text(random)])
        parts += [Ref(random.choice(names)), text]
    random_end = parts[1:] if random.random() < 0.3 and len(parts) > 2 else parts
    return Text(tuple(random_end))


def any_value(random: Random, depth: int) -> Value:
    """A value whose width varies enough to meet the right margin from both sides."""
    if depth == 0 or random.random() < 0.3:
        return atom(random)
    inner = tuple(any_value(random, depth - 1) for _ in range(random.randrange(6)))
    names = random.sample(KEYWORDS, len(inner))
    match random.randrange(7):
        case 5 | 6:
            return applied(random, inner, names)
        case 0:
            return inner
        case 1:
            return Items(inner)
        case 2:
            keys = [name if random.random() < 0.7 else len(name) * 7 for name in names]
            return Table(tuple(dict(zip(keys, inner, strict=True)).items()))
        case _:
            cut = random.randrange(len(inner) + 1)
            options = tuple(zip(names[cut:], inner[cut:], strict=True))
            return Call(random.choice(TARGETS), inner[:cut], options)


def applied(random: Random, inner: tuple[Value, ...], names: list[str]) -> Apply:
    """A layer with some of the values, at work on the others."""
    here, cut, end = sorted(random.randrange(len(inner) + 1) for _ in range(3))
    options = tuple(zip(names, inner, strict=True))
    layer = Call(random.choice(TARGETS), inner[:here], options[here:cut])
    named = Ref(random.choice(["encoder", "base.layer"]))
    return Apply(named if random.random() < 0.2 else layer, inner[cut:end], options[end:])


def assigned(value: Value) -> Value:
    """No script assigns a path."""
    return (value,) if isinstance(value, Under) else value


def ruff(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "88", "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("seed", range(3))
def test_formatters_change_nothing_and_values_read_back(seed: int) -> None:
    random = Random(seed)
    marks = Values()
    drawn = [any_value(random, 3) for _ in range(COUNT)]
    given = [assigned(v) for v in drawn]
    names = [f"name_{random.randrange(10 ** random.randint(1, 30))}" for _ in given]
    lines = [f"    {n} = {marks.mark(v)}" for n, v in zip(names, given, strict=True)]
    source = "def f():\n" + marks.fill("\n".join(lines)) + "\n"
    assert source.isascii()
    assert max(map(len, source.splitlines())) <= 88
    assert ruff(source) == source
    [function] = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    for statement, value in zip(function.body, given, strict=True):
        assert isinstance(statement, ast.Assign)
        assert repr(value_of(statement.value)) == repr(as_read(value))


@pytest.mark.parametrize("seed", range(3))
def test_formatters_leave_several_targets_and_signatures_alone(seed: int) -> None:
    random = Random(seed)
    marks = Values()
    lines = []
    for number in range(COUNT // 4):
        targets = [name * random.randrange(1, 35) for name in random.sample("abcdef", 3)]
        value = applied(random, tuple(any_value(random, 2) for _ in range(3)), KEYWORDS[6:9])
        lines.append(f"    {', '.join(targets[: random.randint(2, 3)])} = {marks.mark(value)}")
        lines.append(f"    base.trainable{number} = {marks.mark(assigned(any_value(random, 1)))}")
    source = "def f():\n" + marks.fill("\n".join(lines)) + "\n"
    assert ruff(source) == source


@pytest.mark.parametrize("seed", range(3))
def test_formatters_leave_signatures_and_their_documents_alone(seed: int) -> None:
    random = Random(seed)
    marks = Values()
    functions = []
    for _ in range(COUNT // 4):
        document = sentence(random.choice([long_text(random), 'a "b"', "a b " * 20, '"""']))
        made = block(random)
        functions.append(
            f"def {marks.mark(made)}:\n    {document}\n    return {marks.mark(made.result)}\n"
        )
    source = marks.fill("\n\n".join(functions))
    assert ruff(source) == source


def block(random: Random) -> Define:
    parameters = (
        Parameter(name, (any_value(random, 1),) if random.random() < 0.7 else (), kind)
        for name in random.sample(KEYWORDS, random.randrange(5))
        for kind in [random.choice(["", "int", "tuple[int, int] | None"])]
    )
    names = tuple(random.sample(["x", "y" * 20, "left"], random.randint(1, 3)))
    return Define(
        "f" * random.randrange(1, 40), names, tuple(parameters), (), assigned(any_value(random, 1))
    )


class Word(StrEnum):
    EVIL = "x"


class Sly(str):
    def __repr__(self) -> str:
        return "exec('')"


@pytest.mark.parametrize(
    "value",
    [nan, inf, -inf, Word.EVIL, Sly("x"), b"x", {1}, {"a": 1}, [1], 1j, object, Ref("a b"),
     Ref("f()"), Call("os.system('')"), Call("f", (), (("a=1, b", 1),)), Under(Sly("x")),
     Table((((1, 2), 1),)), (1, (nan,)), Text((Ref("a"), Sly("x"))), Text((Ref("a.b()"), "x")),
     Text((Ref("a!r"), "x")), Text((1,)), Apply(Ref("a b")), Apply(Ref("*a")), Apply(Ref("f()")),
     Apply(Ref("lambda")), Define("f(", (), (), (), None), Define("f", ("for",), (), (), None),
     Define("f", (), (Parameter("x", (), "int = f()"),), (), None)],  # type: ignore[arg-type]
)  # fmt: skip
def test_other_values_are_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        python(value)  # type: ignore[arg-type]


@settings(max_examples=200)
@given(
    st.lists(st.text(st.characters(codec="utf-8")) | st.text("ab \\\"'\t\n"), max_size=4).map(
        "\n".join
    )
)
def test_docstrings_hold_any_text(text: str) -> None:
    source = f'"""Title.\n\n{docstring(text)}\n\nEnd.\n"""\n'
    assert source.isascii()
    [only] = ast.parse(source).body
    found = ast.get_docstring(ast.parse(source), clean=False)
    assert isinstance(only, ast.Expr) and found is not None
    assert "".join(found.split()) == "".join(f"Title.{text}End.".split())
