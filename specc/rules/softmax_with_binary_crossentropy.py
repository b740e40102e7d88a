"""P303: yes-or-no loss for each class behind a softmax."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.pair import Pair
from specc.rules.base import Finding, rule
from specc.subject import Subject

BY_TASK = {
    "multilabel": "write `activation: sigmoid`: each label is a yes or no of its own",
    "binary": "write `units: 1, activation: sigmoid`, or use `sparse_categorical_crossentropy`",
}
HELP = (
    "use `categorical_crossentropy` (one-hot labels) or `sparse_categorical_crossentropy` "
    "(integers); if several classes can be right at once, `activation: sigmoid`"
)


@rule(
    "P303",
    "softmax with binary_crossentropy",
    "warning",
    source="Keras 3.15 (measured); notes K1 §2.2; NeuraLint, Theia",
    covers=("out.softmax_with_bce", "out.softmax_on_multilabel", "out.rank_mismatch"),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: binary_crossentropy  # ! P303
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
def softmax_with_binary_crossentropy(subject: Subject) -> Iterator[Finding]:
    """Softmax says that exactly one class is right; binary crossentropy asks each class by
    itself whether it is. Keras trains without a word and shows numbers that flatter: `accuracy`
    becomes the share of right answers over all classes, 0.900 for a model that has learnt
    nothing about ten.

    Measured: the loss during `fit` reads 0.6407 where that of the predictions is 0.3290.
    """
    pair = subject.pair
    if not pair or not pair.yes_or_no_loss or pair.loss.logits:
        return
    if not pair.exclusive_head or pair.one_unit or pair.classes_for_numbers:
        return
    yield Finding(
        f"`{pair.loss.called}` asks each class by itself, "
        "and softmax makes them depend on each other",
        pair.place,
        not pair.written,
        label="" if pair.task in BY_TASK else "expected a categorical crossentropy",
        help=BY_TASK.get(pair.task or "", HELP),
        notes=(pair.head_note(), *_labels(subject, pair)),
    )


def _labels(subject: Subject, pair: Pair) -> tuple[Note, ...]:
    """That binary crossentropy wants a label for each unit, where the data give one number."""
    facts = subject.facts
    if facts.labels != "integer" or pair.one_unit:
        return ()
    source = ("data", facts.source)
    return (Note(f"one label for {pair.head.width} outputs", source, on_key=True),)
