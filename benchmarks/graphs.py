"""What graphs and blocks cost: checking one of 5,000 layers, and building ResNet-50.

usage: graphs.py [ROUNDS]
"""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from _measure import ROOT, SPECC, Cost, function, head, in_turns, process, rounds, row

RESNET = ROOT / "specs/resnet50.yaml"
MANY = 5_000


def main() -> None:
    sizes()
    building()


def sizes() -> None:
    """A check of a large graph, as a whole process."""
    head(f"specc check of {MANY:,} layers, whole process, processor time")
    with tempfile.TemporaryDirectory() as folder:
        specs = {"a graph with branches": _graph(), "uses of one block": _blocks()}
        runs = {}
        for place, (name, text) in enumerate(specs.items()):
            path = Path(folder, f"spec{place}.yaml")
            path.write_text(text)
            runs[name] = partial(process, (*SPECC, "check", path))
        for name, cost in in_turns(runs, rounds(5)).items():
            row(name, cost.cpu, "s", "at most 1.5")


def _graph() -> str:
    """Ways that part and meet again, four layers at a time; nothing is found in it."""
    lines = ["specc: 1", "model:", "  inputs: {entry: [64]}", "  layers:"]
    above = "entry"
    for i in range(MANY // 4):
        lines += [
            f"    - Dense: {{from: {above}, units: 64, activation: relu, name: a{i}}}",
            f"    - Dense: {{from: {above}, units: 64, activation: relu, name: b{i}}}",
            f"    - Add: {{from: [a{i}, b{i}], name: c{i}}}",
            f"    - Dense: {{units: 64, activation: relu, name: d{i}}}",
        ]
        above = f"d{i}"
    return "\n".join([*lines, "    - Dense: 1", "train: {optimizer: adam, loss: mse}", ""])


def _blocks() -> str:
    """One block, with another argument in each use."""
    wide = "{Dense: {units: $units, activation: relu}}"
    block = f"{wide}, {{Dropout: 0.2}}, {{Dense: {{units: 64, activation: relu}}}}"
    uses = [f"  - block: {64 + i}" for i in range(MANY // 3)]
    lines = ["specc: 1", "blocks:", f"  block: {{parameters: {{units: null}}, layers: [{block}]}}"]
    return "\n".join(
        [
            *lines,
            "model:",
            "  - Input: [64]",
            *uses,
            "  - Dense: 1",
            "train: {optimizer: adam, loss: mse}",
            "",
        ]
    )


def building() -> None:
    """ResNet-50 from its spec, and the same layers written by hand."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import specc

    head("build_model(resnet50), the check of the spec included")
    spec = partial(_fresh, partial(specc.build_model, RESNET))
    costs = in_turns({"spec": partial(function, spec), "hand": partial(function, _hand)}, rounds(7))
    row("by specc", costs["spec"].wall, "s")
    row("by hand", costs["hand"].wall, "s")
    row("so many times by hand", _ratio(costs), "x", "at most 1.05")


def _ratio(costs: dict[str, Cost]) -> float:
    return costs["spec"].cpu / costs["hand"].cpu


def _hand() -> object:
    return _fresh(_resnet50)


def _fresh(build: Callable[[], object]) -> object:
    import keras

    keras.utils.clear_session()
    return build()


def _resnet50() -> object:
    """The network as a person would write it."""
    import keras
    from keras import layers

    def bottleneck(x: Any, filters: int, stride: int = 1, project: bool = False) -> Any:
        shortcut = x
        if project:
            shortcut = layers.Conv2D(4 * filters, 1, strides=stride)(x)
            shortcut = layers.BatchNormalization(epsilon=1.001e-5)(shortcut)
        x = layers.Conv2D(filters, 1, strides=stride)(x)
        x = layers.BatchNormalization(epsilon=1.001e-5)(x)
        x = layers.Activation("relu")(x)
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.BatchNormalization(epsilon=1.001e-5)(x)
        x = layers.Activation("relu")(x)
        x = layers.Conv2D(4 * filters, 1)(x)
        x = layers.BatchNormalization(epsilon=1.001e-5)(x)
        x = layers.Add()([shortcut, x])
        return layers.Activation("relu")(x)

    keras.utils.set_random_seed(0)
    inputs = keras.Input((224, 224, 3))
    x = layers.ZeroPadding2D(3)(inputs)
    x = layers.Conv2D(64, 7, strides=2)(x)
    x = layers.BatchNormalization(epsilon=1.001e-5)(x)
    x = layers.Activation("relu")(x)
    x = layers.ZeroPadding2D(1)(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    for filters, count, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
        x = bottleneck(x, filters, stride, project=True)
        for _ in range(count - 1):
            x = bottleneck(x, filters)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, layers.Dense(1000, activation="softmax")(x))
    optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
    model.compile(optimizer, loss="categorical_crossentropy", metrics=["accuracy"])
    return model


if __name__ == "__main__":
    main()
