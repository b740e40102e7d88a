"""Learning curves of a run, by the function that its script has for them, or would have."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.backends.script import emit_functions
from specc.compiler import Compiled
from specc.lowering import curves

NAME = "draw_learning_curves"


def draw(compiled: Compiled, script: ModuleType, shown: Iterable[Any], path: Path) -> None:
    """Draws a history, what came of the folds, or both."""
    own: Callable[..., object] | None = getattr(script, NAME, None)
    (own or _like_others(compiled, script))(*shown, path)


def _like_others(compiled: Compiled, script: ModuleType) -> Callable[..., object]:
    """The function that a spec with learning curves has in its script."""
    data = compiled.program.data
    if compiled.subject is None or data is None:
        raise ValueError("a spec without data has no curves")
    names = {**vars(script)}
    exec(emit_functions([curves(compiled.subject, data)]), names)
    found: Callable[..., object] = names[NAME]
    return found
