"""Masks of images: found beside them, moved with them, learned, and put out again."""

import json
from pathlib import Path
from typing import Any

import masked
import numpy as np
import pytest
from conftest import Main
from data_scripts import source_of
from masked import TWO, circles, spec
from PIL import Image
from programs import executed
from running import alone, member, the_run, written
from test_augment import MANY, MODES, SIDES, changes, generator, parameters
from test_inspect import fill, look

from specc.api import loads
from specc.looking import mask_files

pytestmark = [
    pytest.mark.usefixtures("workplace"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
PAIRS = {"images": {"path": "p", "masks": "m", "size": [3, 2]}}
PARTS = {"images": {"train": "p", "test": "q", "masks": {"train": "m", "test": "n"}, "size": 3}}


def pixels(file: str) -> Any:
    with Image.open(file) as image:
        return np.array(image)


# What is known without opening a file


def test_pixels_have_classes() -> None:
    known = source_of({"images": PAIRS["images"] | {"mask_values": [0, 255]}}).known()
    assert (known.labels, known.classes, known.target_shape) == ("integer", 2, (3, 2, 1))
    assert loads(spec()).checked.task == "segmentation"


def found_in(root: Path, written: dict[str, Any]) -> list[tuple[str, str, str]]:
    facts, found = look(written, root, split="none")
    return [(each.code, str(each.path[-1]), each.message) for each in found]


def test_each_image_has_the_mask_of_its_name(tmp_path: Path) -> None:
    fill(tmp_path, "p/1.jpg", "p/2.PNG", "p/._3.jpg", "p/notes.txt", "m/1.png", "m/2.png")
    fill(tmp_path, "q/1.b.jpg", "n/1.b.png", "p/folder/5.png")
    assert found_in(tmp_path, PAIRS) == found_in(tmp_path, PARTS) == []
    facts, _ = look(PARTS, tmp_path)
    assert facts.given == {"train": 2, "test": 1} and facts.present


def test_masks_that_are_missing_or_left_over(tmp_path: Path) -> None:
    fill(tmp_path, "p/1.jpg", "p/2.jpg", "p/3.jpg", "m/1.png", "m/2.jpg", "m/4.png")
    fill(tmp_path, "q/4.jpg", "n/4.jpg")
    assert found_in(tmp_path, PAIRS) == [
        ("D600", "masks", "2 images of `p` have no mask"),
        ("D601", "masks", "1 mask of `m` belongs to no image"),
    ]
    assert [found[:2] for found in found_in(tmp_path, PARTS)] == [
        ("D527", "test"),
        ("D600", "train"),
        ("D601", "train"),
    ]
    shared = {"images": {"train": "p", "test": "q", "masks": "m", "size": 3}}
    assert [found[0] for found in found_in(tmp_path, shared)] == ["D600"]


def test_what_is_not_there_is_a_hint(tmp_path: Path) -> None:
    fill(tmp_path, "p/1.jpg")
    [(code, at, said)] = found_in(tmp_path, PAIRS)
    assert (code, at) == ("D525", "masks") and "does not exist" in said
    (tmp_path / "m").write_text("no folder")
    [(code, at, said)] = found_in(tmp_path, PAIRS)
    assert (code, at) == ("D527", "masks") and "expected a folder" in said


@pytest.mark.keras
def test_masks_are_resized_to_whole_classes() -> None:
    circles(3, values=(7, 9, 200), size=48)
    values = {"color: grayscale}": "color: grayscale, mask_values: [7, 9, 200]}"}
    script = executed(masked.program(values))
    part = script.list_images(Path("photos"), Path("masks"))
    for image, file in zip(part.x, part.y, strict=True):
        whole = pixels(file.numpy().decode())
        middles = np.searchsorted([7, 9, 200], whole)[1::2, 1::2]
        assert np.array_equal(script.decode_mask(file)[..., 0], middles)
        assert Path(file.numpy().decode()).stem == Path(image.numpy().decode()).stem
    (odd := np.array(whole))[0, 0] = 8
    Image.fromarray(odd).save("odd.png")
    with pytest.raises(Exception, match="odd.png"):
        script.decode_mask("odd.png")


@pytest.mark.keras
@pytest.mark.parametrize(
    ("change", "shape", "dtype"),
    [("circles", (1, 24, 24, 1), "int32"), ("one_hot", (1, 24, 24, 3), "float32"),
     ("by_part", (1, 24, 24, 1), "float32")],
)  # fmt: skip
def test_targets_are_in_the_form_of_the_loss(
    change: str, shape: tuple[int, ...], dtype: str
) -> None:
    classes = masked.mask(np.random.default_rng(0), 24).astype("uint8")
    script = executed(masked.program(*masked.CHANGES[change]))
    found = script.encode(classes[None, ..., None]).numpy()
    assert (found.shape, found.dtype) == (shape, dtype)
    numbers = found.argmax(axis=-1) if change == "one_hot" else found[..., 0]
    assert np.array_equal(numbers[0], classes)


@pytest.mark.keras
@pytest.mark.parametrize("mode", MODES)
def test_masks_move_as_the_generator_moves_their_images(mode: str) -> None:
    import tensorflow as tf

    six = "rotation_range: 40, shear_range: 20, zoom_range: 0.3, width_shift_range: 0.2, "
    more = f"height_shift_range: 0.2, horizontal_flip: true, vertical_flip: true, fill_mode: {mode}"
    script = executed(masked.program(masked.augmented(six + more)))
    options: dict[str, Any] = {
        "rotation_range": 40, "shear_range": 20, "zoom_range": 0.3, "horizontal_flip": True,
        "vertical_flip": True, "fill_mode": MODES[mode], **dict.fromkeys(SIDES.values(), 0.2),
    }  # fmt: skip
    made = generator(options)
    classes = masked.mask(np.random.default_rng(1), 24).astype("float32")[..., None]
    drawn = parameters(made, MANY, classes.shape)
    made.interpolation_order = 0
    expected = np.stack([made.apply_transform(classes, each) for each in drawn])
    photos = tf.constant(np.stack([classes * 100] * MANY))
    masks = tf.constant(np.stack([classes] * MANY).astype("uint8"))
    images, moved = script.augment(photos, masks, changes(drawn, options, 24))
    assert moved.dtype == "uint8"
    # Halves are rounded either way, and TensorFlow sees the seams of wrapped images elsewhere.
    assert np.mean(moved.numpy() != expected) < (0.04 if mode == "wrap" else 0.005)
    assert np.mean(np.abs(images / 100 - moved.numpy().astype(float)) < 0.6) > 0.97
    assert np.mean(expected != classes) > 0.1


@pytest.mark.keras
@pytest.mark.parametrize("change", ["by_part", "on_disk", "layers", "layers_alone"])
def test_batches_hold_images_and_masks_that_fit(change: str) -> None:
    """Images that are their own masks stay that, but for what is between two classes."""
    script, plain = executed(masked.program(*masked.CHANGES[change])), masked.program()
    circles(6)
    opened = executed(plain).decode_mask
    part = script.list_images(Path("photos"), Path("masks"))
    part = part._replace(x=part.y)
    script.decode_mask, script.decode = opened, lambda file: 100.0 * _float(opened(file))
    batches = list(script.shuffled(part, 0, 3))
    assert len(batches) == 3
    for images, masks in batches:
        pixels, classes = images.numpy().reshape(-1), masks.numpy().reshape(-1)
        assert np.corrcoef(pixels, classes)[0, 1] > 0.93 and {*classes} == {0, 1, 2}
    assert script.masks_once.cache_info().misses == 1
    first, again = batches[0], next(iter(script.shuffled(part, 0, 1)))
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


def _float(mask: Any) -> Any:
    import tensorflow as tf

    return tf.cast(mask, tf.float32)


@pytest.mark.keras
def test_what_no_image_shows_is_of_the_class_that_the_loss_leaves_out() -> None:
    import tensorflow as tf

    ignored = {
        "  metrics": "  loss: {SparseCategoricalCrossentropy: {ignore_class: 255}}\n  metrics"
    }
    turned = masked.augmented("width_shift_range: [12], fill_mode: constant")
    script = executed(masked.program(ignored, turned))
    masks = tf.ones((1, 24, 24, 1), tf.uint8)
    _, moved = script.augment(tf.zeros((1, 24, 24, 1)), masks, {"right": tf.constant([12.0])})
    assert np.mean(moved == 255) == 0.5 and np.mean(moved == 1) == 0.5


def looked(main: Main, text: str, *words: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    _, out, err = main("data", written(text), "--format", "json", *words)
    assert err == ""
    said = json.loads(out)
    return said["parts"], [each for each in said["findings"] if each["severity"] != "hint"]


@pytest.mark.keras
def test_sound_masks_pass(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("cache").absolute()))
    circles(10)
    parts, found = looked(main, spec(masked.augmented(masked.MOVES)), "--preview", "sheet.png")
    assert not found and parts["train"]["pixels"].keys() == {"ground", "disc", "ring"}
    assert sum(sum(part["pixels"].values()) for part in parts.values()) == 10 * 24 * 24
    with Image.open("sheet.png") as sheet:
        colours = np.array(sheet.convert("RGB")).reshape(-1, 3).astype(int)
    assert np.mean(np.ptp(colours, axis=1) > 40) > 0.05  # the photos are grey
    monkeypatch.setattr(mask_files, "_open", None)
    assert looked(main, spec())[0] == parts


@pytest.mark.keras
def test_what_is_wrong_with_masks(main: Main) -> None:
    circles(12)
    broken = pixels("masks/001.png")
    for number, value in ((1, 7), (2, 255)):
        broken[0, number] = value
        Image.fromarray(broken).save(f"masks/00{number}.png")
    palette = Image.fromarray(pixels("masks/003.png")).convert("P")
    palette.putpalette([9, 90, 200] * 85)
    palette.save("masks/003.png")
    Path("masks/004.png").write_bytes(Path("masks/004.png").read_bytes()[:60])
    Image.fromarray(broken[:12]).save("masks/005.png")
    _, found = looked(main, spec({"  batch_size": "  split: {validation: 1}\n  batch_size"}))
    said = {each["code"]: each for each in found}
    assert said.keys() >= {"D539", "D602", "D603"} and "masks/004.png" in said["D539"]["message"]
    notes = " ".join(
        note["message"] for each in found if each["code"] == "D602" for note in each["notes"]
    )
    assert "001.png`: `7`" in notes and "002.png`: `7`, `255`" in notes
    assert "003.png" in notes and "it has a palette of colours, which TensorFlow" in notes
    assert "is 12x24, its image 24x24" in said["D603"]["notes"][0]["message"]
    code, _, err = main("run", written(spec()))
    assert code == 1 and "D602" in err and not Path("runs").exists()


@pytest.mark.keras
def test_black_and_white_masks_need_their_values(main: Main) -> None:
    circles(6, values=(0, 255, 255))
    plain = {", mask_values: [0, 255]": ""}
    found = [each for each in looked(main, spec(TWO, plain))[1] if each["code"] == "D602"]
    assert "write `mask_values: [0, 255]`" in found[0]["help"]
    assert looked(main, spec(TWO))[1] == []


@pytest.mark.keras
def test_a_class_without_a_pixel(main: Main) -> None:
    circles(6, part="train")
    circles(6, values=(0, 1, 1), part="validation")
    circles(6, part="test")
    _, found = looked(main, spec(masked.BY_PART))
    assert [each["message"] for each in found if each["code"] == "D514"] == [
        "the validation part has no pixels of class `ring`"
    ]


@pytest.mark.keras
def test_a_run_learns_what_its_script_learns(main: Main) -> None:
    circles(40)
    text = spec(masked.augmented("rotation_range: 15, horizontal_flip: true"))
    assert main("run", written(text))[0] == 0
    run = the_run()
    history = (run / "history.csv").read_text()
    assert float(history.splitlines()[-1].split(",")[-1]) > 0.75  # mean overlap
    output = alone(run / "circles.py", "--data-dir", str(Path().absolute()))
    assert (output / "history.csv").read_text() == history
    assert member(output / "model.keras", "model.weights.h5") == member(
        run / "model.keras", "model.weights.h5"
    )
    code, out, _ = main("evaluate", run, "--part", "validation", "--format", "json")
    scores = json.loads(out.splitlines()[-1])
    names, *_, last = (line.split(",") for line in history.splitlines())
    told = float(last[names.index("val_mean_io_u")])
    assert code == 0 and scores["mean_io_u"] == pytest.approx(told, abs=1e-4)
    _predicts(main, run)


def _predicts(main: Main, run: Path) -> None:
    photo = pixels("photos/003.png")
    Image.fromarray(photo).resize((48, 36)).save("large.png")
    code, out, _ = main("predict", run, "photos/003.png", "large.png", "--masks", "new")
    assert (
        code == 0
        and "ring" in out
        and {*map(str, Path("new").iterdir())}
        == {
            "new/003.png",
            "new/large.png",
        }
    )
    found = pixels("new/003.png")
    assert found.shape == (24, 24) and np.mean(found == pixels("masks/003.png")) > 0.9
    assert pixels("new/large.png").shape == (36, 48)
    code, out, _ = main("predict", run, "photos/003.png", "--format", "json")
    [said] = json.loads(out)
    assert said["pixels"]["disc"] == pytest.approx(np.mean(found == 1)) and "mask" not in said
    code, _, err = main("predict", run, "photos/003.png", "--masks", "new")
    assert code == 2 and "`new/003.png` is there already" in err


@pytest.mark.keras
def test_two_classes_are_one_unit_and_predicted_with_their_values(main: Main) -> None:
    circles(16, values=(0, 255, 255), part="train")
    circles(4, values=(0, 255, 255), part="validation")
    circles(4, values=(0, 255, 255), part="test")
    Path("masks/train/003.png").write_bytes(b"")
    text = spec(masked.BY_PART, TWO, masked.keys("on_bad: skip"), {"epochs: 40": "epochs: 15"})
    assert main("run", written(text))[0] == 0
    code, out, _ = main("evaluate", the_run(), "--format", "json")
    assert code == 0 and json.loads(out.splitlines()[-1])["binary_io_u"] > 0.8
    main("predict", the_run(), "photos/test/001.png", "--masks", "new")
    assert set(np.unique(pixels("new/001.png"))) == {0, 255}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"filters: 3, kernel_size: 1": "filters: 2, kernel_size: 1"}, "P309"),
        ({"filters: 3, kernel_size: 1": "filters: 4, kernel_size: 1"}, "P324"),
        ({"filters: 8, kernel_size: 3, padding: same": "filters: 8, kernel_size: 3"}, "S223"),
        ({"  epochs": "  class_weight: balanced\n  epochs"}, "T610"),
        (masked.augmented("layers: [MixUp]"), "D605"),
        (TWO | {"[ground, disc]": "[disc]"}, "D604"),
        ({"[ground, disc, ring]": "[left_eye, right_eye, ground]",
          **masked.augmented("horizontal_flip: true")}, "D517"),
    ],
)  # fmt: skip
def test_models_that_do_not_fit_their_masks(change: dict[str, str], code: str) -> None:
    found = loads(spec(change)).report.diagnostics
    assert [each.code for each in found if each.severity.value != "hint"] == [code]
