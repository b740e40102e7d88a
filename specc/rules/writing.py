"""Fixes that rules write: options of layers and other objects, in whatever form these stand."""

from collections.abc import Iterable

from specc.diagnostics import Edit
from specc.graph import Node
from specc.kind import Kind
from specc.pair import Pair
from specc.rules.amounts import Tuned
from specc.source import Path
from specc.subject import Subject
from specc.words import sure

Edits = tuple[Edit, ...]


def option(subject: Subject, path: Path, kind: Kind | None, name: str, text: str) -> Edits:
    """Gives an option of the object at `path` a value, which is YAML text; none for a parameter."""
    written = subject.get(path)
    if kind is None or not text or name not in type(kind).model_fields:
        return ()
    if isinstance(written, str) and not written.startswith("$"):
        whole = f"{type(kind).__name__}: {{{name}: {text}}}"
        return (Edit(path, whole if isinstance(path[-1], int) else f"{{{whole}}}"),)
    if not isinstance(written, dict) or len(written) != 1:
        return ()
    [(key, value)] = written.items()
    return _inside((*path, key), value, next(iter(kind.options())), name, text)


def _inside(path: Path, value: object, first: str, name: str, text: str) -> Edits:
    """The option among those that are written, or behind the one that stands alone."""
    match value:
        case dict() if name not in value:
            return (Edit(path, f"{name}: {text}", how="add"),)
        case dict():
            parameter = str(value[name]).startswith("$")
            return () if parameter else (Edit((*path, name), text),)
        case str() if value.startswith("$"):
            return ()
        case str() | int() | float() if name == first:
            return (Edit(path, text),)
        case str() | int() | float() if not isinstance(value, bool):
            return (Edit(path, f"{{{first}: {value}, {name}: {text}}}"),)
    return ()


def layer_option(subject: Subject, node: Node, name: str, text: str) -> Edits:
    """Gives an option of a layer a value."""
    return option(subject, node.path, node.kind, name, text)


def usual_rate(subject: Subject, found: Tuned) -> Edits:
    """The learning rate that is usual, in place of a number."""
    if found.rate in (None, found.advised_rate):
        return ()
    return option(subject, found.path, found.kind, "learning_rate", f"{found.advised_rate:g}")


def last_activation(subject: Subject, pair: Pair, text: str) -> Edits:
    """Ends the model with another activation; `linear` is none."""
    head = pair.head
    if not head.on_key:
        return (Edit(head.path, text),)
    return layer_option(subject, head.node, "activation", text)


def loss(pair: Pair, text: str) -> Edits:
    """Another loss, where one is written."""
    return (Edit(pair.place, text),) if pair.written else ()


def both(*edits: Edits) -> Edits:
    """All of them, or none where one of them cannot be made."""
    return sum(edits, ()) if all(edits) else ()


def dropped(subject: Subject, path: Path, *, safe: bool = False) -> Edits:
    """Removes what is written at `path`; an object without options is its name alone."""
    holder, outer = subject.get(path[:-1]), subject.get(path[:-2])
    if subject.get(path) is None and not (isinstance(holder, dict) and path[-1] in holder):
        return ()
    alone = isinstance(holder, dict) and len(holder) == 1 and len(path) > 2
    if alone and isinstance(outer, dict) and len(outer) == 1:
        return (Edit(path[:-2], str(path[-2]), safe=safe),)
    return (Edit(path, how="remove", safe=safe),)


def renamed(path: Path, meant: str | None, known: Iterable[str]) -> Edits:
    """The key that was meant."""
    if meant is None:
        return ()
    return (Edit(path, meant, on_key=True, safe=sure(str(path[-1]), meant, known)),)
