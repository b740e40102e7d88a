"""The pictures of a network, drawn one by one by the functions of its script."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from specc.diagnostics import Diagnostic, Severity
from specc.program import Assign, Call, Drawing, PicturesPlan, Ref, Under, Value
from specc.runs import by_class
from specc.runs.names import BY_CLASS
from specc.runs.said import plain

Keep = Callable[[str, Callable[[Path], object]], None]  # takes a file's name, and what writes it
Failures = dict[str, str]  # what could not be made, and why


def draw(
    plan: PicturesPlan, names: Mapping[str, Any], keep: Keep, *, but: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    """Draws all pictures, and tells what went wrong with some; the others are there.

    `names` are those that the calls speak of, and `but` the files that are there already.
    """
    known, failures = {"range": range, "str": str, **names}, Failures()
    if plan.lettered:
        _made(Assign(("fonts",), Call("add_fonts", (plan.lettered,))), known, keep)
    for step in plan.steps:
        if isinstance(step, Drawing) and step.file in but:
            continue
        why = _why(step, failures) or _made(step, known, keep)
        if why and isinstance(step, Assign):
            failures[step.targets[0]] = why
        elif why and isinstance(step, Drawing):
            yield warning(step, why)
    counted = by_class.by_class(plan, known)
    if counted:
        text = json.dumps(counted, indent=2) + "\n"
        keep(BY_CLASS, lambda draft: draft.write_text(text, encoding="utf-8"))


def warning(step: Drawing, why: str) -> Diagnostic:
    said = f"no `{step.file}` was drawn: {why}"
    return Diagnostic("R808", Severity.WARNING, said, ("visualize", step.place), on_key=True)


def _why(step: Assign | Drawing, failures: Failures) -> str:
    """Why a picture cannot be: what it shows could not be made."""
    given = step.call.args if isinstance(step, Drawing) else ()
    return next((failures[name] for name in _refs(given) if name in failures), "")


def _refs(values: tuple[Value, ...]) -> Iterator[str]:
    return (value.name for value in values if isinstance(value, Ref))


def _made(step: Assign | Drawing, known: dict[str, Any], keep: Keep) -> str:
    """Why a step failed; nothing when it did not."""
    from specc.backends.keras import evaluate  # which loads TensorFlow

    try:
        if isinstance(step, Assign):
            known[step.targets[0]] = evaluate(step.value, known)
        else:
            with tempfile.TemporaryDirectory(prefix="specc-") as folder:
                evaluate(step.call, {**known, "output": Path(folder)})
                keep(step.file, partial(shutil.copyfile, Path(folder) / step.file))
    except Exception as error:  # Keras, the data and matplotlib raise many kinds
        file = _file(step.value, known) if isinstance(step, Assign) else None
        if file is not None:
            return _unread(file, plain(error))
        said = (str(error).strip() or "it gives no reason").splitlines()[0]
        return f"{type(error).__name__}: {said[:300]}"
    return ""


def _file(value: Value, known: Mapping[str, Any]) -> Path | None:
    """The file that a call reads, if it reads one."""
    from specc.backends.keras import evaluate

    if isinstance(value, Under):
        return Path(evaluate(value, known))
    given = value.args if isinstance(value, Call) else ()
    return next((file for each in given if (file := _file(each, known))), None)


def _unread(file: Path, said: str) -> str:
    if not file.is_file():
        return f"`{file}` {'is a folder' if file.is_dir() else 'does not exist'}"
    return f"`{file}` cannot be decoded: {said}"
