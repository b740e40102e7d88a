"""D509: shares of the rows that cannot be what was meant."""

from collections.abc import Iterator

from specc.data.parts import NAMES
from specc.rules.base import Finding, rule
from specc.rules.subject import Subject
from specc.schema import Split
from specc.source import Path

SPLIT: Path = ("data", "split")
ROUNDING = 1e-6


@rule(
    "D509",
    "fractions that do not add up",
    "error",
    source="notes K1 §1.2",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: {train: 0.8, validation: 0.2, test: 0.2}  # ! D509
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
          split: {train: 0.6, validation: 0.2, test: 0.2}
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def fractions_do_not_add_up(subject: Subject) -> Iterator[Finding]:
    """Each row belongs to exactly one part, so that the shares of all parts add up to 1 and
    numbers of rows to the rows there are. `train` may be left out: it gets what is left.
    """
    split = subject.spec.data.split if subject.spec.data else None
    if not isinstance(split, Split) or SPLIT in subject.broken:
        return
    shares = {part: s for part in NAMES if (s := _share(subject, split, part)) is not None}
    if wrong := _wrong(shares, subject.facts.given.get("train")):
        message, help = wrong
        yield Finding(message, SPLIT, help=help)


def _share(subject: Subject, split: Split, part: str) -> float | int | None:
    """The share of a part, unless the source gives it."""
    given = part != "train" and part in subject.facts.given
    return None if given else getattr(split, part)


def _wrong(shares: dict[str, float | int], rows: int | None) -> tuple[str, str] | None:
    """What does not add up, and what to do about it."""
    fractions = [share for share in shares.values() if isinstance(share, float)]
    counts = [share for share in shares.values() if isinstance(share, int)]
    total, whole = sum(fractions), "train" in shares and len(shares) > 1
    if total > 1 + ROUNDING:
        return f"the fractions add up to {total:g}", "let them add up to 1"
    if whole and "validation" in shares and not counts and total < 1 - ROUNDING:
        help = "let them add up to 1, or leave `train` out: it gets what is left"
        return f"the fractions add up to {total:g}", help
    if "train" not in shares and total > 1 - ROUNDING:
        return "the fractions leave nothing to train on", "let them add up to less than 1"
    return None if rows is None else _rows_wrong(shares, fractions, counts, rows)


def _rows_wrong(
    shares: dict[str, float | int], fractions: list[float], counts: list[int], rows: int
) -> tuple[str, str] | None:
    help = f"there are {rows:,} rows to share out"
    taken = sum(counts) + round(sum(fractions) * rows)
    if taken > rows or ("train" not in shares and taken == rows):
        return f"the parts take {taken:,} of {rows:,} rows", help
    if counts and taken < rows and {"train", "validation"} <= shares.keys():
        return f"the parts take {taken:,} of {rows:,} rows", f"{help}; leave `train` out"
    empty = [part for part, share in shares.items() if share and not _rows(share, rows)]
    return (f"the {empty[0]} part gets none of {rows:,} rows", help) if empty else None


def _rows(share: float | int, rows: int) -> int:
    return share if isinstance(share, int) else round(share * rows)
