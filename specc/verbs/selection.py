"""`specc check --select`, `--extend-select` and `--ignore`: which findings count for once."""

import argparse
from typing import TYPE_CHECKING, NamedTuple

from specc.cli import UsageError

if TYPE_CHECKING:
    from specc.configuration import Project

Codes = list[str]


class Chosen(NamedTuple):
    """What a command says of findings, by codes or by how they begin."""

    select: Codes
    extend: Codes
    ignore: Codes

    def over(self, project: "Project | None") -> "Project":
        """The project with that; what the command selects counts in place of its selection."""
        from specc.configuration import Project

        return (project or Project()).adjusted(*self)


def arguments(verb: argparse.ArgumentParser) -> None:
    each = (
        ("--select", "report these rules only, by code or by how codes begin"),
        ("--extend-select", "report these as well; a whole code turns on a rule that is off"),
        ("--ignore", "never report these"),
    )
    for option, help in each:
        verb.add_argument(option, action="append", type=_codes, metavar="CODES", help=help)


def chosen(options: argparse.Namespace) -> Chosen | None:
    """What the command line says of findings, None for nothing; UsageError for no rule's code."""
    given = (options.select, options.extend_select, options.ignore)
    lists = [[code for part in each or () for code in part] for each in given]
    if not any(lists):
        return None
    for code in sum(lists, []):
        _expect_known(code)
    for code in lists[2]:
        _expect_ignorable(code)
    return Chosen(*lists)


def _codes(text: str) -> Codes:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if not codes:
        raise argparse.ArgumentTypeError("expected codes, such as P304,T6")
    return codes


def _expect_known(code: str) -> None:
    from specc.configuration import known, suggested

    if not known(code):
        raise UsageError(f"there is no rule `{code}`; {suggested(code)}")


def _expect_ignorable(code: str) -> None:
    from specc.rules import load

    if code in load() and load()[code].stands:
        raise UsageError(f"`{code}` cannot be ignored: with such an error there is no program")
