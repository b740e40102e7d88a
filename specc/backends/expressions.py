"""Expressions of the fixed part of a script that depend on the program.

They are values, as those of the program are, so that the printer lays them out.
"""

from collections.abc import Iterator

from specc.backends.hoisted import as_features, learner
from specc.backends.targets import classes_of_rows
from specc.program import (
    Apply,
    Assign,
    Call,
    DataPlan,
    InputPlan,
    Items,
    Model,
    Program,
    Ref,
    Step,
    Table,
    TrainingPlan,
    Under,
    Value,
)


def writes_files(training: TrainingPlan) -> bool:
    """Whether callbacks write files, so that the script's `train` takes `output`."""
    return any(_paths(training))


def fills_names(training: TrainingPlan) -> bool:
    """Whether Keras fills in names of files, so that `train` doubles braces of the folder."""
    return any(path.filled for path in _paths(training))


def folders(training: TrainingPlan) -> tuple[Call, ...]:
    """What makes the folders that Keras expects to be there."""
    found = (path.path.rpartition("/")[0] for path in _paths(training) if not path.filled)
    options: tuple[tuple[str, Value], ...] = (("parents", True), ("exist_ok", True))
    return tuple(Call("Path.mkdir", (Under(each),), options) for each in sorted({*found} - {""}))


def _paths(training: TrainingPlan) -> Iterator[Under]:
    for call in training.callbacks:
        values = (*call.args, *(value for _, value in call.options))
        yield from (value for value in values if isinstance(value, Under))


def raw_input(plan: InputPlan) -> Call:
    """What the preprocessing takes: a row as the source delivers it."""
    dtype = () if plan.dtype == "float32" else (("dtype", plan.dtype),)
    name = () if plan.name is None else (("name", plan.name),)
    return Call("keras.Input", (plan.shape,), (*dtype, *name))


def until_last_learned(plan: InputPlan) -> tuple[Step, ...]:
    """The preprocessing up to the last step that learns from the data."""
    learning = [place for place, step in enumerate(plan.preprocess, 1) if step.learns]
    return plan.preprocess[: max(learning, default=0)]


def reads_in_order(data: DataPlan) -> bool:
    """Whether the script goes through the rows of a part as they stand."""
    learning = (each for each in data.inputs if any(step.learns for step in each.preprocess))
    batches = data.table is None and not data.stepwise
    return len(data.parts) > 1 or (batches and not all(gathered(data, each) for each in learning))


def gathered(data: DataPlan, plan: InputPlan) -> bool:
    """Whether its preprocessing learns from all rows at once, and not batch by batch."""
    return len(plan.shape) == 1 if data.named else data.at_once


def learns(data: DataPlan) -> bool:
    """Whether the preprocessing depends on the training part."""
    return any(step.learns for step in data.steps) or learns_values(data)


def learns_values(data: DataPlan) -> bool:
    """Whether the values of categories are those of the training part."""
    return data.table is not None and data.table.categories > 0 and data.table.learns


def cut_name(part: str, share: float | int) -> str:
    """The constant that holds how much of the training part goes to `part`."""
    return f"{part.upper()}_{'ROWS' if isinstance(share, int) else 'SHARE'}"


def given(program: Program, data: DataPlan) -> list[str]:
    """The parts that the source itself gives; those of folds are cut off later."""
    made = {part for part, _ in data.splits} | ({"validation"} if program.folds else set())
    return [part for part in data.parts if part not in made]


def loaded(program: Program, data: DataPlan) -> Call:
    """What `load_data` returns; the validation part of folds comes later."""
    encodes = data.target.labels != "inputs" and not data.streams and not data.masks
    parts: list[Value] = [
        Call("encode", (Ref(part),)) if encodes else Ref(part) for part in data.parts
    ]
    if program.folds:
        parts[data.parts.index("validation")] = None
    learned = (Ref("train"),) if learns(data) else ()
    made = (Call("build_preprocessing", learned),) if data.preprocesses else ()
    pictures = program.training.pictures if program.training else None
    names = (Ref("classes"),) if pictures and pictures.carried else ()
    return Call("Data", (*parts, *made, *names))


def _prepared(data: DataPlan, order: str, part: str, *more: Value, **options: Value) -> Value:
    """Prepared batches of a part; whole parts are prepared before there are batches of them."""
    given = tuple(options.items())
    owner = part.partition(".")[0]
    preprocessing = (Ref(f"{owner}.preprocessing"),) if data.preprocesses else ()
    if data.hoist:
        return Call("prepared", (Call(order, (as_features(data, part), *more), given),))
    if not data.whole_parts:
        return Call("prepared", (Call(order, (Ref(part), *more), given), *preprocessing))
    rows = Call("prepared", (Ref(part), *preprocessing)) if data.preprocesses else Ref(part)
    return Call(order, (rows, *more), given)


def in_order(data: DataPlan, part: str) -> Value:
    """Prepared batches of a part, such as `data.test`, as it stands."""
    return _prepared(data, "in_large_batches" if data.hoist else "in_order", part)


def fit(program: Program, data: DataPlan, training: TrainingPlan) -> Call:
    """What `train` returns."""
    batches = _training_batches(program, data, training)
    return Call(f"{learner(data)}.fit", (batches,), tuple(_options(program, data, training)))


def _training_batches(program: Program, data: DataPlan, training: TrainingPlan) -> Value:
    """Batches of the training part; in a phase without augmentation of images as they are."""
    size = (Ref("size"),) if training.batch_size else ()
    more = (*_until(program.training or training), *size)
    plain = bool(program.data and program.data.augment) and not data.augment
    options: dict[str, Value] = {"augments": False} if plain else {}
    return _prepared(data, "shuffled", "data.train", Ref("initial_epoch"), *more, **options)


def _until(training: TrainingPlan) -> tuple[Value, ...]:
    """What `shuffled` is told beyond the first epoch."""
    if training.uneven:
        return (Ref("steps"),)
    return () if training.endless else (Ref("epochs"),)


def _options(
    program: Program, data: DataPlan, training: TrainingPlan
) -> Iterator[tuple[str, Value]]:
    """What `fit` is told. `shuffle` stays off: the batches come in the right order."""
    uneven = program.training is not None and program.training.uneven
    constant = training.steps_per_epoch and not uneven
    yield "steps_per_epoch", Ref("STEPS_PER_EPOCH" if constant else "steps")
    yield "epochs", Ref("epochs")
    yield "initial_epoch", Ref("initial_epoch")
    yield "shuffle", False
    if program.folds and program.folds.retrain:
        yield "validation_data", Ref("validation")
    elif "validation" in data.parts:
        yield "validation_data", in_order(data, "data.validation")
    if training.class_weight is not None:
        yield "class_weight", _class_weight(data, training)
    own = always(program, training)
    yield "callbacks", Items((*own, Ref("*callbacks"))) if own else Ref("callbacks")
    yield "verbose", Ref("verbose")


def always(program: Program, training: TrainingPlan) -> tuple[Value, ...]:
    """The callbacks that every training has; with a last one on all rows only those that watch
    nothing of a validation part."""
    if not program.folds or not program.folds.retrain:
        return training.callbacks
    return (
        *((Ref("*watching"),) if training.watching else ()),
        *(call for call in training.callbacks if call not in training.watching),
    )


def _class_weight(data: DataPlan, training: TrainingPlan) -> Value:
    if isinstance(training.class_weight, Table):
        return training.class_weight
    if training.class_weight != "balanced":
        raise ValueError("class weights are a table, or balanced")
    return Call("balanced", (classes_of_rows(data, "data.train"),))


def scored(data: DataPlan) -> Call:
    """What `evaluate` returns."""
    options: tuple[tuple[str, Value], ...] = (("return_dict", True), ("verbose", 0))
    return Call(f"{learner(data)}.evaluate", (in_order(data, "data.test"),), options)


def trained(program: Program, training: TrainingPlan) -> Call:
    """How `main` trains the model that is kept."""
    output = (("output", Ref("output")),) if writes_files(training) else ()
    epochs = Ref("best" if program.folds else "arguments.epochs")
    return Call("train", (Ref("data"), Ref("model")), (("epochs", epochs), *output))


def parser(program: Program) -> Call:
    """What reads the arguments of the script."""
    title = f"Train {program.name}."
    return Call("argparse.ArgumentParser", options=(("description", title),))


def whole(program: Program, data: DataPlan) -> Call:
    """Preprocessing and network as one model; a network that is no list stays one layer of it.

    That layer is not compiled: Keras cannot load an optimizer inside of a model again. Outputs
    for scaled targets are put into their units at the end.
    """
    ends = (Ref("model.input"), Ref("model.output"))
    graph = Call("keras.Model", ends, (("name", "network"),))
    name: tuple[tuple[str, Value], ...] = (("name", program.model.name),)
    if data.table is not None or (data.named and data.preprocesses):
        return _behind_columns(program, data, graph)
    if not data.preprocesses and not program.model.sequential:
        return Call("keras.Model", (ends[0], _in_units(data, ends[1])), name)
    network = Ref("*model.layers") if program.model.sequential else graph
    before = (Ref("*data.preprocessing.layers"),) if data.preprocesses else ()
    units = (Call("model.in_units"),) if data.scaled else ()
    layers = Items((raw_input(data.input), *before, network, *units))
    return Call("keras.Sequential", (layers,), name)


def _behind_columns(program: Program, data: DataPlan, graph: Call) -> Call:
    """The network as one layer behind the preprocessing, which takes several inputs."""
    named = (("name", "network"),)
    listed = Call("keras.Sequential", (Ref("model.layers"),), named)
    network = listed if program.model.sequential else graph
    vector = Apply(network, (Ref("data.preprocessing.output"),))
    ends = (Ref("data.preprocessing.input"), _in_units(data, vector))
    return Call("keras.Model", ends, (("name", program.model.name),))


def _in_units(data: DataPlan, output: Value) -> Value:
    """What the network puts out, in the units of the targets."""
    return Apply(Call("model.in_units"), (output,)) if data.scaled else output


def functional(model: Model, *, scaled: bool = False) -> Call:
    """The model that the statements of its body lead to."""
    kind = "ScaledTargets" if scaled else "keras.Model"
    return Call(kind, (model.inputs, model.outputs), (("name", model.name),))


def verifies(model: Model) -> bool:
    """Whether it starts with weights from a file whose hash is known."""
    calls = (each.value for each in model.body if isinstance(each, Assign))
    options = (dict(call.options) for call in calls if isinstance(call, Call))
    return any(isinstance(each.get("weights"), Call) for each in options)
