"""Small Keras programs in neutral JSON, from the short form of `fault_programs.yaml`."""

from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).with_suffix(".yaml")
POSITIONS = {
    "Dense": ("units", "activation"),
    "LSTM": ("units", "activation"),
    "GRU": ("units", "activation"),
    "SimpleRNN": ("units", "activation"),
    "Embedding": ("input_dim", "output_dim"),
    "Activation": ("activation",),
    "Dropout": ("rate",),
}
LABELS = {None: "continuous", 2: "binary"}


def programs() -> Iterator[dict[str, Any]]:
    for row in YAML(typ="safe").load(FILE.read_text(encoding="utf-8")):
        yield program(row)


def program(row: dict[str, Any]) -> dict[str, Any]:
    """A program in the schema of the collection; most of what a row leaves out is unremarkable."""
    shape, classes = row.get("shape", [20]), row.get("classes")
    labels = row.get("labels") or LABELS.get(classes, "one_hot")
    optimizer = row.get("optimizer", "adam")
    graph = row.get("graph", False)
    return {
        "id": row["layers"],
        "graph": "functional" if graph else "sequential",
        "input_shape": row.get("input_shape", shape),
        "layers": [layer(text, graph) for text in row["layers"].split("; ")],
        "compile": {
            "loss": row["loss"],
            "optimizer": {"name": optimizer} if isinstance(optimizer, str) else optimizer,
            "metrics": row.get("metrics", ["accuracy"]),
        },
        "fit": {
            "batch_size": row.get("batch_size", 32),
            "epochs": row.get("epochs", 50),
            "validation": row.get("validation", "separate set"),
            "validation_split": row.get("validation_split"),
            **row.get("fit", {}),
        },
        "data": {
            "n_samples": row.get("rows", 5000),
            "shape": shape,
            "classes": classes,
            "label_encoding": labels,
            "value_range": row.get("range", [0, 1]),
            "normalised": row.get("normalised", True),
            "target_range": row.get("target_range"),
            "targets": row.get("targets"),
            "facts": row.get("facts"),
        },
        "task": row.get("task") or ("regression" if labels.startswith("cont") else "classes"),
        "expected_faults": [{"category": each, "static": True} for each in row["faults"]],
    }


def layer(text: str, graph: bool) -> dict[str, Any]:
    """A layer: `Dense 64 relu use_bias=False`, in a graph behind `name=inputs:`."""
    named: dict[str, Any] = {}
    if graph:
        name, _, text = text.partition(": ")
        own, _, sources = name.partition("=")
        named = {"id": own, "in": [each for each in sources.split(",") if each]}
    kind, *words = text.split()
    options = {key: value(text) for key, _, text in (w.partition("=") for w in words if "=" in w)}
    places = zip(positions(kind), (value(word) for word in words if "=" not in word), strict=False)
    return {"type": kind, **dict(places), **options, **named}


def positions(kind: str) -> tuple[str, ...]:
    if kind.startswith("Conv"):
        return ("filters", "kernel_size", "activation")
    return ("pool_size",) if "Pooling" in kind else POSITIONS.get(kind, ())


def value(text: str) -> Any:
    try:
        return literal_eval(text)
    except (ValueError, SyntaxError):
        return text
