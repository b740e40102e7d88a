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
    module.__file__ = str(file)
    sys.modules[NAME] = module  # so that its classes can be found by name
    # AutoGraph reads the source again, and the file may hold another version of it.
    linecache.cache[str(file)] = len(script), None, script.splitlines(keepends=True), str(file)
    exec(compile(script, str(file), "exec"), module.__dict__)
    return module
