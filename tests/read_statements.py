"""Reads the functions of a script that make a model back into what a program holds."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import replace

from readback import as_read, dotted, value_of

from specc.program import (
    Assign,
    Call,
    Define,
    Loop,
    Model,
    Parameter,
    Ref,
    Statement,
    Value,
)

IN_ORDER = "tf.config.experimental.enable_op_determinism()"


def model_of(tree: ast.Module) -> tuple[Model, Value]:
    """The functional model that a script builds, without comments, and how it is compiled."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    _, seed, *body, made, compiled, returned = functions["build_model"].body
    folds = bool(functions["build_model"].args.args)
    assert ast.unparse(seed) == f"keras.utils.set_random_seed({'seed' if folds else 'SEED'})"
    assert ast.unparse(returned) == "return model"
    assert isinstance(made, ast.Assign) and isinstance(compiled, ast.Expr)
    scatters = [ast.unparse(each) for each in body[:1]] == [IN_ORDER]
    policy, body = _policy(body[scatters:])
    call = value_of(made.value)
    assert isinstance(call, Call) and call.target == "keras.Model"
    (inputs, outputs), [(key, name)] = call.args, call.options
    assert key == "name" and isinstance(name, str)
    blocks = tuple(_define(node) for node in functions.values() if _is_block(node))
    modules = tuple(name for node in tree.body for name in _modules(node))
    found = Model(name, (), blocks, _statements(body), inputs, outputs, modules, policy, scatters)
    return found, value_of(compiled.value)


def _policy(body: list[ast.stmt]) -> tuple[str | None, list[ast.stmt]]:
    """The dtype policy that comes first, and the rest."""
    match body:
        case [ast.Expr(call), *rest]:
            read = value_of(call)
            assert isinstance(read, Call) and read.target == "keras.config.set_dtype_policy"
            [policy] = read.args
            assert isinstance(policy, str)
            return policy, rest
    return None, body


def without_comments(model: Model) -> Model:
    """A model as it is read back: no notes, no documents, and no type that a default tells."""
    blocks, body = tuple(map(_bare, model.blocks)), tuple(map(_silent, model.body))
    return replace(model, blocks=blocks, body=body)


def _bare(block: Define) -> Define:
    *given, _ = block.signature
    parameters = tuple(Parameter(p.name, as_read(p.default)) for p in given)  # type: ignore[arg-type]
    body, result = tuple(map(_silent, block.body)), as_read(block.result)
    return Define(block.name, block.inputs, parameters, body, result)


def _silent(statement: Statement) -> Statement:
    match statement:
        case Loop(index, times, body):
            return Loop(index, times, tuple(map(_silent, body)))
        case Assign(targets, value):
            return Assign(targets, as_read(value))


def _is_block(node: ast.FunctionDef) -> bool:
    """Whether the last parameter is the name that the names inside start with."""
    return bool(node.args.defaults) and node.args.args[-1].arg == "name"


def _define(node: ast.FunctionDef) -> Define:
    """A block: its inputs are the parameters that are tensors."""
    inputs = [a.arg for a in node.args.args if _type(a) == "keras.KerasTensor"]
    names = [a.arg for a in node.args.args]
    defaults = [None] * (len(names) - len(node.args.defaults)) + [*node.args.defaults]
    parameters = [
        Parameter(name, () if default is None else (value_of(default),))
        for name, default in zip(names, defaults, strict=True)
    ]
    *given, own = parameters[len(inputs) :]
    assert names[: len(inputs)] == inputs and own == Parameter("name", (node.name,))
    _, *body, returned = node.body
    assert isinstance(returned, ast.Return) and returned.value is not None
    result = value_of(returned.value)
    return Define(node.name, tuple(inputs), tuple(given), _statements(body), result)


def _type(argument: ast.arg) -> str:
    return "" if argument.annotation is None else ast.unparse(argument.annotation)


def _statements(body: list[ast.stmt]) -> tuple[Statement, ...]:
    return tuple(map(_statement, body))


def _statement(node: ast.stmt) -> Statement:
    match node:
        case ast.Assign([ast.Tuple(targets)], value):
            return Assign(tuple(map(dotted, targets)), value_of(value))
        case ast.Assign([target], value):
            return Assign((dotted(target),), value_of(value))
        case ast.For(ast.Name(index), ast.Call(ast.Name("range"), [times]), body):
            count = value_of(times)
            assert isinstance(count, int | Ref)
            return Loop(index, count, _statements(body))
    raise ValueError(ast.dump(node))


def _modules(node: ast.stmt) -> Iterator[str]:
    known = {"keras", "numpy", "tensorflow", *sys.stdlib_module_names}
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names if each.name not in known)
