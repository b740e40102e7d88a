"""How deep a model is: Keras recurs once per layer, and Python's stack has an end."""

import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from specc.program import Apply, Call, Define, Items, Loop, Model, Statement, Table, Value

Made = TypeVar("Made")
SHALLOW = 400  # layers that Keras builds everywhere; about 990 is where it fails by itself
DEEPEST = 10_000  # layers that were built and saved in a thread with this stack
STACK = 256 * 2**20


def deep(model: Model) -> bool:
    """Whether the model is built in a thread with a larger stack."""
    return layers(model) > SHALLOW


def layers(model: Model) -> int:
    """How often layers are applied: no path through the model is longer."""
    blocks = {block.name: block for block in model.blocks}
    return len(model.steps) + _statements(model.body, blocks, {})


def deeply(work: Callable[[], Made]) -> Made:
    """Does work where the stack has room for it."""
    stack, limit = threading.stack_size(STACK), sys.getrecursionlimit()
    sys.setrecursionlimit(1_000_000)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(work).result()
    finally:
        threading.stack_size(stack)
        sys.setrecursionlimit(limit)


Blocks = Mapping[str, Define]
Names = Mapping[str, Value]


def _statements(body: tuple[Statement, ...], blocks: Blocks, names: Names) -> int:
    return sum(_statement(each, blocks, names) for each in body)


def _statement(statement: Statement, blocks: Blocks, names: Names) -> int:
    if not isinstance(statement, Loop):
        return _value(statement.value, blocks, names)
    given = statement.times
    times = given if isinstance(given, int) else names.get(given.name)
    return (times if isinstance(times, int) else 1) * _statements(statement.body, blocks, names)


def _value(value: Value, blocks: Blocks, names: Names) -> int:
    match value:
        case Apply(_, args, options):
            return 1 + _values((*args, *dict(options).values()), blocks, names)
        case Call(target, args, options) if target in blocks:
            return _block(blocks[target], dict(options), blocks) + _values(args, blocks, names)
        case Call(_, args, options):
            return _values((*args, *dict(options).values()), blocks, names)
        case Items(values):
            return _values(values, blocks, names)
        case Table(rows):
            return _values(tuple(row for _, row in rows), blocks, names)
        case _:
            return 0


def _values(values: tuple[Value, ...], blocks: Blocks, names: Names) -> int:
    return sum(_value(each, blocks, names) for each in values)


def _block(block: Define, given: Names, blocks: Blocks) -> int:
    names = {p.name: p.default[0] for p in block.parameters if p.default} | dict(given)
    return _statements(block.body, blocks, names) + _value(block.result, blocks, names)
