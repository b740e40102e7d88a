"""Names on the side of the data that must be those of the model."""

from collections.abc import Iterator, Sequence

from specc.diagnostics import Edit
from specc.rules.base import Finding
from specc.source import Path
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


def strangers(
    subject: Subject, side: str, given: Sequence[str], known: Sequence[str], what: str
) -> Iterator[Finding]:
    """A finding for each name that the model lacks, else one for those that the data lack.

    `side` is `x` or `y`: the names stand there, or in the pair of each part.
    """
    lacking = [name for name in known if name not in given]
    unknown = [name for name in given if name not in known]
    for name in unknown:
        yield _unknown(subject, _place(subject, side, name), name, lacking or known, what)
    if lacking and not unknown:
        verb = "has no array" if len(lacking) == 1 else "have no arrays"
        message = f"the {what}{'s' * (len(lacking) > 1)} {listing(lacking)} {verb}"
        help = f"add `{lacking[0]}: …`, the name of an array"
        yield Finding(message, _place(subject, side), on_key=True, help=help)


def _unknown(subject: Subject, path: Path, name: str, known: Sequence[str], what: str) -> Finding:
    meant = nearest(name, known)
    help = f"did you mean `{meant}`?" if meant else f"its {what}s are {listing(known)}"
    if not known:
        help = f"the model's {what} has no name: write one array without a name"
    fix = (Edit(path, meant, on_key=True),) if meant else ()
    return Finding(f"the model has no {what} `{name}`", path, on_key=True, help=help, fix=fix)


def _place(subject: Subject, side: str, *name: str) -> Path:
    """Where the names of a side stand: under `x` or `y`, else in the pair of `train`."""
    source: Path = ("data", subject.facts.source)
    alone = subject.get((*source, side)) is not None
    return (*source, side, *name) if alone else (*source, "train", "xy".index(side), *name)
