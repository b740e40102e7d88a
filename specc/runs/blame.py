"""A failure inside Keras or TensorFlow, told as a finding about the spec."""

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Note, Severity
from specc.runs.files import Unreadable
from specc.runs.weights import not_downloaded, not_loaded
from specc.source import Path

SECTIONS = {"load_data": ("data",), "build_model": ("model",), "train": ("train",)}
KEEPING = frozenset({"kept_features", "write_features"})  # which write what frozen layers make
ROOM = "`XDG_CACHE_HOME` or `TMPDIR` may name another folder, and `hoist: false` trains without"
DOUBT = "this passed the checks and still failed; the data may not be what the spec says"
TALK = (
    "Graph execution error",
    "Detected at node",
    "File ",
    "<stack traces",
    "[[{{",
    "Exception encountered",
)


Place = Callable[[Compiled, Path], Path]


@dataclass(frozen=True)
class Cause:
    """What Keras' words mean: `said` is filled with what the pattern found.

    `place` is told which section of the spec was at work.
    """

    pattern: str
    said: str
    help: str
    place: Place


def _source(compiled: Compiled, section: Path = ()) -> Path:
    data = compiled.spec.data
    return ("data", str(data.source.word)) if data is not None else ()


def _memory(compiled: Compiled, section: Path) -> Path:
    """The largest layer when the model was being built, else the size of the batches."""
    graph = compiled.graph
    if section == ("model",) and graph.nodes:
        return max(graph.nodes, key=graph.params).path
    return ("data", "batch_size")


def _loss(compiled: Compiled, section: Path) -> Path:
    return ("train", "loss")


CAUSES = (
    Cause(
        r"label value of (-?\d+) which is outside the valid range of \[0, (\d+)\)",
        "a label is {0}, and the model has {1} classes, which count from 0",
        "give the last layer a unit for each class, or number the classes from 0",
        _source,
    ),
    Cause(
        r"cannot reshape array of size (\d+) into shape \((\d+), ?1\)",
        "the targets are {0} numbers for {1} rows, expected one for each",
        "the data are not what the spec says; `arrays` may name the wrong ones",
        _source,
    ),
    Cause(
        r"ResourceExhaustedError|MemoryError|OOM when allocating|failed to allocate memory",
        "there is not enough memory",
        "a smaller `batch_size`, smaller images or smaller layers take less",
        _memory,
    ),
    Cause(
        r"URL fetch failure on (\S+?): (?:None -- )?([^\n]*)",
        "cannot download {0}: {1}",
        "give the `path` of a local copy",
        _source,
    ),
    Cause(
        r"(?:same shape|incompatible)[^\n]*[Rr]eceived: target.shape=(\([^)]*\)), "
        r"output.shape=(\([^)]*\))",
        "targets of shape {0} do not fit the output of shape {1}",
        "the loss compares them: the data are not what the spec says",
        _loss,
    ),
    Cause(
        r"Incompatible shapes: (\[[\d,]*\]) vs\. (\[[\d,]*\])\s+\[\[[^\n]*compile_loss",
        "targets and output do not fit: their shapes are {0} and {1}",
        "the loss compares them: the data are not what the spec says",
        _loss,
    ),
)
STYLE = re.compile(r"\x1b\[[\d;]*m")  # Keras prints some words in bold


def finding(
    error: BaseException, compiled: Compiled, script: str, files: tuple[Unreadable, ...] = ()
) -> Diagnostic:
    """What went wrong, at the layer that the error names or the section that was running."""
    if files:
        return _unreadable(files, compiled)
    lacking = not_downloaded(error, compiled) or not_loaded(error, compiled)
    if lacking is not None:
        return lacking
    inner = _functions(error, script)[-1:]
    if isinstance(error, OSError) and inner and inner[0] in KEEPING:
        return _failure(f"features cannot be written: {error}", ("train",), ROOM)
    words, section = f"{type(error).__name__}: {error}", _section(error, script)
    for cause in CAUSES:
        found = re.search(cause.pattern, words, re.DOTALL)
        if found:
            said = cause.said.format(*found.groups())
            return _failure(said, cause.place(compiled, section), cause.help)
    return _failure(_telling(error), _culprit(error, compiled) or section, DOUBT)


def _failure(said: str, path: Path, help: str, notes: tuple[Note, ...] = ()) -> Diagnostic:
    message = f"the run failed: {said}"
    return Diagnostic("R806", Severity.ERROR, message, path, on_key=True, help=help, notes=notes)


def _unreadable(files: tuple[Unreadable, ...], compiled: Compiled) -> Diagnostic:
    first, *others = (f"`{each.file}` cannot be decoded: {each.reason}" for each in files)
    help = "mend these files or take them away"
    notes = tuple(Note(text) for text in others)
    return _failure(first, _source(compiled), help, notes)


def _telling(error: BaseException) -> str:
    """The line of the message that says most."""
    lines = [line.strip() for line in STYLE.sub("", str(error)).splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(TALK)]
    text = (telling or lines or ["it gives no reason"])[0]
    return f"{type(error).__name__}: {text[:300]}"


def _culprit(error: BaseException, compiled: Compiled) -> Path | None:
    """The layer that the error calls by name."""
    by_name = compiled.graph.by_name
    for name in re.findall(r"layer '?\"?([\w.-]+)", str(error)):
        if name in by_name:
            return by_name[name].path
    return None


def _section(error: BaseException, script: str) -> Path:
    """The section of the spec that the running function of the script comes from."""
    found = [SECTIONS[name] for name in _functions(error, script) if name in SECTIONS]
    return found[-1] if found else ()


def _functions(error: BaseException, script: str) -> list[str]:
    """The functions of the script that were running, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.name for frame in frames if frame.filename == script]


def not_finite(epochs: Sequence[int], losses: Sequence[float]) -> Iterator[Diagnostic]:
    """A loss that is not a number stays one: what was trained since is worth nothing."""
    found = [
        (epoch, loss) for epoch, loss in zip(epochs, losses, strict=True) if not isfinite(loss)
    ]
    if found:
        epoch, loss = found[0]
        yield Diagnostic(
            "R807",
            Severity.WARNING,
            f"the loss is {loss} in epoch {epoch + 1}",
            ("train", "optimizer"),
            on_key=True,
            help="a smaller learning rate, `clipnorm: 1.0` or scaled inputs keep it finite",
            notes=(Note("the model that was saved may predict nothing but such values"),),
        )
