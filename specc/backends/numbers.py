"""The statements of a script that prepare the numbers of a table.

They go through them twice: as the input of the preprocessing, and as those of the training part,
from which later steps learn.
"""

from collections.abc import Iterator

from specc.backends.expressions import until_last_learned
from specc.program import Apply, Call, DataPlan, Ref, Step, Value

Statement = tuple[str, Value]  # what to assign to, or nothing
INPUT, KNOWN = "numeric", "known"


def statements(data: DataPlan) -> Iterator[Statement]:
    """The statements for all steps, in order."""
    learned = len(until_last_learned(data))
    for place, step in enumerate(data.input.preprocess, 1):
        yield from _made(step, again=place < learned)
        yield INPUT, _applied(step, INPUT, named=place < learned or step.learns)
        if place < learned:
            yield KNOWN, _applied(step, KNOWN, named=True)


def _made(step: Step, *, again: bool) -> Iterator[Statement]:
    """What a step needs before it can work."""
    if step.fills is not None:
        yield "values", step.fills
    elif not step.function and (step.learns or again):
        yield step.name, step.call
        if step.learns:
            yield "", Call(f"{step.name}.adapt", (Ref(KNOWN),))


def _applied(step: Step, what: str, *, named: bool) -> Value:
    if step.function:
        return Call(step.call.target, (Ref(what), *step.call.args[1:]))
    return Apply(Ref(step.name) if named else step.call, (Ref(what),))
