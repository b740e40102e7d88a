"""What a spec is meant to learn: stated, or inferred from the data, the loss and the head."""

from dataclasses import dataclass
from typing import NamedTuple

from specc.graph import Graph, Node, maker
from specc.inspect.facts import Facts
from specc.kind import Kind
from specc.registry import find
from specc.schema import Spec
from specc.source import Path

CLASSES = ("binary", "multiclass", "multilabel")
REALS = ("regression", "unit_regression")
ACTIVATIONS = {
    "Softmax": "softmax", "ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu",
    "PReLU": "prelu",
}  # fmt: skip
LOSS = {
    "binary": "binary_crossentropy",
    "multilabel": "binary_crossentropy",
    "regression": "mse",
    "unit_regression": "mse",
    "reconstruction": "mse",
    "sequence": "ctc",
}


class Head(NamedTuple):
    """The end of the model: its last activation, and the node and option that set it."""

    node: Node  # the last layer that computes values
    activation: str  # `linear` where there is none
    path: Path  # what to blame for the activation
    on_key: bool  # whether that is the layer's name
    width: int | None  # size of the last axis, None when it is unknown
    rank: int | None  # axes of the output

    @property
    def linear(self) -> bool:
        return self.activation == "linear"


def head_of(graph: Graph) -> Head | None:
    """The head, found by walking back over layers that only move values around."""
    if not graph.outputs or maker(graph.outputs[-1]) not in graph.by_name:
        return None
    node, output = graph.node(graph.outputs[-1]), graph.tensors.get(graph.outputs[-1])
    while node.kind is not None and node.kind.keeps_range and len(node.inputs) == 1:
        node = graph.node(node.inputs[0])
    if node.kind is None:
        return None
    activation, option = activation_of(node)
    width = output.shape[-1] if output and output.shape else node.width
    named = option is None or activation == "linear"
    path = node.at(None if named else option)
    return Head(node, activation, path, named, width, output.rank if output else None)


def activation_of(node: Node) -> tuple[str, str | None]:
    """The activation that a layer ends with, and the option that sets it."""
    kind: object = node.kind
    while isinstance(inner := getattr(kind, "layer", None), Kind):
        kind = inner
    name = type(kind).__name__
    if name in ACTIVATIONS:
        return ACTIVATIONS[name], None
    option = "classifier_activation" if getattr(kind, "include_top", False) else "activation"
    given = getattr(kind, option, None)
    own = option if kind is node.kind else None
    return (given, own) if isinstance(given, str) else ("linear", None)


@dataclass(frozen=True)
class Task:
    """The task, and how it is known: `spec`, `data`, `loss` or `head`."""

    name: str
    origin: str


def infer_task(spec: Spec, facts: Facts, head: Head | None) -> Task | tuple[str, ...]:
    """The task, or the readings that are left when it must be written; () when nothing is known."""
    if spec.task is not None:
        return Task(spec.task, "spec")
    by_data = _by_data(facts, head)
    if by_data:
        return Task(by_data, "data")
    readings = _by_loss(spec.train.loss, head)
    if len(readings) == 1:
        return Task(readings[0], "loss")
    if spec.train.loss is None and head is not None:
        readings = _by_head(head)
        if len(readings) == 1:
            return Task(readings[0], "head")
    return readings


def _by_data(facts: Facts, head: Head | None) -> str | None:
    """What the labels say; two classes are a binary task unless the head has a unit for each."""
    match facts.labels:
        case "binary":
            return "binary"
        case "multi_hot":
            return "multilabel"
        case "one_hot":
            return "multiclass"
        case "integer" if facts.target_shape is not None and len(facts.target_shape) > 1:
            return "segmentation"
        case "integer" | "text" | "real" if facts.classes is not None:
            two_units = head is not None and head.width == 2
            return "binary" if facts.classes == 2 and not two_units else "multiclass"
        case "real":
            low_high = facts.target_range
            inside = low_high is not None and low_high[0] >= 0 and low_high[1] <= 1
            sigmoid = head is not None and head.activation == "sigmoid"
            return "unit_regression" if inside and sigmoid else "regression"
    return None


def _by_loss(loss: Kind | None, head: Head | None) -> tuple[str, ...]:
    tasks = getattr(loss, "tasks", ())
    softmax = head is not None and head.activation == "softmax"
    if "regression" in tasks:
        if softmax:
            return ("multiclass", "regression")
        sigmoid = head is not None and head.activation == "sigmoid"
        return ("unit_regression",) if sigmoid else ("regression",)
    if "binary" in tasks:
        if head is None or head.width is None:
            return ()
        many = "multiclass" if "multiclass" in tasks else "multilabel"
        return ("binary",) if head.width == 1 else (many,)
    return tasks[:1]


def _by_head(head: Head) -> tuple[str, ...]:
    if head.activation == "softmax":
        return ("multiclass",)
    if head.activation == "sigmoid":
        return ("binary", "unit_regression") if head.width == 1 else ("multilabel", "multiclass")
    return ("regression",) if head.linear else ()


def loss_of(spec: Spec, task: Task | None, facts: Facts, head: Head | None) -> Kind | None:
    """The loss that is trained: the written one, else the one that the task determines."""
    if spec.train.loss is not None or task is None:
        return spec.train.loss  # type: ignore[no-any-return]
    word = LOSS.get(task.name)
    if task.name == "segmentation" and head is not None:
        word = LOSS["binary"] if head.width == 1 else "sparse_categorical_crossentropy"
    if task.name == "multiclass":
        one_hot = facts.labels == "one_hot"
        word = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
    kind = find("losses", word) if word else None
    return kind().written_as(word) if kind and word else None
