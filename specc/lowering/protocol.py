"""How a training is validated beyond a part that is held out: the plan for its folds."""

from typing import Any

from specc.evaluation import Evaluate
from specc.lowering.masks import has_classes
from specc.program import FoldsPlan
from specc.shares import Split
from specc.subject import Subject
from specc.training.base import Metric, Monitor, logged_names

VALIDATION = "val_"


def folds_plan(subject: Subject) -> FoldsPlan | None:
    """The plan for the folds; None where the spec asks for none."""
    evaluate = subject.spec.evaluate
    if evaluate is None or evaluate.k_fold is None:
        return None
    monitor, highest = _chooser(subject)
    return FoldsPlan(
        count=evaluate.k_fold,
        repeats=evaluate.repeats,
        splitter=_splitter(subject, evaluate),
        shuffle=evaluate.shuffle,
        retrain=evaluate.retrain,
        monitor=monitor,
        highest=highest,
    )


def _splitter(subject: Subject, evaluate: Evaluate) -> str:
    data = subject.spec.data
    classes = data is not None and has_classes(data.source, subject.facts.labels)
    split = data.split if data else None
    group = isinstance(split, Split) and split.group
    return f"{'Stratified' * (classes and evaluate.stratify)}{'Group' if group else ''}KFold"


def _chooser(subject: Subject) -> tuple[str, bool]:
    """The column that says how long to train, and whether high values of it are good."""
    for callback in subject.spec.train.callbacks:
        if isinstance(callback, Monitor) and type(callback).__name__ == "EarlyStopping":
            column = str(callback.watches)
            if column.startswith(VALIDATION):
                return column, _rises(subject, callback, column.removeprefix(VALIDATION))
    return f"{VALIDATION}loss", False


def _rises(subject: Subject, callback: Any, name: str) -> bool:
    if callback.mode != "auto":
        return bool(callback.mode == "max")
    metrics = [each for each in _metrics(subject) if isinstance(each, Metric)]
    directions = zip(logged_names(metrics), (each.direction for each in metrics), strict=True)
    return dict(directions).get(name) == "max"


def _metrics(subject: Subject) -> tuple[Any, ...]:
    metrics = subject.spec.train.metrics
    return metrics if isinstance(metrics, tuple) else ()
