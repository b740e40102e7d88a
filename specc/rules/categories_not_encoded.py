"""D552: categories of a table that do not become vectors of a known size."""

from collections.abc import Iterator
from typing import Any

from specc.rules.base import Finding, rule
from specc.rules.writing import option
from specc.source import Path
from specc.subject import Subject

FILES = {"people.csv": b"town,sick\n" + b"".join(b"%d,%d\n" % (i % 7, i % 2) for i in range(400))}
PLACE: Path = ("data", "preprocess", "categorical")


@rule(
    "D552",
    "categories that are not encoded",
    "error",
    source="Keras 3.15 (`StringLookup`, `Concatenate`)",
    files=FILES,
    bad="""
        specc: 1
        data:
          table: {path: people.csv, target: sick, categorical: [town]}
          preprocess:
            categorical:
              - StringLookup: {output_mode: int}  # ! D552
        model:
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
    good="""
        specc: 1
        data:
          table: {path: people.csv, target: sick, categorical: [town]}
          preprocess:
            categorical:
              - StringLookup: {output_mode: one_hot}
        model:
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 99}
        """,
)
def categories_not_encoded(subject: Subject) -> Iterator[Finding]:
    """The numbers of a table and its categories become one vector, in which a category is a one
    among zeros. The number of a category is no quantity: a network would take the third town for
    something between the second and the fourth. Each column has one layer of its own, which
    learns the values of the training part.
    """
    data = subject.spec.data
    layers = getattr(data.preprocess, "categorical", ()) if data else ()
    for place, layer in enumerate(layers):
        path = subject.at((*PLACE, place))
        if layer is None:
            return
        name = type(layer).__name__
        help = "write `StringLookup: {output_mode: one_hot}`, or leave `categorical` out"
        if place > 0:
            message = f"`{name}` is a second layer for each category"
            yield Finding(message, path, True, help="one layer encodes them")
        elif name != "StringLookup":
            yield Finding(f"`{name}` does not encode text", path, True, help=help)
        elif getattr(layer, "max_tokens", None) is not None:
            message = "`max_tokens` is the number of different values that the column has"
            more = "remove it; `categorical: {column: number}` in `table` says how many"
            yield Finding(message, subject.at((*PLACE, place), "max_tokens"), help=more)
        elif not _is_vector(layer):
            message = f"`{name}` makes no vector of zeros and a one"
            fix = option(subject, (*PLACE, place), layer, "output_mode", "one_hot")
            yield Finding(message, path, True, help=help, fix=fix)


def _is_vector(layer: Any) -> bool:
    return bool(layer.output_mode == "one_hot" and not layer.sparse and not layer.invert)
