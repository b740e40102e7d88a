"""Specs that ask for pictures, of every kind of data and of every task that has some."""

from specc.compiler import compile
from specc.program import Program
from specc.source import read

DIGITS = """\
specc: 1
name: digits
data:
  dataset: {sklearn: digits}
  preprocess: [{Rescaling: 1/16}]
  split: {train: 0.6, validation: 0.2, test: 0.2}
model:
  - Conv2D: {filters: 4, kernel_size: 3, activation: relu}
  - Flatten
  - Dense: {units: 10, activation: softmax}
train: {optimizer: adam, loss: sparse_categorical_crossentropy, metrics: [accuracy], epochs: 3}
visualize:
  - learning_curves
  - confusion_matrix
  - roc: validation
  - misclassified: 6
  - activations: {image: 3, layers: 1}
  - filters: {layer: conv2d, steps: 2}
  - grad_cam: photo.png
  - grad_cam: {image: 3, class: "7", alpha: 0.5}
"""
IMAGES = """\
specc: 1
name: faces
data:
  images: {train: train, validation: validation, size: [32, 32]}
  batch_size: 4
model:
  - MobileNet: {weights: null, include_top: false, name: base}
  - GlobalAveragePooling2D
  - Dense: {units: 1, name: score}
train: {optimizer: adam, loss: {BinaryCrossentropy: {from_logits: true}}, epochs: 2}
visualize:
  - confusion_matrix
  - misclassified
  - activations: {image: train/dark/0.png, layers: [conv1, conv_pw_1]}
  - grad_cam: {image: train/dark/0.png, layer: conv_pw_13_relu, class: light}
  - grad_cam: train/light/0.png
"""
LABELS = """\
specc: 1
name: labels
data:
  images: {csv: photos.csv, path_column: file, label_columns: [sea, sun], size: [8, 8]}
model:
  - Conv2D: {filters: 4, kernel_size: 3, activation: relu}
  - GlobalAveragePooling2D
  - Dense: {units: 2, activation: sigmoid}
train: {optimizer: adam, loss: binary_crossentropy, epochs: 2}
visualize: [roc, {grad_cam: {image: sea.png, class: sea}}]
"""
FOLDS = """\
specc: 1
name: folds
data:
  dataset: {sklearn: wine}
  preprocess: [Normalization]
  split: {test: 0.2}
model: [{Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: categorical_crossentropy, metrics: [accuracy], epochs: 3}
evaluate: {k_fold: 3, retrain: true}
visualize: [learning_curves, confusion_matrix, roc]
"""
TABLE = """\
specc: 1
name: table
data:
  table: {path: penguins.csv, target: species, numeric: [mass, depth]}
  split: none
model: [{Dense: {units: 3, activation: softmax}}]
train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 3}
visualize: [{confusion_matrix: {part: train}}]
"""
TEXTS = {"digits": DIGITS, "images": IMAGES, "labels": LABELS, "folds": FOLDS, "table": TABLE}


def variants() -> dict[str, Program]:
    """Their programs."""
    return {f"pictures_{name}": _program(text) for name, text in TEXTS.items()}


def _program(text: str) -> Program:
    compiled = compile(read("spec.yaml", text.encode()))
    assert compiled.report.ok, compiled.report.diagnostics
    return compiled.program
