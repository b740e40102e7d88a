"""`python -m specc`, with the answers that need no compiler given before it is imported."""

import gc
import os
import sys


def main() -> int:
    """Runs the command line; returns the exit code of the language reference, section 10."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from specc import __version__

        print(f"specc {__version__}")
        return 0
    _settle()
    try:
        from specc.cli import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while it is being imported, or after it is done
        return 130
    finally:
        gc.freeze()  # else the interpreter looks through all there is once more when it ends


def _settle() -> None:
    """What holds for the whole process, before pydantic is imported."""
    gc.disable()  # a tenth of the time of a check; training enables it again
    # A plugin that happens to be installed must not have a say in what a spec means.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


if __name__ == "__main__":
    sys.exit(main())
