"""Where the results of a run go, so that none is lost when they cannot go where they should."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from specc.runs import directory


@dataclass
class Place:
    """The folder of a run; once that cannot be written to, a folder for temporary files."""

    folder: Path
    troubles: list[str] = field(default_factory=list)

    def keep(self, name: str, make: Callable[[Path], object]) -> None:
        """Lets `make` write the file of that name; OSError only when nothing can be written."""
        try:
            directory.replace(self.folder / name, make)
        except OSError as error:
            self.troubles.append(f"cannot write `{self.folder / name}`: {reason(error)}")
            self.folder = Path(tempfile.mkdtemp(prefix="specc-run-"))
            directory.replace(self.folder / name, make)

    def keep_text(self, name: str, text: str) -> None:
        self.keep(name, lambda draft: draft.write_bytes(text.encode("utf-8")))


def reason(error: OSError) -> str:
    """Why, in the words of the system."""
    return os.strerror(error.errno) if error.errno else str(error).splitlines()[0]
