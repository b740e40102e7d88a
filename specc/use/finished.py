"""The folder of a finished run: its spec, its script, its record and its model."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from specc.compiler import Compiled, compile
from specc.project import find
from specc.runs.names import MODEL, RECORD, SPEC
from specc.source import Source, read


class NotARun(ValueError):
    """A folder that holds no run that can be used; the message says what it lacks."""


@dataclass(frozen=True)
class Finished:
    """A run that saved its model."""

    folder: Path
    source: Source  # the spec that was run
    facts: dict[str, Any]  # the record

    @property
    def model(self) -> Path:
        return self.folder / MODEL

    @property
    def classes(self) -> Sequence[str]:
        """The names of the classes in the order of the outputs, as they were when it trained."""
        return tuple(self.facts.get("classes") or ())

    @property
    def data_dir(self) -> Path:
        """Where relative paths started."""
        return Path(self.facts.get("data_dir") or ".")

    def compiled(self, data_dir: Path) -> Compiled:
        return compile(self.source, data_dir, find(self.folder))


def finished(folder: Path, *, whole: bool = True) -> Finished:
    """The run in a folder; raises NotARun. One that is not `whole` may have saved no model."""
    if not folder.is_dir():
        raise NotARun(f"`{folder}` is not the folder of a run")
    if not (folder / RECORD).is_file():
        raise NotARun(f"`{folder}` holds no run: there is no `{RECORD}`{_inside(folder)}")
    for name in (SPEC, MODEL) if whole else (SPEC,):
        if not (folder / name).is_file():
            why = "the run did not come to its end, or saves none: see `retrain` of folds"
            raise NotARun(f"`{folder}` has no `{name}`: {why}")
    try:
        facts = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        source = read(str(folder / SPEC), (folder / SPEC).read_bytes())
    except (OSError, ValueError) as error:
        raise NotARun(f"`{folder}` cannot be read: {error}") from error
    if not isinstance(facts, dict):
        raise NotARun(f"`{folder / RECORD}` is not the record of a run")
    return Finished(folder, source, facts)


def _inside(folder: Path) -> str:
    """The newest run in the folders below, which may be what was meant."""
    below = sorted(file.parent for file in folder.glob(f"*/{RECORD}"))
    below = below or sorted(file.parent for file in folder.glob(f"*/*/{RECORD}"))
    newest = max(below, key=lambda each: each.name, default=None)
    return f"; did you mean `{newest}`?" if newest else ""
