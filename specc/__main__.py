"""`python -m specc`, with the answers that need no compiler given before it is imported."""

import sys


def main() -> int:
    """Runs the command line; returns the exit code of the language reference, section 10."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from specc import __version__

        print(f"specc {__version__}")
        return 0
    try:
        from specc.cli import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # while it is being imported, or after it is done
        return 130


if __name__ == "__main__":
    sys.exit(main())
