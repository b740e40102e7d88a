"""Names of layers as a script builds them inside of blocks and loops."""

from collections.abc import Sequence

from specc.program import Ref, Text, Value


def name_of(name: str, *, inside: bool, indices: Sequence[str]) -> Value:
    """`f"{name}_a_{i}"`: the name of a layer inside of a block or a loop."""
    parts: list[str | Ref] = [Ref("name"), f"_{name}"] if inside else [name]
    for index in indices:
        parts += ["_", Ref(index)]
    return _text(parts)


def with_ending(name: Value, ending: str) -> Value:
    """The name followed by a constant text."""
    parts = name.parts if isinstance(name, Text) else (str(name),)
    return _text((*parts, ending))


def _text(parts: Sequence[str | Ref]) -> Value:
    joined = _joined(parts)
    return joined[0] if len(joined) == 1 and isinstance(joined[0], str) else Text(joined)


def _joined(parts: Sequence[str | Ref]) -> tuple[str | Ref, ...]:
    """The parts of a text, without two pieces of text side by side."""
    found: list[str | Ref] = []
    for part in parts:
        if found and isinstance(part, str) and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return tuple(found)
