"""Random graphs: what the check calls right builds alike twice and trains; what it calls a wrong
shape Keras refuses.

SPECC_GRAPHS sets their number.
"""

import builtins
import os
from collections import Counter
from dataclasses import replace
from math import prod
from typing import Any

import programs
import pytest
from hypothesis import given, settings
from oracle import keras_builds, keras_runs
from random_graphs import graphs
from test_back_ends import assert_built, assert_printed

from specc.backends.script import emit
from specc.compiler import Compiled, compile, digest
from specc.node import OUTPUT
from specc.program import Program
from specc.resolved import resolved, to_yaml
from specc.source import read

FUZZ = settings(max_examples=int(os.environ.get("SPECC_GRAPHS", "40")))


def compiled(text: str) -> Compiled:
    return compile(read("graph.yaml", text.encode()))


def trainable(program: Program) -> Program:
    """The program with data, without which there is no script."""
    other = programs.of_specs()["digits_cnn"]
    return replace(program, data=other.data, training=other.training)


@FUZZ
@given(text=graphs())
def test_a_graph_means_the_same_when_written_out(text: str) -> None:
    first = compiled(text)
    if first.report.ok:
        second = compiled(to_yaml(resolved(first.spec)))
        assert second.report.ok and digest(second.spec) == digest(first.spec)
        assert resolved(second.spec) == resolved(first.spec)
        assert second.program.model == first.program.model


@FUZZ
@given(text=graphs())
def test_the_script_says_what_the_graph_says(text: str) -> None:
    found = compiled(text)
    if found.report.ok:
        program = trainable(found.program)
        builtins.compile(emit(program), "script.py", "exec")
        assert_printed(program)


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:.*was passed an input with a mask:UserWarning")
@settings(FUZZ, max_examples=FUZZ.max_examples // 2)
@given(text=graphs())
def test_a_graph_that_is_right_builds_and_trains(text: str) -> None:
    found = compiled(text)
    if found.report.ok:
        model = assert_built(trainable(found.program))
        assert_inferred(found, model)
        if model.trainable_weights and sized(found):
            train(model)


def sized(found: Compiled) -> bool:
    """Whether any number of steps will do; those that have to be equal are not known here."""
    return all(None not in tensor.shape for tensor in found.graph.tensors.values())


def fresh(build: Any) -> Any:
    import keras

    keras.utils.clear_session()
    return build()


def assert_inferred(found: Compiled, model: Any) -> None:
    """Shapes, types and weights of every layer are those that were inferred."""
    graph, layers = found.graph, flat(model)
    for node in graph.nodes:
        if node.shared is None:
            layer = layers[node.name]
            outputs = layer._inbound_nodes[0].output_tensors
            names = [f"{node.name}{OUTPUT}{k}" if k else node.name for k in range(len(outputs))]
            ours = [(graph.tensors[name].shape, graph.tensors[name].dtype) for name in names]
            assert ours == [(tuple(each.shape[1:]), each.dtype) for each in outputs]
            shapes = [tuple(weight.shape) for weight in layer.weights]
            assert Counter(graph.weights(node).values()) == Counter(shapes), node.name
    assert model.count_params() == sum(graph.params(node) for node in graph.nodes)
    trained = sum(prod(weight.shape) for weight in model.trainable_weights)
    assert trained == sum(graph.trained(node) for node in graph.nodes)


def flat(model: Any) -> dict[str, Any]:
    """The layers by name, those of models inside included."""
    found: dict[str, Any] = {}
    for layer in model.layers:
        inner = flat(layer) if type(layer).__name__ == "Functional" else {}
        found |= {layer.name: layer, **inner}
    return found


def train(model: Any) -> None:
    """One step on random numbers."""
    import numpy as np

    generator = np.random.default_rng(0)

    def rows(tensors: Any) -> Any:
        match tensors:
            case dict():
                return {name: rows(each) for name, each in tensors.items()}
            case list():
                return rows(tensors[0])
            case _:
                shape = (4, *(size or 5 for size in tensors.shape[1:]))
                return (
                    generator.integers(0, 9, shape)
                    if "int" in tensors.dtype
                    else generator.random(shape)
                )

    model.run_eagerly = True
    history = model.fit(rows(model._inputs_struct), rows(model._outputs_struct), verbose=0)
    assert np.isfinite(history.history["loss"][0])


@pytest.mark.keras
@FUZZ
@given(text=graphs())
def test_a_refused_shape_in_a_graph_is_refused_by_keras(text: str) -> None:
    found = compiled(text)
    graph = found.graph
    for node in graph.nodes:
        inputs = graph.into(node)
        refused = inputs and graph.out(node) is None and node.shared is None
        if refused and inputs and node.kind and not node.kind.stricter and not node.wanted:
            built = keras_builds(node.kind, inputs)
            assert isinstance(built, Exception) or not keras_runs(node.kind, inputs, built.outputs)
