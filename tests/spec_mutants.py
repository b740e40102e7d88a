"""Mutants of specs as data: parts dropped, doubled, renamed, replaced and planted at random."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from specc.old_words import OLD_KEYS, OLD_KINDS, OLD_VALUES
from specc.registry import find, index, names, words
from specc.source import read

SPECS = sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))


FAMILIES = tuple(family for family, known in index().items() if known)


class Raw(str):
    """A scalar that is written as it stands."""


SCALARS = (
    *(None, True, False, 0, 1, -1, 2, 3, 7, 10, 255, 2**31, 2**63, 10**18, -(10**18)),
    *(0.0, 0.5, -0.5, 1.0, 2.0, 1e-8, 1e-300, 1e300, 0.999999999),
    *map(Raw, (".nan", ".inf", "-.inf", "1e999", "0x10", "010", "2020-01-01", "1:30", "9" * 40)),
    *(
        "",
        " ",
        "x",
        "none",
        "yes",
        "no",
        "auto",
        "same",
        "é",
        "😀",
        "a b",
        "a\nb",
        "\u202e",
        "x" * 500,
    ),
    *("1/255", "1/0", "0/1", "-1/3", "1./255", "$x", "../up", "/abs", "a\0b", "{", "%d", "{epoch}"),
    *(
        "val_loss",
        "accuracy",
        "val_acc",
        "Dense(3)",
        "lambda x: x",
        "Dense: 3",
        "mnist",
        "data.npz",
    ),
)
TREES: tuple[Any, ...] = (
    *([], {}, [[]], [{}], [None], [1], [1, 2], [1, 2, 3], [0, 0], [-1, 2], [0.5, 0.5], ["a", "b"]),
    *([10**9] * 3, [1] * 300, {"a": 1}, {"Dense": 3}, {"Dense": {"units": 3}}, [{"Dense": 3}]),
    *({"Adam": {"learning_rate": {"CosineDecay": {"initial_learning_rate": 1}}}},),
    *({"LSTM": 4}, {"layer": {"LSTM": {"units": 3, "return_sequences": True}}},),
    *({"keras": "imdb", "num_words": 5}, {"x": "x.npy", "y": "y.npy"}, {"path": "d.npz"}),
    {"train": 0.5, "validation": 0.25, "test": 0.25},
)  # fmt: skip
KEYS = (
    *("specc name description task seed data model train visualize expect blocks evaluate".split()),
    *("from times layers repeat call custom class arguments output inputs outputs".split()),
    *("x", "y", "path"),
    *("params images arrays dataset table text keras sklearn size color classes split".split()),
    *OLD_KEYS,
)
# What stands in a graph, a block or a repetition where a name or a value is wanted.
WIRES = ("$input", "$filters", "$$x", "${n}", "a$b", "$", "$$", "code", "code.1", "code.-1", "x.99")
FORMS: tuple[Any, ...] = (
    {"repeat": {"times": 2, "layers": [{"Dense": 3}]}},
    {"repeat": {"times": 10**7, "layers": ["Flatten"]}},
    {"repeat": {"times": "$times", "layers": [{"repeat": {"times": 0, "layers": []}}]}},
    {"repeat": {"times": 1000, "layers": [{"repeat": {"times": 1000, "layers": ["Dropout"]}}]}},
    *({"call": {"layer": "code", "name": "again"}}, {"call": "code"}, {"call": None}, "call"),
    {"custom": {"class": "mine:Layer", "output": [3], "arguments": {"a": "$x"}}},
    *({"custom": {"output": "same"}}, "custom", "repeat", {"repeat": None}),
)
STRANGE = ("", "é", "a b", "x" * 300, "__class__", "a\nb", "None", "1", "self", "a=b", "a.b")


def structural(count: int, seed: int) -> Iterator[bytes]:
    """Each is one of specs/ after one to five mutations, written as YAML."""
    random = Random(seed)
    trees = [read(path.name, path.read_bytes()).data for path in SPECS]
    for _ in range(count):
        tree = deepcopy(random.choice(trees))
        for _ in range(random.randint(1, 5)):
            tree = _mutated(tree, random, trees)
        yield written(tree, random).encode("utf-8", "surrogatepass")


def _mutated(tree: Any, random: Random, trees: list[Any]) -> Any:
    """The tree with one place changed; mostly deep ones, since there are more of them."""
    places = list(_places(tree))
    if not places or random.random() < 0.002:
        return _value(random, trees)
    holder, key = random.choice(places)
    match random.randrange(11):
        case 9:
            _rewire(tree, holder, key, random)
        case 10 if isinstance(holder, list):
            _reform(tree, holder, key, random)
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            _rename(holder, key, _key(random))
        case 2 if isinstance(holder, dict):
            holder[_key(random)] = _value(random, trees)
        case 3 if isinstance(holder, list):
            holder.insert(random.randint(0, len(holder)), _item(random, trees))
        case 4:
            holder[key] = [holder[key]] if random.random() < 0.5 else {_key(random): holder[key]}
        case 5 if isinstance(holder, list):
            random.shuffle(holder)
        case 6:
            other, at = random.choice(list(_places(random.choice(trees))))
            holder[key] = deepcopy(other[at])
        case 7 if _is_written_object(holder):
            _rename(holder, key, _name(random))
        case _:
            holder[key] = _value(random, trees)
    return tree


def _rewire(tree: Any, holder: Any, key: Any, random: Random) -> None:
    """Names something else, or names something where nothing was named."""
    known = [*_names(tree), *WIRES]
    some = [random.choice(known) for _ in range(random.randint(0, 3))]
    value = random.choice((random.choice(known), some))
    if isinstance(holder[key], dict):
        option = random.choice(("from", "from", "name", "layer", "initial_state", "inputs"))
        holder[key][option] = value
    else:
        holder[key] = value


def _reform(tree: Any, holder: list[Any], place: int, random: Random) -> None:
    """A repetition around an item, a use of a block in its place, or another form before it."""
    match random.randrange(3):
        case 0:
            times = random.choice((1, 2, 3, 2, 100_000, 0, "$times"))
            holder[place] = {"repeat": {"times": times, "layers": [holder[place]]}}
        case 1:
            holder[place] = random.choice((str, lambda name: {name: {"name": name}}))(
                random.choice([*_names(tree), "encoder"])
            )
        case _:
            holder.insert(place, deepcopy(random.choice(FORMS)))


def _names(tree: Any) -> list[str]:
    """What the names in a tree are: those written, and those of inputs and blocks."""
    found = []
    for holder, key in _places(tree):
        if key == "name" and isinstance(holder[key], str):
            found.append(holder[key])
        elif key in ("inputs", "blocks", "parameters") and isinstance(holder[key], dict):
            found += [str(name) for name in holder[key]]
    return found


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every value below, as what holds it and the key or index it has there."""
    if not isinstance(tree, dict | list):
        return
    for key in tree.keys() if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        yield from _places(tree[key])


def _is_written_object(holder: Any) -> bool:
    return isinstance(holder, dict) and len(holder) == 1


def _rename(holder: dict[str, Any], key: str, new: str) -> None:
    renamed = {new if k == key else k: v for k, v in holder.items()}
    holder.clear()
    holder.update(renamed)


def _value(random: Random, trees: list[Any]) -> Any:
    match random.randrange(6):
        case 0 | 1:
            return random.choice(SCALARS)
        case 2:
            return deepcopy(random.choice(TREES))
        case 3:
            return _name(random)
        case 4:
            return random.choice((*OLD_VALUES, *OLD_KINDS))
        case _:
            return _item(random, trees)


def _item(random: Random, trees: list[Any]) -> Any:
    """Something named after a class, with options that it has or had."""
    family = random.choice(("layers", "layers", *FAMILIES))
    name = random.choice(names(family) or words(family))
    kind = find(family, name)
    known = list(kind.model_fields) if kind else []
    if random.random() < 0.2:
        return name
    if random.random() < 0.2:
        return {name: random.choice(SCALARS)}
    chosen = random.sample(known, min(len(known), random.randint(0, 3)))
    return {name: {option: deepcopy(random.choice((*SCALARS, *TREES))) for option in chosen}}


def _key(random: Random) -> str:
    if random.random() < 0.3:
        return _name(random)
    if random.random() < 0.3:
        return _option(random)
    return random.choice(
        (*KEYS, "", "é", "a b", "x" * 300, "__class__", "a\nb", "None", "1", "self")
    )


def _option(random: Random) -> str:
    family = random.choice(FAMILIES)
    kind = find(family, random.choice(names(family) or words(family)))
    return random.choice([*kind.model_fields, "name"]) if kind else "name"


def _name(random: Random) -> str:
    family = random.choice(FAMILIES)
    return random.choice([*names(family), *words(family)])


def written(tree: Any, random: Random, depth: int = 0) -> str:
    """YAML for a tree: block style near the root, flow style or JSON further in."""
    if depth > 2 or not isinstance(tree, dict | list) or not tree or random.random() < 0.05:
        return _flow(tree) + "\n"
    margin = "  " * depth
    lines = []
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        head = f"{_flow(key)}:" if isinstance(tree, dict) else "-"
        below = written(value, random, depth + 1)
        block = below.startswith("  ") and "\n" in below
        lines.append(f"{margin}{head}{chr(10) if block else ' '}{below}")
    return "".join(lines)


def _flow(value: Any) -> str:
    match value:
        case Raw():
            return str(value)
        case str():
            return value if value.isidentifier() and value.isascii() else json.dumps(value)
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case dict():
            return f"{{{', '.join(f'{_flow(k)}: {_flow(v)}' for k, v in value.items())}}}"
        case _:
            return json.dumps(value)
