"""What all sections of a spec have in common."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel

from specc.kind import STRICT


class Section(BaseModel):
    """Base of the sections: strict, frozen, without unknown keys.

    `later` names keys that the language has and this version does not support yet.
    """

    model_config = STRICT | {"arbitrary_types_allowed": True}
    later: ClassVar[Mapping[str, str]] = {}
