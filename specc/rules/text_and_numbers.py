"""S233: text where a layer computes, or numbers where it reads text."""

from collections.abc import Iterator
from typing import NamedTuple

from specc.layers.base import Layer
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject
from specc.tensor import ShapeError, Tensor
from specc.texts import TEXT, misread, reads_text


@rule(
    "S233",
    "text and numbers",
    "error",
    source="Keras 3.15 (`StringLookup`, `TextVectorization`, `Dense` …, as run)",
    bad="""
        specc: 1
        model:
          - Input: []
          - TextVectorization: {vocabulary: [good, bad], output_mode: multi_hot}  # ! S233
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: {shape: [], dtype: string}
          - TextVectorization: {vocabulary: [good, bad], output_mode: multi_hot}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def text_and_numbers(subject: Subject) -> Iterator[Finding]:
    """`StringLookup` and `TextVectorization` read text, and nearly all other layers compute with
    numbers. Keras builds the model in either case, and the first batch ends in `Cast float to
    string is not supported` or the like. The text goes in through an `Input` with
    `dtype: string`.
    """
    yield from (each for reader in _readers(subject) for each in _misread(subject, reader))


class Reader(NamedTuple):
    """A layer, where it is written, and what it gets; `raw` from the data or an `Input`."""

    kind: Layer
    path: Path
    gets: tuple[Tensor, ...]
    raw: bool

    @property
    def name(self) -> str:
        return type(self.kind).__name__


def _readers(subject: Subject) -> Iterator[Reader]:
    """The layers of `preprocess` and of the model, as far as it is known what they get."""
    tensor, data = subject.facts.tensor, subject.spec.data
    for place, kind in data.steps if data else ():
        if kind is None or tensor is None or kind.arity[0] > 1 or kind.arity[1] == 0:
            break
        yield Reader(kind, subject.at(place), (tensor,), raw=tensor is subject.facts.tensor)
        if misread(kind, (tensor,)):
            break
        try:
            tensor = kind.infer(tensor)
        except ShapeError:
            break
    for node in subject.nodes:
        tensors = subject.graph.into(node)
        if tensors and node.kind is not None and not node.layer:
            above = [subject.graph.by_name.get(name) for name in node.sources]
            raw = all(each is None or each.is_input for each in above)
            yield Reader(node.kind, node.at(), tensors, raw)


def _misread(subject: Subject, reader: Reader) -> Iterator[Finding]:
    if reads_text(reader.kind) and any(each.dtype != TEXT for each in reader.gets):
        message = f"`{reader.name}` reads text, and gets numbers"
        yield Finding(message, reader.path, True, help=_help(subject, reader))
    elif misread(reader.kind, reader.gets):
        help = "`StringLookup` or `TextVectorization` make numbers of text"
        message = f"`{reader.name}` takes numbers, and gets text"
        yield Finding(message, reader.path, True, help=help)


def _help(subject: Subject, reader: Reader) -> str:
    """What else to do with numbers, or how they are declared as text."""
    if not reader.raw:
        return "`IntegerLookup` numbers integers; text must come straight from the input"
    if subject.facts.source:
        return "the data give no text; `IntegerLookup` numbers integers"
    return "declare the input as text: `dtype: string`"
