"""Formats of findings: every module here without a leading underscore is one."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, TextIO

from specc.diagnostics import Report


class Render(Protocol):
    """A format's `render`: whole lines for all reports together."""

    def __call__(self, reports: Sequence[Report], *, color: bool = False) -> str: ...


def _imported_when_called(module: str) -> Render:
    def render(reports: Sequence[Report], *, color: bool = False) -> str:
        format_of_that_name: Render = import_module(f"{__name__}.{module}").render
        return format_of_that_name(reports, color=color)

    return render


def _modules() -> list[str]:
    return sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))


# A format named like a module of the standard library stands in `as_<format>.py`.
FORMATS: Mapping[str, Render] = {
    module.removeprefix("as_"): _imported_when_called(module) for module in _modules()
}


def use_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to colour what goes to `stream`; NO_COLOR (no-color.org) outranks FORCE_COLOR."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()
