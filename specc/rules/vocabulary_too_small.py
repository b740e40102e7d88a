"""S213: integers in the data that the embedding has no row for."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.rules.base import Finding, rule
from specc.rules.subject import Subject


@rule(
    "S213",
    "embedding smaller than the vocabulary",
    "error",
    source="Keras 3.15 (`input_dim`: size of the vocabulary); Stack Overflow 61274792",
    covers=("data.embedding_domain",),
    bad="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
        model:
          - Embedding: {input_dim: 5000, output_dim: 32}  # ! S213
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
        model:
          - Embedding: {input_dim: 10000, output_dim: 32}
          - LSTM: 32
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy}
        """,
)
def vocabulary_too_small(subject: Subject) -> Iterator[Finding]:
    """An embedding is a table with a row for each word. A number beyond its last row stops
    training on a processor; on a graphics card it is read as a row of zeros, silently, so that
    all rare words become one.
    """
    words = subject.facts.vocabulary
    if words is None or (subject.spec.data and subject.spec.data.preprocess):
        return
    for node in subject.of("Embedding"):
        rows = node.input_dim
        if isinstance(rows, int) and rows < words and not _fed_by_layers(subject, node.inputs):
            path = node.at("input_dim")
            yield Finding(
                f"the embedding has {rows} rows, and the data have numbers up to {words - 1}",
                path,
                label=f"expected {words}",
                help=f"write `input_dim: {words}`",
                notes=(Note("the data", ("data", subject.facts.source), on_key=True),),
                fix=(Edit(path, str(words)),) if subject.get(path) == rows else (),
            )


def _fed_by_layers(subject: Subject, inputs: tuple[str, ...]) -> bool:
    kinds = (type(subject.graph.by_name[name].kind).__name__ for name in inputs)
    return any(kind != "Input" for kind in kinds)
