"""Files as other programs name them: from the working directory, with slashes."""

import os
from pathlib import Path


def relative(name: str) -> str:
    """`./specs/a.yaml` as `specs/a.yaml`; what lies elsewhere keeps its whole path."""
    path = Path(os.path.normpath(name)) if name else Path("spec.yaml")
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
