"""How a run ended, in the words that a reader meets first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from typing import Any

from specc.report.lines import Word, said
from specc.runs.names import ERROR

LAST = 30  # lines of a traceback that are shown


@dataclass(frozen=True)
class Ending:
    """`tone` is good, warn or bad; `trouble` is what went wrong, and `log` the end of its story."""

    state: str
    tone: str
    told: str
    trouble: tuple[Sequence[Word], ...]
    log: str


def ending(folder: Path, facts: Mapping[str, Any]) -> Ending:
    """What the record of a run says of its end, and what it left about that."""
    state = str(facts.get("state") or "unknown")
    found = facts.get("findings")
    trouble = tuple(said(str(each)) for each in found) if isinstance(found, list) else ()
    tone, told = _told(state, facts)
    if tone == "good" and trouble:
        tone, told = "warn", "The training went through, but not everything after it."
    return Ending(state, tone, told, trouble, _log(folder) if tone == "bad" or trouble else "")


def _told(state: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    done, epochs = facts.get("epochs_done"), facts.get("epochs")
    so_far = f" after {done} of {epochs} epochs" if isinstance(done, int) else ""
    so_far += _folds(facts.get("protocol"))
    match state:
        case "finished":
            return "good", ""
        case "failed":
            return "bad", f"The run failed{so_far}: what follows is what was there by then."
        case "stopped":
            by = f" by {_signal(facts.get('signal'))}" if facts.get("signal") else ""
            what = "the scores, if there are any, are not those of a whole training"
            return "warn", f"The run was stopped{by}{so_far}: {what}."
        case "started":
            what = "it goes on, or it was killed and could not say so"
            return "bad", f"The record does not say how the run ended: {what}."
    return "bad", "The record does not say how the run ended."


def _folds(protocol: Any) -> str:
    """Which of the trainings it is, after some folds."""
    folds = protocol.get("folds") if isinstance(protocol, dict) else None
    count = len(folds) if isinstance(folds, list) else 0
    return f" of the training after {count} fold{'s' * (count != 1)}" if count else ""


def _signal(number: Any) -> str:
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"


def _log(folder: Path) -> str:
    """The last lines of the traceback."""
    try:
        text = (folder / ERROR).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.rstrip().splitlines()[-LAST:])
