"""specc: a declarative model-spec compiler for Keras 3 and TensorFlow."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from specc.api import SpecError, build_model, check, emit, load, loads
    from specc.compiler import Compiled
    from specc.diagnostics import Diagnostic, Report, Severity

__version__ = "0.1.0"
__all__ = [
    "Compiled", "Diagnostic", "Report", "Severity", "SpecError", "build_model", "check", "emit",
    "load", "loads",
]  # fmt: skip

_HOMES = {
    "Compiled": "specc.compiler",
    "Diagnostic": "specc.diagnostics",
    "Report": "specc.diagnostics",
    "Severity": "specc.diagnostics",
}


def __getattr__(name: str) -> Any:
    """Imports what is asked for only then: `specc --version` needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module 'specc' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "specc.api")), name)
