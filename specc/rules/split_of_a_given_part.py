"""D529: a share for a part that the source gives already."""

from collections.abc import Iterator

from specc.data.parts import NAMES
from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.shares import Split
from specc.subject import Subject


@rule(
    "D529",
    "share for a part that the data give",
    "warning",
    source="language: an explicit part wins",
    bad="""
        specc: 1
        data:
          dataset: {keras: mnist}
          preprocess: [{Rescaling: 1/255}]
          split:
            validation: 0.2
            test: 0.2  # ! D529
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: mnist}
          preprocess: [{Rescaling: 1/255}]
          split:
            validation: 0.2
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def split_of_a_given_part(subject: Subject) -> Iterator[Finding]:
    """Where the data come with a part of their own, that part is used as it is, and `split`
    only cuts the others off the training rows. A share for it has no effect.
    """
    split = subject.spec.data.split if subject.spec.data else None
    if not isinstance(split, Split):
        return
    source = subject.facts.source
    for part in NAMES[1:]:
        if part in subject.facts.given and getattr(split, part) is not None:
            yield Finding(
                f"the data give the {part} part already, so this share has no effect",
                ("data", "split", part),
                help=f"remove `{part}` from `split`",
                notes=(Note(f"its {part} part is used", ("data", source), on_key=True),),
                fix=dropped(subject, ("data", "split", part), safe=True),
            )
