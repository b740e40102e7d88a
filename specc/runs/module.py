"""An emitted script as a module, whose functions the supervision calls."""

import linecache
import os
import sys
from pathlib import Path
from types import ModuleType

NAME = "specc_script"  # and not the spec's name, which may be that of a module


def load(script: str, file: Path) -> ModuleType:
    """Runs the script, which defines its functions and imports Keras; it trains nothing."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    import keras

    keras.utils.clear_session()  # names count from one, as in a process of the script's own
    module = ModuleType(NAME)
    module.__file__ = name = str(file if _holds(file, script) else file.with_suffix(".again.py"))
    module.__dict__["__loader__"] = Source(script)
    sys.modules[NAME] = module  # so that its classes can be found by name
    linecache.cache[name] = len(script), None, script.splitlines(keepends=True), name
    exec(compile(script, name, "exec"), module.__dict__)
    return module


class Source:
    """Gives AutoGraph, which reads the source again, the one that was run."""

    def __init__(self, script: str) -> None:
        self.script = script

    def get_source(self, name: str) -> str:
        return self.script


def _holds(file: Path, script: str) -> bool:
    """Whether a file has this text, and not another version of it."""
    return file.is_file() and file.read_bytes() == script.encode()
