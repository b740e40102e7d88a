"""Typed graph, spec and facts to the program that both back ends read: the last decisions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from specc.data.parts import cuts
from specc.graph import OUTPUT, Node
from specc.inspect.facts import Facts
from specc.kind import Kind
from specc.lowering import lower_model, note
from specc.naming import keras_name
from specc.program import (
    Call,
    DataPlan,
    Items,
    Model,
    Program,
    Section,
    Step,
    Table,
    TrainingPlan,
    Under,
    Value,
)
from specc.schema import LANGUAGE, Data, Split, Train
from specc.subject import Subject
from specc.tensor import ShapeError, Tensor
from specc.training.base import Callback, Loss


def lower(subject: Subject, digest: str) -> Program:
    """The program of a spec that has no errors."""
    spec = subject.spec
    data = _data(subject, spec.data) if spec.data else None
    return Program(
        name=spec.name,
        description=spec.description,
        digest=digest,
        language=LANGUAGE,
        seed=spec.seed,
        model=replace(_model(subject), dtype_policy=spec.train.dtype_policy),
        compile=_compile(subject),
        data=data,
        training=_training(subject, spec.train, data.parts) if data and spec.train.epochs else None,
    )


# The model


def _model(subject: Subject) -> Model:
    """A sequence where the spec is one, and otherwise a graph.

    No layer of a sequence has several outputs, of which the next one would take all.
    """
    spec, graph = subject.spec, subject.graph
    if spec.model.sequential and not any(OUTPUT in ref for ref in graph.tensors):
        return Model(spec.name, tuple(_steps(subject)))
    first = next(node for node in graph.nodes if not node.inputs)
    implied = not first.is_input and graph.input is not None
    entry = _input(_as_taken(first, graph.input)) if implied and graph.input else None
    return lower_model(spec.name, graph, entry, listed=spec.model.listed)


def _steps(subject: Subject) -> Iterator[Step]:
    """One step per layer; the input comes first, even where the data imply it."""
    graph = subject.graph
    first = graph.nodes[0]
    if not first.is_input and graph.input is not None:
        yield Step("input_layer", _input(_as_taken(first, graph.input)))
    for node in graph.nodes:
        comment = "" if node.is_input else note(graph, (node,))
        yield Step(node.name, _kind(node).call(), comment)


def _kind(node: Node) -> Kind:
    if node.kind is None:
        raise ValueError("a layer that could not be read cannot be lowered")
    return node.kind


def _as_taken(first: Node, delivered: Tensor) -> Tensor:
    """The input of the model; Keras turns numbers into floats unless they are asked for."""
    kind = first.kind
    kept = kind is not None and (kind.takes_integers or kind.takes_text)
    return delivered if kept else Tensor(delivered.shape)


def _input(tensor: Tensor) -> Call:
    dtype = () if "float" in tensor.dtype else (("dtype", tensor.dtype),)
    return Call("keras.Input", (tensor.shape,), dtype)


def _compile(subject: Subject) -> Call:
    """`model.compile(…)` with what the spec says, or what follows from the task."""
    options: list[tuple[str, Value]] = []
    if subject.optimizer is not None:
        options.append(("optimizer", subject.optimizer.spelled()))
    views = subject.views()
    losses = {v.output: v.loss.spelled() for v in views if v.loss is not None}
    metrics = {v.output: _metrics(v) for v in views if v.metrics}
    weights = subject.spec.train.loss_weights
    one = len(views) == 1
    options += [("loss", _by_output(losses, one))] if losses else []
    options += [("loss_weights", Table(tuple(weights.items())))] if weights else []
    options += [("metrics", _by_output(metrics, one))] if metrics else []
    return Call("model.compile", (), tuple(options))


def _metrics(subject: Subject) -> Items:
    return Items(tuple(kind.spelled() for kind, _ in subject.metrics))


def _by_output(values: Mapping[str | None, Value], one: bool) -> Value:
    """A table by the names of the outputs; the value itself where there is one output."""
    if one:
        return next(iter(values.values()))
    return Table(tuple((name, value) for name, value in values.items() if name))


# The data


def _data(subject: Subject, data: Data) -> DataPlan:
    facts = subject.facts
    split = data.split if isinstance(data.split, Split) else Split()
    raw = facts.tensor or subject.graph.input or Tensor(())
    given = facts.labels or ""
    return DataPlan(
        source=data.source.section(data.classes),
        batch_size=data.batch_size,
        given=given,
        labels=_labels(subject),
        classes=_classes(subject),
        input=raw.shape,
        dtype="float32" if "float" in raw.dtype else raw.dtype,
        preprocess=tuple(_preprocess(data.preprocess, facts)),
        splits=cuts(facts.given, data.split),
        stratify=split.stratify and given in ("integer", "one_hot"),
        shuffle=split.shuffle,
        parts=tuple(facts.parts),
    )


def _labels(subject: Subject) -> str:
    """The form of targets that the loss takes: `own` is the one in which they come, and
    `inputs` are the rows themselves."""
    if subject.task == "reconstruction":
        return "inputs"
    facts, loss = subject.facts, subject.loss
    one_unit = subject.head is not None and subject.head.width == 1
    if isinstance(loss, Loss) and loss.labels[:1] == ("integer",):
        return "integer"
    if facts.labels == "integer":
        return "column" if one_unit else "one_hot"
    return "column" if one_unit and facts.target_shape == () else "own"


def _classes(subject: Subject) -> int | None:
    """The number of classes; as many as the last layer has units where the data do not say."""
    return subject.facts.classes or (subject.head.width if subject.head else None)


def _preprocess(layers: tuple[Any, ...], facts: Facts) -> Iterator[Step]:
    """The layers in order. One with weights learns them from the data, since none is trained."""
    names: Counter[str] = Counter()
    tensor = facts.tensor
    for layer in layers:
        learns = tensor is not None and bool(layer.weights(tensor))
        name = keras_name(type(layer).__name__, names)
        yield Step(name, layer.call(), learns=learns)
        tensor = _after(layer, tensor)


def _after(layer: Any, tensor: Tensor | None) -> Tensor | None:
    try:
        return None if tensor is None else layer.infer(tensor)
    except ShapeError:
        return None


# The training


def _training(subject: Subject, train: Train, parts: tuple[str, ...]) -> TrainingPlan:
    validation: tuple[tuple[str, Value], ...] = (("validation", "validation" in parts),)
    pictures = (f"pictures/{picture}.py.jinja" for picture in subject.spec.visualize)
    return TrainingPlan(
        epochs=train.epochs or 0,
        steps_per_epoch=train.steps_per_epoch,
        class_weight=_class_weight(train, _classes(subject), subject.facts.class_names),
        callbacks=tuple(_callback(callback) for callback in train.callbacks),
        pictures=tuple(Section(picture, validation) for picture in pictures),
    )


def _class_weight(train: Train, classes: int | None, names: tuple[str, ...]) -> Value:
    """Weights by the number of the class, which the spec may give by its name.

    Every class is there: Keras fails on one above the highest that has a weight.
    """
    if not isinstance(train.class_weight, dict):
        return train.class_weight
    numbers = {name: number for number, name in enumerate(names)}
    given = {int(numbers.get(name, name)): w for name, w in train.class_weight.items()}
    count = max([classes or 0, *(number + 1 for number in given)])
    return Table(tuple((number, given.get(number, 1.0)) for number in range(count)))


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
