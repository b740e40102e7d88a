"""The statements of a script that prepare the numbers of a table, or one of several inputs.

They go through them twice: as the input of the preprocessing, and as those of the training part,
from which later steps learn.
"""

from collections.abc import Iterator

from specc.backends.expressions import until_last_learned
from specc.program import Apply, Call, InputPlan, Ref, Step, Value

Statement = tuple[str, Value]  # what to assign to, or nothing
KNOWN = "known"


def statements(plan: InputPlan, name: str, *, batches: bool = False) -> Iterator[Statement]:
    """The statements for all steps of the input of that name, in order.

    `batches`: what is known of the training part are batches, and not one tensor.
    """
    learned = len(until_last_learned(plan))
    for place, step in enumerate(plan.preprocess, 1):
        yield from _made(step, again=place < learned)
        yield name, _applied(step, name, named=place < learned or step.learns)
        if place < learned:
            mapped = Call("known.map", (Ref(step.name),))
            yield KNOWN, mapped if batches else _applied(step, KNOWN, named=True)


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
