"""Training in phases: what is read, what each freezes, and that nothing else changes."""

import csv
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import programs
import pytest
from conftest import Main
from running import drawn_alike_again, member, record, the_run, written

from specc.api import emit, loads
from specc.diagnostics import locate
from specc.phases import Inside

HEAD = """\
specc: 1
name: small
data:
  images: {train: train, validation: validation, size: [32, 32]}
  batch_size: 4
  classes: [cats, dogs]
model:
  - VGG16: {weights: base.weights.h5, include_top: false}
  - GlobalAveragePooling2D
  - Dense: {units: 4, activation: relu, name: hidden}
  - Dense: {units: 1, activation: sigmoid}
train:
  loss: binary_crossentropy
  metrics: [accuracy]
  epochs: 2
"""
PHASES = """\
  phases:
    - name: head
      trainable: {vgg16: false}
      optimizer: {RMSprop: {learning_rate: 1e-3}}
    - name: fine_tune
      trainable: {vgg16: {from: block5_conv3}, hidden: false}
      optimizer: {RMSprop: {learning_rate: 1e-4}}
      epochs: 1
      callbacks: [{ReduceLROnPlateau: {patience: 1}}]
"""
SMALL = HEAD + PHASES
DIGITS = """\
specc: 1
name: digits
data:
  dataset: {sklearn: digits}
  batch_size: 512
  preprocess: [{Rescaling: 1/16}]
  augment: {horizontal_flip: true, layers: [{RandomContrast: 0.2}]}
model:
  - Flatten
  - Dense: {units: 10, activation: softmax}
train:
  optimizer: adam
  loss: sparse_categorical_crossentropy
  epochs: 1
  phases:
    - {name: plain, augment: none}
    - {name: changed}
"""
UNAUGMENTED = "      augment: none\n"
COLUMNS = """\
specc: 1
data:
  images:
    csv: index.csv
    label_column: sick
    inputs: {photo: path_column, age: [age]}
    size: [32, 32]
  classes: [no, yes]
model:
  inputs: {photo: [32, 32, 3], age: [1]}
  layers:
    - Flatten: {from: photo, name: seen}
    - Concatenate: {from: [seen, age]}
    - Dense: {units: 1, activation: sigmoid, name: head}
  outputs: head
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2, phases: [{name: all}]}
"""
FINE_TUNING = Path(__file__).parents[1] / "specs/cats_dogs_vgg16_finetune.yaml"


def at(text: str, code: str) -> str:
    """What is underlined by the finding with that code."""
    report = loads(text).report
    [found] = [each for each in report.diagnostics if each.code == code]
    span = locate(report.source, found)
    return report.source.text.splitlines()[span.line - 1][span.column - 1 :]


def test_counts_are_those_of_the_notes() -> None:
    big = SMALL.replace("32, 32", "150, 150").replace("hidden: false", "hidden: true")
    big = big.replace("block5_conv3", "block5_conv1").replace("units: 4", "units: 256")
    subject = loads(big.replace("GlobalAveragePooling2D", "Flatten")).subject
    assert subject is not None
    counts = [(v.graph.trained, v.graph.params, v.nodes) for v in subject.phases]
    totals = [(sum(map(trained, n)), sum(map(params, n))) for trained, params, n in counts]
    assert totals == [(2_097_665, 16_812_353), (9_177_089, 16_812_353)]


def test_show_says_what_each_phase_trains(main: Main) -> None:
    code, out, _ = main("show", "--phases", str(FINE_TUNING))
    said = [" ".join(line.split()) for line in out.splitlines()[4:]]
    assert code == 0 and said == [
        "head 1 to 30 RMSprop 2e-05 2 of 15 2,097,665 14,714,688",
        "vgg16: frozen",
        "fine_tune 31 to 130 RMSprop 1e-05 5 of 15 9,177,089 7,635,264",
        "vgg16: 4 of 19 layers trained, block5_conv1 to block5_pool",
    ]


@pytest.mark.usefixtures("workplace")
def test_show_says_which_ranges_of_layers_are_trained(main: Main) -> None:
    text = SMALL.replace("{from: block5_conv3}", "{match: [block4_*, block5_conv3, '*1_conv1']}")
    _, out, _ = main("show", "--phases", str(written(text)))
    said = "block1_conv1, block4_conv1 to block4_pool, block5_conv3"
    assert out.splitlines()[-1].strip() == f"vgg16: 6 of 19 layers trained, {said}"


def test_show_says_how_many_parameters_each_phase_trains(main: Main) -> None:
    _, out, _ = main("show", str(FINE_TUNING))
    said = "parameters that are trained: 2,097,665 in phase head, 9,177,089 in phase fine_tune"
    assert said in out.splitlines()


def test_the_same_is_data(main: Main) -> None:
    code, out, _ = main("show", "--phases", "--format", "json", str(FINE_TUNING))
    [data] = json.loads(out)
    assert code == 0 and data["name"] == FINE_TUNING.stem
    assert [
        (each["first"], each["last"], each["rate"], each["trained"]) for each in data["phases"]
    ] == [
        (1, 30, 2e-5, 2_097_665),
        (31, 130, 1e-5, 9_177_089),
    ]


@pytest.mark.usefixtures("workplace")
def test_show_says_what_phases_differ_in(main: Main) -> None:
    text = DIGITS.replace("augment: none", "augment: none, batch_size: 9, steps_per_epoch: 4")
    _, out, _ = main("show", "--phases", str(written(text)))
    assert [line.strip() for line in out.splitlines()[5::2]] == [
        "batches of 9, 4 steps in an epoch, images as they are",
        "batches of 512, an epoch is a pass over all rows, images are augmented",
    ]
    _, out, _ = main("show", "--pipeline", str(written(text)))
    assert "512 rows, 9 in plain, gathered" in out and "; only in changed" in out


@pytest.mark.parametrize(
    ("state", "trained"),
    [
        ({"first": "c"}, {2, 3}),
        ({"last": 1}, {3}),
        ({"share": 0.5}, {2, 3}),
        ({"share": 0.01}, {3}),
        ({"match": "[ab]"}, {0, 1}),
        ({"match": ("a", "d*")}, {0, 3}),
    ],
)
def test_which_layers_inside_are_trained(state: dict[str, Any], trained: set[int]) -> None:
    assert Inside(**state).trained(["a", "b", "c", "dd"]) == trained


def codes(text: str) -> list[str]:
    """Of what is found besides hints."""
    return [each.code for each in loads(text).report.diagnostics if each.severity != "hint"]


@pytest.mark.parametrize("state", ["{}", "null", "{last: 0}", "{from: block5_conf3}"])
def test_one_mistake_in_what_is_trained_is_one_finding(state: str) -> None:
    for before in ("vgg16: false", "vgg16: {from: block5_conv3}"):
        assert len(codes(SMALL.replace(before, f"vgg16: {state}"))) == 1
    assert codes(SMALL.replace("vgg16: false", "vgg: false")) == ["X708"]


def test_a_share_is_a_fraction() -> None:
    quarter, decimal = (SMALL.replace("from: block5_conv3", f"share: {s}") for s in ("1/4", "0.25"))
    assert (
        codes(quarter) == []
        and emit(loads(quarter)).splitlines()[9:] == (emit(loads(decimal)).splitlines()[9:])
    )


@pytest.mark.parametrize(
    ("before", "after", "code", "place"),
    [
        ("epochs: 1\n", "epochs: 0\n", "F014", "0"),
        ("      epochs: 1\n", "      loss: mse\n", "F050", "loss: mse"),
        ("      epochs: 1\n", "      batch_size: 0\n", "F014", "0"),
        ("      epochs: 1\n", "      augment: {zoom_range: 0.1}\n", "F050", "{zoom_range"),
        ("      epochs: 1\n", "      augment: false\n", "F013", "false"),
        ("      epochs: 1\n", "      augment: none\n", "D547", "augment: none"),
        ("      epochs: 1\n", "      span: 1\n", "F010", "span: 1"),
        ("{from: block5_conv3}", "{from: block5_conv3, last: 2}", "F017", "vgg16: {from"),
        ("trainable: {vgg16: false}", "trainable: {}", "F016", "trainable: {}"),
        ("trainable: {vgg16: false}", "trainable: {vgg16: off}", "F013", "off}"),
        ("from: block5_conv3", "match: []", "F017", "vgg16: {match"),
        ("      optimizer: {RMSprop: {learning_rate: 1e-3}}\n", "", "F012", "name: head"),
        ("{ReduceLROnPlateau: {patience", "{EarlyStopping: {monitor", "F013", "1}}]"),
        ("patience: 1", "patience: 1, monitor: val_los", "T602", "val_los}}]"),
        ("epochs: 2\n", "epochs: 2\n  callbacks: [{EarlyStopping: los}]\n", "T602", "los}]"),
        ("vgg16: false}", "block1_conv1: false}", "X708", "block1_conv1: false}"),
        ("vgg16: false}", "dens: false, vgg16: false}", "X708", "dens: false, vgg16: false}"),
        ("hidden: false}", "hidden: {last: 1}}", "X708", "{last: 1}}"),
        ("from: block5_conv3", "match: block6_*", "X708", "block6_*}, hidden: false}"),
        ("vgg16: false}", "vgg16: false, hidden: false}", "A427", "hidden: false}"),
        ("from: block5_conv3", "match: block5_pool", "X706", "vgg16: {match"),
    ],
)  # fmt: skip
def test_mistakes_are_found_where_they_are(before: str, after: str, code: str, place: str) -> None:
    assert before in SMALL
    assert at(SMALL.replace(before, after, 1), code).startswith(place)


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ("batch_size: 5000}", "T605", "5000"),
        ("steps_per_epoch: 900}", "D511", "900"),
        ("augment: none}\n    - {name: more, augment: none}", "D547", "augment: none}"),
    ],
)
def test_rules_look_at_the_data_of_a_phase(said: str, code: str, place: str) -> None:
    text = DIGITS.replace("    - {name: changed}\n", "")
    assert at(text.replace("augment: none}", said), code).startswith(place)


def test_a_resolved_spec_reads_back(main: Main) -> None:
    from specc.compiler import digest
    from specc.resolved import resolved, to_yaml

    spec = loads(SMALL).spec
    assert digest(loads(to_yaml(resolved(spec))).spec) == digest(spec)
    assert "phases" not in resolved(loads(HEAD + "  optimizer: adam\n").spec)["train"]


@pytest.mark.parametrize("form", ["phases", "augment", "columns", "many"])
def test_a_script_of_many_forms_is_well_formatted(form: str, tmp_path: Path) -> None:
    text = SMALL.replace("from: block5_conv3", 'match: ["block2_*", "block4_c*", block5_conv3]')
    text = text.replace("patience: 1}", "patience: 1}}, {CSVLogger: {filename: log.csv}").replace(
        "name: fine_tune", "name: fine-tune.more"
    )
    if form == "augment":
        text = text.replace("model:", "  augment: {zoom_range: 0.1}\nmodel:") + UNAUGMENTED
    text = COLUMNS if form == "columns" else text
    more = "".join(f"    - {{name: a_phase_of_its_own_{i}}}\n" for i in range(4))
    text = DIGITS.replace("    - {name: changed}\n", more) if form == "many" else text
    script = tmp_path / "small.py"
    script.write_text(emit(loads(text)))
    for words in (["check", "--select", "E,F,I,W", "--line-length", "88"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *words, "--isolated", "--no-cache", str(script)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout


def test_no_phase_overwrites_what_an_earlier_one_has_written() -> None:
    best = "{ModelCheckpoint: {filepath: best.keras, save_best_only: true}}"
    text = SMALL.replace(
        "epochs: 2\n", f"epochs: 2\n  callbacks: [{{CSVLogger: log.csv}}, {best}]\n"
    )
    text = text.replace("      callbacks: [{ReduceLROnPlateau: {patience: 1}}]\n", "")
    text += (
        "    - {name: more, epochs: 1, optimizer: {RMSprop: {learning_rate: 1e-5}}, callbacks: ["
    )
    script = emit(loads(text + "{ReduceLROnPlateau: {patience: 1}}, {CSVLogger: log.csv}]}\n"))
    assert re.findall(r'"((?:log|best)[^"]*)"(, append=True)?', script) == [
        ("log.csv", ""), ("best.keras", ""),
        ("log.csv", ", append=True"), ("best_fine_tune.keras", ""),
        ("log_more.csv", ""),
    ]  # fmt: skip


def pictures() -> None:
    """Photos of noise, the dogs brighter, and random weights for the base."""
    import keras
    import numpy as np

    random = np.random.default_rng(0)
    for part, count in (("train", 8), ("validation", 4)):
        for label, name in enumerate(("cats", "dogs")):
            Path(part, name).mkdir(parents=True)
            for number in range(count):
                image = random.integers(0, 128, (32, 32, 3)) + 100 * label
                keras.utils.save_img(Path(part, name, f"{number}.png"), image, scale=False)
    keras.utils.set_random_seed(1)
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
    base.save_weights("base.weights.h5")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.keras
@pytest.mark.usefixtures("workplace")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nothing_changes_but_what_a_phase_trains(main: Main) -> None:
    import keras
    import numpy as np

    from specc.runs import module

    pictures()
    script = module.load(emit(loads(SMALL)), Path("small.py"))
    assert "head.fit(" in inspect.getsource(script.train_head)  # the first phase, on features
    data, model = script.load_data(Path()), script.build_model()
    base = model.get_layer("vgg16")

    def weights() -> dict[str, Any]:
        owners = [*base.layers, *(each for each in model.layers if each is not base)]
        return {f"{o.name}/{w.name}": w.numpy() for o in owners for w in o.weights}

    seen = [weights()]
    after = keras.callbacks.LambdaCallback(on_train_end=lambda logs: seen.append(weights()))
    history = script.train(data, model, callbacks=[after], verbose=0)
    changed = [
        {name.partition("/")[0] for name in old if not np.array_equal(old[name], new[name])}
        for old, new in zip(seen, seen[1:], strict=False)
    ]
    assert changed == [{"hidden", "dense"}, {"block5_conv3", "dense"}]
    assert history.epoch == [0, 1, 2] and history.phases == ["head", "head", "fine_tune"]

    code, _, err = main("run", str(written(SMALL)), "--quiet")
    assert code == 0, err
    run, table = the_run(), rows(the_run() / "history.csv")
    assert [(row["epoch"], row["phase"]) for row in table] == [
        ("1", "head"), ("2", "head"), ("3", "fine_tune"),
    ]  # fmt: skip
    assert [row["learning_rate"] for row in table[:2]] == ["nan", "nan"]
    assert [float(row["loss"]) for row in table] == history.history["loss"]
    assert record(run)["epochs"] == record(run)["epochs_done"] == 3
    assert member(run / "model.keras", "config.json")
    assert drawn_alike_again(main, run)


@pytest.mark.keras
@pytest.mark.usefixtures("workplace")
def test_epochs_count_on_through_the_phases(monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    from specc.runs import module

    script = module.load(emit(loads(SMALL)), Path("small.py"))
    fitted: list[tuple[str, int, int]] = []

    def fitting(name: str, most: int) -> Any:
        def fit(*_: object, initial_epoch: int, epochs: int, **more: object) -> Any:
            history = keras.callbacks.History()
            history.epoch = list(range(initial_epoch, min(epochs, initial_epoch + most)))
            history.history = {name: [1.0] * len(history.epoch)}
            fitted.append((name, initial_epoch, epochs))
            return history

        return fit

    def train(head: int = 9, **options: int) -> Any:
        fitted.clear()
        monkeypatch.setattr(script, "train_head", fitting("head", head))
        monkeypatch.setattr(script, "train_fine_tune", fitting("fine", 9))
        return script.train(None, None, **options)

    assert train().epoch == [0, 1, 2]
    assert fitted == [("head", 0, 2), ("fine", 2, 3)]
    assert train(head=1).epoch == [0, 1]  # where a callback ends the first one early
    assert fitted == [("head", 0, 2), ("fine", 1, 2)]
    train(epochs=1)
    assert fitted == [("head", 0, 1)]
    history = train(initial_epoch=1)
    assert fitted == [("head", 1, 2), ("fine", 2, 3)]
    assert str(history.history) == "{'head': [1.0, nan], 'fine': [nan, 1.0]}"
    train(initial_epoch=2)
    assert fitted == [("fine", 2, 3)]


@pytest.mark.keras
@pytest.mark.usefixtures("workplace")
def test_normalization_of_a_base_trained_in_part_keeps_its_statistics(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keras trains those of a base that is called with `training=False`; frozen they stay.

    It also leaves frozen what is inside of a base that is trained in part, and then in whole.
    """
    import keras

    from specc.runs import module

    text = SMALL.replace("VGG16: {", "MobileNet: {alpha: 0.25, ").replace("vgg16", "mobilenet")
    text = text.replace("block5_conv3", "conv_dw_13").replace("hidden: false", "hidden: true")
    more = "    - {name: %s, trainable: {mobilenet: %s}, optimizer: {RMSprop: 1e-5}, epochs: 1}\n"
    text += more % ("more", "{share: 0.25}") + more % ("all", "true")
    compiled = loads(text)
    assert compiled.subject is not None
    script = module.load(
        emit(compiled).replace('weights="base.weights.h5"', "weights=None"), Path("small.py")
    )
    found: list[tuple[int, set[str]]] = []

    def fit(model: Any, *_: object, initial_epoch: int, **more: object) -> Any:
        base = model.get_layer("mobilenet")
        sizes = sum(weight.value.shape.num_elements() for weight in model.trainable_weights)
        found.append((sizes, {layer.name for layer in base.layers if layer.trainable_weights}))
        history = keras.callbacks.History()
        history.epoch = [initial_epoch]
        return history

    monkeypatch.setattr(keras.Model, "fit", fit)
    for name in ("prepared", "shuffled", "in_order"):
        monkeypatch.setattr(script, name, lambda *_: None)
    part = SimpleNamespace(rows=range(16))
    script.train(SimpleNamespace(train=part, validation=part), script.build_model())
    views = compiled.subject.phases
    counts = [sum(map(view.graph.trained, view.nodes)) for view in views]
    assert found[:2] == [(counts[0], set()), (counts[1], {"conv_dw_13", "conv_pw_13"})]
    assert [each for each, _ in found[2:]] == counts[2:]


def rows_seen(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, list[Any]]:
    """The script, and the inputs of each step, phase by phase."""
    import keras

    script, seen = programs.executed(loads(text).program), []

    def fit(_: Any, dataset: Any, *, steps_per_epoch: int, epochs: int, **more: Any) -> Any:
        history = keras.callbacks.History()
        history.epoch = list(range(more["initial_epoch"], epochs))
        steps = steps_per_epoch * len(history.epoch)
        seen.append([x for x, _ in dataset.take(steps)])
        return history

    monkeypatch.setattr(keras.Model, "fit", fit)
    script.train(script.load_data(Path()), script.build_model())
    return script, seen


@pytest.mark.keras
@pytest.mark.parametrize("more", ["", "  steps_per_epoch: 2\n"])
def test_a_phase_without_augmentation_sees_images_as_they_are(
    more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np
    import tensorflow as tf

    text = DIGITS.replace("  phases:", f"{more}  phases:")
    script, seen = rows_seen(text, monkeypatch)
    _, disturbed = rows_seen(text.replace(", augment: none", ""), monkeypatch)
    plain, changed, *whole = map(np.concatenate, (*seen, *disturbed))
    train = script.load_data(Path()).train
    order = tf.random.experimental.stateless_shuffle(train.rows, seed=[script.SEED, 0])
    undisturbed = tf.gather(train.x, order[: len(plain)]) / 16
    np.testing.assert_array_equal(plain, undisturbed)
    np.testing.assert_array_equal(changed, whole[1])
    assert len(plain) >= 1024 and not np.array_equal(plain, whole[0])


@pytest.mark.keras
@pytest.mark.parametrize(("more", "size"), [("", 512), (", batch_size: 300", 300)])
def test_epochs_of_a_phase_take_as_many_steps_as_it_says(
    more: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In passes without a gap, which are counted as if all epochs had been as long."""
    import numpy as np
    import tensorflow as tf

    text = DIGITS[: DIGITS.index("    - {name: plain")].replace("epochs: 1", "epochs: 2")
    text += f"    - {{name: whole{more}}}\n    - {{name: parts, steps_per_epoch: 4{more}}}\n"
    text = re.sub("  augment.*\n", "", text)
    script, (whole, parts) = rows_seen(text, monkeypatch)
    train = script.load_data(Path()).train
    orders = [
        tf.random.experimental.stateless_shuffle(train.rows, seed=[script.SEED, number])
        for number in range(6)
    ]
    steps = [order[at : at + size] for order in orders for at in range(0, len(order), size)]
    each = len(steps) // len(orders)
    for seen, first, last in ((whole, 0, 2 * each), (parts, 2 * 4, 4 * 4)):
        for x, rows in zip(seen, steps[first:last], strict=True):
            np.testing.assert_array_equal(x, tf.gather(train.x, rows) / 16)


@pytest.mark.keras
def test_a_training_that_was_stopped_has_no_further_phase() -> None:
    from specc.runs.progress import Silent
    from specc.runs.watch import Ended, Watch

    watch = Watch(Silent(), lambda watch: None, ["head", "fine_tune"])
    watch.stop()
    with pytest.raises(Ended):
        watch.on_train_begin()
