"""P315: two units where one would do."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "P315",
    "two units for a yes or no",
    "hint",
    source="notes K2 (one unit suffices for two classes, softmax would work but costs more)",
    covers=("out.two_unit_softmax_binary", "out.two_sigmoid_bce_onehot"),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 2, activation: softmax}  # ! P315
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def two_units_for_yes_or_no(subject: Subject) -> Iterator[Finding]:
    """A softmax over two units is a sigmoid of their difference: the same model with twice the
    weights in the last layer, whose one surplus direction learns nothing. It is right, and one
    sigmoid unit with `binary_crossentropy` is shorter.
    """
    pair = subject.pair
    if not pair or pair.head.width != 2 or pair.loss.logits or (pair.head.rank or 1) > 1:
        return
    softmax = pair.exclusive_head and pair.exclusive_loss
    two_classes = pair.task == "binary" or subject.facts.classes == 2
    if softmax or (two_classes and pair.fits and pair.yes_or_no_loss):
        yield Finding(
            f"two {pair.head.activation} units answer one yes or no",
            pair.head.path,
            pair.head.on_key,
            help="`units: 1, activation: sigmoid` with `loss: binary_crossentropy` does the same",
        )
