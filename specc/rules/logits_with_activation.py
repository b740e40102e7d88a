"""P306: the loss puts the activation on itself, and the model has one already."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.pair import LOGITS
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "P306",
    "from_logits with an activation",
    "error",
    source="Keras 3.15 (measured), keras-hub#1008; UMLAUT",
    covers=("out.from_logits_with_activation",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: {SparseCategoricalCrossentropy: {from_logits: true}}  # ! P306
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: adam
          loss: sparse_categorical_crossentropy
        """,
)
def logits_with_activation(subject: Subject) -> Iterator[Finding]:
    """`from_logits: true` makes the loss apply the sigmoid or softmax itself. Behind another
    activation it is applied twice: probabilities between 0 and 1 become nearly equal ones, and
    the loss cannot get near 0. On TensorFlow, Keras looks for the activation and undoes it
    with a warning; on the other back ends, or with a layer in between, it does not.
    """
    pair = subject.pair
    if not pair or not pair.loss.logits or pair.ctc or pair.head.activation in LOGITS:
        return
    if pair.one_unit and (pair.exclusive_head or pair.exclusive_loss):
        return
    if pair.classes_for_numbers:
        return
    path = subject.at(pair.place, "from_logits")
    yield Finding(
        f"`from_logits` expects no activation, and the model ends with `{pair.head.activation}`",
        path,
        label="expected `false`",
        help="remove `from_logits`, or the activation",
        notes=(pair.head_note(),),
        fix=(Edit(path, "false"),) if subject.get(path) is True and pair.normal else (),
    )
