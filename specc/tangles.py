"""What is wrong with the names in a model and with its wiring, as findings."""

from collections.abc import Mapping

from specc.diagnostics import Diagnostic, Edit, Note, Severity
from specc.items import Item, LayerItem, Named
from specc.objects import where
from specc.source import Path
from specc.wording import listing
from specc.words import nearest

ENTRY = "$input"  # what goes into a block or a repetition, in the words of the spec


def cycle(ring: list[tuple[str, Item]]) -> Diagnostic:
    first, *rest = ring
    way = " -> ".join(f"`{name}`" for name, _ in reversed([*ring, first]))
    message = f"`{first[0]}` takes what it gives" if not rest else f"a cycle of layers: {way}"
    notes = tuple(Note(f"`{name}`", _from(item)) for name, item in rest)
    help = "data flow one way through a model: take one of these out of a `from`"
    path = _from(first[1])
    return Diagnostic("F031", Severity.ERROR, message, path, help=help, notes=notes)


def _from(item: Item) -> Path:
    return item.sources[0].path if item.sources else at(item)


def at(item: Item, option: str | None = None) -> Path:
    """The path of an option of an item, or of its name."""
    return where(item.written, item.path, option)


def unknown(named: Named, known: Mapping[str, Item | None], noun: str) -> Diagnostic:
    if named.text == ENTRY:
        message = "`$input` stands outside of a block or repetition"
        help = "name the layer or the input that is meant"
        return Diagnostic("F030", Severity.ERROR, message, named.path, help=help)
    names = [name for name in known if not name.endswith("'")]
    meant = nearest(named.text, names)
    written = [name for name, item in known.items() if item is None or item.name] or names
    help = f"did you mean `{meant}`?" if meant else f"known names are {listing(written)}"
    fix = (Edit(named.path, meant),) if meant else ()
    message = f"there is no layer or input `{named.text}` here"
    return Diagnostic("F030", Severity.ERROR, message, named.path, help=help, fix=fix)


def alike(name: str, item: Item, other: Item) -> Diagnostic:
    blamed, first = (item, other) if item.name is not None else (other, item)
    message, help = f"two layers are named `{name}`", "give each layer a name of its own"
    notes = (Note("the other one", at(first, "name")),)
    return Diagnostic("F019", Severity.ERROR, message, at(blamed, "name"), help=help, notes=notes)


def hidden(name: str, item: Item, other: Item | None) -> Diagnostic:
    message = f"`{name}` is the name of a layer outside, too"
    notes = (Note("the other one", at(other, "name")),) if other else ()
    help = "give each layer a name of its own"
    return Diagnostic("F019", Severity.ERROR, message, at(item, "name"), help=help, notes=notes)


def which(first: Item, inputs: tuple[LayerItem, ...]) -> Diagnostic:
    names = listing([each.name or "" for each in inputs])
    message = "the first layer does not say which input it takes"
    help = f"add `from:` with one of {names}"
    return Diagnostic("F030", Severity.ERROR, message, at(first), on_key=True, help=help)


def dangling(item: Item, name: str) -> Diagnostic:
    if item.path[:2] == ("model", "inputs"):
        message, help = f"the input `{name}` is never used", "take it in a layer, or remove it"
        return Diagnostic("F033", Severity.WARNING, message, item.path, on_key=True, help=help)
    called = f"`{name}`" if not name.endswith("'") else "this repetition"
    message = f"nothing takes what {called} gives"
    help = "name it in a `from` or in `outputs`, or remove it"
    return Diagnostic("F032", Severity.ERROR, message, at(item), on_key=True, help=help)
