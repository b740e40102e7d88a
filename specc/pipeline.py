"""How rows come to the network, step by step, and why each step is where it is."""

from collections.abc import Iterator
from math import prod

from specc.compiler import Compiled
from specc.hoisting import Hoisting, Start, by_phase, names
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
        kept = "none: only features are kept"
        yield "cache", kept if plan.always_hoisted else _cache(compiled, data)
    elif plan.streams:
        yield "cache", "none: records are read again in every epoch"
    else:
        yield "cache", "memory: arrays are held as they are"
    steps = ", ".join(step.name for step in plan.steps) or "categories"
    if plan.whole_parts and plan.preprocesses:
        yield "preprocess", f"{steps}: all rows of a part at once, before the epochs"
    if plan.hoist and plan.preprocesses:
        yield "preprocess", f"{steps}: once, in front of the features"
    yield from _hoists(compiled)
    yield "shuffle", "blocks of records" if plan.streams else "all rows, anew in each epoch"
    yield "batch", f"{_batches(compiled, plan)}, {_made(plan)}"
    if plan.augment:
        only = _augmenting(compiled)
        yield "augment", f"training part only, after the cache: each epoch draws anew{only}"
    if not plan.whole_parts and plan.preprocesses and not plan.always_hoisted:
        behind = ", where there are no features" if plan.hoist else ""
        yield "preprocess", f"{steps}{behind}"
    if not plan.whole_parts:
        yield "prefetch", "while the network works on the batches before"


def _batches(compiled: Compiled, plan: DataPlan) -> str:
    """How many rows a batch has, and those of phases where these say it."""
    own = [each for each in compiled.spec.train.phases or () if each.batch_size]
    said = [f", {each.batch_size} in {each.name}" for each in own]
    return f"{plan.batch_size} row{'s' * (plan.batch_size > 1)}{''.join(said)}"


def _augmenting(compiled: Compiled) -> str:
    """The phases whose images are changed, where those of others are not."""
    views, phases = compiled.checked.phases, compiled.spec.train.phases
    if not phases or all(view.spec.augments for view in views):
        return ""
    named = [each.name for each, view in zip(phases, views, strict=True) if view.spec.augments]
    return f"; only in {', '.join(named)}"


def _made(plan: DataPlan) -> str:
    """How a batch comes about."""
    if plan.at_once:
        return "cut from rows that are gathered once for an epoch, since they are small"
    if plan.streams:
        return "as the records come"
    if plan.always_hoisted:
        return "of features, from memory or the disk"
    if plan.hoist:
        return "of features, from memory or the disk, or of what these are made of"
    return "decoded when their turn comes" if plan.cache == "none" else "gathered by the batch"


def _hoists(compiled: Compiled) -> Iterator[tuple[str, str]]:
    """What becomes of frozen layers, phase by phase, where there is anything to say of them."""
    train, each = compiled.spec.train, by_phase(compiled.checked)
    if train.phases:
        for phase, found in zip(train.phases, each, strict=True):
            yield "hoist", f"{phase.name}: {_hoisted(found)}"
    elif each[0].frozen or train.hoist is not None:
        yield "hoist", _hoisted(each[0])


def _hoisted(found: Hoisting) -> str:
    """Whether the output of frozen layers is computed once, and why so."""
    if found.start is None:
        return f"none: {found.why}"
    return f"computed once for all epochs, kept on disk: {_features(found.start)}"


def _features(start: Start) -> str:
    shape = "x".join(map(str, start.shape))
    behind = ", ".join(names(start))
    work = f"{start.work:,} multiply-adds for a row, which nothing changes"
    return f"{shape} features behind `{behind}`, {work}"


def _cache(compiled: Compiled, data: Data) -> str:
    """Where decoded images stay, which the script decides by the files of each folder or index."""
    if data.cache:
        return f"{data.cache}: `cache` of the spec says so"
    rows, shape = list(compiled.facts.given.values()), compiled.facts.shape
    if shape is None or None in rows or not rows:
        return "memory for up to 1.00 GiB as float32, else disk; rows are not known yet"
    size = 4 * max(n or 0 for n in rows) * prod(n or 1 for n in shape)
    part = max(compiled.facts.given, key=lambda part: compiled.facts.given[part] or 0)
    said = f"the images of `{part}` take {size / BUDGET:.2f} GiB as float32, of 1.00 GiB allowed"
    if size <= BUDGET:
        return f"memory: {said}; decoded once, for all parts, folds and epochs"
    return f"disk: {said} in memory; decoded in every epoch where the disk has no room"
