"""Known faults of real Keras programs are found, and correct programs are left alone."""

import json
import random
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import faults  # noqa: E402
from fault_programs import programs  # noqa: E402

MUTANTS = 80
ODD: tuple[Any, ...] = (None, "", "custom_x", 0, -1, 0.5, True, [], {}, [None], {"name": None})


@pytest.mark.shared
def test_the_score_does_not_drop(shared: Path) -> None:
    programs = list(faults.read(shared / "faults"))
    outcomes = [faults.outcome(program, clean) for program, clean in programs]
    now, then = faults.score(outcomes), json.loads(faults.RECORD.read_text(encoding="utf-8"))
    missed = [f"{e.name}: {d.code} {d.message}" for e in outcomes for d in e.alarms]
    assert len(programs) > 100
    assert now.recall >= then["recall"]
    assert now.precision >= then["precision"], missed
    assert (now.errors, now.warnings) <= (then["errors"], then["warnings"]), missed


def test_small_programs_have_their_faults_and_no_others() -> None:
    outcomes = [faults.outcome(program, clean=False) for program in programs()]
    wrong = {
        each.name: (expected - each.covered(hints=True), [d.message for d in each.alarms])
        for each in outcomes
        if not (expected := {f.category for f in each.faults}) <= each.covered(hints=True)
        or each.alarms
    }
    assert len(outcomes) > 250
    assert wrong == {}


PROGRAM: dict[str, Any] = {
    "id": "a program",
    "graph": "functional",
    "input_shape": [28, 28, 1],
    "layers": [
        {"type": "Input", "shape": [28, 28, 1], "id": "a", "in": []},
        {"type": "Conv2D", "filters": 8, "kernel_size": 3, "kernel_initializer": "uniform",
         "kernel_regularizer": {"name": "l2", "l2": 0.01}, "id": "c", "in": ["a"]},
        {"type": "TimeDistributed", "layer": {"type": "Dense", "units": 4}, "id": "t", "in": "c"},
        {"type": "Lambda", "function": "x * 2", "id": "l", "in": ["t"]},
        {"type": "Flatten", "id": "f", "in": ["l"]},
        {"type": "Input", "shape": [28, 28, 1], "id": "b", "in": []},
        {"type": "SharedBranch", "shared": "f", "id": "g", "in": ["b"]},
        {"type": "Concatenate", "id": "j", "in": ["f", "g"]},
        {"type": "Dense", "units": 2, "activation": "softmax", "id": "o", "in": ["j"]},
        {"type": "Dense", "units": 1, "activation": "sigmoid", "id": "p", "in": ["j"]},
    ],
    "compile": {
        "loss": ["categorical_crossentropy", {"name": "binary_crossentropy"}],
        "optimizer": {"name": "sgd", "learning_rate": 0.1, "decay": 1e-6, "nesterov": True},
        "metrics": ["acc", "mine", "AUC"],
    },
    "fit": {"batch_size": 32, "epochs": 2, "validation_split": 0.2, "class_weight": True,
            "callbacks": ["EarlyStopping", {"name": "ModelCheckpoint"}, "Mine"]},
    "data": {"n_samples": 100, "shape": [28, 28, 1], "classes": 2, "label_encoding": "one_hot",
             "value_range": [0, 255], "normalised": False, "facts": {"x_is_y": True}},
    "task": "binary classification",
    "expected_faults": [], "additional_findings": [],
}  # fmt: skip


def test_a_graph_becomes_a_spec() -> None:
    """But for the faults of that program nothing is found: every name and option is known."""
    found = faults.checked(PROGRAM).diagnostics
    assert {each.code for each in found if each.severity in faults.HARD} == set()


def test_whatever_a_program_says_is_no_crash() -> None:
    chance = random.Random(0)
    sequential = {
        **PROGRAM,
        "graph": "sequential",
        "layers": [
            {key: value for key, value in layer.items() if key not in ("id", "in")}
            for layer in PROGRAM["layers"][1:5]
        ],
    }
    for _ in range(MUTANTS):
        program = json.loads(json.dumps(chance.choice((PROGRAM, sequential))))
        for _ in range(chance.randint(1, 3)):
            holder, key = chance.choice(list(_places(program)))
            holder[key] = deepcopy(chance.choice(ODD))
        faults.outcome(program, clean=False)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every item of lists and mappings, however deep."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in items:
        yield value, key
        if isinstance(each, dict | list):
            yield from _places(each)
