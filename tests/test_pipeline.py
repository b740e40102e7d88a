"""`specc show --pipeline`: where decoded images stay, and why."""

from pathlib import Path

import pytest
from conftest import Main
from test_inspect import fill

from specc.api import load
from specc.backends.script import emit
from specc.pipeline import BUDGET

SPEC = """
specc: 1
name: photos
data:
  images: {path: p, size: SIZE}
  split: none
  CACHE
model: [{Conv2D: {filters: 2, kernel_size: 3, activation: relu}}, GlobalAveragePooling2D,
  {Dense: {units: 1, activation: sigmoid}}]
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
"""
SAID = [
    ("200", "", "memory: the images of `train` take 0.04 GiB as float32, of 1.00 GiB allowed"),
    ("[2000, 1000]", "", "disk: the images of `train` take 2.24 GiB as float32, of 1.00 GiB"),
    ("200", "cache: none", "none: `cache` of the spec says so"),
    ("200", "cache: disk", "disk: `cache` of the spec says so"),
    ("200", "cache: memory", "memory: `cache` of the spec says so"),
]


@pytest.mark.parametrize(("size", "cache", "said"), SAID)
def test_the_cache_has_a_reason(
    size: str, cache: str, said: str, tmp_path: Path, main: Main
) -> None:
    fill(tmp_path, *(f"p/{name}/{at}.png" for name in "ab" for at in range(50)))
    spec = tmp_path / "s.yaml"
    spec.write_text(SPEC.replace("SIZE", size).replace("CACHE", cache))
    _, shown, _ = main("show", "--pipeline", "--data-dir", str(tmp_path), str(spec))
    assert f"cache     {said}" in shown
    assert "source    images: train 100\n" in shown


def test_the_budget_is_that_of_the_script(tmp_path: Path) -> None:
    spec = tmp_path / "s.yaml"
    spec.write_text(SPEC.replace("SIZE", "200").replace("CACHE", ""))
    [line] = [x for x in emit(load(spec).program).splitlines() if x.startswith("CACHE_BYTES")]
    bits = line.split("<<")[1].split("#")[0]
    assert 1 << int(bits) == BUDGET


@pytest.mark.parametrize("name", ["boston_housing_kfold", "penguins"])
def test_small_rows_are_prepared_at_once(name: str, main: Main) -> None:
    _, shown, _ = main("show", "--pipeline", f"specs/{name}.yaml")
    names = [line.split()[0] for line in shown.splitlines()[1:]]
    assert names == ["source", "cache", "preprocess", "shuffle", "batch"]
    assert "normalization: all rows of a part at once" in shown
