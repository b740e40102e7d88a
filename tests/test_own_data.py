"""Data that a function of the user's own delivers."""

import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Main
from running import the_run, written

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

CODE = """\
from pathlib import Path

import numpy as np
import tensorflow as tf

Path("imported").touch()


def load():
    x = np.random.default_rng(0).normal(size=(60, 4))
    return x, (x.sum(axis=1) > 0).astype(int)


def dataset():
    return tf.data.Dataset.from_tensor_slices(load())


def narrow():
    x, y = load()
    return x[:, :3], y


def short():
    x, y = load()
    return x[:50], y
"""
SPEC = """\
specc: 1
data:
  python: {function: "own_rows:load", shape: [4], classes: 2}
model: [{Dense: {units: 8, activation: relu}}, {Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""


@pytest.fixture
def own_rows(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workplace / "own_rows.py").write_text(CODE)
    monkeypatch.setattr(sys, "path", [str(workplace), *sys.path])
    monkeypatch.delitem(sys.modules, "own_rows", raising=False)


@pytest.mark.usefixtures("own_rows")
def test_nothing_is_imported_without_trust(main: Main) -> None:
    file = written(SPEC)
    assert main("check", file)[0] == 0 and main("build", file)[0] == 0
    code, _, err = main("run", file)
    assert code == 1 and "error[F023]: `own_rows:load` is code of its own" in err
    assert not Path("imported").exists() and not Path("runs").exists()


@pytest.mark.keras
@pytest.mark.usefixtures("own_rows")
def test_a_dataset_is_read_as_its_arrays(main: Main) -> None:
    histories: set[bytes] = set()
    for name in ("load", "dataset"):
        file = written(SPEC.replace(":load", f":{name}"), f"{name}.yaml")
        code, _, err = main("run", "--trust", file, "--output", name)
        assert code == 0, err
        [history] = Path(name).glob("*/*/history.csv")
        histories.add(history.read_bytes())
    assert len(histories) == 1


@pytest.mark.keras
@pytest.mark.usefixtures("own_rows")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("narrow", "rows (60, 3) for targets (60,), expected (4,)"),
        ("short", "rows (50, 4) for targets (60,), expected (4,)"),
        ("absent", "has no attribute 'absent'"),
    ],
)
def test_other_rows_than_declared_are_a_finding(main: Main, name: str, said: str) -> None:
    code, _, err = main("run", "--trust", written(SPEC.replace(":load", f":{name}")))
    assert code == 3 and "error[R806]" in err and said in err
    assert "spec.yaml:2:1" in err and not (the_run() / "model.keras").exists()


def test_facts_of_the_declaration() -> None:
    from data_scripts import source_of

    def known(**options: Any) -> tuple[Any, ...]:
        written = {"python": {"function": "own:load", "shape": [4], **options}}
        found = source_of(written).known()
        return found.labels, found.classes, found.target_shape

    assert known() == ("real", None, ())
    assert known(classes=3) == ("integer", 3, ())
    assert known(classes=3, labels="multi_hot") == ("multi_hot", 3, (3,))
