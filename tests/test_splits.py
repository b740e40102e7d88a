"""Rows that stay together, that follow each other in time, that say their part, and that weigh."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Main
from programs import executed
from running import written

from specc.api import loads
from specc.backends.script import emit
from specc.compiler import Compiled, compile
from specc.source import read

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
TABLE = """\
specc: 1
name: visits
task: binary
data:
  table: {path: visits.csv, target: ill, numeric: [age]}
  batch_size: 16
  preprocess: [{Rescaling: 1/60}]
  split: {validation: 0.2, test: 0.2}
model:
  - Dense: {units: 4, activation: relu}
  - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""
TEXTS = TABLE.replace(
    "table: {path: visits.csv, target: ill, numeric: [age]}",
    "text: {csv: visits.csv, text_column: said, label_column: ill}",
).replace(
    "{Rescaling: 1/60}",
    "{TextVectorization: {max_tokens: 9, output_mode: multi_hot, pad_to_max_tokens: true}}",
)
IMAGES = TABLE.replace(
    "table: {path: visits.csv, target: ill, numeric: [age]}",
    "images: {csv: visits.csv, path_column: said, label_column: ill, size: [8, 8]}",
).replace("model:", "model:\n  - Flatten")
SEVERAL = (
    TABLE[: TABLE.index("data:")]
    + """\
data:
  images: {csv: visits.csv, inputs: {photo: said, age: [age]}, label_column: ill, size: [8, 8]}
  split: {validation: 0.2, test: 0.2}
model:
  inputs: {photo: [8, 8, 3], age: [1]}
  layers:
    - GlobalAveragePooling2D: {from: photo, name: seen}
    - Concatenate: {from: [seen, age]}
    - Dense: {units: 1, activation: sigmoid, name: ill}
  outputs: [ill]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""
)
ROWS = 200
PATIENT = [f"p{i * i % 37}" for i in range(ROWS)]
DAY = [f"2024-{1 + i * 7 % 12:02}-{1 + i % 28:02}" for i in range(ROWS)]
PART = [("train", "test", "train", "validation", "")[i % 5] for i in range(ROWS)]


def rows() -> str:
    lines = ["age,patient,day,part,weight,said,ill"]
    for i in range(ROWS):
        more = f"{PATIENT[i]},{DAY[i]},{PART[i]},{i % 4},w{i % 7} w{i % 3},{i % 3 // 2}"
        lines.append(f"{i % 61},{more}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def visits(workplace: Path) -> Path:
    (workplace / "visits.csv").write_text(rows())
    return workplace


def split(options: str, text: str = TABLE) -> str:
    return text.replace("{validation: 0.2, test: 0.2}", options)


def apart(text: str, parts: str = "[train, validation, test]") -> str:
    """With the parts that a column says."""
    for option in ("target: ill", "label_column: ill"):
        text = text.replace(option, f"{option}, split_column: part, parts: {parts}")
    return split("{}", text).replace("  split: {}\n", "")


def compiled(text: str, root: Path = Path()) -> Compiled:
    return compile(read("visits.yaml", text.encode()), root)


def loaded(text: str) -> Any:
    return executed(loads(text).program).load_data(Path())


def parts(data: Any) -> dict[str, list[int]]:
    return {part: getattr(data, part).rows.tolist() for part in ("train", "validation", "test")}


GROUP = "{validation: 0.2, test: 0.2, group: patient}"
TIME = "{validation: 0.2, test: 0.2, time: day}"
WEIGHT = "\n  sample_weight: weight\nmodel:"
LAST = ("data", "split", "group")
UNASKED = {"D504", "T607", "D576"}
MISTAKES = [
    (split("{group: patient, time: day}"), "F017", ("data",)),
    (split("{group: patient, shuffle: false}"), "F017", ("data",)),
    (split("{time: day, shuffle: true}"), "F017", ("data",)),
    (split("{time: day, stratify: true}"), "F017", ("data",)),
    (split("{time_format: '%d'}"), "F012", ("data",)),
    (split("{group: patients}"), "D527", LAST),
    (split("{group: ill}"), "D586", LAST),
    (split("{time: patient}"), "D527", ("data", "split", "time")),
    (split("{group: part}"), "D527", LAST),  # a row without one
    (split("{time: day, test: 0.2}") + "evaluate: {k_fold: 3}", "D577", ("evaluate", "k_fold")),
    (split(GROUP) + "evaluate: {k_fold: 40}", "D581", ("evaluate", "k_fold")),
    (TABLE.replace("\nmodel:", WEIGHT.replace("weight\n", "day\n")), "D527", ("data",)),
    (apart(TABLE).replace("part,", "ill,"), "F017", ("data", "table")),
    (split("{time: day, time_format: '%Y %Y'}"), "F014", ("data", "split", "time_format")),
    (split("{time: day, time_format: '%H:%M'}"), "D527", ("data", "split", "time")),
    (SEVERAL.replace("[age]", "[age, ill]"), "F017", ("data", "images")),
    (SEVERAL.replace("[age]", "[age, age]"), "F017", ("data", "images")),
    (apart(TABLE, "[train, {}]"), "F013", ("data", "table", "parts")),
    (apart(TABLE).replace("part,", "partt,"), "D527", ("data", "table", "path")),
    (apart(TEXTS).replace("part,", "partt,"), "D527", ("data", "text", "csv")),
    (apart(TEXTS).replace("part,", "patient,"), "D527", ("data", "text", "csv")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "path"), MISTAKES)
def test_what_is_wrong(text: str, code: str, path: tuple[str, ...], visits: Path) -> None:
    found = compiled(text).report
    [finding] = [each for each in (*found.errors, *found.warnings) if each.code not in UNASKED]
    assert (finding.code, finding.path[: len(path)]) == (code, path)


def test_folders_have_no_columns(workplace: Path) -> None:
    folders = IMAGES.replace("csv: visits.csv, path_column: said, label_column: ill", "path: p")
    [found] = compiled(split(GROUP, folders)).report.errors
    assert (found.code, found.path) == ("F017", LAST)
    assert "`csv`" in found.help


def test_what_is_known(visits: Path) -> None:
    facts = compiled(split(GROUP)).facts
    assert facts.groups == len({*PATIENT})
    assert facts.parts == dict.fromkeys(("train", "validation", "test"))
    given = Counter(PART)
    for text in (TABLE, TEXTS):
        assert compiled(apart(text)).facts.given == {p: given[p] for p in facts.parts}


def test_scripts_need_no_formatter_and_no_file(tmp_path: Path) -> None:
    texts = [split(s, text) for s in (GROUP, TIME) for text in (TABLE, TEXTS, IMAGES)]
    texts += [apart(text) for text in (TABLE, TEXTS)]
    texts += [text.replace("\nmodel:", WEIGHT) for text in texts]
    texts.append(split("{time: day, time_format: '%Y-%m-%d'}"))
    for options in ("test: 0.5", "stratify: false"):
        texts.append(split(f"{{group: patient, {options}}}") + "evaluate: {k_fold: 3}")
    more = "\n  augment: {rotation_range: 9}" + WEIGHT
    texts.append(split(GROUP, IMAGES).replace("\nmodel:", more))
    more = (
        "\n  cache: memory\n  augment: {zoom_range: 0.2, layers: [{RandomContrast: 0.2}]}" + WEIGHT
    )
    texts.append(IMAGES.replace("\nmodel:", more))
    texts.append(texts[-1].replace("epochs: 2}", "epochs: 2, steps_per_epoch: 3}"))
    texts += [split(s, SEVERAL).replace("\nmodel:", WEIGHT) for s in ("{test: 0.2}", GROUP)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.py").write_text(emit(compiled(text, tmp_path).program))
    ruff = [sys.executable, "-m", "ruff"]
    width = ["--isolated", "--line-length=88", str(tmp_path)]
    subprocess.run([*ruff, "format", "--diff", *width], check=True)
    subprocess.run([*ruff, "check", "--select=E,F,I,W", *width], check=True)


@pytest.mark.keras
@pytest.mark.parametrize("stratify", ["", ", stratify: false"])
def test_groups_stay_together(stratify: str, visits: Path) -> None:
    data = loaded(split(GROUP.replace("}", stratify + "}")))
    found = parts(data)
    assert sorted(sum(found.values(), [])) == list(range(ROWS))
    members = [{PATIENT[row] for row in each} for each in found.values()]
    assert sum(map(len, members)) == len({*PATIENT})
    assert all(abs(len(found[part]) - 40) <= 6 for part in ("validation", "test"))
    if not stratify:
        ill = [sum(i % 3 == 2 for i in each) / len(each) for each in found.values()]
        assert np.ptp(ill) < 0.1


@pytest.mark.keras
@pytest.mark.parametrize("stratify", [True, False])
def test_folds_are_those_of_scikit_learn(stratify: bool, visits: Path) -> None:
    from sklearn.model_selection import GroupKFold, StratifiedGroupKFold

    evaluate = f"evaluate: {{k_fold: 4, stratify: {str(stratify).lower()}}}"
    printed = executed(loads(split("{test: 0.2, group: patient}") + evaluate).program)
    data = printed.load_data(Path())
    train, groups = data.train.rows, np.array(PATIENT)
    kind = StratifiedGroupKFold if stratify else GroupKFold
    splitter = kind(4, shuffle=True, random_state=0)
    labels = np.array([row % 3 // 2 for row in train])
    for fold, (kept, cut) in zip(
        printed.folds(data), splitter.split(train, labels, groups[train]), strict=True
    ):
        assert np.array_equal(fold.train.rows, train[kept])
        assert np.array_equal(fold.validation.rows, train[cut])
        assert not {*groups[fold.train.rows]} & {*groups[fold.validation.rows]}


@pytest.mark.keras
@pytest.mark.parametrize("more", ["", ", time_format: '%Y-%m-%d'"])
def test_the_last_rows_in_time_are_the_test_part(more: str, visits: Path) -> None:
    found = parts(loaded(split(TIME.replace("}", more + "}"))))
    order = sorted(range(ROWS), key=lambda row: DAY[row])
    assert [*found["train"], *found["validation"], *found["test"]] == order
    assert [len(each) for each in found.values()] == [120, 40, 40]


@pytest.mark.keras
@pytest.mark.parametrize("text", [TABLE, TEXTS])
def test_a_column_says_the_part(text: str, visits: Path) -> None:
    data = loaded(apart(text))
    for part in ("train", "validation", "test"):
        wanted = [i % 3 // 2 for i in range(ROWS) if PART[i] == part]
        assert np.ravel(getattr(data, part).y).tolist() == wanted


@pytest.mark.keras
def test_rows_weigh_in_the_loss(visits: Path) -> None:
    import keras

    printed = executed(loads(TABLE.replace("\nmodel:", WEIGHT)).program)
    data, model = printed.load_data(Path()), printed.build_model()
    rows = data.test.rows
    outputs = model.predict(data.test.x["numeric"].numpy()[rows] / 60, verbose=0)
    losses = keras.losses.binary_crossentropy(data.test.y.numpy()[rows], outputs).numpy()
    assert printed.evaluate(data, model)["loss"] == pytest.approx(
        np.mean(losses * (rows % 4)), rel=1e-4
    )
    history = printed.train(data, model, verbose=0).history
    assert np.isfinite(history["val_loss"]).all() and history["loss"][1] < history["loss"][0]


@pytest.mark.keras
def test_leaks_are_found(main: Main, visits: Path) -> None:
    lines = rows().replace("day", "date", 1)
    (visits / "visits.csv").write_text(lines)

    def found(text: str) -> set[str]:
        out = main("data", written(text), "--format", "json")[1]
        codes = {each["code"] for each in json.loads(out)["findings"]}
        return codes & {"D582", "D583"}

    assert found(apart(TABLE)) == {"D582", "D583"}
    assert found(TABLE) == {"D582", "D583"}
    assert found(split(TIME.replace("day", "date"))) == set()
    assert found(split(GROUP)) == {"D583"}
