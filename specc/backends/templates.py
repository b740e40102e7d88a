"""The templates that scripts are printed by, and what they see of values."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from specc.backends.fill import Values
from specc.backends.literals import comment, docstring, sentence
from specc.program import Section, Value

if TYPE_CHECKING:
    from jinja2 import Environment, Template


class Printed:
    """A value in a template, which prints as source and is true or false as the value is."""

    def __init__(self, value: Value, values: Values) -> None:
        self._value, self._values = value, values

    def __str__(self) -> str:
        return self._values.mark(self._value)

    def __bool__(self) -> bool:
        return bool(self._value)


def template(name: str) -> "Template":
    """A template by its path below `templates/`."""
    return _environment().get_template(name)


def macros(section: Section) -> Any:
    """The macros of a section's template."""
    return template(section.template).module


def printed(section: Section, values: Values) -> Mapping[str, Printed]:
    """The values of a section by name."""
    return {name: Printed(value, values) for name, value in section.values}


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from specc.locations import TEMPLATES

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters |= {
        "docstring": docstring,
        "sentence": sentence,
        "comment": comment,
        "section": lambda text: text.strip("\n"),
        "note": lambda text: f"  # {comment(text)}" if text else "",
    }
    return environment
