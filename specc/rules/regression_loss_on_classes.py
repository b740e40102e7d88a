"""P307: distances between numbers, and targets that are classes."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.pair import Pair
from specc.rules.base import Finding, rule
from specc.rules.writing import loss
from specc.subject import Subject
from specc.task import CLASSES

LOSSES = {
    "binary": "`binary_crossentropy`",
    "multilabel": "`binary_crossentropy`",
    "multiclass": "`sparse_categorical_crossentropy`",
    "segmentation": "`sparse_categorical_crossentropy`",
}
HEADS = {"binary": "sigmoid", "multilabel": "sigmoid"}


@rule(
    "P307",
    "regression loss on classes",
    "warning",
    source="Keras 3.15 (measured); notes K1 §2.2; Theia, DeepFD",
    covers=(
        "out.regression_loss_for_classification",
        "out.single_unit_multiclass",
        "out.missing_softmax",
        "out.loss_domain",
    ),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: mse  # ! P307
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
        """,
)
def regression_loss_on_classes(subject: Subject) -> Iterator[Finding]:
    """A squared error hardly tells a wrong answer from a very wrong one: the more certain a
    sigmoid or softmax is of the wrong class, the smaller is the gradient. Training works, slowly,
    and often stops early. Crossentropy is made so that the gradient is the error itself.

    Where the targets really are shares or degrees of belief, say so: `task: unit_regression`.
    """
    pair = subject.pair
    if not pair or not pair.distance or not pair.fits:
        return
    unclear = pair.task is None and pair.exclusive_head
    if unclear or pair.task in (*CLASSES, "segmentation"):
        yield _finding(subject, pair)


def _finding(subject: Subject, pair: Pair) -> Finding:
    wanted = LOSSES.get(pair.task or "", LOSSES["multiclass"])
    head = HEADS.get(pair.task or "", "softmax")
    classes = subject.facts.classes if pair.task == "multiclass" else None
    units = f"`units: {classes}`, " if classes and classes != pair.head.width else ""
    change = "" if pair.head.activation == head else f", with {units}`activation: {head}`"
    what = f"the task is `{pair.task}`" if pair.task else "softmax gives probabilities of classes"
    why = (subject.task_note(),) if pair.task else ()
    return Finding(
        f"`{pair.loss.called}` measures distances between numbers, and {what}",
        pair.place,
        not pair.written,
        label=f"expected {wanted}",
        help=f"write `loss: {wanted.strip('`')}`{change}",
        notes=(pair.head_note(), *why, *_by_zero(pair)),
        fix=() if change else loss(pair, wanted.strip("`")),
    )


def _by_zero(pair: Pair) -> tuple[Note, ...]:
    """That a loss divides by its targets, of which class 0 is one."""
    divides = type(pair.loss).__name__ == "MeanAbsolutePercentageError"
    return (Note("it divides by the target, and one class is 0"),) if divides else ()
