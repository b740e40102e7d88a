"""P301: a loss that compares classes, and one unit for all of them."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "P301",
    "categorical loss on one unit",
    "error",
    source="Keras 3.15 (measured), keras#17029; notes K1 §2.2; DL4J",
    covers=(
        "out.single_unit_multiclass",
        "out.sigmoid_with_cce",
        "out.missing_softmax",
        "out.bad_activation_for_xent",
        "out.label_encoding_vs_loss",
    ),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: categorical_crossentropy  # ! P301
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
        """,
)
def categorical_loss_on_one_unit(subject: Subject) -> Iterator[Finding]:
    """A categorical loss scales the outputs to the sum 1 before it compares them. A single
    output becomes 1 whatever it was, so the loss is the same for every network.

    Measured: `Dense(1, sigmoid)` with `categorical_crossentropy` reads loss 0.0 in every epoch.
    """
    pair = subject.pair
    if not pair or not pair.exclusive_loss or not pair.one_unit:
        return
    if pair.exclusive_head or pair.classes_for_numbers:
        return
    classes = subject.facts.classes or 2
    two = classes == 2 and subject.stated_task != "multiclass"
    plain = isinstance(subject.get(pair.place), str)
    sure = two and plain and pair.head.activation == "sigmoid"
    many = f"give each class a unit: `units: {max(classes, 2)}, activation: softmax`"
    binary = "for two classes write `loss: binary_crossentropy` behind `activation: sigmoid`"
    yield Finding(
        f"`{pair.loss.called}` compares classes, and the model has one output",
        pair.place,
        not pair.written,
        label="expected `binary_crossentropy`" if two else "",
        help=f"{binary}; for more, {many.replace('2', 'N')}" if two else many,
        notes=(pair.head_note(),),
        fix=(Edit(pair.place, "binary_crossentropy"),) if sure else (),
    )
