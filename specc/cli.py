"""Arguments to a verb, and every way of ending to an exit code."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = ("check", "show", "explain", "rules", "build", "run")
USAGE, FAILED, INTERNAL, INTERRUPTED = 2, 3, 70, 130


class UsageError(Exception):
    """The command line asks for something that cannot be: one line, exit code 2."""


def parser() -> argparse.ArgumentParser:
    """The whole command line; each verb's module declares its own arguments."""
    from specc import __version__

    top = argparse.ArgumentParser(
        prog="specc", description="Check, explain, build and run Keras training specs."
    )
    top.add_argument("-V", "--version", action="version", version=f"specc {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in VERBS:
        module = import_module(f"specc.verbs.{name}")
        words = (module.__doc__ or "").strip().splitlines()[0]
        verb = verbs.add_parser(name, help=words[:1].lower() + words[1:].rstrip("."), description=words)
        module.arguments(verb)
        verb.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; nothing but it escapes."""
    gc.disable()  # a short process: saves a tenth of the time of a check
    options = parser().parse_args(arguments)
    try:
        code = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"specc: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("specc: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the border: ours to mend, never the user's to read
        return _internal(error, options.debug)
    return int(code)


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
    print(f"specc: internal error: {type(error).__name__}; please report {file.name}", file=sys.stderr)
    return INTERNAL
