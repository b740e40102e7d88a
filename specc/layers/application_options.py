"""What the options of pretrained models may be: their weights, and the hash of these."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from specc.layers.base import FloatType
from specc.options import expected, out_of_range
from specc.words import nearest

IMAGENET = "imagenet"
FILES = (".weights.h5", ".keras", ".h5", ".hdf5")


def _weights(value: Any) -> Any:
    if value is None or value == IMAGENET or str(value).endswith(FILES):
        return value
    what = f"`{IMAGENET}`, `null` or the path of a file ending in `.weights.h5` or `.keras`"
    raise expected(what, f"did you mean `{IMAGENET}`?" if nearest(str(value), (IMAGENET,)) else "")


def _digest(value: str | None) -> str | None:
    if value is None or re.fullmatch("[0-9a-f]{64}", value):
        return value
    raise expected("64 digits of a SHA-256, from 0 to 9 and from a to f")


def _no_type(value: Any) -> Any:
    if value is not None:
        raise out_of_range("no such option, since Keras' model has none; see `train.dtype_policy`")
    return value


Pretrained = Annotated[str | None, BeforeValidator(_weights)]
Digest = Annotated[str | None, AfterValidator(_digest)]
NoType = Annotated[FloatType | None, AfterValidator(_no_type)]
