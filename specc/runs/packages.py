"""Which packages a script needs that are not installed, found before anything is trained."""

import ast
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from specc.diagnostics import Diagnostic, Severity
from specc.schema import Spec
from specc.source import Path

# Import name -> what it is called where it is installed from, and the extra that brings it.
PACKAGES = {
    "keras": ("keras", "train"),
    "matplotlib": ("matplotlib", "plots"),
    "numpy": ("numpy", "train"),
    "sklearn": ("scikit-learn", "train"),
    "tensorflow": ("tensorflow", "train"),
}


def missing(script: str, spec: Spec) -> list[Diagnostic]:
    """A finding for each package that the script needs and that is not there."""
    needed = {name: _wanting(name, spec) for name in _imported(script)} | _for_callbacks(spec)
    return [_finding(name, needed[name]) for name in sorted(needed) if find_spec(name) is None]


def lacking(name: str, path: Path) -> list[Diagnostic]:
    """A finding when a package that is needed for what stands at `path` is not there."""
    return [_finding(name, path)] if find_spec(name) is None else []


def _imported(script: str) -> Iterator[str]:
    """The packages of the import statements, without Python's own."""
    for node in ast.parse(script).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        packages = (name.partition(".")[0] for name in names)
        yield from (name for name in packages if name not in sys.stdlib_module_names)


def _for_callbacks(spec: Spec) -> dict[str, Path]:
    """What Keras imports only when a callback is at work, and the callback."""
    callbacks = enumerate(spec.train.callbacks)
    return {k.needs_package: ("train", "callbacks", i) for i, k in callbacks if k.needs_package}


def _finding(name: str, path: Path) -> Diagnostic:
    package, extra = PACKAGES.get(name, (name, ""))
    return Diagnostic(
        "R805",
        Severity.ERROR,
        f"this needs `{package}`, which is not installed",
        path,
        on_key=isinstance(path[-1], str),
        help=f"pip install 'specc[{extra}]'" if extra else f"pip install {package}",
    )


def _wanting(name: str, spec: Spec) -> Path:
    """What in the spec asks for a package."""
    if (
        name == "sklearn"
        and spec.evaluate
        and spec.data
        and not getattr(spec.data.source, "sklearn", None)
    ):
        return ("evaluate",)
    if name == "sklearn" and spec.data is not None:
        return ("data", str(spec.data.source.word))
    return ("visualize",) if name == "matplotlib" else ("train",)
