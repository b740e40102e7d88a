"""What `fit` is told beyond the data."""

from specc.lowering.data import classes
from specc.lowering.pictures import pictures_plan
from specc.lowering.tiny import on_features, steps_per_execution
from specc.program import Call, DataPlan, Table, TrainingPlan, Under, Value
from specc.schema import Train
from specc.subject import Subject
from specc.training.base import Callback, Monitor


def training_plan(subject: Subject, data: DataPlan) -> TrainingPlan:
    """The plan for the training on these data."""
    train = subject.spec.train
    return TrainingPlan(
        epochs=train.epochs or 0,
        batch_size=_batch_size(subject, data),
        steps_per_epoch=train.steps_per_epoch,
        steps_per_execution=on_features(subject) if data.hoist else steps_per_execution(subject),
        class_weight=_class_weight(train, classes(subject), subject.facts.class_names),
        callbacks=tuple(_callback(callback) for callback in train.callbacks),
        watching=tuple(_callback(each) for each in train.callbacks if _validates(each)),
        saves_model=any(callback.saves_model for callback in train.callbacks),
        pictures=pictures_plan(subject, data),
    )


def _batch_size(subject: Subject, data: DataPlan) -> int | None:
    """That of a phase, where it is another one."""
    own = subject.spec.data.batch_size if subject.spec.data else data.batch_size
    return own if own != data.batch_size else None


def _class_weight(train: Train, known: int | None, names: tuple[str, ...]) -> Value:
    """Weights by the number of the class, which the spec may give by its name.

    Every class is there: Keras fails on one above the highest that has a weight.
    """
    if not isinstance(train.class_weight, dict):
        return train.class_weight
    numbers = {name: number for number, name in enumerate(names)}
    given = {int(numbers.get(name, name)): w for name, w in train.class_weight.items()}
    count = max([known or 0, *(number + 1 for number in given)])
    return Table(tuple((number, given.get(number, 1.0)) for number in range(count)))


def _validates(callback: Callback) -> bool:
    """Whether it acts upon a column of the validation part."""
    return isinstance(callback, Monitor) and (callback.acts_upon or "").startswith("val_")


def _callback(callback: Callback) -> Call:
    """The constructor call; files that it writes go to the folder of results."""
    call, written = callback.call(), callback.outputs()
    names = callback.options()
    args = (
        Under(str(arg), written[name].filled) if name in written else arg
        for name, arg in zip(names, call.args, strict=False)
    )
    options = dict(call.options)
    positional = names[: len(call.args)]
    for name in written:
        path = getattr(callback, name)
        if isinstance(path, str) and name not in positional:
            options[name] = Under(path, written[name].filled)
    return Call(call.target, tuple(args), tuple(options.items()))
