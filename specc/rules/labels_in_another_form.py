"""P310: class numbers for a loss that wants one-hot rows, or the reverse."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, npy, rule
from specc.subject import Subject

OTHER = {"one_hot": "categorical_crossentropy", "integer": "sparse_categorical_crossentropy"}
NAMES = {"one_hot": "one-hot rows", "integer": "class numbers"}


@rule(
    "P310",
    "labels in a form that the loss does not take",
    "error",
    source="Keras 3.15 (measured); notes K1 §2.3",
    covers=("out.label_encoding_vs_loss",),
    files={
        "x.npy": npy("<f4", (90, 2), bytes(720)),
        "y.npy": npy("|u1", (90, 3), bytes((1, 0, 0, 0, 1, 0, 0, 0, 1)) * 30),
    },
    bad="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train:
          optimizer: adam
          loss: sparse_categorical_crossentropy  # ! P310
        """,
    good="""
        specc: 1
        data:
          arrays: {x: x.npy, y: y.npy}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train:
          optimizer: adam
          loss: categorical_crossentropy
        """,
)
def labels_in_another_form(subject: Subject) -> Iterator[Finding]:
    """`categorical_crossentropy` compares rows such as `0 0 1`, the `sparse_` one class numbers
    such as `2`. Labels that come with the data as arrays are taken as they are.

    Measured: either mix-up ends `fit` with `Argument 'output' must have rank (ndim) …`, which
    does not say that the labels are meant.
    """
    pair, given = subject.pair, subject.facts.labels
    if not pair or pair.one_unit or not pair.exclusive_loss or subject.facts.source != "arrays":
        return
    if given not in OTHER or given in pair.loss.labels:
        return
    plain = isinstance(subject.get(pair.place), str)
    yield Finding(
        f"`{pair.loss.called}` takes {NAMES[pair.encoding]}, and the labels are {NAMES[given]}",
        pair.place,
        not pair.written,
        label=f"expected `{OTHER[given]}`",
        help=f"write `loss: {OTHER[given]}`",
        notes=(subject.task_note(),),
        fix=(Edit(pair.place, OTHER[given]),) if plain else (),
    )
