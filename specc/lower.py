"""Typed graph, spec and facts to the program that both back ends read: the last decisions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from specc.graph import OUTPUT, Node
from specc.hoisting import by_phase
from specc.kind import Kind
from specc.lowering import (
    data_plan,
    folds_plan,
    held,
    listed,
    lower_model,
    note,
    phase_plans,
    together,
    training_plan,
)
from specc.program import (
    Call,
    DataPlan,
    HoistPlan,
    Items,
    Model,
    Program,
    Step,
    Table,
    TrainingPlan,
    Value,
)
from specc.schema import LANGUAGE
from specc.subject import Subject
from specc.tensor import Tensor


def lower(subject: Subject, digest: str) -> Program:
    """The program of a spec that has no errors."""
    spec = subject.spec
    model = _model(subject)
    data = _data(subject, model) if spec.data else None
    return Program(
        name=spec.name,
        description=spec.description,
        digest=digest,
        language=LANGUAGE,
        seed=spec.seed,
        model=replace(
            model,
            dtype_policy=spec.train.dtype_policy,
            scatters=any(subject.that(lambda kind: kind.scatters)),
        ),
        compile=_compile(subject.phases[0]),
        data=data,
        training=_training(subject, data) if data and spec.train.length else None,
        folds=folds_plan(subject) if data else None,
    )


def _data(subject: Subject, model: Model) -> DataPlan | None:
    """The plan for the data, and for the features that frozen layers make of them."""
    data = subject.spec.data
    if data is None:
        return None
    if not any(view.spec.augments for view in subject.phases):
        data = data.model_copy(update={"augment": None})
    plan, hoist = data_plan(subject, data), _hoist(subject, model)
    return replace(plan, hoist=hoist, at_once=plan.at_once and not hoist)


def _hoist(subject: Subject, model: Model) -> HoistPlan | None:
    """What is computed once, for one phase at least."""
    starts = [each.start for each in by_phase(subject)]
    start = next(filter(None, starts), None)
    return HoistPlan(start.layers + (not model.sequential), all(starts)) if start else None


def _training(subject: Subject, data: DataPlan) -> TrainingPlan:
    """The plan of the training, or those of its phases."""
    if not subject.spec.train.phases:
        return training_plan(subject, data)
    hoisted = [each.start is not None for each in by_phase(subject)]
    plans = phase_plans(subject, lambda view: training_plan(view, data), _compile, hoisted)
    return together(plans)


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
    return lower_model(
        spec.name,
        graph,
        entry,
        listed=spec.model.listed,
        phased=listed(subject),
        held=held(subject),
    )


def _steps(subject: Subject) -> Iterator[Step]:
    """One step per layer; the input comes first, even where the data imply it."""
    graph, phased = subject.graph, listed(subject)
    first = graph.nodes[0]
    if not first.is_input and graph.input is not None:
        yield Step("input_layer", _input(_as_taken(first, graph.input)))
    for node in graph.nodes:
        comment = "" if node.is_input else note(graph, (node,))
        yield Step(node.name, _named(node, phased).call(), comment)


def _named(node: Node, phased: frozenset[str]) -> Kind:
    """The layer, with its name where phases look for it."""
    kind = _kind(node)
    return kind.bound_to({**kind.bound, "name": node.name}) if node.name in phased else kind


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
