"""What a person sees of a running training: a live display, or a line per epoch."""

import os
import sys
from importlib.util import find_spec

from specc.runs.progress import Display, Lines, Silent


def display(*, quiet: bool) -> Display:
    """The live display on a terminal that can show it, lines elsewhere."""
    if quiet:
        return Silent()
    plain = os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    if plain or os.environ.get("CI") or find_spec("rich") is None:
        return Lines()
    from specc.runs.live import Live

    return Live()
