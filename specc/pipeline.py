"""How rows come to the network, step by step, and why each step is where it is."""

from collections.abc import Iterator
from math import prod

from specc.compiler import Compiled
from specc.program import DataPlan
from specc.schema import Data

BUDGET = 1 << 30  # bytes; CACHE_BYTES of the scripts


def pipeline(compiled: Compiled) -> str:
    """A line for each step of the data of a spec that has no errors."""
    program, data = compiled.program, compiled.spec.data
    if program.data is None or data is None:
        return f"{compiled.spec.name}: no data\n"
    steps = list(_steps(compiled, program.data, data))
    width = max(len(name) for name, _ in steps)
    lines = [f"  {name:<{width}}  {what}" for name, what in steps]
    return "\n".join([compiled.spec.name, *lines]) + "\n"


def _steps(compiled: Compiled, plan: DataPlan, data: Data) -> Iterator[tuple[str, str]]:
    parts = compiled.facts.parts.items()
    rows = [f"{part} {n:,}" if n is not None else f"{part} (rows unknown)" for part, n in parts]
    yield "source", f"{compiled.facts.source}: {', '.join(rows)}"
    if compiled.facts.source == "images":
        yield "decode", "in parallel, resized, in the order of the rows"
        yield "cache", _cache(compiled, data)
    elif plan.streams:
        yield "cache", "none: records are read again in every epoch"
    else:
        yield "cache", "memory: arrays are held as they are, and gathered by the batch"
    yield "shuffle", "blocks of records" if plan.streams else "all rows, anew in each epoch"
    yield "batch", f"{plan.batch_size} rows"
    if plan.augment:
        yield "augment", "training part only, after the cache: each epoch draws anew"
    if plan.steps:
        yield "preprocess", ", ".join(step.name for step in plan.steps)
    yield "prefetch", "while the network works on the batches before"


def _cache(compiled: Compiled, data: Data) -> str:
    """Where decoded images of the training part stay, which the script decides by its rows."""
    if data.cache:
        return f"{data.cache}: `cache` of the spec says so"
    rows, shape = compiled.facts.train_rows, compiled.facts.shape
    if rows is None or shape is None:
        return "memory for parts of up to 1.00 GiB as float32, else none; rows are not known yet"
    size = 4 * rows * prod(n or 1 for n in shape)
    said = f"the training part takes {size / BUDGET:.2f} GiB as float32, of 1.00 GiB allowed"
    return f"memory: {said}" if size <= BUDGET else f"none: {said}; decoded in every epoch"
