"""No text of a program gets into a script but as a string: hostile texts in every place."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from random import Random
from typing import Any

import programs
import pytest
from jinja2 import TemplateNotFound, UndefinedError

from specc.backends.script import emit
from specc.program import Call, Program, Ref, Section, Under

CALL = "__import__('os').system('id')"
PAYLOADS = [
    f'"\n{CALL}\n"',
    f"'\n{CALL}\n'",
    f'"""\n{CALL}\n"""',
    f"'''\n{CALL}\n'''",
    f'""""""{CALL}""""""',
    f'\\"\n{CALL}',
    "ends in a backslash\\",
    'ends in a quote"',
    f"x\r{CALL}",
    f"x\r\n{CALL}",
    f"x\x0c{CALL}\x0b\x85{CALL}",
    f"x\u2028{CALL}\u2029",
    "\u202e}txet neddih{\u2066",
    "\0 \x1b[2J \x7f",
    "\ud800 alone",
    "\U0001f600 e\u0301 \uff49mport",
    f"{{{CALL}}} {{{{ {CALL} }}}} {{% raw %}}",
    f"{{x.__class__}} %(prog)s %s # {CALL}",
    f"), {CALL}, (",
    f"]\n\n\n{CALL}\n#",
    "\0imports\0 \0" + "0\0 @ $name \t# type: ignore # noqa",
]
REFUSALS = (ValueError, TypeError, KeyError, TemplateNotFound, UndefinedError)


def mutants(value: Any, text: str) -> Iterator[Any]:
    """The value with one of its texts replaced, for each text in it."""
    if type(value) is str:
        yield text
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            for mutant in mutants(item, text):
                yield value[:place] + (mutant,) + value[place + 1 :]
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for mutant in mutants(getattr(value, field.name), text):
                yield replace(value, **{field.name: mutant})


@dataclass(frozen=True)
class Seen:
    """What a script consists of: its names, the kinds of its statements, its constants."""

    names: frozenset[str]
    statements: tuple[str, ...]
    constants: Counter[tuple[str, str]]


def seen(script: str) -> Seen:
    nodes = list(ast.walk(ast.parse(script)))
    pairs = [pair for n in nodes if not isinstance(n, ast.Constant) for pair in ast.iter_fields(n)]
    named = {value for _, value in pairs if isinstance(value, str)}
    texts = [n.value for n in nodes if isinstance(n, ast.Constant)]
    return Seen(
        frozenset(named),
        tuple(type(node).__name__ for node in nodes if isinstance(node, ast.stmt)),
        Counter((type(text).__name__, repr(text)) for text in texts),
    )


def assert_harmless(base: Seen, mutant: Program, text: str) -> bool:
    """Whether there is a script; it differs from the base's in strings alone."""
    try:
        script = emit(mutant)
    except REFUSALS:
        return False
    assert script.isascii() and "\r" not in script and "\0" not in script
    assert all(ord(c) >= 32 or c == "\n" for c in script)
    compile(script, "script.py", "exec")
    found = seen(script)
    assert found.names <= base.names | {"dtype"}
    assert found.statements == base.statements
    for kind, new in found.constants - base.constants:
        assert kind == "str" and squeezed(text) in squeezed(ast.literal_eval(new))
    return True


def squeezed(text: str) -> str:
    """Without blanks, which docstrings wrap."""
    return "".join(text.split())


@pytest.mark.parametrize("text", PAYLOADS, ids=[str(n) for n in range(len(PAYLOADS))])
def test_hostile_texts_stay_texts(text: str) -> None:
    base = programs.variants()["everything"]
    known = seen(emit(base))
    printed = [assert_harmless(known, mutant, text) for mutant in mutants(base, text)]
    assert sum(printed) >= 8 and len(printed) > 40


def test_random_texts_stay_texts() -> None:
    random = Random(0)
    base = programs.variants()["everything"]
    letters = "\"'\\\n\r\t\0{}%#()[]`a \u2028\u202e\x85\ud800\u96ea"
    known = seen(emit(base))
    for _ in range(5):
        text = "".join(random.choice(letters) for _ in range(random.randrange(1, 30)))
        for mutant in mutants(base, text):
            assert_harmless(known, mutant, text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_names_are_names(text: str) -> None:
    base = programs.of_specs()["digits_cnn"]
    assert base.data
    for value in (Ref(text), Call(text), Call("f", (), ((text, 1),))):
        with pytest.raises(REFUSALS):
            emit(replace(base, compile=Call("model.compile", (value,))))
    with pytest.raises(REFUSALS):
        emit(replace(base, data=replace(base.data, source=Section(text))))


def test_a_path_is_a_string_under_the_output_folder() -> None:
    base = programs.variants()["callbacks"]
    assert base.training
    call = Call("keras.callbacks.CSVLogger", (Under('"; x'),))
    script = emit(replace(base, training=replace(base.training, callbacks=(call,))))
    assert "output / '\"; x'" in script
