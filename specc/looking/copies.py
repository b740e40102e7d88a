"""Images that two parts share, byte by byte or nearly."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Note
from specc.looking.finding import MOST_NOTES, finding
from specc.looking.sighted import Sighted, place_of
from specc.rules.amounts import called

BANDS = 4  # of 16 bits: what differs in three bits at most has a band of 64 bits in common
NEAR = 3
PLAIN = 10  # bits that must differ from each other, else there is too little to compare
CROWD = 100  # images of one band: beyond that it says nothing
Pairs = list[tuple[str, str]]


def copies(compiled: Compiled, sighted: Sighted) -> Iterator[Diagnostic]:
    """A finding for each two parts that share images."""
    for first, second in combinations(sighted.parts, 2):
        same, near = _same(sighted, first, second), []
        if len(same) < len(sighted.parts[second]):
            near = _near(sighted, first, second)
        path = place_of(compiled, second)
        if same:
            said = f"{_images(len(same))} of the {called(second)} in the {called(first)} too"
            help = "take them out of one part; what was trained on cannot be tested with"
            yield finding("D507", said, path, help=help, notes=_notes(same, "is a copy of"))
        if near:
            said = f"{_images(len(near))} of the {called(second)} nearly as in the {called(first)}"
            help = "scenes taken in a row belong into one part"
            yield finding("D541", said, path, help=help, notes=_notes(near, "looks like"))


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"


def _notes(pairs: Pairs, how: str) -> tuple[Note, ...]:
    notes = [Note(f"`{second}` {how} `{first}`") for first, second in pairs[:MOST_NOTES]]
    rest = len(pairs) - MOST_NOTES
    return (*notes, *([Note(f"and {rest:,} more")] if rest > 0 else []))


def _same(sighted: Sighted, first: str, second: str) -> Pairs:
    """Pairs of files with the same bytes, one of each part."""
    looked = sighted.looked
    whole = [file for file in reversed(sighted.parts[first]) if not looked[file].reason]
    there = {looked[file].content: file for file in whole}
    found = ((there.get(looked[file].content), file) for file in sighted.parts[second])
    return [(one, other) for one, other in found if one]


def _near(sighted: Sighted, first: str, second: str) -> Pairs:
    """Pairs of files that look alike and are not the same."""
    looked = sighted.looked
    bands = _bands({file: looked[file].sight for file in sighted.parts[first]})
    found = []
    for file in sighted.parts[second]:
        mine = looked[file]
        for other in _candidates(mine.sight, bands) if _telling(mine.sight) else ():
            theirs = looked[other]
            differ = (mine.sight ^ theirs.sight) & (1 << 64) - 1
            if differ.bit_count() <= NEAR and mine.content != theirs.content:
                found.append((other, file))
                break
    return found


def _telling(sight: int) -> bool:
    bits = (sight & (1 << 64) - 1).bit_count()
    return PLAIN <= bits <= 64 - PLAIN


def _bands(sights: Mapping[str, int]) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for file, sight in sights.items():
        for band in _split(sight) if _telling(sight) else ():
            found.setdefault(band, []).append(file)
    return found


def _split(sight: int) -> list[tuple[int, int]]:
    return [(i, sight >> 16 * i & 0xFFFF) for i in range(BANDS)]


def _candidates(sight: int, bands: Mapping[tuple[int, int], list[str]]) -> Iterator[str]:
    for band in _split(sight):
        there = bands.get(band, [])
        yield from there if len(there) <= CROWD else ()
