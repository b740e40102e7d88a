"""What was probably meant by options that are wrong, for going on after the mistake."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from specc.diagnostics import Diagnostic
from specc.wording import Error

Model = TypeVar("Model", bound=BaseModel)


def mend(
    given: Mapping[str, Any], found: Sequence[Diagnostic], errors: Sequence[Error], *, drop: bool
) -> dict[str, Any]:
    """The options as they were probably meant, for going on after a mistake."""
    edits = (edit for finding in found for edit in finding.fix)
    values = {
        edit.path[-1]: edit.text
        for edit in edits
        if edit.how in ("replace", "rename") and edit.path
    }
    wrong = {str(e["loc"][0]) for e in errors if e["loc"]}
    mended = {}
    for option, value in given.items():
        if option in values and isinstance(value, str | float):
            mended[option] = _typed(values[option])
        elif option not in wrong or not drop:
            mended[option] = value
    return mended


def _typed(text: str) -> Any:
    """The value that a fix writes."""
    known = {"true": True, "false": False, "null": None}
    return int(text) if text.isdigit() else known.get(text, text)


def attempt(model: type[Model], given: Mapping[str, Any]) -> Model | None:
    """The instance, if these options make one."""
    try:
        return model.model_validate(given)
    except ValidationError:
        return None
