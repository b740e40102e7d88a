"""Reads printed values back into what a program holds, to compare the two."""

import ast

from specc.program import Call, Items, Ratio, Ref, Table, Under, Value

MODULES = {"layers": "keras.layers"}


def value_of(node: ast.expr) -> Value:
    """The value that an expression was printed from."""
    match node:
        case ast.Constant(value):
            return value  # type: ignore[return-value]
        case ast.UnaryOp(ast.USub(), ast.Constant(int() | float() as number)):
            return -number
        case ast.BinOp(ast.Name("output"), ast.Div(), ast.Constant(str() as path)):
            return Under(path)
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
            return Call(dotted(function), tuple(value_of(arg) for arg in args), options)
        case ast.Starred(inner):
            return Ref("*" + dotted(inner))
        case ast.Name() | ast.Attribute():
            return Ref(dotted(node))
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
