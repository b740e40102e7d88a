"""P332: targets that CTC cannot read as sequences of the symbols that the model knows."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, npy, rule
from specc.rules.writing import layer_option
from specc.subject import Subject

ROWS = 2000
SOUNDS = npy("<f4", (ROWS, 6, 1), bytes(4 * 6 * ROWS))


def _letters(*symbols: int) -> bytes:
    return npy("|u1", (ROWS, 2), bytes(symbols) * ROWS)


@rule(
    "P332",
    "targets without steps",
    "error",
    source="Keras 3.15 (`keras.losses.ctc`, as run)",
    bad="""
        specc: 1
        task: sequence
        data:
          arrays: {x: sounds.npy, y: letters.npy}
        model:
          - LSTM: {units: 16, return_sequences: true}
          - Dense: 3  # ! P332
        train: {optimizer: adam, loss: ctc, epochs: 20}
        """,
    good="""
        specc: 1
        task: sequence
        data:
          arrays: {x: sounds.npy, y: letters.npy}
        model:
          - LSTM: {units: 16, return_sequences: true}
          - Dense: 5
        train: {optimizer: adam, loss: ctc, epochs: 20}
        """,
    files={"sounds.npy": SOUNDS, "letters.npy": _letters(1, 4)},
)
def targets_without_steps(subject: Subject) -> Iterator[Finding]:
    """A target of CTC is a row of symbols, filled up with 0, and a symbol is the number of a unit.
    For one number per sample Keras stops at the first batch; a symbol that has no unit changes
    nothing in the loss, and is never learned, without a word.
    """
    pair, facts = subject.pair, subject.facts
    if not pair or not pair.ctc or pair.head.rank not in (2, None):
        return
    data = (Note("the data", ("data", facts.source), on_key=True),)
    if facts.target_shape == ():
        message = "`ctc` takes a row of symbols for each sample, and the data give one number"
        yield Finding(message, pair.place, not pair.written, notes=data)
        return
    width, span = pair.head.width, facts.target_range
    if span is not None and span[0] < 0:
        message = f"symbols are numbers from 1 on, and the data give some from {span[0]:g}"
        yield Finding(message, pair.place, not pair.written, notes=data)
    elif width is not None and span is not None and span[1] >= width:
        yield Finding(
            f"symbols go up to {span[1]:g}, and the units from 0, the blank, to {width - 1}",
            pair.head.node.at(),
            on_key=True,
            help=f"write {span[1] + 1:g} units",
            fix=layer_option(subject, pair.head.node, "units", f"{span[1] + 1:g}"),
            notes=data,
        )
