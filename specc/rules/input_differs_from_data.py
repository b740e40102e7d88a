"""S210: the model declares another input than the data deliver."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject
from specc.tensor import Tensor


@rule(
    "S210",
    "input of the model differs from the data",
    "error",
    source="notes K2 (target_size must equal the model's input); Keras 3.15",
    covers=("data.shape_mismatch", "api.shape_mismatch", "data.channels_lost"),
    bad="""
        specc: 1
        data:
          dataset: {keras: fashion_mnist}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Input: [32, 32, 1]  # ! S210
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: fashion_mnist}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Input: [28, 28, 1]
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def input_differs_from_data(subject: Subject) -> Iterator[Finding]:
    """The shape stands in two places, and `fit` is the first to compare them: after the data
    have been read, with a message that names neither. `Input` may be left out where the data
    determine the shape.
    """
    declared, given = subject.graph.declared, subject.delivered
    if declared is None or given is None:
        return
    node, source = subject.graph.node(subject.entry or subject.nodes[0].name), _source(subject)
    if subject.graph.disputed:
        yield _other_shape(subject, node, declared, given)
    elif "string" in (declared.dtype, given.dtype) and declared.dtype != given.dtype:
        takes, gives = (
            "text" if each.dtype == "string" else "numbers" for each in (declared, given)
        )
        message = f"the model takes {takes}, and the data give {gives}"
        notes = (Note("the data", source, on_key=True),)
        path = (*node.path, "dtype")
        path = path if subject.get(path) is not None else node.at("dtype")
        yield Finding(message, path, label=f"expected {gives}", notes=notes)


def _other_shape(subject: Subject, node: Node, declared: Tensor, given: Tensor) -> Finding:
    path = node.at("shape")
    wanted = "[" + ", ".join("null" if size is None else str(size) for size in given.shape) + "]"
    fix = (Edit(path, wanted),) if isinstance(subject.get(path), list) else ()
    named = f"{node.name}: {wanted}" if subject.spec.model.inputs else f"Input: {wanted}"
    return Finding(
        f"the model takes {declared}, and the data give {given}",
        path,
        label=f"expected {wanted}",
        help=f"write `{named}`" + ("" if subject.spec.model.inputs else ", or leave `Input` out"),
        notes=(Note("the data", _source(subject), on_key=True),),
        fix=fix,
    )


def _source(subject: Subject) -> Path:
    return ("data", subject.facts.source)
