"""What is asked of a run, what is known of it while it goes on, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Severity
from specc.runs.place import Place
from specc.runs.progress import Display
from specc.runs.signals import Signals

if TYPE_CHECKING:
    from specc.runs.watch import Watch


@dataclass(frozen=True)
class Order:
    """What the command line asks of a run."""

    data_dir: Path
    output: Path
    epochs: int | None = None
    settings: tuple[str, ...] = ()
    quiet: bool = False
    left_out: tuple[str, ...] = ()  # files that cannot be decoded
    found: tuple[Diagnostic, ...] = ()  # by the check and the look at the files


@dataclass(frozen=True)
class Outcome:
    """How a run ended; `stopped` is the signal that ended it early."""

    folder: Path
    stopped: int | None
    failed: bool
    saved: bool  # whether there is a model
    findings: tuple[Diagnostic, ...]
    scores: Mapping[str, float] | None
    trouble: str  # what could not be written where it should; mostly nothing


@dataclass
class Run:
    """What is known of a run while it goes on."""

    compiled: Compiled
    order: Order
    place: Place
    script: Path
    screen: Display
    signals: Signals
    watch: "Watch | None" = None
    saved: bool = False
    network: Any = None  # the model as it was saved, where the script gives it
    stopped: bool = False
    scores: dict[str, float] | None = None
    folds: list[Any] = field(default_factory=list)  # what came of each, as the script tells it
    protocol: dict[str, Any] = field(default_factory=dict)  # the folds, their mean and deviation
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        return self.order.epochs or self.compiled.spec.train.length or 0

    @property
    def failed(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def state(self) -> str:
        """A run that was killed stays `started`: nobody was there to say more."""
        return "failed" if self.failed else "stopped" if self.stopped else "finished"

    @property
    def outcome(self) -> Outcome:
        return Outcome(
            self.place.folder,
            self.signals.received[0] if self.stopped else None,
            self.failed,
            self.saved,
            tuple(self.findings),
            self.scores,
            self.place.trouble,
        )
