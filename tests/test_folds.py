"""Training on folds: who is in which, that each starts afresh, and what is kept of them."""

import json
import os
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import programs
import pytest
from conftest import Main
from running import drawn_alike_again, names, record, the_run, written

from specc.api import emit, loads
from specc.data.parts import sizes
from specc.data.protocol import parts, shares
from specc.evaluation import Evaluate
from specc.runs.progress import Lines
from specc.shares import Split

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
SPEC = """\
specc: 1
name: flowers
seed: 3
data:
  dataset: {{sklearn: iris}}
  batch_size: {batch}
  preprocess: [Normalization]
  split: {split}
model:
  - Dense: {{units: 8, activation: relu}}
  - BatchNormalization
  - Dropout: 0.25
  - Dense: {{units: 3, activation: softmax}}
train:
  optimizer: {{Adam: {{learning_rate: 0.02}}}}
  loss: sparse_categorical_crossentropy
  metrics: [accuracy]
  epochs: 3
  callbacks:
    - ReduceLROnPlateau: {{patience: 1, min_delta: 10.0}}
    - CSVLogger: log.csv
evaluate: {evaluate}
"""


def spec(evaluate: str, batch: int = 8, split: str = "{test: 0.2}") -> str:
    return SPEC.format(evaluate=evaluate, batch=batch, split=split)


def script(evaluate: str, **options: Any) -> Any:
    return programs.executed(loads(spec(evaluate, **options)).program)


@pytest.mark.parametrize(
    ("evaluate", "split", "cut", "rows"),
    [
        (Evaluate(k_fold=4), None, (), {"train": 75, "validation": 25}),
        (Evaluate(k_fold=3), Split(test=0.2), (("test", 0.2),), {"train": 53, "test": 20}),
        (Evaluate(time_holdout=0.2), None, (("validation", 0.2),), {"train": 80}),
        (
            Evaluate(time_holdout=0.5),
            Split(test=0.2),
            (("test", 0.2), ("validation", 0.5)),
            {"train": 40, "validation": 40, "test": 20},
        ),
    ],
)
def test_parts(evaluate: Evaluate, split: Split | None, cut: Any, rows: dict[str, int]) -> None:
    given = {"train": 100}
    assert shares(given, split, evaluate) == cut
    found = parts(given, split, evaluate)
    assert found.items() >= rows.items() and sum(filter(None, found.values())) == 100


def test_without_a_protocol_nothing_changes() -> None:
    given = {"train": 100, "test": 10}
    assert parts(given, None, None) == sizes(given, shares(given, None, None))


def test_a_seed_that_leaves_none_for_the_folds() -> None:
    text = spec("{k_fold: 5, repeats: 2}").replace("seed: 3", f"seed: {2**32 - 9}")
    [found] = loads(text).report.errors
    assert (found.code, found.path) == ("F014", ("seed",))


@pytest.mark.keras
@pytest.mark.parametrize("stratify", [True, False])
def test_folds_are_those_of_scikit_learn(stratify: bool) -> None:
    from sklearn.model_selection import KFold, StratifiedKFold

    printed = script(f"{{k_fold: 5, repeats: 2, stratify: {str(stratify).lower()}}}")
    data = printed.load_data(Path())
    rows, labels = data.train.rows, data.train.y.numpy()[data.train.rows]
    kind = StratifiedKFold if stratify else KFold
    splits = [
        (rows[kept], rows[cut])
        for seed in (3, 4)
        for kept, cut in kind(5, shuffle=True, random_state=seed).split(rows, labels)
    ]
    found = list(printed.folds(data))
    assert len(found) == len(splits) == 10
    for fold, (kept, cut) in zip(found, splits, strict=True):
        assert np.array_equal(fold.train.rows, kept)
        assert np.array_equal(fold.validation.rows, cut)
        assert not {*fold.validation.rows} & {*data.test.rows}
    held = Counter(row for fold in found for row in fold.validation.rows.tolist())
    assert held == Counter(rows.tolist() * 2)


@pytest.mark.keras
def test_each_fold_learns_its_own_preprocessing() -> None:
    printed = script("{k_fold: 3}")
    for fold in printed.folds(printed.load_data(Path())):
        x = fold.train.x.numpy()[fold.train.rows]
        [layer] = fold.preprocessing.layers
        assert np.allclose(layer.mean.numpy().ravel(), x.mean(axis=0), atol=1e-5)


@pytest.mark.keras
def test_the_last_rows_are_held_out_in_order() -> None:
    printed = script("{time_holdout: 0.25}")
    data = printed.load_data(Path())
    found = (data.train.rows, data.validation.rows, data.test.rows)
    assert np.array_equal(np.concatenate(found), np.arange(150))
    assert [len(rows) for rows in found] == [90, 30, 30]


@pytest.mark.keras
@pytest.mark.parametrize("batch", [8, 16])
def test_one_model_put_back_equals_a_model_for_each_fold(batch: int, tmp_path: Path) -> None:
    """To the last bit: weights, states of layers and optimizer, and what is logged."""
    printed = script("{k_fold: 3}", batch=batch)
    data, model = printed.load_data(Path()), printed.build_model()
    done = list(printed.cross_validate(data, model, epochs=3, output=tmp_path, verbose=0))
    assert [fold.seed for fold in done] == [3, 4, 5]
    for number, fold in enumerate(printed.folds(data)):
        fresh = printed.build_model(3 + number)
        history = printed.train(fold, fresh, epochs=3, output=tmp_path, verbose=0)
        assert history.history == done[number].history
        first, *_, last = history.history["learning_rate"]
        assert last < first == pytest.approx(0.02)
    assert_same(printed, model, fresh)
    printed.restart(model, 9)
    assert_same(printed, model, printed.build_model(9))


def assert_same(printed: Any, one: Any, other: Any) -> None:
    pairs = zip(printed.state(one), printed.state(other), strict=True)
    assert all(np.array_equal(a.numpy(), b.numpy()) for a, b in pairs)


@pytest.mark.keras
def test_steps_at_once_change_nothing(tmp_path: Path) -> None:
    program = loads(spec("{k_fold: 3}", batch=6)).program  # the last batch is smaller
    assert program.training and program.training.steps_per_execution == 1000
    found = []
    for most in (None, 3, 1000):
        training = replace(program.training, steps_per_execution=most)
        printed = programs.executed(replace(program, training=training))
        data, model = printed.load_data(Path()), printed.build_model()
        fold = next(printed.folds(data))
        history = printed.train(fold, model, output=tmp_path, verbose=0)
        found.append((model, history.history, printed))
        assert model.steps_per_execution == {None: 1, 3: 2, 1000: 14}[most]
    assert found[0][1] == found[1][1] == found[2][1]
    for model, _, printed in found[1:]:
        assert_same(printed, found[0][0], model)


@pytest.mark.keras
def test_the_last_training_has_no_callback_that_needs_rows_to_validate_on() -> None:
    best = "    - ModelCheckpoint: {filepath: best.keras, save_best_only: true}\n"
    every = "    - ModelCheckpoint: every.keras\n    - EarlyStopping: loss\n"
    text = spec("{k_fold: 3, retrain: true}").replace("evaluate:", f"{best}{every}evaluate:")
    training = loads(text).program.training
    assert training is not None and len(training.callbacks) == 5
    assert training.watching == (training.callbacks[0], training.callbacks[2])


def test_steps_at_once_divide_an_epoch() -> None:
    at_once = script("{k_fold: 3}").steps_at_once
    assert [at_once(steps) for steps in (1, 303, 1009, 2000, 6007)] == [1, 303, 1, 1000, 1]


@pytest.mark.keras
def test_a_run_equals_the_script(main: Main, tmp_path: Path) -> None:
    text = spec("{k_fold: 3, repeats: 2, retrain: true}")
    code, out, err = main("run", written(text))
    assert code == 0, err
    run = the_run()
    assert "fold 2/6, epoch 3/3" in out and "\nmean  " in out and "\u00b1" in out
    assert names(run) >= {"folds.json", "folds.csv", "history.csv", "model.keras", "metrics.json"}
    printed = programs.executed(loads(text).program)
    data, model = printed.load_data(Path()), printed.build_model()
    output = tmp_path / "script"
    done = list(printed.cross_validate(data, model, output=output, verbose=0))
    found = json.loads((run / "folds.json").read_text())
    best = found.pop("epochs")
    assert found == printed.summary(done) and len(found["folds"]) == 6
    assert record(run)["protocol"] == found | {"epochs": best}
    losses = np.mean([fold.history["val_loss"] for fold in done], axis=0)
    assert best == np.argmin(losses) + 1
    printed.restart(model, 3)
    history = printed.train(data, model, epochs=best, output=output, verbose=0)
    printed.write_history(history, tmp_path / "history.csv")
    assert (tmp_path / "history.csv").read_bytes() == (run / "history.csv").read_bytes()
    assert json.loads((run / "metrics.json").read_text()) == printed.evaluate(data, model)
    assert "val_loss" not in history.history
    assert (output / "fold_6" / "log.csv").is_file() and (run / "fold_6" / "log.csv").is_file()
    assert drawn_alike_again(main, run)


@pytest.mark.keras
def test_folds_alone_leave_no_model(main: Main) -> None:
    code, out, err = main("run", written(spec("{k_fold: 3}", split="none")), "--quiet")
    assert code == 0, err
    run = the_run()
    assert names(run) >= {"folds.json", "folds.csv", "history.csv", "learning_curves.png"}
    assert not names(run) & {"model.keras", "metrics.json"}
    rows = (run / "history.csv").read_text().splitlines()
    assert len(rows) == 4 and "val_loss" in rows[0]
    assert len((run / "folds.csv").read_text().splitlines()) == 10
    assert drawn_alike_again(main, run)


class Interrupting(Lines):
    """A display that stops the run in the second epoch of the second fold."""

    def epoch(self, epoch: int) -> None:
        if self.part.startswith("fold 2/") and epoch == 2:
            os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.keras
def test_folds_that_are_done_are_kept(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("specc.runs.supervise.display", lambda quiet: Interrupting())
    code, _, err = main("run", written(spec("{k_fold: 3, retrain: true}")))
    assert code == 128 + signal.SIGTERM and "no model was saved" in err
    run = the_run()
    assert record(run)["state"] == "stopped"
    [fold] = json.loads((run / "folds.json").read_text())["folds"]
    assert fold["seed"] == 3 and fold["validation"] == 40
    assert len((run / "folds.csv").read_text().splitlines()) == 4
    assert len((run / "history.csv").read_text().splitlines()) == 4  # of the fold that is done
    assert drawn_alike_again(main, run)
    assert not names(run) & {"model.keras", "metrics.json"}


def test_its_package_is_asked_for(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    from specc.runs import packages

    monkeypatch.setattr(packages, "find_spec", lambda name: None if name == "sklearn" else True)
    np.savez("data.npz", x=np.zeros((90, 4), "float32"), y=np.arange(90) % 3)
    text = spec("{k_fold: 3}").replace("dataset: {sklearn: iris}", "arrays: {path: data.npz}")
    code, _, err = main("run", written(text))
    assert code == 1 and "error[R805]" in err and "evaluate: {k_fold: 3}" in err


def test_nothing_of_folds_in_other_scripts() -> None:
    text = spec("{k_fold: 3}").replace("evaluate: {k_fold: 3}\n", "")
    assert "fold" not in emit(loads(text)).lower().replace("folder", "")
