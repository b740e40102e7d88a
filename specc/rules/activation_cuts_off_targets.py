"""P308: targets that the last activation can never reach."""

from collections.abc import Iterator

from specc.pair import PROBABILITIES, RANGES, Pair
from specc.rules.base import Finding, rule
from specc.rules.scale import stages
from specc.rules.writing import dropped
from specc.subject import Subject
from specc.task import REALS

TASKS = (*REALS, "reconstruction")


@rule(
    "P308",
    "targets outside the range of the last activation",
    "error",
    source="notes K1 §2.2; DeepDiagnosis, NeuraLint",
    covers=("out.bounded_regression_output", "out.relu_output", "data.targets_unscaled"),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, activation: sigmoid}  # ! P308
        train: {optimizer: {RMSprop: {learning_rate: 0.01}}, loss: mse}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: {RMSprop: {learning_rate: 0.01}}, loss: mse}
        """,
)
def activation_cuts_off_targets(subject: Subject) -> Iterator[Finding]:
    """A sigmoid ends at 1, tanh lies between -1 and 1, ReLU gives nothing below 0. Targets
    beyond cannot be reached: the output runs into its limit, where the gradient is 0, and the
    model predicts that limit for every row.

    Where the targets lie within the limits the activation is fine; for 0 to 1 say
    `task: unit_regression`.
    """
    pair = subject.pair
    if not pair or not pair.distance or pair.task not in TASKS or not pair.fits:
        return
    reason = _reason(subject, pair)
    if not reason:
        return
    head = pair.head
    yield Finding(
        f"`{head.activation}` gives {_shown(pair)}, and {reason}",
        head.path,
        head.on_key,
        label="expected no activation",
        help="remove the activation, or scale the targets into its range",
        notes=(subject.task_note(), pair.loss_note()),
        fix=() if head.on_key else dropped(subject, head.path),
    )


def _reason(subject: Subject, pair: Pair) -> str:
    """What is known of the targets that contradicts the activation; empty if nothing is."""
    span, given = RANGES.get(pair.head.activation), _targets(subject, pair)
    if span is None:
        return ""
    if given is not None and not pair.loss.targets.holds(*given):
        return ""  # P318: the loss cannot take them either
    if given is not None:
        inside = span.holds(*given)
        return "" if inside else f"the targets go from {given[0]:g} to {given[1]:g}"
    unbounded = pair.task == "regression" and subject.spec.task == "regression"
    return "`task: regression` has no limits" if unbounded and _unit(pair) else ""


def _targets(subject: Subject, pair: Pair) -> tuple[float, float] | None:
    """The range of the targets, which for a reconstruction are the inputs."""
    if pair.task != "reconstruction":
        return subject.target_range
    for stage in stages(subject):
        if stage.path[0] == "model" and stage.takes.low is not None:
            return stage.takes.low, stage.takes.high or 0.0
    return subject.target_range


def _unit(pair: Pair) -> bool:
    return pair.head.activation in PROBABILITIES


def _shown(pair: Pair) -> str:
    span = RANGES[pair.head.activation]
    if span.high == float("inf"):
        return f"nothing below {span.low:g}"
    if span.low == -float("inf"):
        return f"nothing above {span.high:g}"
    return f"{span.low:g} to {span.high:g}"
