"""`# specc: ignore[P304] reason`: comments that answer findings, and those that answer none."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from specc.diagnostics import Diagnostic, Edit, Report, Severity, Suppressed, locate, report
from specc.edits import stretch
from specc.rules import Rule, load
from specc.source import Source, Span, value_at
from specc.source.spans import span_at
from specc.words import nearest

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*specc[ \t]*:[ \t]*([a-z]+)\b[ \t]*(.*)")
_CODES = re.compile(r"\[([^\]]*)\][ \t]*[:,;-]*[ \t]*(.*)")
_WORD = re.compile(r"[^\s,]+")
# What is found by reading the data themselves, of which a check knows nothing.
LATER = ("looking", "runs")


class Code(NamedTuple):
    """A word in the brackets, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True)
class Suppression:
    """A comment: which codes it names, for which line, and why. `codes` is None if unreadable."""

    span: Span  # of the whole comment
    line: int  # whose findings it answers
    codes: tuple[Code, ...] | None
    reason: str


def judged(given: Report, source: Source, named: Collection[str] = ()) -> Report:
    """The report without what comments in the source answer, and with what is wrong with those.

    `source` is as it was read. What cannot be read at all has no suppressions. Rules that are off
    were asked where their codes are in `named`.
    """
    comments = list(scan(source)) if source.data is not None else []
    if not comments:
        return given
    rules = load()
    kept, answered = [], []
    used: set[tuple[Span, str]] = set()
    for finding, found in _answers(given.diagnostics, given.source, comments):
        if found is None:
            kept.append(finding)
        else:
            used.add((found.span, finding.code))
            answered.append(Suppressed(finding, found.reason))
    spared = used | _undecided(given, comments, rules, named)
    odd = (each for comment in comments for each in _odd(comment, spared, rules, source.text))
    return report(given.source, [*kept, *odd], (*given.suppressed, *answered))


def unanswered(found: Iterable[Diagnostic], source: Source) -> list[Diagnostic]:
    """Findings of a look at the data, without those that comments answer."""
    return [each for each, answer in _answers(found, source, list(scan(source))) if not answer]


def _answers(
    found: Iterable[Diagnostic], source: Source, comments: list[Suppression]
) -> Iterator[tuple[Diagnostic, Suppression | None]]:
    """Each finding with the comment that answers it."""
    for each in found:
        yield each, _answer(each, locate(source, each).line, comments, load())


def _answer(
    finding: Diagnostic, line: int, comments: Iterable[Suppression], rules: Mapping[str, Rule]
) -> Suppression | None:
    """The comment that names the finding's code for its line, unless the finding must stand."""
    rule = rules.get(finding.code)
    if finding.severity is Severity.ERROR and (rule is None or rule.stands):
        return None
    named = (each for each in comments if each.line == line)
    return next((x for x in named if any(finding.code == c.text for c in x.codes or ())), None)


def scan(source: Source) -> Iterator[Suppression]:
    """The suppressions in the comments of a text."""
    text, at = source.text, 0
    texts, rows = _texts(source), _LINE.findall(text)
    for number, row in enumerate(rows, 1):
        found = _COMMENT.search(row.rstrip("\r\n"))
        if found and not any(a <= at + found.start() < b for a, b in texts):
            alone = not row[: found.start()].strip()
            line = _next_content(rows, number) if alone else number
            suppression = _read(found, text, at, line)
            if suppression is not None:
                yield suppression
        at += len(row)


def _texts(source: Source) -> list[tuple[int, int]]:
    """Where the scalars are: what looks like a comment inside one is none."""
    found = ((value_at(source.data, path), source.values[path]) for path in source.values)
    scalars = (span for value, span in found if not isinstance(value, dict | list))
    return [stretch(source.text, span) for span in scalars]


def _next_content(rows: list[str], number: int) -> int:
    """The next line that is neither blank nor a comment."""
    for place, row in enumerate(rows[number:], number + 1):
        if row.strip() and not row.lstrip().startswith("#"):
            return place
    return number


def _read(found: re.Match[str], text: str, at: int, line: int) -> Suppression | None:
    """The comment as a suppression; None for one that is about something else."""
    if nearest(found[1], ("ignore",)) is None:
        return None
    span = span_at(text, at + found.start(), at + found.end())
    codes = _CODES.fullmatch(found[2].rstrip()) if found[1] == "ignore" else None
    if codes is None or not codes[1].strip():
        return Suppression(span, line, None, "")
    start = at + found.start(2) + codes.start(1)
    words = (
        Code(word[0], span_at(text, start + word.start(), start + word.end()))
        for word in _WORD.finditer(codes[1])
    )
    return Suppression(span, line, tuple(words), codes[2].strip())


def _odd(
    comment: Suppression,
    spared: Collection[tuple[Span, str]],
    rules: Mapping[str, Rule],
    text: str,
) -> Iterator[Diagnostic]:
    """What is wrong with a comment; the codes that are `spared` need not suppress anything."""
    if comment.codes is None:
        yield _unreadable(comment)
        return
    if not comment.reason:
        yield _unreasoned(comment)
    for code in comment.codes:
        if code.text not in rules:
            yield _unknown(code, rules)
        elif rules[code.text].stands:
            yield _standing(code)
        elif (comment.span, code.text) not in spared:
            yield _unused(comment, code, text)


def _undecided(
    given: Report,
    comments: Iterable[Suppression],
    rules: Mapping[str, Rule],
    named: Collection[str],
) -> set[tuple[Span, str]]:
    """The codes in comments that nobody looked for: rules that are off, all where errors of form
    or shape or data that are not there kept the check from it."""
    blind = any(each.code == "D525" for each in given.diagnostics)
    broken = any(each.code[0] in "FS" for each in given.errors)
    return {
        (comment.span, code.text)
        for comment in comments
        for code in comment.codes or ()
        if (rule := rules.get(code.text))
        and (blind or broken or rule.by in LATER or not rule.asked(named))
    }


def _unreadable(comment: Suppression) -> Diagnostic:
    message = "a suppression names the codes of findings in brackets"
    help = "write `# specc: ignore[P304] reason`"
    return Diagnostic("U904", Severity.WARNING, message, span=comment.span, help=help)


def _unreasoned(comment: Suppression) -> Diagnostic:
    message = "a suppression without a reason"
    help = "say behind the bracket why the finding does not hold here"
    return Diagnostic("U902", Severity.WARNING, message, span=comment.span, help=help)


def _unknown(code: Code, rules: Mapping[str, Rule]) -> Diagnostic:
    names = {rule.name: rule.code for rule in rules.values()}
    plain = names.get(code.text) or (code.text.upper() if code.text.upper() in rules else None)
    meant = plain or nearest(code.text, rules)
    help = f"did you mean `{meant}`?" if meant else "`specc rules` lists the codes"
    fix = (Edit((), meant, safe=plain is not None, span=code.span),) if meant else ()
    message = f"there is no rule `{code.text}`"
    return Diagnostic("U904", Severity.WARNING, message, span=code.span, help=help, fix=fix)


def _standing(code: Code) -> Diagnostic:
    message = f"`{code.text}` cannot be suppressed: with such an error there is no program"
    help = "put the error right, and remove the code"
    return Diagnostic("U905", Severity.WARNING, message, span=code.span, help=help)


def _unused(comment: Suppression, code: Code, text: str) -> Diagnostic:
    message = f"`{code.text}` is not found here, so nothing is suppressed"
    edit = Edit((), "", safe=True, span=_removable(comment, code, text))
    help = "remove it, or move it to the line of the finding or the line above"
    return Diagnostic("U901", Severity.WARNING, message, span=code.span, help=help, fix=(edit,))


def _removable(comment: Suppression, code: Code, text: str) -> Span:
    """The code with its comma; of the only one the whole comment, and the line if it is alone."""
    if len(comment.codes or ()) > 1:
        start, end = stretch(text, code.span)
        after = re.compile(r"[\s,]+").match(text, end)
        if after and code is not (comment.codes or ())[-1]:
            return span_at(text, start, after.end())
        before = len(text[:start].rstrip(" ,"))
        return span_at(text, before, end)
    start, end = stretch(text, comment.span)
    before = len(text[:start].rstrip(" \t"))
    if before == 0 or text[before - 1] in "\r\n":
        ending = re.compile("\r\n|\r|\n").match(text, end)
        return span_at(text, before, ending.end() if ending else end)
    return span_at(text, before, end)
