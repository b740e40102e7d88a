"""The two back ends read one program alike: proofs for every spec and for random programs."""

import ast
import os
from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

import graphs
import programs
import pytest
from hypothesis import given, settings
from read_statements import model_of, without_comments
from readback import script_of

from specc.backends.script import emit
from specc.program import Call, Items, Program, Table

if TYPE_CHECKING:
    import numpy as np

EXAMPLES = int(os.environ.get("SPECC_EXAMPLES", "12"))
FUZZ = settings(max_examples=EXAMPLES)
SPECS = {name: each for name, each in programs.of_specs().items() if each.training}
EVERY = {**SPECS, **programs.variants(), **graphs.variants()}
every = pytest.mark.parametrize("program", EVERY.values(), ids=EVERY)
CATS = {f"cats_dogs_vgg16_{end}" for end in ("augmented", "features", "finetune")}
LARGE = {"resnet50", "vgg16", "flowers_mobilenet"} | CATS  # which take minutes to train


def parameters(programs: Mapping[str, Program], large: Set[str]) -> list[Any]:
    """One test each; those of large models are for the night."""
    marks = {name: [pytest.mark.slow] if name in large else [] for name in programs}
    return [pytest.param(each, id=name, marks=marks[name]) for name, each in programs.items()]


of_specs = pytest.mark.parametrize("program", parameters(SPECS, LARGE))
SINGLE = {name: each for name, each in SPECS.items() if each.data and not each.data.named}
of_single_inputs = pytest.mark.parametrize("program", parameters(SINGLE, LARGE))
to_build = pytest.mark.parametrize("program", parameters(EVERY, {"vgg16"} | CATS))


def assert_printed(program: Program) -> None:
    """The script, read back, says what the program says; `repr` tells `1` from `1.0`."""
    text = emit(program)
    script = script_of(text)
    assert program.data and program.training
    if program.model.sequential:
        assert repr(script.steps) == repr(tuple(step.call for step in program.model.steps))
        assert script.name == program.model.name
    else:
        model, _ = model_of(ast.parse(text))
        assert repr(model) == repr(without_comments(program.model))
    assert repr(script.compile) == repr(program.compile)
    assert repr(script.callbacks) == repr(program.training.callbacks)
    assert repr(script.preprocess) == repr(tuple(step.call for step in program.data.steps))
    assert script.constants["SEED"] == program.seed
    assert script.constants["BATCH_SIZE"] == program.data.batch_size
    lengths = script.constants.get("PHASES")
    assert script.constants.get("EPOCHS") == (None if lengths else program.training.epochs)
    said = tuple((each.name, each.training.epochs) for each in program.training.phases)
    assert (lengths.rows if isinstance(lengths, Table) else ()) == said
    assert script.constants.get("STEPS_PER_EPOCH") == program.training.steps_per_epoch
    for part, share in program.data.splits:
        names = (f"{part.upper()}_SHARE", f"{part.upper()}_ROWS")
        [size] = [script.constants[name] for name in names if name in script.constants]
        assert repr(size) == repr(share)
    if program.training.class_weight != "balanced":
        assert repr(script.class_weight) == repr(program.training.class_weight)


@every
def test_the_script_says_what_the_program_says(program: Program) -> None:
    assert_printed(program)


@FUZZ
@given(programs.random())
def test_the_script_of_a_random_program_says_what_it_says(program: Program) -> None:
    assert_printed(program)


# With Keras


@pytest.fixture
def exact() -> Iterator[None]:
    """The determinism switch, off again afterwards, for which there is no public function."""
    from tensorflow.python.framework import config

    config.enable_op_determinism()
    yield
    config.disable_op_determinism()


def both(program: Program) -> tuple[Any, Any]:
    """The model of each back end, each of a cleared session."""
    import keras

    from specc.backends.keras import build_model

    keras.utils.clear_session()
    evaluated = build_model(program)
    keras.utils.clear_session()
    policy = keras.config.dtype_policy()
    try:
        return evaluated, programs.executed(program).build_model()
    finally:
        keras.config.set_dtype_policy(policy)


def assert_built(program: Program) -> Any:
    """Builds the model twice, alike, and gives the one that was not printed."""
    evaluated, printed = both(program)
    assert evaluated.get_config() == printed.get_config()
    assert repr(evaluated.get_compile_config()) == repr(printed.get_compile_config())
    assert [type(layer) for layer in evaluated.layers] == [type(layer) for layer in printed.layers]
    assert_same_weights(evaluated, printed)
    return evaluated


def assert_same_weights(first: Any, second: Any) -> None:
    assert [w.tobytes() for w in first.get_weights()] == [w.tobytes() for w in second.get_weights()]


@pytest.mark.keras
@to_build
def test_both_back_ends_build_one_model(program: Program) -> None:
    assert_built(program)


@pytest.mark.keras
@FUZZ
@given(programs.random())
def test_both_back_ends_build_one_random_model(program: Program) -> None:
    assert_built(program)


def rows(shape: tuple[int | None, ...], dtype: str, classes: int | None = None) -> "np.ndarray":
    """Eight random rows."""
    import numpy as np

    generator = np.random.default_rng(0)
    sizes = (8, *(size or 5 for size in shape))
    if dtype == "string":
        return generator.integers(0, 9, sizes).astype(str)
    if "int" in dtype or classes:
        return generator.integers(0, classes or 9, sizes).astype(dtype)
    return generator.random(sizes).astype(dtype)


def targets(program: Program, shape: tuple[int, ...]) -> "np.ndarray":
    """Random targets in the form that the loss takes."""
    assert program.data
    if program.data.target.labels == "integer":
        y = rows(shape[:-1], "int32", program.data.target.classes)
        if "CTC" in repr(program.compile):
            y[:, 2:] = 0  # fewer letters than steps; 0 is none
        return y
    if program.data.target.labels == "column":
        return rows((1,), "float32", 2)
    return rows(shape, "float32")


def losses(program: Program, model: Any) -> list[str]:
    [entry], [output] = model.inputs, model.outputs
    x = rows(entry.shape[1:], entry.dtype)
    y = targets(program, tuple(size or 5 for size in output.shape[1:]))
    history = model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0).history
    return [repr(float(value)) for value in history["loss"]]


@pytest.mark.keras
@of_single_inputs
@pytest.mark.usefixtures("exact")
def test_both_models_learn_the_same_to_the_last_bit(program: Program) -> None:
    import keras

    evaluated, printed = both(program)
    assert_same_weights(evaluated, printed)
    found = []
    for model in (evaluated, printed):
        keras.utils.set_random_seed(1)
        found.append(losses(program, model))
    assert found[0] == found[1]
    assert_same_weights(evaluated, printed)
    assert found[0][0] != found[0][1]


@pytest.mark.keras
@pytest.mark.parametrize("name", programs.ALONE)
@pytest.mark.usefixtures("exact")
def test_a_script_trains_either_model_alike(name: str) -> None:
    program = programs.of_specs()[name]
    evaluated, printed = both(program)
    script = programs.executed(program)
    data = script.load_data(None)
    first, second = (
        script.train(data, model, epochs=2, verbose=0).history for model in (evaluated, printed)
    )
    assert repr(first) == repr(second)
    assert script.evaluate(data, evaluated) == script.evaluate(data, printed)
    assert_same_weights(evaluated, printed)


def test_a_dropped_option_shows() -> None:
    program = programs.of_specs()["digits_cnn"]
    script = script_of(emit(program).replace(', activation="softmax"', ""))
    assert repr(script.steps) != repr(tuple(step.call for step in program.model.steps))


def test_numbers_of_another_type_show() -> None:
    assert repr(Items((1, Call("f", (True,))))) != repr(Items((1.0, Call("f", (1,)))))
