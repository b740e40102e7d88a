"""The shares of `split`: whether they can all be what was meant."""

from specc.data.parts import NAMES
from specc.shares import Split
from specc.subject import Subject
from specc.wording import counted

ROUNDING = 1e-6
Share = float | int


def contradiction(subject: Subject) -> tuple[str, str] | None:
    """What does not add up, and what to do about it. Numbers of rows then mean nothing."""
    split = subject.spec.data.split if subject.spec.data else None
    if not isinstance(split, Split) or unread(subject):
        return None
    shares = {part: s for part in NAMES if (s := _share(subject, split, part)) is not None}
    rows = subject.facts.given.get("train")
    return _fractions(shares) or (None if rows is None else _counts(shares, rows))


def unread(subject: Subject) -> bool:
    """Whether a share was written that could not be read."""
    return any(path[:2] == ("data", "split") for path in subject.broken)


def _share(subject: Subject, split: Split, part: str) -> Share | None:
    """The share of a part, unless the source gives it."""
    given = part != "train" and part in subject.facts.given
    return None if given else getattr(split, part)


def _fractions(shares: dict[str, Share]) -> tuple[str, str] | None:
    total = sum(share for share in shares.values() if isinstance(share, float))
    counts = [share for share in shares.values() if isinstance(share, int)]
    if total > 1 + ROUNDING:
        return f"the fractions add up to {total:g}", "let them add up to 1"
    if {"train", "validation"} <= shares.keys() and not counts and total < 1 - ROUNDING:
        help = "let them add up to 1, or leave `train` out: it gets what is left"
        return f"the fractions add up to {total:g}", help
    if "train" not in shares and total > 1 - ROUNDING:
        return "the fractions leave nothing to train on", "let them add up to less than 1"
    return None


def _counts(shares: dict[str, Share], rows: int) -> tuple[str, str] | None:
    counts = [share for share in shares.values() if isinstance(share, int)]
    fractions = sum(share for share in shares.values() if isinstance(share, float))
    taken = sum(counts) + round(fractions * rows)
    message = f"the parts take {taken:,} of {counted(rows, 'row')}"
    help = f"there are {rows:,} to share out"
    if taken > rows or ("train" not in shares and taken == rows):
        return message, help
    if counts and taken < rows and {"train", "validation"} <= shares.keys():
        return message, f"{help}; leave `train` out, so that it gets what is left"
    for part, share in shares.items():
        if isinstance(share, float) and round(share * rows) == 0:
            return f"the {part} part gets none of {counted(rows, 'row')}", "give it a larger share"
    return None
