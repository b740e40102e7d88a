"""D576: a validation part besides a protocol that makes its own."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.shares import Split
from specc.subject import Subject


@rule(
    "D576",
    "folds beside a validation part",
    "error",
    source="language: with `k_fold`, `split` shares out the test part only",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
          split: {validation: 0.2}  # ! D576
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
          split: {test: 0.2}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5, retrain: true}
        """,
)
def folds_beside_a_validation_part(subject: Subject) -> Iterator[Finding]:
    """With folds, every training row is a validation row once; with `time_holdout` the last rows
    are. A validation part that is given besides would have nothing to do, or be trained on by
    nobody.
    """
    evaluate, data = subject.spec.evaluate, subject.spec.data
    if evaluate is None or data is None or not (evaluate.k_fold or evaluate.time_holdout):
        return
    means = "`k_fold`" if evaluate.k_fold else "`time_holdout`"
    note = (Note("the protocol", ("evaluate",), on_key=True),)
    if "validation" in subject.facts.given:
        path = ("data", subject.facts.source)
        message = f"the data give a validation part, and {means} makes its own"
        yield Finding(message, path, on_key=True, help=f"remove it, or {means}", notes=note)
    elif isinstance(data.split, Split) and (data.split.validation or data.split.train):
        option = "validation" if data.split.validation else "train"
        message = f"`split` names a {option} part, and {means} makes its own"
        help = "`split` shares out the test part only: `split: {test: 0.2}`"
        yield Finding(message, ("data", "split"), help=help, notes=note)
