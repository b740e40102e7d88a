"""Where code of the user's own is: `package.module:name`."""

import builtins
import keyword
import re

from specc.options import expected, out_of_range
from specc.taken import TAKEN

_PLACE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)


def own_code(text: str, what: str, example: str) -> str:
    """The place as it is written; raises a mistake where no script could import it from there."""
    package = re.split("[.:]", text)[0]
    own = package not in ("keras", "tensorflow")
    if own and not _PLACE.fullmatch(text):
        raise expected(f"a module and a {what}: `{example}`")
    if not own:
        raise out_of_range(f"a {what} of your own; those of Keras have names in the language")
    if package in TAKEN or hasattr(builtins, package) or keyword.iskeyword(package):
        raise out_of_range("a module of another name: the script has its own use for this one")
    return text
