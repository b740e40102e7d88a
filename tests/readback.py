"""Reads printed values back into what a program holds, to compare the two."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from specc.program import Apply, Call, Items, Ratio, Ref, Table, Text, Under, Value

MODULES = {"layers": "keras.layers"}


def value_of(node: ast.expr) -> Value:
    """The value that an expression was printed from."""
    match node:
        case ast.Constant(value):
            return value  # type: ignore[return-value]
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
            return -number
        case ast.BinOp(ast.Name("output" | "folder" as at), ast.Div(), ast.Constant(str() as path)):
            return Under(path, at == "folder")
        case ast.BinOp(left, ast.Div(), right):
            return Ratio(_integer(left), _integer(right))
        case ast.List(elements):
            return Items(tuple(value_of(element) for element in elements))
        case ast.Tuple(elements):
            return tuple(value_of(element) for element in elements)
        case ast.Dict(keys, values):
            rows = zip(keys, values, strict=True)
            return Table(tuple((_key(key), value_of(value)) for key, value in rows))
        case ast.Call(function, args, keywords):
            options = tuple((_name(k.arg), value_of(k.value)) for k in keywords)
            given = tuple(value_of(arg) for arg in args)
            if isinstance(function, ast.Call):
                layer = value_of(function)
                assert isinstance(layer, Call)
                return Apply(layer, given, options)
            return Call(dotted(function), given, options)
        case ast.JoinedStr(parts):
            return Text(tuple(_part(part) for part in parts))
        case ast.Starred(inner):
            return Ref("*" + dotted(inner))
        case ast.Name() | ast.Attribute():
            return Ref(dotted(node))
    raise ValueError(ast.dump(node))


def as_read(value: Value) -> Value:
    """The value with named layers as functions: a script does not say which of the two it means."""
    match value:
        case Apply(Ref(name), args, options):
            return as_read(Call(name, args, options))
        case Apply(layer, args, options):
            applied = as_read(layer)
            assert isinstance(applied, Call)
            return Apply(applied, tuple(map(as_read, args)), _rows(options))
        case Call(target, args, options):
            return Call(target, tuple(map(as_read, args)), _rows(options))
        case Items(values):
            return Items(tuple(map(as_read, values)))
        case Table(rows):
            return Table(_rows(rows))
        case tuple():
            return tuple(map(as_read, value))
        case _:
            return value


def _rows(rows: tuple[tuple[Any, Value], ...]) -> tuple[tuple[Any, Value], ...]:
    return tuple((key, as_read(value)) for key, value in rows)


def _part(node: ast.expr) -> str | Ref:
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.FormattedValue(ast.Name(name), -1, None):
            return Ref(name)
    raise ValueError(ast.dump(node))


def dotted(node: ast.expr) -> str:
    """`keras.layers.Dense` for `layers.Dense`."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name(module), name):
            return f"{MODULES.get(module, module)}.{name}"
        case ast.Attribute(inner, name):
            return f"{dotted(inner)}.{name}"
    raise ValueError(ast.dump(node))


def _integer(node: ast.expr) -> int:
    value = value_of(node)
    assert type(value) is int
    return value


def _key(node: ast.expr | None) -> str | int:
    assert node is not None
    value = value_of(node)
    assert isinstance(value, str | int)
    return value


def _name(name: str | None) -> str:
    assert name is not None
    return name


FITS = ("model.fit", "head.fit")  # the latter where the rest of a model learns from features


@dataclass(frozen=True)
class Script:
    """What a script says of what its program holds."""

    name: Value
    steps: tuple[Value, ...]
    compile: Value
    callbacks: tuple[Value, ...]
    class_weight: Value
    preprocess: tuple[Value, ...]
    constants: Mapping[str, Value]


def script_of(text: str) -> Script:
    """The script read back; fails where it has another form than expected."""
    tree = ast.parse(text)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    body = [node for node in functions["build_model"].body if not _sets_attribute(node)]
    *_, made, compiled, _ = body
    assert isinstance(made, ast.Assign) and isinstance(compiled, ast.Expr)
    fitting = [each for each in functions.values() if _fits(each)]
    options = _options(fitting[0])
    steps, name = _sequential(value_of(made.value))
    prepared = functions.get("build_preprocessing")
    return Script(
        name,
        steps,
        value_of(compiled.value),
        tuple(c for each in fitting for c in _own(_options(each)["callbacks"], each)),
        options.get("class_weight"),
        _preprocess(prepared) if prepared else (),
        {name: value for node in tree.body for name, value in _constant(node)},
    )


def _sets_attribute(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute)


def _fits(function: ast.FunctionDef) -> bool:
    """Whether a function trains, as each of the phases does."""
    return any(f"{fit}(" in ast.unparse(function) for fit in FITS)


def _options(function: ast.FunctionDef) -> dict[str, Value]:
    """The options of the only call that trains."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    [call] = [call for call in calls if ast.unparse(call.func) in FITS]
    found = value_of(call)
    assert isinstance(found, Call)
    return dict(found.options)


def _sequential(made: Value) -> tuple[tuple[Value, ...], Value]:
    match made:
        case Call("keras.Sequential" | "ScaledTargets", (Items(steps),), (("name", name),)):
            return steps, name
        case Call("keras.Model", _, (("name", name),)):
            return (), name
    raise ValueError(made)


def _own(callbacks: Value, function: ast.FunctionDef) -> tuple[Value, ...]:
    match callbacks:
        case Items((Ref("*watching"), *own, Ref("*callbacks"))):
            return *_watching(function), *own
        case Items((*own, Ref("*callbacks"))):
            return tuple(own)
        case Ref("callbacks"):
            return ()
    raise ValueError(callbacks)


def _watching(function: ast.FunctionDef) -> tuple[Value, ...]:
    """The callbacks that a training without a validation part goes without."""
    for node in ast.walk(function):
        match node:
            case ast.Assign([ast.Name("watching")], value):
                found = value_of(value)
                assert isinstance(found, Items)
                return found.values
    raise ValueError(function.name)


def _preprocess(function: ast.FunctionDef) -> tuple[Value, ...]:
    """The layers, with variables replaced by what they were assigned."""
    names = {}
    for node in function.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.setdefault(node.targets[0].id, node.value)  # the layer itself comes first
    returned = function.body[-1]
    assert isinstance(returned, ast.Return) and returned.value is not None
    if re.search("vectors|numeric", ast.unparse(returned)):
        return tuple(_applied(function, names, "numeric"))
    if "outputs" in ast.unparse(returned):
        return tuple(_applied(function, names, "x"))
    (_, *steps), _ = _sequential(value_of(returned.value))
    return tuple(value_of(names[s.name]) if isinstance(s, Ref) else s for s in steps)


def _applied(
    function: ast.FunctionDef, names: Mapping[str, ast.expr], variable: str
) -> Iterator[Value]:
    """What the numbers of a table, or each of several inputs, go through."""
    for node in function.body:
        match node:
            case ast.Assign(
                [ast.Name(target) | ast.Subscript(ast.Name(target))], ast.Call() as call
            ):
                if target in (variable, "outputs"):
                    yield from _layer(call, names)


def _layer(call: ast.Call, names: Mapping[str, ast.expr]) -> Iterator[Value]:
    match call:
        case ast.Call(ast.Call() as layer):
            yield value_of(layer)
        case ast.Call(ast.Name(name)):
            yield value_of(names.get(name, call))


def _constant(node: ast.stmt) -> Iterator[tuple[str, Value]]:
    match node:
        case ast.Assign([ast.Name()], ast.BinOp(op=ast.LShift() | ast.Mult() | ast.Add())):
            return  # computed from other constants
        case ast.Assign(
            [ast.Name(name)], ast.Constant() | ast.Tuple() | ast.BinOp() | ast.Dict() as value
        ):
            yield name, value_of(value)
