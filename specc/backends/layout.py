"""Prints values of a program as Python source, laid out as `ruff format` would lay them out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from specc.backends.literals import (
    INDENT,
    WIDTH,
    annotation,
    dotted,
    formatted,
    identifier,
    key,
    plain,
    quoted,
    ratio,
    scalar,
    short,
)
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

Parts = Sequence[tuple[str, "Printed"]]  # what stands between brackets: prefix and value
Group = tuple[str, Parts, str]  # what opens it, its parts, and what closes it
TYPES = {bool: "bool", int: "int", float: "float", str: "str"}


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a parameter, in the signature of a block."""

    text: str


TENSOR = Type("keras.KerasTensor")
Printed = Value | Define | Type


def python(value: Printed, *, indent: int = 0, column: int | None = None, after: int = 0) -> str:
    """The source of a value, or of the signature of a block.

    `column` is where it starts, `indent` how far its line is indented, and `after` the room
    that has to be left behind it. Only ASCII; raises TypeError or ValueError for what is no
    value of a program, so that nothing reaches the script unquoted.
    """
    text = flat(value)
    start = indent if column is None else column
    if start + len(text) + after <= WIDTH:
        return text
    if isinstance(value, Apply):
        return _applied(value, indent, start, after)
    group = _bracketed(value)
    if not group[1]:
        return _broken(value, indent, after)
    return _lines(group, indent, isinstance(value, Call | Define))


def _applied(value: Apply, indent: int, column: int, after: int) -> str:
    """A layer and what it is applied to: the last brackets break first, if that is enough."""
    group = opening, parts, closing = _bracketed(value)
    room = len(opening) if parts else len(opening + closing) + after
    layer = python(value.layer, indent=indent, column=column, after=room)
    *above, last = layer.split("\n")
    start = len(last) if above else column + len(last)
    text = _flat_group(group)
    if not parts or start + len(text) + after <= WIDTH:
        return layer + text
    return layer + _lines(group, indent, True)


def _lines(group: Group, indent: int, together: bool) -> str:
    """A group over several lines; parts may stay `together` in one if there is room."""
    opening, parts, closing = group
    inner = indent + INDENT
    alone = ", ".join(prefix + flat(part) for prefix, part in parts)
    if together and inner + len(alone) <= WIDTH:
        lines = [" " * inner + alone]
    else:
        lines = [_line(prefix, part, inner) for prefix, part in parts]
    return "\n".join((opening, *lines, " " * indent + closing))


def _line(prefix: str, part: Printed, indent: int) -> str:
    text = python(part, indent=indent, column=indent + len(prefix), after=1)
    return f"{' ' * indent}{prefix}{text},"


def _broken(value: Printed, indent: int, after: int) -> str:
    """A path or text over several lines; other atoms are never too long."""
    match value:
        case Under(path):
            folder = flat(value).partition(" / ")[0]
            text = scalar(path)
            fits = indent + len("/ ") + len(text) + after <= WIDTH
            return f"{folder}\n{' ' * indent}/ {text if fits else _literals(path, indent)}"
        case str() if len(value) > 1:
            return _literals(value, indent)
        case Text(parts) if len(parts) > 1:
            return _literals(value, indent)
        case _:
            return flat(value)


def _literals(text: str | Text, indent: int) -> str:
    """A text as literals, one below the other, in parentheses."""
    inner = indent + INDENT
    pieces = _parts(text, WIDTH - inner) if isinstance(text, Text) else _pieces(text, WIDTH - inner)
    lines = (" " * inner + flat(piece) for piece in pieces)
    return "\n".join(("(", *lines, " " * indent + ")"))


def _pieces(text: str, room: int) -> Iterator[str]:
    """Pieces whose literals fit into `room`, which end in a blank or slash if they can."""
    while text:
        end = next((n for n in range(1, len(text)) if len(quoted(text[: n + 1])) > room), len(text))
        broken = max(text.rfind(sign, end // 2, end) for sign in " /") + 1
        end = broken if broken and end < len(text) else end
        yield text[:end]
        text = text[end:]


def _parts(text: Text, room: int) -> Iterator[Text]:
    """Texts of one line each; names are not torn apart."""
    line: tuple[str | Ref, ...] = ()
    for part in text.parts:
        for piece in (part,) if isinstance(part, Ref) else _pieces(part, room):
            if line and len(flat(Text((*line, piece)))) > room:
                yield Text(line)
                line = ()
            line = (*line, piece)
    yield Text(line)


def flat(value: Printed) -> str:
    """The value on one line."""
    match value:
        case Apply(layer):
            return flat(layer) + _flat_group(_bracketed(value))
        case Call() | Define() | Items() | Table():
            return _flat_group(_bracketed(value))
        case tuple():
            opening, parts, closing = _bracketed(value)
            return _flat_group((opening, parts, f",{closing}" if len(value) == 1 else closing))
        case Ref(name):
            return dotted(name)
        case Type(text):
            return annotation(text)
        case Under(path, filled, base):
            return f"{'folder' if filled else dotted(base)} / {scalar(path)}"
        case Text():
            return formatted(value)
        case Ratio():
            return ratio(value)
        case _:
            return scalar(value)


def _flat_group(group: Group) -> str:
    opening, parts, closing = group
    return f"{opening}{', '.join(prefix + flat(part) for prefix, part in parts)}{closing}"


def atomic(value: Printed) -> bool:
    """Whether a value has no brackets to break a line in."""
    if isinstance(value, Apply):
        return isinstance(value.layer, Ref) and not (value.args or value.options)
    return not _bracketed(value)[1]


def opened(value: Printed) -> str:
    """The part of a value that is never broken: up to the first brackets with something inside."""
    if isinstance(value, Apply):
        layer = opened(value.layer)
        return layer if layer.endswith("(") else layer + "("
    opening, parts, _ = _bracketed(value)
    return opening if parts else flat(value)


def _bracketed(value: Printed) -> Group:
    """What opens a value, its parts, and what closes it; no parts for an atom."""
    match value:
        case Call(target, args, options):
            return f"{short(target)}(", _arguments(args, options), ")"
        case Apply(layer, args, options):
            if isinstance(layer, Ref):
                plain(layer.name)
            return "(", _arguments(args, options), ")"
        case Define(name, inputs):
            tensors = [(f"{identifier(each)}: ", TENSOR) for each in inputs]
            return (
                f"{identifier(name)}(",
                [*tensors, *map(_parameter, value.signature)],
                _end(value),
            )
        case Items(values):
            return "[", [("", item) for item in values], "]"
        case Table(rows):
            return "{", [(f"{key(each)}: ", item) for each, item in rows], "}"
        case tuple():
            return "(", [("", item) for item in value], ")"
        case _:
            return "", [], ""


def _arguments(args: Sequence[Value], options: Parts) -> Parts:
    return [*(("", arg) for arg in args), *((f"{identifier(n)}=", each) for n, each in options)]


def _end(block: Define) -> str:
    several = isinstance(block.result, tuple)
    return f") -> {f'tuple[{TENSOR.text}, ...]' if several else TENSOR.text}"


def _parameter(parameter: Parameter) -> tuple[str, Printed]:
    """A parameter of a block with what is known of its type."""
    name, default = identifier(parameter.name), parameter.default
    kind = parameter.annotation or (TYPES.get(type(default[0]), "") if default else "")
    if not default:
        return (f"{name}: ", Type(kind)) if kind else ("", Ref(name))
    return f"{name}: {annotation(kind)} = " if kind else f"{name}=", default[0]
