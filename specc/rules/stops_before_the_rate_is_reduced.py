"""T629: training ends before the smaller learning rate is tried."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted


@rule(
    "T629",
    "stops before the rate is reduced",
    "hint",
    source="Keras 3.15",
    covers=("cb.earlystop_patience",),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 50
          callbacks:
            - EarlyStopping: {patience: 3}
            - ReduceLROnPlateau: {patience: 5}  # ! T629
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 50
          callbacks:
            - EarlyStopping: {patience: 5}
            - ReduceLROnPlateau: {patience: 2}
        """,
)
def stops_before_the_rate_is_reduced(subject: Subject) -> Iterator[Finding]:
    """Both callbacks count epochs without a better value. If early stopping counts no further
    than `ReduceLROnPlateau`, training is over before the smaller learning rate could help.
    """
    by_name = {type(kind).__name__: (kind, path) for kind, path in subject.callbacks}
    stop, reduce = by_name.get("EarlyStopping"), by_name.get("ReduceLROnPlateau")
    if stop is None or reduce is None:
        return
    waits, longer = (getattr(kind, "patience", 0) for kind, _ in (stop, reduce))
    same = getattr(stop[0], "monitor", None) == getattr(reduce[0], "monitor", None)
    if same and 0 < waits <= longer:
        after = counted(longer, "epoch")
        yield Finding(
            f"the rate is reduced after {after}, and training stops after {waits}",
            subject.at(reduce[1], "patience"),
            label=f"expected less than {waits}",
            notes=(Note("it stops here", subject.at(stop[1], "patience")),),
        )
