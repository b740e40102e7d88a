"""Words that are nearly right: the nearest known one, and whether it is surely meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 60
FEWEST = 2  # letters of a word that resembles another one
IMAGES = 0.01  # of equally near names, that for images is the likeliest


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was surely meant, or None. Case and joining signs weigh nothing."""
    return _nearest(word, frozenset(known))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    letters = _letters(word)
    if word in known or not letters or len(word) > LONGEST:
        return word if word in known else None
    candidates = sorted(known, key=lambda each: (each[:1].islower() != word[:1].islower(), each))
    same = [candidate for candidate in candidates if _letters(candidate) == letters]
    if same or len(letters) < FEWEST:
        return same[0] if same else None
    slips = [candidate for candidate in candidates if _one_slip(word, candidate)]
    return slips[0] if len(slips) == 1 and len(letters) > 2 else _similar(letters, candidates)


def sure(word: str, meant: str, known: Iterable[str]) -> bool:
    """Whether an unknown word can be nothing but `meant`: no other known one is as near, and they
    differ neither in a number nor in a part of one letter, which tell names apart.
    """
    if _letters(word) == _letters(meant):
        return True
    if _telling(word) != _telling(meant) or len(_letters(word)) <= FEWEST:
        return False
    others = [other for other in known if _letters(other) != _letters(meant)]
    if _single(word) == _single(meant) and all(_single(word) != _single(x) for x in others):
        return True
    if any(_one_slip(word, other) for other in others):
        return False
    return all(_alike(word, other) < _alike(word, meant) for other in others)


def slipped(word: str, meant: str) -> bool:
    """Whether they differ by a slip of the pen at most."""
    return _letters(word) == _letters(meant) or _one_slip(word, meant)


def _single(word: str) -> str:
    """The letters, each once of those that stand twice."""
    return re.sub(r"(.)\1+", r"\1", _letters(word))


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter is left out, put in, or other, or two stand the wrong way round."""
    a, b = sorted((_letters(word), _letters(known)), key=len)
    if len(b) - len(a) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    return (
        a[start + 1 :] == b[start + 1 :]
        or a[start:] == b[start + 1 : start + 2] + b[start : start + 1] + b[start + 2 :]
    )


def _telling(word: str) -> list[str]:
    """The numbers and single letters in a name, without the `D` of `Conv2D`."""
    return re.findall(r"\d+|(?:(?<=[_.])|^)[^\W\d](?=[_.]|$)", word)


@lru_cache(maxsize=4096)
def _alike(word: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, _letters(other), _letters(word), autojunk=False).ratio()


@lru_cache(maxsize=4096)
def _letters(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalnum())


def _similar(letters: str, candidates: list[str]) -> str | None:
    """The most similar candidate: a slip of a letter or two, or a word cut short or prolonged."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(letters)
    best, score = None, 0.0
    for candidate in candidates:
        matcher.set_seq1(_letters(candidate))
        bonus = IMAGES if "2D" in candidate else 0.0
        bar = _bar(letters, _letters(candidate))
        for measure in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio):
            ratio = measure()  # the first two are quick, and never less than the third
            if ratio < bar or ratio + bonus <= score:
                break
        else:
            best, score = candidate, ratio + bonus
    return best


def _bar(letters: str, candidate: str) -> float:
    """How similar two words must be: less when one contains the other or begins like it."""
    shorter, longer = sorted((letters, candidate), key=len)
    if len(shorter) >= 3 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.4
    if len(shorter) < 4:
        return 0.65
    return 0.72
