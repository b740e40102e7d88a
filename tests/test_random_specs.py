"""Random specs: what the check calls right trains, and what it calls a wrong shape Keras refuses.

SPECC_EXAMPLES sets their number; then the training steps are compiled too.
"""

import builtins
import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from oracle import keras_builds, keras_runs
from programs import executed
from random_specs import specs, write_arrays
from test_back_ends import FUZZ, assert_built, assert_printed

from specc.backends.script import emit
from specc.compiler import Compiled, compile, digest
from specc.graph import Node
from specc.program import Program
from specc.resolved import resolved, to_yaml
from specc.source import read
from specc.tensor import Tensor

MANY = "SPECC_EXAMPLES" in os.environ
QUICK = settings(FUZZ, max_examples=FUZZ.max_examples if MANY else 200)
TRAINED = settings(FUZZ, max_examples=FUZZ.max_examples if MANY else 30)


@pytest.fixture(scope="module")
def arrays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arrays")
    write_arrays(folder)
    return folder


def compiled(text: str, folder: Path) -> Compiled:
    return compile(read("spec.yaml", text.encode()), folder)


@QUICK
@given(text=specs())
def test_what_is_right_means_the_same_when_written_out(arrays: Path, text: str) -> None:
    first = compiled(text, arrays)
    if first.report.ok:
        second = compiled(to_yaml(resolved(first.spec)), arrays)
        assert second.report.ok and digest(second.spec) == digest(first.spec)
        assert resolved(second.spec) == resolved(first.spec)


@QUICK
@given(text=specs())
def test_the_script_says_what_the_spec_says(arrays: Path, text: str) -> None:
    found = compiled(text, arrays)
    if found.report.ok:
        builtins.compile(emit(found.program), "script.py", "exec")
        assert_printed(found.program)


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras' own
@TRAINED
@given(text=specs())
def test_what_is_right_builds_and_trains(
    arrays: Path, text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = compiled(text, arrays)
    if found.report.ok:
        assert_built(found.program)
        train(found.program, arrays, tmp_path_factory.mktemp("output"))


def train(program: Program, folder: Path, output: Path) -> None:
    """Everything that the script does, for one epoch; by itself a step is not compiled."""
    import keras

    keras.utils.clear_session()
    script = executed(program)
    data, model = script.load_data(folder), script.build_model()
    model.run_eagerly = not MANY
    more: dict[str, Any] = {"epochs": 1, "verbose": 0}
    if "output" in inspect.signature(script.train).parameters:
        more["output"] = output
    script.train(data, model, **more)
    if "test" in data._fields:
        script.evaluate(data, model)
    if program.data and program.data.input.preprocess:
        script.save(data, model, output / "model.keras")


@pytest.mark.keras
@QUICK
@given(text=specs())
def test_a_refused_shape_is_refused_by_keras(arrays: Path, text: str) -> None:
    for node, inputs in refused(compiled(text, arrays)):
        assert node.kind is not None
        built = keras_builds(node.kind, inputs)
        assert isinstance(built, Exception) or not keras_runs(node.kind, inputs, built.outputs)


def refused(found: Compiled) -> Iterator[tuple[Node, tuple[Tensor, ...]]]:
    """The layers that the check says cannot take what comes in."""
    for node in found.graph.nodes if found.subject else ():
        inputs = found.graph.into(node)
        if node.kind and inputs and found.graph.out(node) is None and not node.kind.stricter:
            yield node, inputs
