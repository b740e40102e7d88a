"""S213: integers in the data that an `Embedding` has no row for."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.rules.base import Finding, rule
from specc.rules.subject import Subject
from specc.source import Path

LOOKUPS = {"Embedding": "input_dim", "CategoryEncoding": "num_tokens"}


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
    found = _lookup(subject)
    known = _largest(subject)
    if found is None or known is None:
        return
    option, size, path = found
    largest, said = known
    if largest < size:
        return
    yield Finding(
        f"the data hold integers up to {largest:,}, and `{option}` is {size:,}",
        path,
        label=f"expected {largest + 1:,} or more",
        help=f"write `{option}: {largest + 1}`",
        notes=(Note("the integers come from here", said, on_key=said[-1] != "num_words"),),
        fix=(Edit(path, str(largest + 1)),) if subject.get(path) == size else (),
    )


def _lookup(subject: Subject) -> tuple[str, int, Path] | None:
    """The option that says how many integers can be looked up, if the first layer has one."""
    found = next(_layers(subject), None)
    if found is None:
        return None
    kind, path = found
    option = LOOKUPS.get(type(kind).__name__)
    if option is None:
        return None
    return option, getattr(kind, option), subject.at(path, option)


def _layers(subject: Subject) -> Iterator[tuple[object, Path]]:
    for i, kind in enumerate(subject.spec.data.preprocess if subject.spec.data else ()):
        yield kind, ("data", "preprocess", i)
    for node in subject.nodes:
        if type(node.kind).__name__ != "Input":
            yield node.kind, node.path


def _largest(subject: Subject) -> tuple[int, Path] | None:
    """The largest integer of the inputs, and what says so."""
    facts = subject.facts
    source = ("data", facts.source)
    if facts.vocabulary is not None:
        return facts.vocabulary - 1, (*source, "num_words")
    if facts.range is not None and "int" in (facts.dtype or ""):
        return int(facts.range[1]), source
    return None
