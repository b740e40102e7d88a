"""What to say of a name that is no kind of its family, and of objects written in another form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from specc.diagnostics import Diagnostic, Edit, Severity
from specc.foreign import KINDS
from specc.kind import Each, Kind
from specc.layers.refused import REFUSED as REFUSED_LAYERS
from specc.old_words import OLD_KINDS, OLD_VALUES
from specc.other_forms import of_call
from specc.registry import find, index, names, words
from specc.slips import slip
from specc.source import Path
from specc.training.refused import REFUSED
from specc.wording import flow, foreign_word, listing, old_word, shown
from specc.words import nearest, sure

NOUNS = {
    "layers": "layer", "optimizers": "optimizer", "schedules": "learning-rate schedule",
    "losses": "loss", "metrics": "metric", "callbacks": "callback", "initializers": "initializer",
    "regularizers": "regularizer", "constraints": "constraint", "sources": "data source",
}  # fmt: skip
USUAL = {  # what is named first of those that are known
    "layers": (
        "Dense", "Conv2D", "MaxPooling2D", "GlobalAveragePooling2D", "Flatten", "Dropout",
        "BatchNormalization", "Embedding", "LSTM", "Rescaling", "Normalization",
    ),
    "optimizers": ("adam", "rmsprop", "sgd", "adamw"),
    "losses": (
        "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy",
        "mse", "mae", "huber", "kl_divergence",
    ),
    "metrics": ("accuracy", "mae", "mse", "AUC", "Precision", "Recall", "F1Score", "MeanIoU"),
    "callbacks": ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau", "TensorBoard"),
}  # fmt: skip
EXAMPLE = "write `Name`, or `Name: {options}`"
EXAMPLES = {
    "regularizers": "write `{L2: 0.001}`",
    "losses": "write its name, such as `mse`; for several outputs `{output: name, …}`",
}
# Objects that layers do not share, and what to write instead of one for several.
SHARED_BADLY = {
    "initializers": "one object gives all layers the same start: name it, as `he_normal`, or "
    "write it inside the block",
    "layers": "write the layer inside the block",
}


def unknown_kind(family: str, name: str, path: Path, on_key: bool) -> Diagnostic:
    """A name that is no kind of the family: refused, old, of another family, or a typo."""
    reason = (REFUSED_LAYERS if family == "layers" else REFUSED.get(family, {})).get(name)
    if reason is not None:
        message = f"`{name}` cannot stand in a spec"
        return Diagnostic("F024", Severity.ERROR, message, path, on_key, help=reason)
    if (call := re.fullmatch(r"([\w.]+)\((.*)\)", name)) is not None:
        return _python(family, call[1].rpartition(".")[2], call[2], path, on_key)
    if (items := re.split(r" (?=- )", name))[1:]:
        return _indented(items[0], items[1], path, on_key)
    last = name.rpartition(".")[2]
    today = OLD_KINDS.get(name) or OLD_VALUES.get(name)
    if today is not None and (" " in today or find(family, today)):
        return old_word(name, today, path, on_key=on_key, fixable=True)
    library, here = KINDS.get(last, ("", ""))
    if here and (" " in here or find(family, here)):
        return foreign_word("F011", name, (library, here), path, on_key)
    return _nearest(family, name, last, path, on_key)


def _nearest(family: str, name: str, last: str, path: Path, on_key: bool) -> Diagnostic:
    """A name of another family, or a slip; `last` is what stands behind its dots."""
    noun = NOUNS[family]
    elsewhere = [NOUNS[other] for other in index() if other != family and name in names(other)]
    message = f"unknown {noun} `{name}`"
    if elsewhere:
        message = f"`{name}` is a {elsewhere[0]}, not a {noun}"
    known = [*names(family), *words(family)]
    alike = words(family) if name[:1].islower() else names(family)
    spelled = [each for each in known if each.lower() == last.lower().replace("-", "_")]
    meant = next(iter(spelled), None) or nearest(last, alike) or nearest(last, known)
    if elsewhere or meant is None:
        usual = [each for each in USUAL.get(family, ()) if each in known]
        help = f"known ones are {listing([*dict.fromkeys((*usual, *known))], 12)}"
        return Diagnostic("F011", Severity.ERROR, message, path, on_key, help=help)
    fix = (Edit(path, meant, on_key, "rename", sure(last, meant, known)),)
    help = f"did you mean `{meant}`?"
    return Diagnostic("F011", Severity.ERROR, message, path, on_key, help=help, fix=fix)


def as_known(family: str, names: Iterable[str], path: Path) -> tuple[str, list[str]]:
    """The known names that these stand for, and what to say of the first that stands for none."""
    meant: list[str] = []
    for name in map(str.strip, names):
        finding = None if find(family, name) else unknown_kind(family, name, path, False)
        if finding and not finding.fix:
            return finding.help, meant
        meant.append(finding.fix[0].text if finding else name)
    return "", meant


def _python(family: str, name: str, arguments: str, path: Path, on_key: bool) -> Diagnostic:
    """`Dense(16)` as YAML writes it."""
    message = f"`{name}(…)` is Python's way to write {a_kind(family)}"
    kind = find(family, name)
    given = of_call(arguments, kind)
    name = kind.__name__ if kind and given and not kind.word_only else name
    right = f"{name}: {{…}}" if given is None else f"{name}: {given}" if given else name
    nested = ":" in right and not in_a_list(path)
    right = f"{{{right}}}" if nested else right
    fix = (Edit(path, right, safe=True),) if given is not None and not on_key else ()
    return Diagnostic(
        "F011", Severity.ERROR, message, path, on_key, help=f"write `{right}`", fix=fix
    )


def in_a_list(path: Path) -> bool:
    """Whether an object stands alone in its line, without braces around it."""
    return bool(path) and isinstance(path[-1], int)


def a_kind(family: str) -> str:
    """`a layer`, `an optimizer`."""
    noun = NOUNS[family]
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _indented(first: str, second: str, path: Path, on_key: bool) -> Diagnostic:
    """A list item that YAML reads as the second line of the one above."""
    message = f"`{second}` is indented below `{first}`, and so a part of its name"
    help = f"give `{second}` the indentation of the item above"
    return Diagnostic("F011", Severity.ERROR, message, path, on_key, help=help)


def no_argument(family: str, data: Any, path: Path) -> list[Diagnostic]:
    """An argument of a block that layers cannot share."""
    if family != "layers" and not (isinstance(data, dict) and family in SHARED_BADLY):
        return []
    message = f"an argument cannot be {shown(data) if family == 'layers' else 'an object'}"
    return [Diagnostic("F013", Severity.ERROR, message, path, help=SHARED_BADLY[family])]


def no_object(family: str, data: Any, path: Path) -> Diagnostic:
    """What stands in the place of an object and is neither a name nor a mapping."""
    help = EXAMPLES.get(family, EXAMPLE)
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], str):
        help = f"write `{data[0]}`, without brackets"
    elif isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict):
        help = "write it with one `- `, without another list around it"
    message = f"expected {a_kind(family)}, got {shown(data)}"
    return Diagnostic("F013", Severity.ERROR, message, path, help=help)


def nothing_in(kind: type[Kind], name: str, path: Path) -> list[Diagnostic]:
    """An empty mapping, where there are options that must be given."""
    needed = [option for option, field in kind.model_fields.items() if field.is_required()]
    help = f"write `{name}: {{{', '.join(f'{option}: …' for option in needed)}}}`"
    empty = Diagnostic("F016", Severity.ERROR, f"`{name}` is empty", path, True, help=help)
    return [empty] if needed else []


def no_sections(mark: Each, data: Any, path: Path) -> Diagnostic:
    """What stands in the place of sections by their names, or an empty mapping."""
    if data == {}:
        return Diagnostic("F016", Severity.ERROR, f"`{path[-1]}` is empty", path, True)
    names = [each for each in (data if isinstance(data, list) else [data]) if each is not None]
    texts = names and all(isinstance(name, str) for name in names)
    example = str(data).lower() if mark.flag and isinstance(data, bool) else mark.example
    each = ", ".join(f"{name}: {example}" for name in (names if texts else ["name"]))
    message = f"`{path[-1]}` is {shown(data)}, expected a mapping"
    help = f"write `{{{each}}}`" + ("" if texts else ", with the names of layers" * mark.flag)
    return Diagnostic("F013", Severity.ERROR, message, path, help=help)


def no_section(mark: Each, data: Any, path: Path) -> Diagnostic:
    """What stands in the place of one of these sections."""
    wanted = "`true`, `false` or a mapping" if mark.flag else "a mapping"
    message = f"`{path[-1]}` is {shown(data)}, expected {wanted}"
    right = getattr(mark.section, "in_short", {}).get(type(data), mark.example)
    text = flow(data) if isinstance(data, list) else str(data)
    habit = slip(data, wanted)[1] if mark.flag else ""
    help = habit or f"write `{path[-1]}: {right.replace('…', text)}`"
    return Diagnostic("F013", Severity.ERROR, message, path, help=help)


def with_lacking(unknown: Diagnostic, *more: Diagnostic, name: str) -> list[Diagnostic]:
    """The findings on a name that was meant otherwise; what it also needs is part of the first."""
    lacks = [each.help for each in more if each.code == "F012" and each.path == unknown.path]
    keys = [key for each in lacks for key in re.findall(r"`(\w+): …`", each)]
    if not keys:
        return [unknown, *more]
    help = f"write `{name}: {{{', '.join(f'{key}: …' for key in keys)}}}`"
    kept = [each for each in more if each.help not in lacks]
    return [replace(unknown, help=help, fix=()), *kept]


def dedented(family: str, data: Mapping[str, Any], path: Path) -> Diagnostic:
    """More keys than one: the options of `Name:` stand one level too far left."""
    for name, value in data.items():
        if value is None and find(family, name) is not None:
            message = f"`{name}` is empty, and its options stand beside it"
            help = f"indent the options, or write `{name}: {{…}}`"
            return Diagnostic("F016", Severity.ERROR, message, (*path, name), True, help=help)
    message = f"expected one {NOUNS[family]}, got the keys {listing(list(data))}"
    extra, help = (*path, list(data)[1]), together(family, data)
    return Diagnostic("F013", Severity.ERROR, message, extra, True, help=help)


def together(family: str, data: Mapping[str, Any]) -> str:
    """How to write an object of which name and options stand beside each other."""
    keys = [kind.__name__ for name in data if (kind := find(family, name))]
    values = [value for value in data.values() if isinstance(value, str)]
    named = [kind.__name__ for value in values if (kind := find(family, value))]
    if len(keys) > 1:
        return "start each with `- `"
    return f"write `{(keys or named or ['Name'])[0]}: {{…}}`, with its options in the braces"
