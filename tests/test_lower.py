"""What a spec means for a program: labels, shares, weights, files, and the input of the model."""

from typing import Any

import pytest

from specc.api import loads
from specc.program import Call, DataPlan, Program, Ratio, Step, Table, TrainingPlan, Under

MULTICLASS = {
    "data": "{dataset: {sklearn: digits}, preprocess: [{Rescaling: 1/16}]}",
    "head": "{units: 10, activation: softmax}",
    "train": "{optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 2}",
}
BINARY = {
    "data": "{dataset: {sklearn: breast_cancer}, preprocess: [Normalization]}",
    "head": "{units: 1, activation: sigmoid}",
    "train": "{optimizer: adam, loss: binary_crossentropy, epochs: 2}",
}
REGRESSION = {
    "data": "{dataset: {sklearn: diabetes}}",
    "head": "{units: 1}",
    "train": "{optimizer: adam, loss: mse, epochs: 2}",
}


def lowered(parts: dict[str, str], **changes: str) -> Program:
    """The program of a small spec."""
    spec = parts | changes
    text = (
        f"specc: 1\nname: small\ndata: {spec['data']}\n"
        f"model: [Flatten, {{Dense: {spec['head']}}}]\ntrain: {spec['train']}\n"
    )
    compiled = loads(text)
    assert compiled.report.ok, [finding.message for finding in compiled.report.errors]
    return compiled.program


def plans(parts: dict[str, str], **changes: str) -> tuple[DataPlan, TrainingPlan]:
    program = lowered(parts, **changes)
    assert program.data and program.training
    return program.data, program.training


@pytest.mark.parametrize(
    ("parts", "loss", "labels"),
    [
        (MULTICLASS, "sparse_categorical_crossentropy", "integer"),
        (MULTICLASS, "categorical_crossentropy", "one_hot"),
        (BINARY, "binary_crossentropy", "column"),
        (REGRESSION, "mse", "column"),
    ],
)
def test_labels_take_the_form_that_the_loss_takes(
    parts: dict[str, str], loss: str, labels: str
) -> None:
    train = f"{{optimizer: adam, loss: {loss}, epochs: 2}}"
    data, _ = plans(parts, train=train)
    assert data.target.labels == labels


@pytest.mark.parametrize(
    ("split", "splits", "parts"),
    [
        ("none", (), ("train",)),
        ("{validation: 0.2}", (("validation", 0.2),), ("train", "validation")),
        (
            "{train: 0.6, validation: 0.2, test: 0.2}",
            (("test", 0.2), ("validation", 0.25)),
            ("train", "validation", "test"),
        ),
        (
            "{validation: 0.1, test: 0.1}",
            (("test", 0.1), ("validation", Ratio(1, 9))),
            ("train", "validation", "test"),
        ),
        ("{validation: 300}", (("validation", 300),), ("train", "validation")),
    ],
)
def test_shares_are_cut_off_what_is_left(split: str, splits: Any, parts: tuple[str, ...]) -> None:
    data, _ = plans(MULTICLASS, data=f"{{dataset: {{sklearn: digits}}, split: {split}}}")
    assert data.splits == splits and data.parts == parts
    assert data.stratify and data.shuffle


def test_real_targets_have_no_classes_to_stratify() -> None:
    data, _ = plans(REGRESSION)
    assert not data.stratify


@pytest.mark.parametrize(
    ("layers", "learns"),
    [
        ("[{Rescaling: 1/16}]", [False]),
        ("[Normalization]", [True]),
        ("[{Rescaling: 1/16}, Normalization]", [False, True]),
        ("[{Normalization: {mean: 0.5, variance: 0.25}}]", [False]),
    ],
)
def test_preprocessing_with_statistics_learns_them(layers: str, learns: list[bool]) -> None:
    written = f"{{dataset: {{sklearn: digits}}, preprocess: {layers}}}"
    data, _ = plans(MULTICLASS, data=written)
    assert [step.learns for step in data.input.preprocess] == learns


def test_every_class_gets_a_weight() -> None:
    train = MULTICLASS["train"][:-1] + ', class_weight: {"2": 3.0}}'
    _, training = plans(MULTICLASS, train=train)
    weights = tuple((number, 3.0 if number == 2 else 1.0) for number in range(10))
    assert training.class_weight == Table(weights)


def test_files_of_callbacks_go_to_the_output_folder() -> None:
    callbacks = "[{ModelCheckpoint: 'best.keras'}, {CSVLogger: {filename: log.csv}}, TensorBoard]"
    _, training = plans(MULTICLASS, train=MULTICLASS["train"][:-1] + f", callbacks: {callbacks}}}")
    assert training.callbacks == (
        Call("keras.callbacks.ModelCheckpoint", (Under("best.keras", True),)),
        Call("keras.callbacks.CSVLogger", (Under("log.csv"),)),
        Call("keras.callbacks.TensorBoard", (), (("log_dir", Under("logs")),)),
    )


def test_the_input_comes_first_even_where_the_data_imply_it() -> None:
    program = lowered(MULTICLASS)
    assert program.model.steps == (
        Step("input_layer", Call("keras.Input", ((8, 8, 1),))),
        Step("flatten", Call("keras.layers.Flatten"), "64"),
        Step(
            "dense",
            Call("keras.layers.Dense", (10,), (("activation", "softmax"),)),
            "10, 650 params",
        ),
    )


def test_without_data_or_epochs_there_is_a_model_only() -> None:
    text = "specc: 1\nmodel: [{Input: [4]}, {Dense: 1}]\ntrain: {optimizer: adam, loss: mse}\n"
    compiled = loads(text)
    program = compiled.program
    assert program.data is None and program.training is None
    assert [step.call.target for step in program.model.steps] == [
        "keras.Input",
        "keras.layers.Dense",
    ]
