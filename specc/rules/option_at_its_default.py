"""U903: an option that says what holds without it."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from specc.kind import Kind, is_default
from specc.rules.base import Finding, rule
from specc.rules.writing import dropped
from specc.source import Path
from specc.subject import Subject


@rule(
    "U903",
    "option at its default",
    "hint",
    off=True,
    source="Keras 3.15 (signatures)",
    bad="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D:
              filters: 32
              kernel_size: 3
              strides: 1  # ! U903
              activation: relu
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 0.001}}  # ! U903
          loss: categorical_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: [28, 28, 1]
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def option_at_its_default(subject: Subject) -> Iterator[Finding]:
    """What is left out has Keras' default, and `specc show --resolved` prints all of them. Written
    out, a default looks like a decision, and hides the ones that are.
    """
    for kind, path in _objects(subject):
        yield from _inside(subject, kind, (*path, *_name(subject.get(path))))
    for section, path in _sections(subject):
        yield from _inside(subject, section, path)


def _objects(subject: Subject) -> Iterator[tuple[Kind, Path]]:
    """Everything that is written as `Name: {options}`, but for what stands in something else."""
    whole = subject.training or subject  # phases have layers that are frozen in them alone
    yield from ((node.kind, node.path) for node in whole.nodes if node.kind is not None)
    if subject.optimizer is not None:
        yield subject.optimizer, ("train", "optimizer")
    if subject.spec.train.loss is not None and subject.loss is not None:
        yield subject.loss, subject.loss_path
    yield from (*subject.metrics, *subject.callbacks)
    data = subject.spec.data
    yield from ((kind, path) for path, kind in (data.steps if data else ()) if kind is not None)


def _sections(subject: Subject) -> Iterator[tuple[BaseModel, Path]]:
    """The sections, and the source of the data; phases have nothing of their own but `train`."""
    spec, data = subject.entire.spec, subject.entire.spec.data
    if subject.training is None:
        yield spec, ()
    elif data is not None:
        yield data, ("data",)
    if data is not None and data.source is not None:
        yield data.source, ("data", data.source.word)


def _inside(subject: Subject, kind: BaseModel, path: Path) -> Iterator[Finding]:
    """The options written at `path` that have their default, and those of the objects in them."""
    options = subject.get(path)
    for name in options if isinstance(options, dict) else ():
        info, given = type(kind).model_fields.get(name), getattr(kind, name, None)
        if info is None or str(options[name]).startswith("$"):
            continue
        if isinstance(given, BaseModel):
            named = _name(options[name]) if isinstance(given, Kind) else ()
            yield from _inside(subject, given, (*path, name, *named))
        elif not info.is_required() and _says_nothing(given, info.default, options[name]):
            yield _finding(subject, (*path, name))


def _says_nothing(given: Any, default: Any, written: Any) -> bool:
    """Whether an option is its default; layers by input are none that are left out."""
    return is_default(given, default) and (bool(default) or not written)


def _name(written: Any) -> Path:
    """The name of an object, under which its options stand."""
    named = isinstance(written, dict) and len(written) == 1
    return (str(next(iter(written))),) if named else ()


def _finding(subject: Subject, path: Path) -> Finding:
    return Finding(
        f"`{path[-1]}` is given its default value",
        path,
        help="leave the option out",
        fix=dropped(subject, path, safe=True),
    )
