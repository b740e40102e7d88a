"""What all sections of a spec have in common."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel

from specc.kind import STRICT


class Section(BaseModel):
    """Base of the sections: strict, frozen, without unknown keys.

    `later` names keys that the language has and this version does not support yet; `habits` are
    words that people are used to, with the key or a phrase that says what to write.
    """

    model_config = STRICT | {"arbitrary_types_allowed": True}
    later: ClassVar[Mapping[str, str]] = {}
    habits: ClassVar[Mapping[str, str]] = {}
