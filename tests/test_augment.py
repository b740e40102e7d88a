"""Augmented images: the same as ImageDataGenerator makes, and the same in every run."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import augmented
import numpy as np
import pytest
from programs import of_specs

from specc.backends.script import emit
from specc.data.parts import NAMES

pytestmark = [
    pytest.mark.keras,
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Please import `affine_transform`:DeprecationWarning"),
]
MANY = 40
SIDES = {"right": "width_shift_range", "down": "height_shift_range"}
# What SciPy calls the fill modes of TensorFlow; by `wrap` it means a period of one pixel less,
# and by `constant` that nothing is interpolated at the edge.
MODES = {
    "nearest": "nearest",
    "reflect": "reflect",
    "wrap": "grid-wrap",
    "constant": "grid-constant",
}
# Our names by those of ImageDataGenerator. Of images with channels last it moves columns by what
# it draws from the height, and rows by what it draws from the width.
NAMED = {
    "angle": "theta", "right": "tx", "down": "ty", "shear": "shear", "zoom_x": "zx",
    "zoom_y": "zy", "mirrored": "flip_horizontal", "flipped": "flip_vertical",
    "channel_shift": "channel_shift_intensity", "brightness": "brightness",
}  # fmt: skip


def photo(height: int, width: int) -> Any:
    """A smooth image of random colours from 0 to 255."""
    import tensorflow as tf

    blocks = np.random.default_rng(0).uniform(0, 255, (1, 8, 8, 3)).astype("float32")
    return np.clip(tf.image.resize(blocks, (height, width), "bicubic")[0], 0, 255)


def generator(options: dict[str, Any]) -> Any:
    """ImageDataGenerator with options of `augment`."""
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    return ImageDataGenerator(**options)


def parameters(made: Any, count: int, shape: tuple[int, ...]) -> list[dict[str, Any]]:
    """What ImageDataGenerator draws for so many images."""
    return [made.get_random_transform(shape, seed=seed) for seed in range(count)]


def changes(drawn: list[dict[str, Any]], options: dict[str, Any], size: int) -> dict[str, Any]:
    """The same parameters as a script takes them."""
    import tensorflow as tf

    found = {}
    for ours, theirs in NAMED.items():
        values = np.array([each[theirs] for each in drawn], dtype="float32")
        flips = ours in ("mirrored", "flipped")
        shares = ours in ("right", "down") and options["width_shift_range"] < 1
        found[ours] = tf.constant(1 - 2 * values if flips else values / size if shares else values)
    return found


@pytest.mark.parametrize("mode", MODES)
def test_pixels_are_those_of_the_generator(mode: str) -> None:
    import tensorflow as tf

    options = augmented.SIX | {"vertical_flip": True, "fill_mode": mode, "cval": 30}
    script = augmented.executed(augmented.augmented(of_specs()["horse_or_human"], options))
    made = generator(options | {"fill_mode": MODES[mode]})
    image = photo(48, 48)
    drawn = parameters(made, MANY, image.shape)
    expected = np.stack([made.apply_transform(image, each) for each in drawn])
    found = script.augment(tf.stack([image] * MANY), changes(drawn, options, 48))
    difference = np.abs(found - expected).max(axis=-1)
    # TensorFlow does not interpolate across the seams of wrapped images.
    assert np.quantile(difference, 0.96 if mode == "wrap" else 1) < 0.02
    assert np.abs(expected - image).mean() > 10


@pytest.mark.parametrize("option", ["brightness_range", "channel_shift_range"])
def test_colours_are_those_of_the_generator(option: str) -> None:
    import tensorflow as tf

    options = {option: augmented.OPTIONS["all"][option], "horizontal_flip": True}
    script = augmented.executed(augmented.augmented(of_specs()["horse_or_human"], options))
    made, image = generator(options), photo(32, 32)
    drawn = parameters(made, MANY, image.shape)
    expected = np.stack([made.apply_transform(image, each) for each in drawn])
    taken = {"width_shift_range": 0}
    found = script.augment(tf.stack([image] * MANY), changes(drawn, taken, 32))
    # To make an image brighter, the generator cuts it down to whole numbers before and after.
    tolerance = 2.5 if option == "brightness_range" else 1e-4
    assert np.abs(found - expected).max() < tolerance
    assert np.abs(expected - image).max() > 50


def test_images_turn_around_their_middle_and_move_along_the_named_side() -> None:
    import tensorflow as tf

    image = tf.constant(photo(20, 33)[None])
    turned = augmented.script("augmented_rotation").augment(image, {"angle": tf.constant([180.0])})
    assert np.allclose(turned, image[:, ::-1, ::-1], atol=0.02)
    moved = {"right": tf.constant([3.0]), "down": tf.constant([-2.0])}
    found = augmented.script("augmented_pixels").augment(image, moved)
    assert np.allclose(found[:, 2:, :-3], image[:, :-2, 3:], atol=1e-3)


@pytest.mark.parametrize("name", [*augmented.OPTIONS])
def test_draws_are_distributed_as_those_of_the_generator(name: str) -> None:
    import scipy.stats
    import tensorflow as tf

    options = {key: each for key, each in augmented.OPTIONS[name].items() if key != "layers"}
    if not options:
        return
    rows, shape = 3000, (100, 100, 3)
    if name == "rotation":
        options["rotation_range"] = 22.5
    ours = augmented.script(f"augmented_{name}").draw(rows, tf.constant(3, tf.int64))
    theirs = parameters(generator(options), rows, shape)
    assert ours
    for key, drawn in ours.items():
        # Each side is drawn from its own range here, and from the other's there.
        theirs_named = {"right": "ty", "down": "tx"}.get(key, NAMED[key])
        expected = np.array([each[theirs_named] for each in theirs], dtype="float32")
        if key in ("mirrored", "flipped"):
            expected = 1 - 2 * expected
        if key in SIDES and np.max(options[SIDES[key]]) < 1:
            expected = expected / 100
        found, expected = (np.round(each, 5) for each in (drawn.numpy(), expected))
        assert scipy.stats.ks_2samp(found, expected, method="asymp").pvalue > 1e-3, key
        if len(np.unique(expected)) < 100:
            assert {*found} == {*expected}


def test_draws_of_different_names_epochs_and_rows_have_nothing_in_common() -> None:
    import tensorflow as tf

    script = augmented.script("augmented_all")
    drawn = [script.draw(2000, tf.constant(epoch, tf.int64)) for epoch in (0, 1)]
    columns = [each.numpy() for epoch in drawn for each in epoch.values()]
    order = tf.random.experimental.stateless_shuffle(tf.range(2000), seed=[script.SEED, 0])
    columns.append(np.argsort(order.numpy()))
    correlations = np.abs(np.corrcoef(columns) - np.eye(len(columns)))
    assert correlations.max() < 0.1
    rows = np.corrcoef(columns[0][:-1], columns[0][1:])[0, 1]
    assert abs(rows) < 0.1


def batches(dataset: Any) -> list[Any]:
    return [(x.numpy(), y.numpy()) for x, y in dataset]


def same(one: list[Any], other: list[Any]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(
        np.array_equal(a, b) for left, right in pairs for a, b in zip(left, right, strict=True)
    )


@pytest.mark.parametrize("name", ["augmented_digits", "augmented_long_epochs"])
def test_training_sees_the_same_pixels_in_every_run_and_after_a_resume(name: str) -> None:
    program = augmented.variants()[name]
    script, again = augmented.executed(program), augmented.executed(program)
    data = script.load_data(None)
    part = data.train._replace(rows=data.train.rows[:200])
    every = 3 * 7 if name == "augmented_digits" else 3 * 20
    until = (3,) if name == "augmented_digits" else ()
    first = batches(script.shuffled(part, 0, *until).take(every))
    assert len(first) == every
    assert same(first, batches(again.shuffled(part, 0, *until).take(every)))
    resumed = batches(again.shuffled(part, 2, *until).take(every // 3))
    assert same(first[every // 3 * 2 :], resumed)
    assert not same(first[: every // 3], resumed)


@pytest.mark.parametrize("name", ["augmented_records", "augmented_records_in_turn"])
def test_records_change_alike_in_every_run_and_after_a_resume(name: str, tmp_path: Path) -> None:
    import tensorflow as tf

    for number in range(3):
        with tf.io.TFRecordWriter(str(tmp_path / f"train-{number}")) as file:
            for label in range(14):
                file.write(record(photo(24, 24) / 14 * label, label % 2))
    script, again = (augmented.executed(augmented.variants()[name]) for _ in range(2))
    part = script.find(str(tmp_path / "train-*"))
    first = batches(script.shuffled(part, 0, 2))
    assert same(first, batches(again.shuffled(part, 0, 2))) and len(first) == 12
    assert same(first[6:], batches(again.shuffled(part, 1, 2)))
    assert not same(first[:6], first[6:])


def record(image: Any, label: int) -> bytes:
    """An image and its label as an example of a TFRecord file."""
    import tensorflow as tf

    png = tf.io.encode_png(image.astype("uint8")).numpy()
    features = {
        "image": tf.train.Feature(bytes_list=tf.train.BytesList(value=[png])),
        "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
    }
    example = tf.train.Example(features=tf.train.Features(feature=features))
    return bytes(example.SerializeToString())


def test_a_row_changes_alike_in_batches_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    script = augmented.script("augmented_digits")
    data = script.load_data(None)
    found = []
    for size in (32, 7):
        monkeypatch.setattr(script, "BATCH_SIZE", size)
        found.append(np.concatenate([x for x, _ in script.shuffled(data.train, 0, 1)]))
    assert np.allclose(*found, atol=1e-3) and len(found[0]) == len(data.train.rows)


def test_only_the_training_part_is_augmented() -> None:
    script, plain = (
        augmented.script("augmented_digits"),
        augmented.executed(of_specs()["digits_cnn"]),
    )
    data = script.load_data(None)
    for part in NAMES:
        rows = getattr(data, part)
        assert same(batches(script.in_order(rows)), batches(plain.in_order(rows)))
    train = Counter(x.tobytes() for x in data.train.x.numpy())
    changed = [x for batch, _ in batches(script.shuffled(data.train, 0, 1)) for x in batch]
    assert sum(x.tobytes() in train for x in changed) < 0.05 * len(changed)


def test_a_model_is_trained_on_changed_images() -> None:
    histories = []
    for _ in range(2):
        script = augmented.executed(augmented.variants()["augmented_long_epochs"])
        data, model = script.load_data(None), script.build_model()
        histories.append(script.train(data, model, epochs=2, verbose=0).history["loss"])
    assert histories[0] == histories[1]
    plain = augmented.executed(augmented.variants()["augmented_digits"])
    data, model = plain.load_data(None), plain.build_model()
    assert plain.train(data, model, epochs=1, verbose=0).history["loss"] != histories[0][:1]


def test_what_changes_nothing_is_not_printed() -> None:
    program = of_specs()["horse_or_human"]
    assert program.data
    for options in ({"width_shift_range": 1}, {"zoom_range": [1, 1], "cval": 3}):
        assert not augmented.augment(options).acts
    script = emit(augmented.augmented(program, {"horizontal_flip": True}))
    assert "ImageProjectiveTransform" not in script and "tf.reverse" in script
    assert emit(replace(program, data=replace(program.data, augment=None))) == emit(program)
