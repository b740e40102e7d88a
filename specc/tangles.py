"""What is wrong with the names in a model and with its wiring, as findings."""

from collections.abc import Mapping

from specc.diagnostics import Diagnostic, Edit, Note, Severity
from specc.items import ENTRY, Block, Item, LayerItem, Named, Repeat, Use, walk
from specc.source import Path
from specc.wired import is_nameless
from specc.within import where
from specc.wording import listing
from specc.words import nearest, sure

_OWN_NAME = "give each layer a name of its own"


def cycle(ring: list[tuple[str, Item]]) -> Diagnostic:
    """F031: items with their names, each of which takes what the one behind it gives."""
    first, *rest = ring
    way = " -> ".join(f"`{name}`" for name, _ in reversed([*ring, first]))
    message = f"`{first[0]}` takes what it gives" if not rest else f"a cycle of layers: {way}"
    takes = [name for name, _ in (*rest, first)]
    notes = tuple(
        Note(f"`{name}` takes `{taken}`", _from(item, taken), on_key=not item.sources)
        for (name, item), taken in zip(rest, takes[1:], strict=True)
    )
    help = "data flow one way through a model: take one of these out of a `from`"
    help = "name another layer or an input" if not rest else help
    path, on_key = _from(first[1], takes[0]), not first[1].sources
    return Diagnostic("F031", Severity.ERROR, message, path, on_key, help=help, notes=notes)


def _from(item: Item, taken: str) -> Path:
    """Where an item says that it takes a name; the item itself where it does not say."""
    named = [*(item.sources or ()), *(name for each in item.wanted.values() for name in each)]
    meant = [name for name in named if name.text.partition(".")[0] == taken]
    return (meant or named)[0].path if meant or named else at(item)


def at(item: Item, option: str | None = None) -> Path:
    """The path of an option of an item, or of its name."""
    return where(item.written, item.path, option)


def unknown(named: Named, known: Mapping[str, Item | None], *, inside: bool) -> Diagnostic:
    """A name that nothing has; `inside` of a block names of the model mean nothing."""
    if named.text == ENTRY:
        message = "`$input` stands outside of a block or repetition"
        help = "name the layer or the input that is meant"
        return Diagnostic("F030", Severity.ERROR, message, named.path, help=help)
    names = [name for name in known if not is_nameless(name)]
    meant = _nearest(named.text, names)
    holder = _holder(named.text, known)
    use = next((n for n, i in known.items() if _is_use(i, named.text)), None)
    if use is not None:
        meant, help = use, f"`{named.text}` is a block: name a use of it, such as `{use}`"
    elif holder is not None:
        meant, help = "", _of_its_own(holder)
    elif meant:
        help = f"did you mean `{meant}`?"
    else:
        written = [n for n in names if not isinstance(item := known[n], LayerItem) or item.name]
        help = f"known names are {listing(written or names)}"
        help += "; a block knows only its own and its `inputs`" if inside else ""
    safe = bool(meant) and sure(named.text, str(meant), names)
    fix = (Edit(named.path, meant, safe=safe),) if meant else ()
    message = f"there is no layer or input `{named.text}` here"
    return Diagnostic("F030", Severity.ERROR, message, named.path, help=help, fix=fix)


def _nearest(text: str, names: list[str]) -> str | None:
    """The name that was meant, with the number of the output that was written behind it."""
    stem, dot, number = text.rpartition(".")
    meant = nearest(stem, names) if dot and number.isdecimal() else None
    return f"{meant}.{number}" if meant else nearest(text, names)


def _holder(text: str, known: Mapping[str, Item | None]) -> str | None:
    """The use of a block or the repetition in which a layer of that name stands."""
    for name, item in known.items():
        if isinstance(item, Use | Repeat):
            names = {inner.name for inner in walk(item.items) if inner.name}
            if text in names or {text.removeprefix(name + sign) for sign in "_."} & names:
                return name
    return None


def _is_use(item: Item | None, block: str) -> bool:
    return isinstance(item, Use) and item.block is not None and item.block.name == block


def _of_its_own(holder: str) -> str:
    """What to write for a layer of a block or a repetition."""
    gives = "which gives what its last layer gives"
    if is_nameless(holder):
        return f"it stands in a repetition, {gives}: give the repetition a `name` and write that"
    return f"it stands in `{holder}`, {gives}: write `{holder}`"


def twice(named: Named) -> Diagnostic:
    """F019: an output that was named before."""
    message, help = f"`{named.text}` stands twice in `outputs`", "name each output once"
    return Diagnostic("F019", Severity.ERROR, message, named.path, help=help)


def unused_input(block: Block, place: int) -> Diagnostic:
    """F033: an input of a block that none of its layers takes."""
    message = f"the input `{block.inputs[place]}` of the block `{block.name}` is never used"
    help, path = "take it in a layer, or remove it", (*block.path, "inputs", place)
    return Diagnostic("F033", Severity.WARNING, message, path, help=help)


def alike(name: str, item: Item, other: Item) -> Diagnostic:
    """F019: two items of one name; an item that the spec gives no name is not to blame."""
    blamed, first = (item, other) if item.name is not None else (other, item)
    return named_alike(name, at(blamed, "name"), at(first, "name"))


def named_alike(name: str, path: Path, other: Path) -> Diagnostic:
    message, notes = f"two layers are named `{name}`", (Note("the other one", other),)
    return Diagnostic("F019", Severity.ERROR, message, path, help=_OWN_NAME, notes=notes)


def hidden(name: str, item: Item, other: Item | None) -> Diagnostic:
    """F019: an item in a repetition with the name of one around it."""
    message = f"`{name}` is the name of a layer outside, too"
    notes = (Note("the other one", at(other, "name")),) if other else ()
    path = at(item, "name")
    return Diagnostic("F019", Severity.ERROR, message, path, help=_OWN_NAME, notes=notes)


def which(first: Item, inputs: tuple[LayerItem, ...]) -> Diagnostic:
    """F030: a first layer that says nothing of several inputs."""
    names = listing([each.name or "" for each in inputs])
    message = "the first layer does not say which input it takes"
    help = f"add `from:` with one of {names}"
    return Diagnostic("F030", Severity.ERROR, message, at(first), on_key=True, help=help)


def dangling(item: Item, name: str) -> Diagnostic:
    """F032, or F033 for an input: what gives a tensor that nothing takes."""
    if item.sources == ():
        message, help = f"the input `{name}` is never used", "take it in a layer, or remove it"
        return Diagnostic("F033", Severity.WARNING, message, item.path, on_key=True, help=help)
    called = "this repetition" if is_nameless(name) else f"`{name}`"
    message = f"nothing takes what {called} gives"
    help = "name it in a `from` or in `outputs`, or remove it"
    return Diagnostic("F032", Severity.ERROR, message, at(item), on_key=True, help=help)
