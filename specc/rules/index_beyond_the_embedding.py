"""S213: integers in the data that an `Embedding` has no row for."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject


@rule(
    "S213",
    "index beyond the embedding",
    "error",
    source="Keras 3.15 (measured)",
    covers=("data.embedding_domain",),
    bad="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
        model:
          - Embedding: {input_dim: 5000, output_dim: 32}  # ! S213
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 5}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
        model:
          - Embedding: {input_dim: 10000, output_dim: 32}
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 5}
        """,
)
def index_beyond_the_embedding(subject: Subject) -> Iterator[Finding]:
    """An embedding has a row for each integer below `input_dim`, and words are numbered up to
    the size of the vocabulary. For a larger number there is no row: on a CPU the run ends with
    `InvalidArgumentError` as soon as such a word comes up; on a GPU Keras goes on with zeros.
    """
    table, known = _table(subject), _largest(subject)
    if table is None or known is None:
        return
    size, path = table.input_dim, table.at("input_dim")
    largest, said = known
    if not isinstance(size, int) or largest < size:
        return
    yield Finding(
        f"the data hold integers up to {largest:,}, and `input_dim` is {size:,}",
        path,
        label=f"expected {largest + 1} or more",
        help=f"write `input_dim: {largest + 1}`",
        notes=(Note("the integers come from here", said, on_key=said[-1] != "num_words"),),
        fix=(Edit(path, str(largest + 1)),) if subject.get(path) == size else (),
    )


def _table(subject: Subject) -> Node | None:
    """The first layer of all, if it is an embedding."""
    if subject.spec.data and subject.spec.data.preprocess:
        return None
    layers = (node for node in subject.nodes if not node.is_input)
    first = next(layers, None)
    return first if first and first.kind_name == "Embedding" else None


def _largest(subject: Subject) -> tuple[int, Path] | None:
    """The largest integer of the inputs, and what says so."""
    facts = subject.facts
    source = ("data", facts.source)
    if facts.vocabulary is not None:
        return facts.vocabulary - 1, (*source, "num_words")
    numbers = "int" in (facts.dtype or "int") and len(subject.graph.inputs) < 2
    if facts.range is not None and numbers and float(facts.range[1]).is_integer():
        declared = ("data", "facts", "range")
        return int(facts.range[1]), source if subject.get(declared) is None else declared
    return None
