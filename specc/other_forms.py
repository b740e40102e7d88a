"""Objects in the forms of Python and of other formats, as a spec writes them."""

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from specc.keys import meaning
from specc.kind import Kind
from specc.mended import attempt
from specc.registry import find

TYPES = ("type", "class_name", "class", "name", "kind", "layer", "identifier")
LONGEST = 500
_PLAIN = re.compile(r"[A-Za-z_][\w.*-]*")


class ByKey(NamedTuple):
    """An object whose name stands behind a key: `{type: Dense, units: 10}`."""

    key: str
    name: str
    options: Mapping[str, Any]
    inside: tuple[str, ...]  # the keys behind which the options stand

    @property
    def right(self) -> str:
        """What to write."""
        return f"{self.name}: {as_yaml(dict(self.options))}" if self.options else self.name


def by_key(family: str, data: Any) -> ByKey | None:
    """An object in that form, and in that of Keras' own `{class_name: …, config: {…}}`."""
    if not isinstance(data, dict) or any(find(family, str(key)) for key in data):
        return None
    key = next((key for key in TYPES if isinstance(data.get(key), str)), "")
    if not key or not find(family, data[key]):
        return None
    rest = {option: value for option, value in data.items() if option != key}
    inside = ("config",) if list(rest) == ["config"] and isinstance(rest["config"], dict) else ()
    options = rest["config"] if inside else rest
    kind = find(family, data[key])
    full = options and kind is not None and not kind.word_only
    return ByKey(key, kind.__name__ if full and kind else data[key], options, inside)


def as_yaml(value: Any) -> str:
    """Plain data as YAML writes them on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            plain = _PLAIN.fullmatch(value) and value not in ("true", "false", "null")
            return value if plain else json.dumps(value, ensure_ascii=False)
        case list() | tuple():
            return f"[{', '.join(map(as_yaml, value))}]"
        case dict():
            pairs = (f"{key}: {as_yaml(each)}" for key, each in value.items())
            return f"{{{', '.join(pairs)}}}"
        case _:
            return str(value)


def of_call(arguments: str, kind: type[Kind] | None) -> str | None:
    """`128, activation='relu'` as what a spec writes behind `Dense: `, empty for no arguments;
    None where that is not plain."""
    read = _parsed(arguments)
    if read is None:
        return None
    values, named = read
    if not values and not named:
        return ""
    if len(values) == 1 and not named:
        return values[0]
    names = kind.options() if kind else ()
    if len(values) > len(names):
        return None
    fields = kind.model_fields if kind else {}
    today = ((meaning(name, fields) or name, value) for name, value in named)
    pairs = [*zip(names, values, strict=False), *today]
    return f"{{{', '.join(f'{name}: {value}' for name, value in pairs)}}}"


def joined(kind: type[Kind] | None, value: Any) -> bool:
    """Whether names of inputs stand in the place of options: `Concatenate: [a, b]`."""
    names = isinstance(value, list) and value and all(isinstance(each, str) for each in value)
    return bool(names) and getattr(kind, "arity", (1, 1))[0] > 1


def spelled_out(kind: type[Kind], value: Any) -> str | None:
    """What was meant by a lone value that is no first option: several, or names of inputs."""
    if joined(kind, value):
        return f"{{from: {as_yaml(value)}}}"
    if isinstance(value, str) and re.search("[,=]", value):
        right = of_call(value, kind)
        return right if right and right.startswith("{") else None
    if not isinstance(value, list) or not 1 < len(value) <= len(kind.options()):
        return None
    given = dict(zip(kind.options(), value, strict=False))
    sized = len(value) > 2 and all(isinstance(each, int) for each in value[1:])
    return None if sized or attempt(kind, given) is None else as_yaml(given)


def _parsed(arguments: str) -> tuple[list[str], list[tuple[str, str]]] | None:
    """The values by position and those by name."""
    if len(arguments) > LONGEST:
        return None
    try:
        call = ast.parse(f"_({arguments})", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _arguments(call) if isinstance(call, ast.Call) else None


def _arguments(call: ast.Call) -> tuple[list[str], list[tuple[str, str]]] | None:
    values = [_text(each) for each in call.args]
    named = [(each.arg, _text(each.value)) for each in call.keywords]
    if None in values or any(name is None or value is None for name, value in named):
        return None
    return _known(values), [(str(name), str(value)) for name, value in named]


def _text(node: ast.expr) -> str | None:
    """An expression of Python as YAML text; None where a spec has nothing like it."""
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str() as value):
            return as_yaml(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return f"-{value}"
        case ast.BinOp(left=ast.Constant(), op=ast.Div(), right=ast.Constant()):
            sides = node.left.value, node.right.value  # type: ignore[attr-defined]
            whole = all(isinstance(each, int | float) and each == int(each) for each in sides)
            return f"{int(sides[0])}/{int(sides[1])}" if whole else None
        case ast.Tuple(elts=items) | ast.List(elts=items):
            texts = [_text(item) for item in items]
            return None if None in texts else f"[{', '.join(_known(texts))}]"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call():
            return _object(node)
    return None


def _object(call: ast.Call) -> str | None:
    name, read = _text(call.func), _arguments(call)
    if name is None or read is None:
        return None
    values, named = read
    if len(values) + bool(named) > 1:
        return None
    if not values and not named:
        return name
    inside = ", ".join(f"{option}: {value}" for option, value in named)
    return f"{{{name}: {values[0] if values else f'{{{inside}}}'}}}"


def _known(texts: Sequence[str | None] | Iterable[str | None]) -> list[str]:
    return [text for text in texts if text is not None]
