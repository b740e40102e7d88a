"""The script and the model of a finished run, ready to be used."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from specc.compiler import Compiled, untrusted
from specc.runs import module
from specc.runs.native import native_messages
from specc.use.finished import Finished, NotARun
from specc.use.inputs import Reader, reader


@contextmanager
def quiet() -> Iterator[None]:
    """What TensorFlow says for information is not shown."""
    with (
        tempfile.TemporaryDirectory(prefix="specc-") as folder,
        native_messages(Path(folder) / "native.log"),
    ):
        yield


def ready(run: Finished, compiled: Compiled, *, trust: bool) -> tuple[Reader, Any]:
    """What reads files for the model, and the model; raises NotARun."""
    foreign = [] if trust else untrusted(compiled)
    if foreign:
        raise NotARun(f"{foreign[0].message}; with `--trust` it is imported and runs as you")
    script = _script(run, compiled.spec.name)
    model = model_of(run)
    return reader(compiled, script, model), model


def _script(run: Finished, name: str) -> ModuleType:
    """The script that was run."""
    file = run.folder / f"{name}.py"
    try:
        return module.load(file.read_text(encoding="utf-8"), file)
    except OSError as error:
        raise NotARun(f"`{file}` cannot be read: {error.strerror}") from error


def model_of(run: Finished) -> Any:
    """The saved model, which takes raw inputs; raises NotARun when Keras cannot load it."""
    return loaded(run.model)


def loaded(file: Path) -> Any:
    """The model in a file; raises NotARun when Keras cannot load it."""
    import keras

    try:
        return keras.saving.load_model(file, compile=False, safe_mode=True)
    except Exception as error:  # of many kinds, whatever is wrong with the file
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise NotARun(f"`{file}` cannot be loaded: {said}") from error
