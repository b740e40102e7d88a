"""P314: no loss is written, and what there is leaves open which one is meant."""

from collections.abc import Iterator

from specc.pair import head_note
from specc.rules.base import Finding, rule
from specc.subject import Subject

READINGS = {
    "binary": "`binary` (yes or no)",
    "unit_regression": "`unit_regression` (numbers from 0 to 1)",
    "multilabel": "`multilabel` (several labels at once)",
    "multiclass": "`multiclass` (one class of several)",
    "regression": "`regression` (numbers)",
}


@rule(
    "P314",
    "task cannot be inferred",
    "error",
    source="language: the loss may be left out where the task determines it; notes K1 §2.2",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: sigmoid}
        train: {optimizer: adam}  # ! P314
        """,
    good="""
        specc: 1
        task: multilabel
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 5, activation: sigmoid}
        train: {optimizer: adam}
        """,
)
def task_not_clear(subject: Subject) -> Iterator[Finding]:
    """The loss may be left out where the task determines it, and the task where data or the end
    of the model do. Some ends serve two tasks: five sigmoid units are five labels that hold
    independently, or five classes and a mistake. The two need different losses, and with the
    wrong one the model trains and is worse.
    """
    unread = {("train",), ("train", "loss"), ("model",), ("task",)} & subject.broken
    if unread or subject.spec.train.loss is not None or subject.loss is not None:
        return
    if subject.head is None or subject.untrained:
        return
    if subject.task is not None:
        message = f"`task: {subject.task}` does not determine the loss"
        yield Finding(message, ("train",), True, help="add `loss: …`")
        return
    readings = subject.inferred_task
    known = [READINGS[r] for r in readings if r in READINGS] if isinstance(readings, tuple) else []
    yield Finding(
        "there is no `loss`, and the task that would determine it is not clear",
        ("train",),
        True,
        help=f"add `task:`, {' or '.join(known)}" if known else "add `task: …` or `loss: …`",
        notes=(head_note(subject.head),),
    )
