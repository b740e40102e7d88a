"""Spec files for tests of the command line."""

from pathlib import Path

GOOD = """\
specc: 1
name: {name}
data: {{dataset: {{sklearn: digits}}, preprocess: [{{Rescaling: 1/16}}]}}
model:
  - Flatten
  - Dense: {{units: 64, activation: relu}}
  - Dense: {{units: 10, activation: softmax}}
train: {{optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy], epochs: 9}}
"""
ERROR = "specc: 1\nname: wrong\nmodel: [{Input: [4]}, {Dense: 1}]\ntrain: {optimizer: adamm}\n"
WARNING = """\
specc: 1
name: odd
model: [{Input: [4]}, {Dense: 8}, {Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: categorical_crossentropy}
"""


def good(path: str, name: str | None = None) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(GOOD.format(name=name or file.stem))
    return file


def wrong(path: str = "wrong.yaml", text: str = ERROR) -> Path:
    Path(path).write_text(text)
    return Path(path)
