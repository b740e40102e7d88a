"""Patterns of 64 filters at 64x64, 40 steps each, beside one filter at a time as in the notes.

The network is VGG16 with random weights. The notes go through the filters in a loop, and through
the 40 steps of each in another, with `K.gradients` and a `K.function` for each filter. Keras 3 has
neither: `by_hand` is that loop with a tape, step by step, as it is written today. `by_graph` makes
a graph for each filter, as `K.function` did, and counts the making. Takes five minutes.

usage: pictures.py [ROUNDS]
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from _measure import Cost, function, head, in_turns, rounds, row

from specc.backends.script import emit_functions
from specc.program import Section

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
LAYERS = {
    "block1_conv1": "at least 8",
    "block1_conv2": "at least 8",
    "block2_conv1": "",
    "block3_conv1": "",
}
FILTERS, STEPS, SIZE = 64, 40, 64
BY_HAND = 4  # filters that are done by hand, for the time of all


def main() -> None:
    import keras

    keras.utils.set_random_seed(0)
    network = keras.applications.VGG16(weights=None, include_top=False)
    script = functions()
    head(f"patterns of {FILTERS} filters of VGG16 at {SIZE}x{SIZE}, {STEPS} steps")
    for layer, target in LAYERS.items():
        measure(script, network, layer, target)


def functions() -> ModuleType:
    """What a script has for that."""
    from specc.runs import module

    names = ("flattened", "activated", "tiled", "filters")
    values = (("span", (0.0, 255.0)),)
    sections = [Section(f"pictures/{name}.py.jinja", values) for name in names]
    return module.load(emit_functions(sections), Path("filters.py"))


def measure(script: ModuleType, network: Any, layer: str, target: str) -> None:
    import keras

    until = keras.Model(network.inputs, network.get_layer(layer).output)
    ours = partial(script.filter_patterns, network, layer, FILTERS, STEPS, SIZE)
    runs: dict[str, Callable[[], Cost]] = {
        "ours": partial(function, ours),
        "eager": partial(function, lambda: [by_hand(until, f) for f in range(BY_HAND)]),
        "graphs": partial(function, lambda: [by_graph(until, f) for f in range(BY_HAND)]),
    }
    costs = in_turns(runs, rounds(2))
    times = FILTERS / BY_HAND
    row(f"{layer}: wall time", costs["ours"].wall, "s")
    row(
        "... by hand takes so many times that",
        times * costs["eager"].wall / costs["ours"].wall,
        "x",
        target,
    )
    row("... and in time of the processors", times * costs["eager"].cpu / costs["ours"].cpu, "x")
    row("... with a graph for each filter", times * costs["graphs"].cpu / costs["ours"].cpu, "x")


def by_hand(until: Any, number: int) -> Any:
    """The pattern of one filter, as in the notes."""
    images = noise()
    for _ in range(STEPS):
        images += slope(until, images, number)
    return images


def by_graph(until: Any, number: int) -> Any:
    """The same, with loss and gradient as one function that is made for the filter."""
    import tensorflow as tf

    iterate = tf.function(lambda images: slope(until, images, number), autograph=False)
    images = noise()
    for _ in range(STEPS):
        images += iterate(images)
    return images


def slope(until: Any, images: Any, number: int) -> Any:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(images)
        loss = tf.reduce_mean(until(images)[..., number])
    gradient = tape.gradient(loss, images)
    return gradient / (tf.sqrt(tf.reduce_mean(tf.square(gradient))) + 1e-5)


def noise() -> Any:
    import tensorflow as tf

    return tf.random.uniform((1, SIZE, SIZE, 3)) * 20 + 128


if __name__ == "__main__":
    main()
