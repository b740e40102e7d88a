"""What a spec says, explained: layers with shapes, weights, work and memory."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from specc.compiler import Compiled
from specc.data.parts import HELD_OUT
from specc.graph import Node
from specc.subject import Subject
from specc.tensor import Tensor, show_shape

BYTES = {
    "float16": 2, "bfloat16": 2, "float64": 8, "int64": 8, "int16": 2, "int8": 1, "uint8": 1,
    "bool": 1,
}  # fmt: skip
PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Row:
    """One layer. Sizes are for one sample; what depends on an unknown axis is None."""

    name: str
    kind: str
    output: tuple[int | None, ...] | None
    dtype: str | None
    params: int  # none where a layer is called again
    trained: int
    macs: int | None  # multiply-adds
    bytes: int | None  # of the activation
    formulas: tuple[str, ...]  # the output sizes of windows, with the numbers put in


def rows(compiled: Compiled) -> list[Row]:
    """The layers in order."""
    return [_row(compiled, node) for node in compiled.graph.nodes]


def _row(compiled: Compiled, node: Node) -> Row:
    graph = compiled.graph
    out, kind = graph.out(node), node.kind_name or "?"
    if node.kind is None or out is None or graph.into(node) is None:
        return Row(node.name, kind, None, None, 0, 0, None, None, ())
    return Row(
        node.name,
        kind,
        out.shape,
        out.dtype,
        graph.params(node),
        graph.trained(node),
        graph.macs(node),
        _bytes(out),
        tuple(window.formula for window in graph.windows(node)),
    )


def _bytes(tensor: Tensor) -> int | None:
    return None if tensor.size is None else tensor.size * BYTES.get(tensor.dtype, 4)


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def as_json(compiled: Sequence[Compiled]) -> str:
    """Everything that `text` shows, for programs: an array with an object for each spec."""
    return json.dumps([_data(each) for each in compiled], indent=2) + "\n"


def _data(compiled: Compiled) -> dict[str, Any]:
    table = rows(compiled)
    subject, facts = compiled.subject, compiled.facts
    return {
        "file": compiled.source.name,
        "name": compiled.spec.name,
        "task": subject.task if subject else None,
        "input": _shape(compiled.graph.input),
        "layers": [asdict(row) for row in table],
        "params": sum(row.params for row in table),
        "trained": sum(row.trained for row in table),
        "macs": _total([row.macs for row in table]),
        "bytes": _total([row.bytes for row in table]),
        "parts": {part: facts.parts[part] for part in PARTS if part in facts.parts},
    }


def _shape(tensor: Tensor | None) -> list[int | None] | None:
    return None if tensor is None else list(tensor.shape)


def text(compiled: Compiled, *, formulas: bool = False) -> str:
    """The head lines, the table of layers, and the totals."""
    table = rows(compiled)
    head = [("layer", "kind", "output", "params", "mult-adds", "memory")]
    cells = head + [_cells(row) for row in table] + [_totals(table)]
    lines = columns(cells, left=3)
    rule = "─" * len(max(lines, key=len))
    body: list[str] = []
    for row, line in zip(table, lines[1:-1], strict=True):
        body.append(line)
        body += [f"    {formula}" for formula in dict.fromkeys(row.formulas) if formulas]
    page = [
        *_heading(compiled),
        "",
        lines[0],
        rule,
        *body,
        rule,
        lines[-1],
        *_foot(compiled, table),
    ]
    return "\n".join(page) + "\n"


def _heading(compiled: Compiled) -> Iterator[str]:
    spec, facts, subject = compiled.spec, compiled.facts, compiled.subject
    views = subject.views() if subject else ()
    tasks = [view.task for view in views if view.task]
    task = f" ({', '.join(tasks)})" if tasks else ""
    yield f"{spec.name}{task}" + (f": {spec.description}" if spec.description else "")
    if compiled.graph.input is not None:
        yield f"input   {compiled.graph.input} {compiled.graph.input.dtype}"
    if facts.parts:
        shown = [f"{part} {count(facts.parts[part])}" for part in PARTS if part in facts.parts]
        yield "data    " + ", ".join(shown) + _held_out(compiled)
    losses = [_loss(view) for view in views if view.loss is not None]
    if losses:
        yield "loss    " + ", ".join(losses)


def _loss(subject: Subject) -> str:
    called = subject.loss.called if subject.loss else ""
    origin = "" if subject.spec.train.loss else " (from the task)"
    return (f"{subject.output}: " if subject.output else "") + called + origin


def _held_out(compiled: Compiled) -> str:
    """The default that nobody wrote is said."""
    spec, facts = compiled.spec, compiled.facts
    if spec.evaluate is not None and spec.evaluate.k_fold:
        times = f", {spec.evaluate.repeats} times" if spec.evaluate.repeats > 1 else ""
        return f"; in each of {spec.evaluate.k_fold} folds{times}"
    if spec.evaluate is not None and spec.evaluate.time_holdout:
        return "; the validation part is the last of the training rows"
    by_default = spec.data is not None and spec.data.split is None
    if by_default and "validation" in facts.parts and "validation" not in facts.given:
        return f"; {HELD_OUT:g} of the training part is held out for validation"
    return ""


def _cells(row: Row) -> tuple[str, ...]:
    shape = show_shape(row.output) if row.output is not None else "?"
    counts = (count(row.params), count(row.macs), _size(row.bytes))
    return (row.name, row.kind, shape, *counts)


def _totals(table: Sequence[Row]) -> tuple[str, ...]:
    params = count(sum(row.params for row in table))
    macs, size = _total([r.macs for r in table]), _total([r.bytes for r in table])
    return ("total", "", "", params, count(macs), _size(size))


def _foot(compiled: Compiled, table: Sequence[Row]) -> Iterator[str]:
    total, trained = sum(row.params for row in table), sum(row.trained for row in table)
    in_phases = [*_in_phases(compiled)]
    if in_phases:
        yield f"parameters that are trained: {', '.join(in_phases)}"
    elif trained != total:
        yield f"{count(trained)} parameters are trained, {count(total - trained)} are not"
    yield "mult-adds and memory (activations) are for one sample"


def _in_phases(compiled: Compiled) -> Iterator[str]:
    """How many parameters each phase trains."""
    for view in compiled.subject.phases if compiled.subject else ():
        if view.own_phase is not None:
            trained = sum(map(view.graph.trained, view.graph.nodes))
            yield f"{count(trained)} in phase {view.own_phase.name}"


def columns(cells: Sequence[Sequence[str]], *, left: int) -> list[str]:
    """Lines of a table: so many columns stand to the left of their width, the others right."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [_line(each, widths, left) for each in cells]


def _line(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    pairs = list(zip(cells, widths, strict=True))
    begin = [f"{cell:<{width}}" for cell, width in pairs[:left]]
    rest = [f"{cell:>{width}}" for cell, width in pairs[left:]]
    return "  ".join(begin + rest).rstrip()


def count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _size(count: int | None) -> str:
    if count is None or count > 1e300:
        return "?"
    if count < 1024:
        return f"{count} B"
    kib = count / 1024
    return f"{kib:.1f} KiB" if kib < 1024 else f"{kib / 1024:.1f} MiB"
