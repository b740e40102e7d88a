"""P304: each class a yes or no of its own, and a loss for which one is right."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.pair import YES_OR_NO
from specc.rules.base import Finding, rule
from specc.subject import Subject

HELP = (
    "one class is right: `activation: softmax`; several can be: `loss: binary_crossentropy` "
    "and `task: multilabel`"
)


@rule(
    "P304",
    "sigmoid on several units with a categorical loss",
    "warning",
    source="Keras 3.15 (measured); notes K1 §2.2; Theia, DeepLocalize",
    covers=("out.sigmoid_with_cce",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: sigmoid}  # ! P304
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def sigmoid_with_categorical_loss(subject: Subject) -> Iterator[Finding]:
    """A categorical loss scales the outputs to the sum 1, so that the model is trained on other
    numbers than it predicts. What comes out are no probabilities.

    Measured with ten classes: the rows of `predict` add up to 4.4, and the loss during `fit`
    reads 2.3388 where that of the predictions is 2.2960.
    """
    pair = subject.pair
    if not pair or not pair.exclusive_loss or pair.loss.logits or pair.classes_for_numbers:
        return
    if pair.head.activation not in YES_OR_NO or (pair.head.width or 0) < 2:
        return
    several = pair.task == "multilabel"
    head = pair.head
    written = not head.on_key and subject.get(head.path) == head.activation
    sure = written and pair.task in ("multiclass", "segmentation")
    yield Finding(
        f"`{head.activation}` on {head.width} units does not fit `{pair.loss.called}`, "
        "for which exactly one class is right",
        head.path,
        head.on_key,
        label="" if several else "expected `softmax`",
        help="several labels can be right: write `loss: binary_crossentropy`" if several else HELP,
        notes=(pair.loss_note(),),
        fix=(Edit(head.path, "softmax"),) if sure else (),
    )
