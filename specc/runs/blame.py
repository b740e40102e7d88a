"""A failure inside Keras or TensorFlow, told as a finding about the spec."""

import re
import traceback

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Note, Severity
from specc.source import Path

SECTIONS = {"load_data": ("data",), "build_model": ("model",), "train": ("train",)}


def finding(error: BaseException, compiled: Compiled, script: str, log: str) -> Diagnostic:
    """What went wrong, at the layer that the error names or the section that was running."""
    return Diagnostic(
        "R806",
        Severity.ERROR,
        f"the run failed: {_first_line(error)}",
        _culprit(error, compiled) or _section(error, script),
        on_key=True,
        help="this passed the checks and still failed; the data may not be what the spec says",
        notes=(Note(f"the whole traceback is in {log}"),),
    )


def _first_line(error: BaseException) -> str:
    """The line of the message that says most."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("Graph execution", "Detected", "File"))]
    text = (telling or lines or [""])[0]
    return f"{type(error).__name__}: {text[:300]}"


def _culprit(error: BaseException, compiled: Compiled) -> Path | None:
    """The layer whose name stands in the error, the last one named if there are several."""
    named = re.findall(r"[A-Za-z][\w.-]*", str(error))
    by_name = compiled.graph.by_name
    found = [by_name[word] for word in named if word in by_name]
    return found[-1].path if found else None


def _section(error: BaseException, script: str) -> Path:
    """The section of the spec that the running function of the script comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    names = [frame.name for frame in frames if frame.filename == script]
    found = [SECTIONS[name] for name in names if name in SECTIONS]
    return found[-1] if found else ()
