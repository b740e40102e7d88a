"""What native code writes to standard error goes to a file; Python's own messages do not."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

# What TensorFlow says before it reads TF_CPP_MIN_LOG_LEVEL, and what it says for information.
NOISE = re.compile(
    r"WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR"
    r"|I\d{4} .*"
    r"|\d{4}-\d\d-\d\d [\d:.]+: I .*"
    r"|To enable the following instructions: .*"
    r"|.*Unable to register cu\w+ (factory|plugin).*"
    r"|\s*"
)


@contextmanager
def native_messages(file: Path) -> Iterator[None]:
    """Points file descriptor 2 at `file`, which is gone in the end when only noise is in it."""
    try:
        terminal = os.dup(2)
    except OSError:  # standard error is closed
        yield
        return
    before = sys.stderr
    with file.open("wb") as log:
        before.flush()
        os.dup2(log.fileno(), 2)
    if _is_descriptor(before):
        # Left open in the end: handlers of logging that were made meanwhile go on using it.
        sys.stderr = os.fdopen(
            os.dup(terminal), "w", buffering=1, encoding=before.encoding, errors=before.errors
        )
    try:
        yield
    finally:
        sys.stderr = before
        os.dup2(terminal, 2)
        os.close(terminal)
        _tidy(file)


def _is_descriptor(stream: object) -> bool:
    """Whether the stream writes to file descriptor 2, and not to something that captures it."""
    try:
        return stream.fileno() == 2  # type: ignore[attr-defined, no-any-return]
    except (AttributeError, OSError, ValueError):
        return False


def _tidy(file: Path) -> None:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        if all(NOISE.fullmatch(line) for line in lines):
            file.unlink()
    except OSError:  # the folder is gone, and with it the file
        return


@contextmanager
def aside() -> Iterator[Path]:
    """The same for messages that nobody needs; gives a folder for what is needed meanwhile."""
    with TemporaryDirectory() as folder, native_messages(Path(folder, "native.log")):
        yield Path(folder)
