"""P325: exclusive classes, asked one by one."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import both, last_activation, loss
from specc.subject import Subject


@rule(
    "P325",
    "yes or no for each of several classes",
    "warning",
    source="notes K1 §2.2 (multiclass: softmax and categorical_crossentropy); Theia",
    covers=(
        "out.sigmoid_bce_multiclass",
        "out.label_encoding_vs_loss",
        "out.units_vs_classes",
        "out.rank_mismatch",
    ),
    bad="""
        specc: 1
        task: multiclass
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy  # ! P325
        """,
    good="""
        specc: 1
        task: multiclass
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
        """,
)
def yes_or_no_for_each_class(subject: Subject) -> Iterator[Finding]:
    """Ten sigmoids may say yes to three classes or to none. The task says that one is right,
    which the model then has to learn from the data, and `accuracy` counts the nine easy noes:
    0.900 for a model that always says no.

    If several classes can be right at once, say so: `task: multilabel`.
    """
    pair = subject.pair
    if not pair or not pair.fits or pair.task != "multiclass" or not pair.yes_or_no_loss:
        return
    rows = subject.facts.labels != "integer" or subject.facts.source != "arrays"
    if pair.one_unit or (pair.head.width == 2 and subject.facts.classes == 2 and rows):
        return
    yield Finding(
        f"`{pair.loss.called}` asks each class by itself, and exactly one is right",
        pair.place,
        not pair.written,
        label="expected a categorical crossentropy",
        help="write `loss: sparse_categorical_crossentropy` and `activation: softmax`",
        notes=(pair.head_note(), subject.task_note()),
        fix=both(
            loss(pair, "sparse_categorical_crossentropy"),
            last_activation(subject, pair, "softmax"),
        ),
    )
