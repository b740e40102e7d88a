"""D519: texts of which the network is shown the smaller part."""

from collections.abc import Iterator
from typing import Any

from specc.inspect.facts import Facts
from specc.inspect.words import Words
from specc.rules.base import Finding, rule
from specc.subject import Subject

MOST = 0.5
FIRST = ("data", "preprocess", 0)
# The lengths of ten texts, spread over all of the data set.
LENGTHS = {
    "imdb": (66, 114, 130, 146, 166, 193, 232, 291, 384, 610),
    "reuters": (24, 45, 60, 74, 88, 102, 128, 180, 253, 461),
}


@rule(
    "D519",
    "most words cut off",
    "warning",
    source="Keras (imdb, reuters, TextVectorization); measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 20}  # ! D519
        model:
          - Embedding: {input_dim: 10000, output_dim: 8}
          - GlobalAveragePooling1D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 5}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: imdb, num_words: 10000, sequence_length: 200}
        model:
          - Embedding: {input_dim: 10000, output_dim: 8}
          - GlobalAveragePooling1D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 5}
        """,
)
def most_words_cut_off(subject: Subject) -> Iterator[Finding]:
    """What lies beyond `sequence_length` is not read, and a word beyond the vocabulary is the
    same as every other such word. Film reviews have 239 words on average: of 20 words each, a
    network learns from a twelfth of what was written.
    """
    data = subject.spec.data
    source = data.source if data else None
    length = getattr(source, "sequence_length", None)
    known = LENGTHS.get(getattr(source, "keras", None) or "")
    if known and length:
        path = ("data", "dataset", "sequence_length")
        yield from _short(Words(known, ()), length, path)
    if data and data.preprocess and subject.facts.texts:
        yield from _vectorized(subject, data.preprocess[0], subject.facts)


def _vectorized(subject: Subject, layer: Any, facts: Facts) -> Iterator[Finding]:
    """What the layer that cuts texts into words leaves out."""
    usual = getattr(layer, "split", None) == "whitespace" and layer.ngrams is None
    if not usual or facts.texts is None:
        return
    if layer.output_sequence_length:
        path = subject.at(FIRST, "output_sequence_length")
        yield from _short(facts.texts, layer.output_sequence_length, path)
    share = facts.texts.known(layer.max_tokens or 0)
    if layer.max_tokens and facts.texts.counts and share < MOST:
        message = f"the {layer.max_tokens:,} commonest words are {share:.0%} of what is written"
        help = f"the texts have {len(facts.texts.counts):,} different words"
        yield Finding(message, subject.at(FIRST, "max_tokens"), help=help)


def _short(texts: Words, length: int, path: tuple[str | int, ...]) -> Iterator[Finding]:
    share = texts.kept(length)
    if texts.lengths and share < MOST:
        middle = texts.lengths[len(texts.lengths) // 2]
        message = f"{length} words of each text are {share:.0%} of what is written"
        yield Finding(message, path, help=f"half of the texts have {middle:,} words or more")
