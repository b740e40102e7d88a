"""D533: integers in the data that `CategoryEncoding` leaves out."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

PLACE = ("data", "preprocess", 0)


@rule(
    "D533",
    "words beyond the encoding",
    "warning",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
          batch_size: 512
          preprocess:
            - CategoryEncoding: {num_tokens: 1000, output_mode: multi_hot}  # ! D533
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
          batch_size: 512
          preprocess:
            - CategoryEncoding: {num_tokens: 10000, output_mode: multi_hot}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def words_beyond_the_encoding(subject: Subject) -> Iterator[Finding]:
    """`CategoryEncoding` has a place for each integer below `num_tokens`. It leaves larger ones
    out without a word: measured, `[1, 7]` with five tokens becomes `[0, 1, 0, 0, 0]`. To keep
    fewer words on purpose, lower `num_words`: the rare ones are then marked as unknown.
    """
    words, data = subject.facts.vocabulary, subject.spec.data
    first = data.preprocess[0] if data and data.preprocess else None
    if words is None or type(first).__name__ != "CategoryEncoding":
        return
    tokens, path = getattr(first, "num_tokens", words), subject.at(PLACE, "num_tokens")
    if tokens < words:
        yield Finding(
            f"`num_tokens` is {tokens:,}, and the data have integers up to {words - 1:,}",
            path,
            label=f"expected {words}",
            help=f"write `num_tokens: {words}`",
            notes=(Note("the data", ("data", subject.facts.source), on_key=True),),
            fix=(Edit(path, str(words)),) if subject.get(path) == tokens else (),
        )
