"""A section as it is written: where its options stand, and what its errors mean."""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from specc.diagnostics import Diagnostic
from specc.guesses import count_strays
from specc.source import Path
from specc.wording import Error, findings, without_missing


class Written(NamedTuple):
    """What is known of a section before its values are judged."""

    model: type[BaseModel]
    called: str  # in messages
    path: Path
    keys: Mapping[str, str]  # option -> key as written
    alone: Path | None  # where a lone value stands in place of a mapping
    emptied: Set[str]  # keys that were taken out, since nothing stands behind them
    cut: bool  # whether YAML cut a value into pieces, which were put together

    def place(self, option: str) -> Path:
        """Where an option is written, or would be."""
        return self.alone if self.alone is not None else (*self.path, self.keys.get(option, option))

    def news(self, error: ValidationError, failed: Set[str]) -> list[Error]:
        """The errors but for those of options that have been reported."""
        said = failed | (self.emptied & self.model.model_fields.keys())
        errors = error.errors(include_url=False)
        return [each for each in errors if said.isdisjoint(map(str, each["loc"][:1]))]

    def without_stray(self, errors: list[Error], found: list[Diagnostic]) -> list[Error]:
        """The errors without as many missing options as there are keys that may stand for them."""
        misplaced = self.alone and any(each["type"] != "missing" for each in errors)
        strays = count_strays(found, self.emptied, self.model)
        return without_missing(errors, len(errors) if misplaced else strays)

    def told(self, errors: list[Error]) -> list[Diagnostic]:
        """The errors as findings; no edit of one value puts pieces together."""
        names = {option: key for key, option in getattr(self.model, "renamed", {}).items()}
        found = findings(errors, self.called, self.place, self.path, names)
        return [replace(each, fix=()) if self.cut else each for each in found]
