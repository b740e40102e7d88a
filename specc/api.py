"""What Python programs call: load, check, build_model, emit."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from specc.compiler import Compiled, buildable, compile, too_deep, untrusted
from specc.diagnostics import Diagnostic, Report, report
from specc.project import find
from specc.source import read

if TYPE_CHECKING:
    import keras

Spec = Compiled | str | PathLike[str]


class SpecError(ValueError):
    """A spec has errors; the message is their text, `report` holds them."""

    def __init__(self, report: Report):
        from specc.render import FORMATS

        super().__init__("\n" + FORMATS["text"]([report], color=False))
        self.report = report


def load(path: str | PathLike[str], *, data_dir: str | PathLike[str] = ".") -> Compiled:
    """The spec in a file, compiled as far as it can be; see its `report`.

    Relative paths in the spec start at `data_dir`. Raises OSError when the file can't be read, and
    SpecError when the project of the file is not right.
    """
    project = find(Path(path).absolute().parent)
    if project and not project.found.ok:
        raise SpecError(project.found)
    return compile(read(str(path), Path(path).read_bytes()), Path(data_dir), project)


def loads(text: str, *, name: str = "spec", data_dir: str | PathLike[str] = ".") -> Compiled:
    """The same for a spec that is at hand as text; `name` stands in messages."""
    return compile(read(name, text.encode()), Path(data_dir))


def check(spec: Spec) -> Report:
    """The findings of a spec, sorted by position. Imports neither Keras nor TensorFlow."""
    return _loaded(spec).report


def emit(spec: Spec) -> str:
    """The standalone training script of a spec, as `specc build` writes it.

    Raises SpecError when the spec has errors, or lacks data or epochs.
    """
    from specc.backends.script import emit

    compiled = _loaded(spec)
    return emit(_sound(compiled, buildable(compiled)).program)


def build_model(spec: Spec, *, trust: bool = False) -> "keras.Model":
    """The compiled model of a spec, equal to what the emitted script builds.

    Its input and output are those of `model:`; preprocessing stays outside. Seeds Keras' global
    random state with the spec's seed. Raises SpecError when the spec has errors, more layers than
    Keras can build, or custom layers and no `trust`: their code would run.
    """
    from specc.backends.keras import build_model

    compiled = _loaded(spec)
    lacking = [*([] if trust else untrusted(compiled)), *too_deep(compiled)]
    return build_model(_sound(compiled, lacking).program)


def _loaded(spec: Spec) -> Compiled:
    return spec if isinstance(spec, Compiled) else load(spec)


def _sound(compiled: Compiled, more: Sequence[Diagnostic] = ()) -> Compiled:
    """The spec itself; SpecError when it has errors, or when there are more."""
    found = report(compiled.source, [*compiled.report.diagnostics, *more])
    if not found.ok:
        raise SpecError(found)
    return compiled
