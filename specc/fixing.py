"""The fixes that findings carry, applied to a spec until none is left."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic
from specc.edits import Change, applied, changes

ROUNDS = 50
Compile = Callable[[bytes], Compiled]
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Fixed:
    """A spec after its fixes, and the findings that they were for, in the order of fixing."""

    raw: bytes
    compiled: Compiled
    fixes: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class _Fix:
    finding: Diagnostic
    changes: tuple[Change, ...]


def fix(raw: bytes, compile: Compile, *, unsafe: bool = False) -> Fixed:
    """The spec with every safe fix applied, or every one; it never has more errors than before.

    A fix may uncover errors that others of the same call mend. Where some are left over, only
    those fixes are applied that uncover none. What leaves no doubt comes first, since what changes
    the program is advice on what is written otherwise.
    """
    fixed = Fixed(raw, compile(raw))
    for _ in range(ROUNDS):
        after = _better(fixed, compile, unsafe=False)
        after = _better(after, compile, unsafe=True) if unsafe else after
        if after.raw == fixed.raw:
            break
        fixed = after
    return fixed


def _better(first: Fixed, compile: Compile, *, unsafe: bool) -> Fixed:
    fixed = _settled(first, compile, unsafe, strict=False)
    if len(fixed.compiled.report.errors) <= len(first.compiled.report.errors):
        return fixed
    return _settled(first, compile, unsafe, strict=True)


def _settled(fixed: Fixed, compile: Compile, unsafe: bool, *, strict: bool) -> Fixed:
    """Round after round, until there is no fix left; of texts that come back, the first one."""
    seen = {fixed.raw: fixed}
    for _ in range(ROUNDS):
        offered = list(_offered(fixed.compiled, unsafe))
        after = _together(fixed, offered, compile, strict) or _one(fixed, offered, compile, strict)
        if after is None:
            break
        if after.raw in seen:
            return seen[after.raw]
        seen[after.raw] = fixed = after
    return fixed


def _offered(compiled: Compiled, unsafe: bool) -> Iterator[_Fix]:
    """The fixes of a report whose changes can be made."""
    for finding in compiled.report.diagnostics:
        if finding.fix and (unsafe or finding.safely_fixed):
            made = changes(compiled.source, finding.fix)
            if made:
                yield _Fix(finding, made)


def _together(
    fixed: Fixed, offered: Sequence[_Fix], compile: Compile, strict: bool
) -> Fixed | None:
    """As many fixes at once as do not touch each other; of those that do, the first."""
    chosen: list[_Fix] = []
    made: set[Change] = set()
    for each in offered:
        new = [change for change in each.changes if change not in made]
        if not any(_touch(a, b) for a in new for b in made):
            chosen.append(each)
            made.update(new)
    return _tried(fixed, chosen, sorted(made), compile, strict) if chosen else None


def _touch(a: Change, b: Change) -> bool:
    return a.start <= b.end and b.start <= a.end


def _one(fixed: Fixed, offered: Sequence[_Fix], compile: Compile, strict: bool) -> Fixed | None:
    """The first fix that holds on its own."""
    alone = (_tried(fixed, [each], each.changes, compile, strict) for each in offered)
    return next((after for after in alone if after is not None), None)


def _tried(
    fixed: Fixed, chosen: Sequence[_Fix], made: Sequence[Change], compile: Compile, strict: bool
) -> Fixed | None:
    """The spec after these changes, unless it is worse or a finding is still there."""
    text = applied(fixed.compiled.source.text, made)
    raw = (BOM if fixed.raw.startswith(BOM) else b"") + text.encode()
    after = compile(raw)
    before = fixed.compiled
    worse = strict and len(after.report.errors) > len(before.report.errors)
    if worse or _unread(after) > _unread(before) or not _gone(chosen, before, after):
        return None
    return Fixed(raw, after, (*fixed.fixes, *(each.finding for each in chosen)))


def _unread(compiled: Compiled) -> bool:
    return compiled.source.data is None


def _gone(chosen: Sequence[_Fix], before: Compiled, after: Compiled) -> bool:
    """Whether there are fewer findings of every code that something was done about."""
    codes = {each.finding.code for each in chosen}
    was, now = (Counter(d.code for d in each.report.diagnostics) for each in (before, after))
    return all(now[code] < was[code] for code in codes)
