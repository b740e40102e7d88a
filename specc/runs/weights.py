"""Weights that a model starts with: whether their files are there, and what to do if not."""

import hashlib
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Severity
from specc.graph import Node
from specc.layers.application_base import Application

FROM_KERAS = "keras/src/applications/"
SIGNATURES = (b"\x89HDF\r\n\x1a\n", b"PK\x03\x04")  # of `.h5` and of `.keras`


def bases(compiled: Compiled) -> Iterator[tuple[Node, Application]]:
    """The models that start with weights."""
    for node in compiled.graph.nodes:
        if isinstance(node.kind, Application) and node.kind.pretrained and not node.shared:
            yield node, node.kind


def absent(compiled: Compiled) -> list[Diagnostic]:
    """X711: files of weights that are not there, or not those that the spec means."""
    return [found for node, kind in bases(compiled) for found in _absent(node, kind)]


def _absent(node: Node, kind: Application) -> Iterator[Diagnostic]:
    if kind.imagenet:
        return
    file = Path(str(kind.pretrained))
    if not file.is_file():
        help = "relative paths start at the working directory"
        said = "is a folder" if file.is_dir() else "does not exist"
        yield _finding(f"`{file}` {said}", node, "weights", help)
    elif not _signed(file):
        help = "`model.save_weights` of Keras writes such files"
        yield _finding(f"`{file}` holds no weights", node, "weights", help)
    elif kind.sha256 is not None:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if digest != kind.sha256:
            message = f"`{file}` has the SHA-256 {digest}, expected {kind.sha256}"
            yield _finding(message, node, "sha256", "these are other weights: get the right file")


def _signed(file: Path) -> bool:
    """Whether a file begins like those that Keras writes."""
    with file.open("rb") as content:
        return content.read(8).startswith(SIGNATURES)


def _finding(message: str, node: Node, option: str, help: str) -> Diagnostic:
    written = node.at(option)
    return Diagnostic("X711", Severity.ERROR, message, written, help=help)


def not_downloaded(error: BaseException, compiled: Compiled) -> Diagnostic | None:
    """What it means that Keras could not get the weights of a base; None for other errors."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    asking = [frame for frame in frames if frame.f_code.co_name == "get_file"]
    makers = {frame.f_code.co_name for frame in frames if _of_keras(frame)}
    if not asking or not makers:
        return None
    wanted = asking[-1].f_locals
    target, origin = Path(str(wanted.get("download_target"))), wanted.get("origin")
    named = {node.kind_name: node for node, kind in bases(compiled) if kind.imagenet}
    node = next((named[name] for name in makers if name in named), None)
    node = node or next(iter(named.values()), None)
    if node is None:
        return None
    said = _reason(str(error))
    message = f"the weights of `{node.name}` are not there, and cannot be downloaded: {said}"
    help = f"put {origin} into `{target.parent}` as `{target.name}`; "
    help += "where there is a connection, `specc fetch` does"
    return _finding(message, node, "weights", help)


def not_loaded(error: BaseException, compiled: Compiled) -> Diagnostic | None:
    """What it means that a file has no weights for a base; None for other errors."""
    lines = [each.line or "" for each in traceback.extract_tb(error.__traceback__)]
    if not any("load_weights(" in line for line in lines):
        return None
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    made = {(f.f_code.co_name, f.f_locals.get("weights")) for f in frames if _of_keras(f)}
    for node, kind in bases(compiled):
        if (node.kind_name, kind.pretrained) in made:
            message = f"`{kind.pretrained}` does not have the weights of `{node.kind_name}`"
            help = "it is broken, or of another model: options such as `include_top` count, too"
            return _finding(message, node, "weights", help)
    return None


def _of_keras(frame: FrameType) -> bool:
    return FROM_KERAS in frame.f_code.co_filename.replace("\\", "/")


def _reason(words: str) -> str:
    """What went wrong, without the address, which the help has."""
    if "hash does not match" in words:
        return "what came is not the file that Keras expects"
    return words.rpartition("-- ")[2].splitlines()[0].strip() or "no answer"
