"""How many words texts have, and how often each occurs, as Keras cuts texts into words."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

# What `TextVectorization` takes out unless told otherwise.
MARKS = str.maketrans("", "", "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'")


class Words(NamedTuple):
    """Some of the texts: the words in each, sorted, and how often each word occurs."""

    lengths: tuple[int, ...]
    counts: tuple[int, ...]  # of the different words, the most frequent first

    @property
    def empty(self) -> int:
        return sum(length == 0 for length in self.lengths)

    def kept(self, length: int) -> float:
        """The share of words that stay when each text has at most so many."""
        return sum(min(each, length) for each in self.lengths) / max(sum(self.lengths), 1)

    def known(self, words: int) -> float:
        """The share of all occurrences that the so many commonest words make up."""
        return sum(self.counts[:words]) / max(sum(self.counts), 1)


def counted(texts: Iterable[str]) -> Words:
    """The words of these texts."""
    lengths, counts = [], Counter[str]()
    for text in texts:
        words = text.lower().translate(MARKS).split()
        lengths.append(len(words))
        counts.update(words)
    return Words(tuple(sorted(lengths)), tuple(sorted(counts.values(), reverse=True)))
