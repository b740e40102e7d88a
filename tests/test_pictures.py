"""Pictures: what they show equals what others compute, and a run keeps its model without them."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Main
from pictured import DIGITS, TEXTS
from running import ROOT, names, the_run, written

from specc.backends.script import emit, emit_functions
from specc.compiler import Compiled, compile
from specc.lowering import curves
from specc.report.axis import axis
from specc.resolved import resolved, to_yaml
from specc.source import read
from specc.use.picture_words import NoPicture
from specc.use.visualize_model import drawn_of_model

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
PHASES = (ROOT / "specs" / "cats_dogs_vgg16_finetune.yaml").read_text(encoding="utf-8")
HEAD = "specc: 1\nmodel: [{Input: [8, 8, 3]}, {Conv2D: {filters: 4, kernel_size: 3}}, Flatten, \
{Dense: {units: 3, activation: softmax}}]\n\
train: {optimizer: adam, loss: categorical_crossentropy}\nvisualize: "


def found(pictures: str) -> list[tuple[str, str, str]]:
    """Code, message and help of all errors."""
    errors = compile(read("spec.yaml", (HEAD + pictures).encode())).report.errors
    return [(each.code, each.message, each.help) for each in errors]


@pytest.mark.parametrize(
    ("pictures", "code", "said"),
    [
        ("[learning_curve]", "F015", "did you mean `learning_curves`?"),
        ("learning_curves", "F013", "write `visualize: [learning_curves]`"),
        ("[{learning_curves: 3}]", "F013", "`learning_curves` takes no options, got `3`"),
        ("[{grad_cam: }]", "F016", "`grad_cam` is empty"),
        ("[{grad_cam: {layer: conv2d}}]", "F012", "`grad_cam` needs `image`"),
        ("[{grad_cam: {image: 3, alpha: 1.5}}]", "F014", "expected a number at most 1"),
        ("[{grad_cam: {image: 3, class: 1.5}}]", "F013", "the number or the name of a class"),
        ("[{grad_cam: {image: 3, clas: 1}}]", "F010", "did you mean `class`?"),
        ("[{activations: {image: -1}}]", "F014", "the number of a row, from 0 on"),
        ("[{activations: {image: a.png, layers: []}}]", "F013", "a list of names of layers"),
        ("[{filters: {layer: conv2d, steps: 0}}]", "F014", "expected a number greater than 0"),
        ("[{roc: tset}]", "F015", "did you mean `test`?"),
        ("[{roc: test, misclassified: 3}]", "F013", "start each picture with `- `"),
        ("{roc: test}", "F013", "expected a list of pictures"),
        ("[7]", "F013", "expected one of `learning_curves`, `confusion_matrix`"),
        ("[{filters: conv2}]", "U921", "did you mean `conv2d`?"),
        ("[{filters: flatten}]", "U925", "the last layer with feature maps is `conv2d`"),
        ("[{grad_cam: {image: a.png, class: 3}}]", "U927", "the last one is 2"),
        ("[{grad_cam: {image: a.png, class: cat}}]", "U927", "nobody says which class `cat` is"),
    ],
)
def test_what_is_wrong_is_said_in_words(pictures: str, code: str, said: str) -> None:
    [error] = found(pictures)
    assert error[0] == code and said in f"{error[1]} {error[2]}"


BASE = """\
specc: 1
data: {images: {train: train, size: [150, 150]}, classes: [a, b], facts: {samples: 2000}}
model:
  - InceptionV3: {weights: imagenet, include_top: false, trainable: false, pooling: avg}
  - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 20}
visualize: [{filters: {layer: LAYER}}]
"""


def test_pictures_look_into_a_base_at_layers_with_maps() -> None:
    def compiled(layer: str) -> Compiled:
        return compile(read("spec.yaml", BASE.replace("LAYER", layer).encode()))

    def errors(layer: str) -> list[str]:
        return [each.code for each in compiled(layer).report.errors]

    assert errors("input_layer") == errors("global_average_pooling2d") == ["U925"]
    assert errors("mixed9, size: 64") == ["U930"]
    assert "size=80" in emit(compiled("mixed9").program)


def test_an_image_that_no_file_can_be_called_is_absent() -> None:
    text = f"{HEAD}[{{grad_cam: {'a' * 999}}}]"
    codes = [each.code for each in compile(read("spec.yaml", text.encode())).report.hints]
    assert "U928" in codes


@pytest.mark.parametrize("name", TEXTS)
def test_a_resolved_spec_asks_for_the_same_pictures(name: str) -> None:
    compiled = compile(read("spec.yaml", TEXTS[name].encode()))
    again = compile(read("spec.yaml", to_yaml(resolved(compiled.spec)).encode()))
    assert again.spec.visualize == compiled.spec.visualize and again.report.ok


@pytest.fixture(scope="module")
def draws() -> ModuleType:
    """The functions that draw a network whose last layer has a unit for each class."""
    return functions()


def functions(**values: Any) -> ModuleType:
    from specc.program import Section
    from specc.runs import module

    words = "logits several numbers one_unit one_hot scaled folds retrain phases"
    usual = {**dict.fromkeys(words.split(), False), "validation": True}
    usual |= {"range": (0.0, 1.0), "span": (0.0, 1.0)}
    sections = (
        "learning_curves predictions confusion_matrix roc shown flattened activated tiled "
        "activations filters grad_cam fonts"
    )
    pairs = tuple({**usual, **values}.items())
    made = [Section(f"pictures/{name}.py.jinja", pairs) for name in sections.split()]
    # Without data nothing gives these names to the module.
    head = "Part = Fold = object\nin_order = None\n"
    return module.load(head + emit_functions(made), Path("pictures.py"))


@pytest.fixture
def figure(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The figure that was saved last."""
    from matplotlib.figure import Figure

    seen = SimpleNamespace()
    monkeypatch.setattr(Figure, "savefig", lambda self, *_, **__: setattr(seen, "it", self))
    yield seen


def nested(end: str = "softmax", units: int = 5) -> Any:
    """A network with a base inside, as a pretrained one stands in a sequence."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(3)
    base = keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.Conv2D(64, 3, activation="relu", name="inner"),
            layers.MaxPooling2D(),
            layers.Conv2D(8, 3, activation="relu", name="last"),
        ],
        name="base",
    )
    [x] = base.inputs
    graph = keras.Model(x, layers.BatchNormalization(name="norm")(base(x)), name="graph")
    return keras.Sequential(
        [
            keras.Input((16, 16, 3)),
            layers.Rescaling(2.0, offset=-1.0),
            graph,
            layers.Flatten(),
            layers.Dense(units, activation=end),
        ],
        name="whole",
    )


def photo() -> Any:
    return np.random.default_rng(1).random((16, 16, 3), "float32")


def test_all_layers_share_one_graph(draws: ModuleType) -> None:
    import keras

    network = nested()
    inputs, outputs = draws.flattened(network)
    assert {"inner", "last", "norm", "base", "graph", "whole"} <= outputs.keys()
    flat = keras.Model(inputs, outputs["whole"])
    assert not any(isinstance(layer, keras.Model) for layer in flat.layers)
    image = photo()[np.newaxis]
    assert np.array_equal(flat([image]), network(image))


@pytest.mark.parametrize(("end", "units"), [("softmax", 5), ("sigmoid", 1)])
def test_grad_cam_is_what_the_gradients_say(end: str, units: int) -> None:
    import tensorflow as tf

    network, image = nested(end, units), photo()
    rescaling, graph, flatten, dense = network.layers
    base, norm = graph.layers[-2:]
    ours = functions(one_unit=units == 1).class_maps(network, tf.constant(image), "last", [0, 1])
    maps = tf.Variable(base(rescaling(image[np.newaxis])))
    for number, heat in zip([0, 1], ours, strict=True):
        with tf.GradientTape() as tape:
            scores = flatten(norm(maps)) @ dense.kernel + dense.bias
            score = scores[0, number] if units > 1 else (2 * number - 1) * scores[0, 0]
        weights = tape.gradient(score, maps).numpy().mean(axis=(0, 1, 2))
        expected = np.maximum((maps.numpy()[0] * weights).sum(axis=-1), 0)
        assert expected.max() > 0
        assert np.asarray(heat) == pytest.approx(expected / expected.max(), abs=1e-5)
    assert dense.activation.__name__ == end  # as it was


def test_filters_respond_more_to_their_patterns(draws: ModuleType) -> None:
    import keras

    network = nested()
    inputs, outputs = draws.flattened(network)
    patterns = draws.filter_patterns(network, "inner", 64, 40, 16)
    inner = network.layers[1].layers[1].layers[0]
    layer = keras.Model(inputs, outputs["inner"])
    noise = np.random.default_rng(0).random((1, 16, 16, 3)).astype("float32")
    before = np.mean(layer([(128 + 20 * noise) / 255]), axis=(0, 1, 2))
    after = np.array([np.mean(layer([p[np.newaxis]])[..., i]) for i, p in enumerate(patterns)])
    assert patterns.shape == (64, 16, 16, 3)
    assert (after > before).mean() >= 0.95
    inner.kernel.assign(inner.kernel / 2**20)
    faint = draws.filter_patterns(network, "inner", 8, 40, 16)
    assert faint == pytest.approx(patterns[:8], abs=0.02)  # how steep a slope is does not count
    inner.bias.assign(inner.bias - 1)  # which nothing activates
    assert np.ptp(draws.filter_patterns(network, "max_pooling2d", 2, 2, 16), axis=0).max() > 0


def test_a_pattern_is_what_its_filter_alone_leads_to(draws: ModuleType) -> None:
    """Eight filters climb at a time, of a layer that computes these eight alone."""
    import tensorflow as tf
    from keras import activations

    network = nested()
    rescaling, graph, *_ = network.layers
    inner = graph.layers[1].layers[0]
    patterns = draws.filter_patterns(network, "inner", 11, 4, 16)
    noise = np.random.default_rng(0).random((1, 16, 16, 3)).astype("float32")
    images = tf.constant((128 + 20 * noise) / 255)
    for _ in range(4):
        with tf.GradientTape() as tape:
            tape.watch(images)
            sums = tf.nn.conv2d(rescaling(images), inner.kernel, 1, "VALID") + inner.bias
            response = tf.reduce_mean(activations.leaky_relu(sums)[..., 10])
        slope = tape.gradient(response, images)
        images += slope / 255 / (tf.sqrt(tf.reduce_mean(slope**2)) + 1e-12)
    assert patterns[10] == pytest.approx(images[0].numpy(), abs=1e-5)
    assert inner.activation is activations.relu  # as it was


def test_patterns_may_be_smaller_than_what_the_network_takes(draws: ModuleType) -> None:
    assert draws.filter_patterns(nested(), "norm", 3, 2, 12).shape == (3, 12, 12, 3)


def test_all_channels_are_tiled_sixteen_in_a_row(draws: ModuleType, figure: Any) -> None:
    import tensorflow as tf

    pictures = np.arange(18 * 4, dtype=float).reshape(18, 2, 2)
    sheet = draws.tiled(pictures, 16)
    assert sheet.shape == (6, 48)
    assert np.array_equal(sheet[3:5, 3:5], pictures[17]) and np.isnan(sheet[2]).all()
    draws.draw_activations(nested(), tf.constant(photo()), ["inner", "last"], Path("x.png"))
    image, first, second = figure.it.axes
    assert first.get_title() == "inner: 64 channels of 14x14"
    shown = first.images[0].get_array()
    assert shown.shape == (4 * 15, 16 * 15) and second.images[0].get_array().shape == (6, 48)
    channel = np.asarray(shown[:14, :14])
    assert channel.mean() == pytest.approx(128, abs=3) and channel.std() == pytest.approx(64, abs=8)


def test_confusions_and_curves_are_those_of_scikit_learn(draws: ModuleType, figure: Any) -> None:
    from sklearn.metrics import confusion_matrix, roc_auc_score, roc_curve

    random = np.random.default_rng(0)
    labels = random.integers(0, 4, 200)
    probabilities = np.round(random.dirichlet(np.ones(4), 200), 1)  # with scores alike
    made = draws.Predictions(labels, probabilities)
    draws.draw_confusion_matrix(made, "abcd", "test", Path("x.png"))
    texts = [int(text.get_text()) for text in figure.it.axes[0].texts]
    expected = confusion_matrix(labels, probabilities.argmax(axis=1))
    assert np.array_equal(np.reshape(texts, (4, 4)), expected)
    false, true = draws.roc_curve((labels == 2).astype(int), probabilities[:, 2])
    by_others = roc_curve(labels == 2, probabilities[:, 2], drop_intermediate=False)
    assert np.allclose(false, by_others[0]) and np.allclose(true, by_others[1])
    draws.draw_roc(made, "abcd", "test", Path("x.png"))
    [mean] = figure.it.axes[0].get_title().split()[-1:]
    areas = [roc_auc_score(labels == each, probabilities[:, each]) for each in range(4)]
    assert float(mean) == pytest.approx(np.mean(areas), abs=5e-4)


def test_letters_that_the_font_lacks_are_taken_from_another(
    draws: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib.tables._g_l_y_f import Glyph
    from matplotlib import font_manager, rc_context, rcParams
    from matplotlib.figure import Figure

    font = FontBuilder(64)
    font.setupGlyphOrder([".notdef", "cat"])
    font.setupCharacterMap({ord("猫"): "cat"})
    font.setupGlyf({".notdef": Glyph(), "cat": Glyph()})
    font.setupHorizontalMetrics({".notdef": (64, 0), "cat": (64, 0)})
    font.setupHorizontalHeader()
    font.setupNameTable({"familyName": "Cats", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "cats.ttf")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", font_manager.fontManager.ttflist[:])
    font_manager.fontManager.addfont(tmp_path / "cats.ttf")
    with rc_context():
        draws.add_fonts(["cat", 7])
        assert rcParams["font.family"] == ["sans-serif"]
        draws.add_fonts(["猫", "cat"])
        assert rcParams["font.family"] == ["sans-serif", "Cats"]
        figure = Figure()
        figure.text(0, 0, "猫")
        figure.savefig(tmp_path / "cat.png")  # without a warning
        with pytest.warns(UserWarning, match="no font that is installed has '犬'"):
            draws.add_fonts(["犬"])


def test_fonts_are_looked_for_where_names_may_need_them() -> None:
    def script(names: str) -> str:
        classes = f"data:\n  classes: [{', '.join(names)}]"
        text = DIGITS.replace("data:", classes, 1).replace('"7"', names[7])
        return emit(compile(read("spec.yaml", text.encode())).program)

    assert "    add_fonts(CLASSES)\n" in script("零一二三四五六七八九")
    assert "add_fonts" not in script("àéîõüßčşžñ")


def test_the_folds_are_a_mean_in_a_band(figure: Any) -> None:
    pairs = ([3.0, 2.0, 1.0], [5.0, 2.0])
    done = [SimpleNamespace(history={"loss": loss, "val_loss": loss}) for loss in pairs]
    functions(folds=True).draw_learning_curves(done, Path("x.png"))
    [panel] = figure.it.axes
    assert panel.lines[0].get_ydata().tolist() == [4, 2]  # the epochs that both reached
    heights = {float(y) for y in panel.collections[0].get_paths()[0].vertices[:, 1]}
    assert heights == {5.0, 3.0, 2.0}


def test_the_training_on_all_rows_stands_beside_the_folds(figure: Any) -> None:
    fold = SimpleNamespace(history={"loss": [3.0, 2.0], "val_loss": [3.0, 2.5]})
    last = SimpleNamespace(history={"loss": [9.0]}, epoch=[0])
    draw = functions(folds=True, retrain=True).draw_learning_curves
    draw([fold, fold], last, Path("x.png"))
    [panel] = figure.it.axes
    assert panel.lines[2].get_xydata().tolist() == [[1, 9]]
    said = [text.get_text() for text in figure.it.legends[0].get_texts()]
    assert said == ["training", "validation", "training on all rows"]
    draw([fold, fold], SimpleNamespace(epoch=[]), Path("x.png"))
    assert len(figure.it.axes[0].lines) == 2  # it was stopped before


def test_a_line_stands_where_a_phase_begins(figure: Any) -> None:
    history = {"loss": [3, 2, 1.5], "val_loss": [3, 2, 2]}
    seen = SimpleNamespace(history=history, epoch=[0, 1, 2], phases=["head", "head", "fine"])
    functions(phases=True).draw_learning_curves(seen, Path("x.png"))
    [panel] = figure.it.axes
    assert [line.get_xdata()[0] for line in panel.lines[2:]] == [0.5, 2.5]
    said = [text.get_text() for text in figure.it.legends[0].get_texts()]
    assert said == ["training", "validation", "head from epoch 1", "fine from epoch 3"]


def test_far_values_do_not_press_the_others_flat(figure: Any) -> None:
    """In a picture as in a report."""
    for worst, scale in ((29.0, "linear"), (31.0, "log"), (np.inf, "linear")):
        history = {"loss": [worst, 2, 1.5], "val_loss": [np.nan, 2, 2]}
        seen = SimpleNamespace(history=history, epoch=[0, 1, 2])
        functions().draw_learning_curves(seen, Path("x.png"))
        assert figure.it.axes[0].get_yscale() == scale
        assert axis([*history["loss"], 2, 2]).logarithmic == (scale == "log")


@pytest.mark.parametrize("name", ["digits", "folds", "phases"])
def test_curves_that_nobody_asks_for_are_drawn_alike(name: str) -> None:
    """A run draws them in any case, by the function that a script with the picture has."""
    compiled = compile(read("spec.yaml", {**TEXTS, "phases": PHASES}[name].encode()))
    assert compiled.subject and compiled.program.data
    apart = emit_functions([curves(compiled.subject, compiled.program.data)])
    drawing = apart[apart.index("def draw_learning_curves") :].strip()
    assert drawing in emit(compiled.program)


@pytest.mark.usefixtures("workplace")
def test_a_run_draws_them_and_a_finished_run_can_be_looked_at(main: Main, pictures: Path) -> None:
    shutil.copy(pictures / "train" / "dark" / "0.png", "photo.png")
    text = DIGITS + "  - activations: {image: absent.png, layers: 1}\n"
    code, _, said = main("run", written(text), "--quiet", "--epochs", "1")
    assert code == 0 and "hint[U928]: `absent.png` does not exist" in said
    assert "warning[R808]: no `activations_2.png` was drawn: `" in said
    assert "` does not exist" in said
    words = "learning_curves confusion_matrix roc misclassified activations filters grad_cam"
    assert said.count("R808") == 1
    drawn = {f"{word}.png" for word in (*words.split(), "grad_cam_2")}
    run = the_run()
    assert drawn | {"model.keras", "metrics.json"} <= names(run)
    assert "activations_2.png" not in names(run)

    code, out, _ = main("report", run)
    page = Path(out.strip()).read_text(encoding="utf-8")
    assert code == 0 and page.count("data:image/png;base64,") == len(drawn) - 1
    assert "Each class of the test part" in page and "no `activations_2.png`" not in page

    asked = ["learning_curves", "roc: validation", "grad_cam: photo.png"]
    code, out, _ = main("visualize", run, *asked)
    made = {"learning_curves.png", "roc.png", "grad_cam.png"}
    assert code == 0 and {Path(line).name for line in out.splitlines()} == {*made, "by_class.json"}
    assert filecmp.cmpfiles(run, run / "pictures", made, shallow=False)[1:] == ([], [])
    code, _, said = main("visualize", run, "filters: conv2")
    assert code == 2 and said.endswith("no layer `conv2`; did you mean `conv2d`?\n")

    model = run / "model.keras"
    code, out, _ = main("visualize", model, "grad_cam: photo.png", "--range", 0, 16)
    assert code == 0 and Path(out.strip()).is_file()
    code, _, said = main("visualize", model, "roc")
    assert code == 2 and "`roc` needs the folder of a run" in said


@pytest.mark.keras
@pytest.mark.parametrize(
    ("end", "units", "said"),
    [
        ("sigmoid", 1, ["class 1: 73.1%", "class 0: 26.9%"]),
        (None, 1, ["output 0: 1"]),
        (None, 2, ["output 0: 1", "output 1: 1"]),
    ],
)
def test_an_output_is_a_probability_only_if_it_ends_as_one(
    end: str | None, units: int, said: list[str], figure: Any, tmp_path: Path
) -> None:
    import keras
    from keras import layers

    options = {"kernel_initializer": "zeros", "bias_initializer": "ones"}
    network = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(2, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(units, activation=end, **options),
        ]
    )
    keras.utils.save_img(tmp_path / "a.png", np.zeros((8, 8, 3)))
    asked = [{"grad_cam": str(tmp_path / "a.png")}]
    list(drawn_of_model(network, asked, (0.0, 255.0), lambda _, make: make(tmp_path / "b.png")))
    titles = [axes.get_title() for axes in figure.it.axes]
    assert [title.split("\n")[0] for title in titles[1:-1] if title] == said


@pytest.mark.keras
def test_a_model_alone_has_to_take_an_image_and_score_classes() -> None:
    import keras

    maps = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 1)])
    unbuilt = keras.Sequential([keras.layers.Conv2D(2, 1)])
    for network, said in ((maps, "one score for each class"), (unbuilt, "one image")):
        with pytest.raises(NoPicture, match=said):
            next(drawn_of_model(network, [{"grad_cam": "a.png"}], (0.0, 255.0), lambda *_: None))
