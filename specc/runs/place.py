"""Where the results of a run go, so that none is lost when they cannot go where they should."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from specc.runs import directory


@dataclass
class Place:
    """The folder of a run, and a folder for temporary files for what cannot be written there."""

    folder: Path
    elsewhere: Path | None = None
    refused: dict[str, str] = field(default_factory=dict)  # file -> why the folder has it not

    def keep(self, name: str, make: Callable[[Path], object]) -> None:
        """Lets `make` write the file of that name; OSError only when nothing can be written."""
        try:
            directory.replace(self.folder / name, make)
            self.refused.pop(name, None)
        except OSError as error:
            self.refused[name] = reason(error)
            self.elsewhere = self.elsewhere or Path(tempfile.mkdtemp(prefix="specc-run-"))
            directory.replace(self.elsewhere / name, make)

    def keep_text(self, name: str, text: str) -> None:
        self.keep(name, lambda draft: draft.write_bytes(text.encode("utf-8")))

    @property
    def trouble(self) -> str:
        """One line on what is not in the folder, and where it is; empty when all is well."""
        if not self.refused:
            return ""
        names = ", ".join(f"`{name}`" for name in sorted(self.refused))
        why = ", ".join(sorted(set(self.refused.values())))
        return f"cannot write {names} to `{self.folder}`: {why}; see `{self.elsewhere}`"


def reason(error: OSError) -> str:
    """Why, in the words of the system."""
    return os.strerror(error.errno) if error.errno else str(error).splitlines()[0]
