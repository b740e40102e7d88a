"""Weights to start with: files that are not there, downloads that fail, `specc fetch`."""

import hashlib
import re
import shutil
import sys
from pathlib import Path
from urllib.error import URLError

import pytest
from conftest import Main
from running import written

from specc.api import emit, loads
from specc.runs.weights import SIGNATURES

pytestmark = pytest.mark.usefixtures("workplace")

SPEC = """\
specc: 1
name: small
data: {images: {train: train, size: [128, 128]}, classes: [cats, dogs], split: none}
model:
  - MobileNet: {weights: imagenet, alpha: 0.25, include_top: false, pooling: avg, trainable: false}
  - Dense: {units: 1, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""
FILE = "mobilenet_2_5_128_tf_no_top.h5"
OWN = SPEC.replace("weights: imagenet", "weights: own.weights.h5")
DIGEST = hashlib.sha256(b"own").hexdigest()


def photos() -> None:
    from PIL import Image

    for name in ("cats", "dogs"):
        Path("train", name).mkdir(parents=True)
        Image.new("RGB", (8, 8)).save(f"train/{name}/0.png")

    Image.new("RGB", (8, 8)).save(f"train/{name}/0.png")


def test_a_file_that_is_absent_or_another_is_found_before_training(main: Main) -> None:
    photos()
    code, _, err = main("run", str(written(OWN)))
    assert code == 1 and "error[X711]: `own.weights.h5` does not exist" in err
    assert ":5:26\n" in err
    Path("own.weights.h5").write_bytes(b"other")
    assert "`own.weights.h5` holds no weights" in main("run", str(written(OWN)))[2]
    Path("own.weights.h5").write_bytes(SIGNATURES[0])
    known = OWN.replace("include_top", f"sha256: {DIGEST}, include_top")
    code, _, err = main("fetch", str(written(known)))
    assert code == 3 and f"expected {DIGEST}" in err
    assert not Path("runs").exists()


@pytest.mark.parametrize("change", ["weights: imagenet, sha256: ", "weights: null, sha256: "])
def test_a_hash_is_that_of_a_file(change: str) -> None:
    text = SPEC.replace("weights: imagenet", change + DIGEST)
    assert [each.code for each in loads(text).report.errors] == ["F017"]


def test_a_script_verifies_the_file() -> None:
    text = OWN.replace("include_top", f"sha256: {DIGEST}, include_top")
    script = emit(loads(text))
    assert re.search(rf'weights=verified\(\s*"own.weights.h5",\s*"{DIGEST}"', script)
    names: dict[str, object] = {"hashlib": hashlib}
    function = re.search(r"^def verified.*?^    return file$", script, re.S | re.M)
    assert function is not None
    exec(function[0], names)
    Path("own.weights.h5").write_bytes(b"own")
    verified = names["verified"]
    assert callable(verified) and verified("own.weights.h5", DIGEST) == "own.weights.h5"
    with pytest.raises(ValueError, match="expected 0"):
        verified("own.weights.h5", "0")


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_weights_are_fetched_or_it_is_said_where_they_go(
    main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keras

    photos()
    downloads = sys.modules[keras.utils.get_file.__module__]
    monkeypatch.setattr(downloads.config, "keras_home", lambda: str(Path("home").resolve()))
    Path("home").mkdir()

    def offline(*_: object) -> None:
        raise URLError("no route")

    monkeypatch.setattr(downloads, "urlretrieve", offline)
    spec = str(written(SPEC))
    for verb in ("fetch", "run"):
        code, _, err = main(verb, spec)
        assert code == 3
        assert "error[X711]: the weights of `mobilenet` are not there" in err
        assert "no route" in err and f"/{FILE} into `" in err and ":5:26\n" in err
        assert str(Path("home/models")) in err

    Path("own.weights.h5").write_bytes(SIGNATURES[0])  # and nothing behind it
    code, _, err = main("run", str(written(OWN)))
    assert code == 3 and "error[X711]: `own.weights.h5` does not have the weights of" in err
    assert ":5:26\n" in err
    written(SPEC)
    keras.utils.set_random_seed(0)
    options = {"weights": None, "alpha": 0.25, "include_top": False, "pooling": "avg"}
    keras.applications.MobileNet(input_shape=(128, 128, 3), **options).save("served.h5")
    served: list[str] = []

    def online(origin: str, target: str, *_: object) -> None:
        served.append(origin)
        shutil.copy("served.h5", target)

    monkeypatch.setattr(downloads, "urlretrieve", online)
    assert main("fetch", spec)[:2] == (0, "small: the weights of `mobilenet` are there\n")
    assert len(served) == 1 and Path("home/models", FILE).is_file()
    monkeypatch.setattr(downloads, "urlretrieve", offline)
    assert main("fetch", spec, "--quiet")[:2] == (0, "")

    known = SPEC.replace("MobileNet", "VGG16").replace("alpha: 0.25, ", "")
    monkeypatch.setattr(downloads, "urlretrieve", online)
    code, _, err = main("fetch", str(written(known)))
    assert code == 3 and "what came is not the file that Keras expects" in err
