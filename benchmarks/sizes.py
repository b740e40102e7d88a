"""How the time of a check grows with the spec: it is read, checked and reported on.

usage: sizes.py [ROUNDS]
"""

import gc
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from _measure import SPECC, Cost, function, head, in_turns, process, rounds, row

from specc.compiler import compile
from specc.render import FORMATS
from specc.source import read

FEW, MANY = 1_000, 10_000
RELU = "Dense: {units: 16, activation: relu}"
# A chain of layers, and what it measures; those further down get a finding for each layer.
CHAINS = {
    "Dense": [RELU],
    "Dense, BatchNormalization, Activation, Dropout": [
        "Dense: {units: 16, use_bias: false}", "BatchNormalization", "Activation: relu",
        "Dropout: 0.2",
    ],
    "Conv2D": ["Conv2D: {filters: 8, kernel_size: 3, padding: same, activation: relu}"],
    "Dropout behind one Dense": ["Dropout: 0.5"],
    "Dense without activation, a finding each": ["Dense: 16"],
    "unknown options, a finding each": ["Dense: {units: 16, activaton: relu}"],
    "unknown layers, a finding each": ["Densee: {units: 16, activation: relu}"],
}  # fmt: skip


def main() -> None:
    gc.disable()  # as in the process of `specc check`
    with tempfile.TemporaryDirectory() as name:
        files = {length: Path(name) / f"long_{length}.yaml" for length in (FEW, MANY)}
        for length, file in files.items():
            file.write_bytes(chain([RELU], length))
        head("specc check of long specs: processor time")
        runs = {str(n): partial(process, [*SPECC, "check", file]) for n, file in files.items()}
        whole = in_turns(runs, rounds(5))
    few, many = whole[str(FEW)].cpu, whole[str(MANY)].cpu
    row(f"whole process, {MANY:,} layers of Dense", many, "s", "<= 2 s")
    row(f"... so many times {FEW:,} layers", many / few, "x", "<= 11")
    growth()
    head("reading alone: processor time")
    text = b"".join(b"key_%d: {filters: 64, kernel_size: 3}\n" % i for i in range(MANY))
    costs = in_turns({"read": partial(function, partial(read, "spec", text))}, rounds(5))
    row(f"{MANY:,} lines, C parser", costs["read"].cpu, "s", "0.2 s")


def growth() -> None:
    """Each chain, short and long."""
    head(f"the same without the start of a process, {MANY:,} layers of")
    for name, layers in CHAINS.items():
        runs = {
            str(length): partial(checked, chain(layers, length, "Conv2D" in name))
            for length in (FEW, MANY)
        }
        costs = in_turns(runs, max(3, rounds(5) // 2))
        few, many = costs[str(FEW)].cpu, costs[str(MANY)].cpu
        row(name, many, "s", "<= 2 s")
        row(f"... so many times {FEW:,} layers", many / few, "x", "<= 11")


def chain(layers: Sequence[str], length: int, image: bool = False) -> bytes:
    """A spec of so many layers."""
    shape = "[16, 16, 3]" if image else "[16]"
    first, last = ([], ["Flatten", "Dense: 1"]) if image else ([RELU], ["Dense: 1"])
    between = [layers[i % len(layers)] for i in range(length - 1 - len(first) - len(last))]
    items = [f"Input: {shape}", *first, *between, *last]
    model = "".join(f"  - {item}\n" for item in items)
    return f"specc: 1\nmodel:\n{model}train: {{optimizer: adam, loss: mse}}\n".encode()


def checked(raw: bytes) -> Cost:
    """The spec read, checked, and its findings rendered."""
    cost = function(lambda: FORMATS["text"]([compile(read("spec", raw)).report], color=False))
    gc.collect()
    return cost


if __name__ == "__main__":
    main()
