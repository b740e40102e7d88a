"""How the rows are read, split, encoded, preprocessed and batched."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from specc.data.protocol import shares
from specc.data.table import TableFile
from specc.inspect.facts import Facts
from specc.layers.impute import Impute
from specc.lowering.masks import has_classes, unseen_class
from specc.lowering.table import given_labels, imputation, table_plan, table_section
from specc.lowering.tiny import gathered_at_once
from specc.naming import keras_name
from specc.program import DataPlan, InputPlan, Section, Step, TargetPlan
from specc.schema import Data
from specc.shares import Split
from specc.subject import Subject
from specc.tensor import ShapeError, Tensor
from specc.training.base import Loss


def data_plan(subject: Subject, data: Data) -> DataPlan:
    """The plan for the data that a spec describes."""
    facts = subject.facts
    split = data.split if isinstance(data.split, Split) else Split()
    augment = _augment(data, unseen_class(subject.loss))
    evaluate = subject.spec.evaluate
    in_time = evaluate is not None and evaluate.time_holdout is not None
    table = data.source if isinstance(data.source, TableFile) else None
    given = given_labels(subject) if table else _given(subject)
    source = data.source.for_model(len(subject.graph.inputs) or 1, len(subject.graph.outputs))
    section = source.section(data.classes)
    return DataPlan(
        source=table_section(table, data, facts, given) if table else section,
        batch_size=data.batch_size,
        inputs=tuple(_inputs(subject, changed=augment is not None)),
        targets=tuple(_target(v, given) for v in subject.views() if v.compared),
        splits=shares(facts.given, data.split, evaluate),
        stratify=split.stratified and has_classes(data.source, given) and not in_time,
        shuffle=split.shuffled and not in_time and not data.source.in_time,
        streams=data.source.streams,
        parts=tuple(facts.parts),
        cache=data.cache,
        skips=data.on_bad == "skip",
        ragged=_ragged(data.preprocess, facts),
        stepwise=data.source.in_time and _stepwise(data.preprocess),
        augment=augment,
        at_once=gathered_at_once(subject, data),
        table=table_plan(table, data) if table else None,
        weight=data.sample_weight,
        group=split.group,
        time=split.time,
        time_format=split.time_format,
        masks=data.source.with_masks,
    )


def _inputs(subject: Subject, *, changed: bool) -> Iterator[InputPlan]:
    """The plan for each input; one alone goes without its name. Images that are changed at
    random are floats."""
    views, names = subject.by_input(), Counter[str]()
    for view in views:
        raw = view.facts.tensor or view.graph.input or Tensor(())
        dtype = "float32" if changed or "float" in raw.dtype else raw.dtype
        layers = view.spec.data.preprocess if view.spec.data else ()
        if view.facts.source == "arrays" and layers and not layers[0].takes_integers:
            dtype = "float32"  # whatever the file has, so that the script is the same without it
        steps = tuple(_preprocess(layers, view.facts, names))
        yield InputPlan(raw.shape, dtype, steps, view.entry if len(views) > 1 else None)


def _given(view: Subject) -> str:
    """How the source encodes labels; where files would say it that may not be there, the loss does,
    since it must fit them."""
    if view.facts.labels is not None or view.task not in ("binary", "multiclass"):
        return view.facts.labels or ""
    by_column = isinstance(view.loss, Loss) and view.loss.labels[:1] == ("one_hot",)
    return "one_hot" if by_column else "integer"


def _target(view: Subject, given: str) -> TargetPlan:
    """The plan for one output; one alone goes without its name."""
    given = given or _given(view)
    several = len(view.entire.graph.outputs) > 1
    name = view.output if several else None
    scales = view.spec.data is not None and view.spec.data.target_scaling is not None
    width = (view.head.width if view.head else None) or 1
    scaled = width if scales else None
    return TargetPlan(given, _labels(view, given), classes(view), name, scaled)


def _stepwise(layers: tuple[Any, ...]) -> bool:
    """Whether what is learned of a series is the same for all its steps."""
    axes = [getattr(layer, "axis", -1) for layer in layers]
    kinds = {type(layer).__name__ for layer in layers}
    return kinds <= {"Rescaling", "Normalization"} and all(a in (None, -1, 2) for a in axes)


def _augment(data: Data, unseen: int) -> Section | None:
    """How training images are changed; what that depends on is known without the files."""
    known, declared = data.source.known(), data.facts
    if data.augment is None or not data.augment.acts:
        return None
    span = declared.range if declared else None
    span = span.get("train") if isinstance(span, dict) else span
    return data.augment.section(span or known.range, known.dtype, unseen)


def _labels(subject: Subject, given: str) -> str:
    """The form of targets that the loss takes: `own` is the one in which they come, and
    `inputs` are the rows themselves."""
    if subject.task == "reconstruction":
        return "inputs"
    facts, loss = subject.facts, subject.loss
    one_unit = subject.head is not None and subject.head.width == 1
    if isinstance(loss, Loss) and loss.labels[:1] == ("integer",):
        return "integer"
    if given == "integer":
        return "column" if one_unit else "one_hot"
    return "column" if one_unit and not facts.target_shape else "own"


def classes(subject: Subject) -> int | None:
    """The number of classes; as many as the last layer has units where the data do not say."""
    return subject.facts.classes or (subject.head.width if subject.head else None)


def _ragged(layers: tuple[Any, ...], facts: Facts) -> bool:
    """Whether lists of integers keep their lengths, since they are counted before all else."""
    if facts.source != "dataset" or facts.shape != (None,):
        return False
    return any(
        type(layer).__name__ == "CategoryEncoding"
        and layer.output_mode != "one_hot"
        and not layer.sparse
        for layer in layers[:1]
    )


def _preprocess(layers: tuple[Any, ...], facts: Facts, names: Counter[str]) -> Iterator[Step]:
    """The layers in order. One with weights or a vocabulary learns it from the data, since none is
    trained."""
    tensor = facts.tensor
    for layer in layers:
        if isinstance(layer, Impute):
            yield imputation(layer)
            tensor = _after(layer, tensor)
            continue
        learns = layer.unlearned or (tensor is not None and bool(layer.weights(tensor)))
        name = keras_name(type(layer).__name__, names)
        words = layer.unlearned and hasattr(layer, "vocabulary")
        weighted = words and layer.output_mode == "tf_idf"
        yield Step(name, layer.call(), learns=learns, words=words, weighted=weighted)
        tensor = _after(layer, tensor)


def _after(layer: Any, tensor: Tensor | None) -> Tensor | None:
    try:
        return None if tensor is None else layer.infer(tensor)
    except ShapeError:
        return None
