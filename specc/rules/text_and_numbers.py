"""S233: text where a layer computes, or numbers where it reads text."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject

TEXT = "string"
# Layers that leave text as it is, or make numbers of it, besides those that move or drop values.
PASS = frozenset({"Identity", "RepeatVector", "Hashing", "HashedCrossing", "Custom"})


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
    for node in subject.nodes:
        given = {each.dtype == TEXT for each in subject.graph.into(node) or ()}
        if not given or node.kind is None or node.layer:
            continue
        if node.kind.takes_text and False in given:
            help = _help(subject, node)
            yield Finding(
                f"`{node.kind_name}` reads text, and gets numbers", node.at(), True, "", help
            )
        elif True in given and _computes(node):
            help = "`StringLookup` or `TextVectorization` make numbers of text"
            message = f"`{node.kind_name}` takes numbers, and gets text"
            yield Finding(message, node.at(), True, "", help)


def _computes(node: Node) -> bool:
    kind = node.kind
    if kind is None or kind.takes_text or node.kind_name in PASS:
        return False
    return not (kind.moves or kind.drops or kind.merges)


def _help(subject: Subject, node: Node) -> str:
    """What makes text of the numbers: a declaration, where they come from an `Input`."""
    first = subject.graph.by_name.get(node.inputs[0]) if node.inputs else None
    if subject.facts.source and (first is None or first.is_input):
        return "the data give no text; `IntegerLookup` numbers integers"
    if first is not None and first.is_input:
        return "declare the input as text: `dtype: string`"
    return "`IntegerLookup` numbers integers; text must come straight from the input"
