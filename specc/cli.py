"""Arguments to a verb, and every way of ending to an exit code."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import TextIO

VERBS = (
    "check",
    "show",
    "explain",
    "rules",
    "build",
    "data",
    "fetch",
    "run",
    "predict",
    "evaluate",
    "visualize",
    "report",
)
USAGE, FAILED, INTERNAL, INTERRUPTED, BROKEN_PIPE = 2, 3, 70, 130, 141


class UsageError(Exception):
    """The command line asks for something that cannot be: one line, exit code 2."""


def parser(names: Sequence[str] = VERBS) -> argparse.ArgumentParser:
    """The command line with these verbs; each verb's module declares its own arguments."""
    from specc import __version__

    top = argparse.ArgumentParser(
        prog="specc", description="Check, explain, build and run Keras training specs."
    )
    top.add_argument("-V", "--version", action="version", version=f"specc {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    verbs = top.add_subparsers(prog="specc", dest="verb", metavar="VERB", required=True)
    for name in names:
        module = import_module(f"specc.verbs.{name}")
        words = (module.__doc__ or "").strip().splitlines()[0]
        help = words[:1].lower() + words[1:].rstrip(".")
        verb = verbs.add_parser(name, help=help, description=words)
        module.arguments(verb)
        verb.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; nothing but it escapes."""
    _prepare_streams()
    debug = False
    named = [word for word in arguments[:1] if word in VERBS]  # then the others need no import
    try:
        options = parser(named or VERBS).parse_args(arguments)
        debug = options.debug
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except SystemExit as ended:  # argparse has said what there is to say
        return ended.code if isinstance(ended.code, int) else USAGE
    except UsageError as error:
        print(f"specc: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt as signal:
        print("specc: interrupted", file=sys.stderr)
        return 128 + signal.args[0] if signal.args else INTERRUPTED
    except BrokenPipeError:
        _give_up(sys.stdout, sys.stderr)
        return BROKEN_PIPE
    except Exception as error:  # the border: ours to mend, never the user's to read
        return _full(error) or _internal(error, debug)


def _prepare_streams() -> None:
    """What a stream cannot encode is written as escapes; a stream that was closed takes it all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _give_up(*streams: TextIO) -> None:
    """Nobody reads on; without this, Python would complain of it when it ends."""
    for stream in streams:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _full(error: Exception) -> int | None:
    """The exit code when it was the output that could not be written."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EIO):
        return None
    if error.filename is not None:
        return None
    _give_up(sys.stdout)
    print(f"specc: cannot write the output: {error.strerror}", file=sys.stderr)
    return USAGE


def _internal(error: Exception, debug: bool) -> int:
    """One line, and the traceback in a file to send along."""
    import tempfile
    import traceback

    if debug:
        traceback.print_exception(error)
        return INTERNAL
    with tempfile.NamedTemporaryFile(
        "w", prefix="specc-", suffix=".log", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(error, file=file)
    said = f"internal error: {type(error).__name__}; please report {file.name}"
    print(f"specc: {said}", file=sys.stderr)
    return INTERNAL
