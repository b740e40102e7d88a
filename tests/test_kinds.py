"""What holds of every kind of every family."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from specc.registry import find, index, names

KINDS = [(family, name) for family in index() for name in names(family)]


def defaults(family: str, name: str) -> Iterator[tuple[str, Any, Any]]:
    """The options with a default of their own, and what they read it as."""
    kind = find(family, name)
    assert kind is not None
    for option, field in kind.model_fields.items():
        if field.is_required() or field.default is None:
            continue
        form = (
            Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        )
        given = list(field.default) if isinstance(field.default, tuple) else field.default
        yield option, field.default, TypeAdapter(form).validate_python(given)


@pytest.mark.parametrize(("family", "name"), KINDS, ids=lambda word: word)
def test_a_default_is_what_it_is_read_as(family: str, name: str) -> None:
    """So a spec means the same, digest and all, when its defaults are written out."""
    for option, default, read in defaults(family, name):
        assert repr(default) == repr(read), option
