"""P317: a loss for sequences of symbols behind a model that gives no sequence."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject


@rule(
    "P317",
    "ctc without steps",
    "error",
    source="Keras 3.15 (`ctc`: batch, steps, symbols); notes K1 §2.1 (CTC for sequences)",
    covers=("out.rank_mismatch",),
    bad="""
        specc: 1
        task: sequence
        model:
          - Input: [100, 40]
          - LSTM: 64  # ! P317
          - Dense: 30
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
def ctc_without_steps(subject: Subject) -> Iterator[Finding]:
    """CTC looks for the best way to spread the symbols of the target over the steps of the
    output, so there must be an output for every step: steps by symbols, the blank being one of
    them. A recurrent layer gives only its last step unless it has `return_sequences: true`.
    """
    pair = subject.pair
    if not pair or not pair.ctc or not pair.fits or pair.head.rank in (2, None):
        return
    if pair.classes_for_numbers:
        return
    last = [n for n in subject.of("LSTM", "GRU", "SimpleRNN") if not n.return_sequences]
    node = last[-1] if last else pair.head.node
    yield Finding(
        f"`ctc` takes steps x symbols, and the output has the shape {subject.result}",
        node.at(),
        True,
        label="gives the last step only" if last else "",
        help="write `return_sequences: true`" if last else "",
        notes=(pair.loss_note(),),
        fix=layer_option(subject, node, "return_sequences", "true") if last else (),
    )
