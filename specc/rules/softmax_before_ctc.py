"""P330: a loss for sequences that applies softmax itself, behind an activation with bounds."""

from collections.abc import Iterator
from math import isfinite

from specc.diagnostics import Edit
from specc.pair import LOGITS, RANGES
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "P330",
    "softmax before ctc",
    "warning",
    source="Keras 3.15 (`keras.losses.CTC`: not normalized via softmax); measured",
    covers=("out.from_logits_with_activation",),
    bad="""
        specc: 1
        task: sequence
        model:
          - Input: [100, 40]
          - LSTM: {units: 64, return_sequences: true}
          - Dense: {units: 30, activation: softmax}  # ! P330
        train: {optimizer: adam, loss: ctc}
        """,
    good="""
        specc: 1
        task: sequence
        model:
          - Input: [100, 40]
          - LSTM: {units: 64, return_sequences: true}
          - Dense: 30
        train: {optimizer: adam, loss: ctc}
        """,
)
def softmax_before_ctc(subject: Subject) -> Iterator[Finding]:
    """The output is a softmax over symbols and the blank, and Keras' CTC applies it itself. Applied
    twice, probabilities between 0 and 1 become nearly equal ones: of 30 symbols none gets more
    than 0.09, and the loss cannot come near 0. Any activation with an upper and a lower bound
    does the same.

    Measured on sequences of 2 to 5 out of 9 symbols, after 20 epochs: a loss of 1.1 and 77 % of
    the sequences read without a mistake, with a softmax before the loss 24.0 and none.
    """
    pair = subject.pair
    if not pair or not pair.ctc or not pair.fits or pair.head.rank not in (2, None):
        return
    head, span = pair.head, RANGES.get(pair.head.activation)
    if (
        head.activation in LOGITS
        or span is None
        or not (isfinite(span.low) and isfinite(span.high))
    ):
        return
    yield Finding(
        f"`ctc` applies softmax itself, and the model ends with `{head.activation}`",
        head.path,
        head.on_key,
        label="expected no activation",
        help="remove the activation",
        notes=(pair.loss_note(),),
        fix=() if head.on_key else (Edit(head.path, "linear"),),
    )
