"""D575: options of `evaluate` that exclude or need each other."""

from collections.abc import Iterator

from specc.evaluation import Evaluate
from specc.rules.base import Finding, rule
from specc.subject import Subject

FIELDS = Evaluate.model_fields.keys()


@rule(
    "D575",
    "protocol that contradicts itself",
    "error",
    source="notes K1 §1.2; language: evaluation protocols",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate:
          k_fold: 5
          repeats: 3  # ! D575
          shuffle: false
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: wine}
          batch_size: 8
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 50}
        evaluate: {k_fold: 5, repeats: 3, retrain: true}
        """,
)
def protocol_that_contradicts_itself(subject: Subject) -> Iterator[Finding]:
    """`k_fold` shares out the training rows and `time_holdout` cuts off the last of them: it is one
    or the other. `repeats` shuffles the folds anew and `retrain` takes the number of epochs that
    was best on average over the folds, so that both need `k_fold`. Without shuffling each
    repetition has the folds of the one before.
    """
    evaluate = subject.spec.evaluate
    if evaluate is None or _misread(subject):
        return
    for option, wrong, message, help in _wrong(evaluate):
        if wrong:
            path = ("evaluate", option) if option else ("evaluate",)
            yield Finding(message, path, on_key=True, help=help)
            return


def _misread(subject: Subject) -> bool:
    """Whether the section says something that could not be read."""
    written = subject.get(("evaluate",))
    broken = any(path[:1] == ("evaluate",) for path in subject.broken)
    return broken or not isinstance(written, dict) or bool(written.keys() - FIELDS)


def _wrong(evaluate: Evaluate) -> Iterator[tuple[str, bool, str, str]]:
    """Option, whether it is wrong, what is wrong with it and what to do."""
    folds = evaluate.k_fold is not None
    none = not folds and evaluate.time_holdout is None
    yield "", none, "`evaluate` names no protocol", "add `k_fold: 5` or `time_holdout: 0.2`"
    both = folds and evaluate.time_holdout is not None
    yield "time_holdout", both, "there are folds already", "keep `k_fold` or `time_holdout`"
    lost = "there are no folds to choose the number of epochs by"
    yield "retrain", evaluate.retrain and not folds, lost, "add `k_fold: 5`"
    again = evaluate.repeats > 1
    yield "repeats", again and not folds, "there are no folds to repeat", "add `k_fold: 5`"
    same = again and not evaluate.shuffle
    yield "repeats", same, "each repetition has the same folds", "leave `shuffle: false` out"
