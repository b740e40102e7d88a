"""Processes and functions timed in turns, and the figures beside their targets."""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SPECC = (sys.executable, "-m", "specc")


class Cost(NamedTuple):
    """Seconds that a process took: of the processors, and of the clock on the wall."""

    cpu: float
    wall: float


def process(command: Sequence[object]) -> Cost:
    """What a command costs, run to its end."""
    before, began = of_children(), time.perf_counter()
    output(command)
    wall = time.perf_counter() - began
    return Cost(of_children() - before, wall)


def output(command: Sequence[object]) -> str:
    """What a command prints; RuntimeError with all that it said when it fails."""
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"{words} failed:\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def of_children() -> float:
    """Seconds of the processors that ended processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment() -> Mapping[str, str]:
    """This one, with this checkout's specc, and with compiled modules kept, as is usual."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "2"}


def in_turns(
    runs: Mapping[str, Callable[[], Cost]],
    rounds: int,
    *,
    warm: bool = True,
    take: Callable[[Sequence[float]], float] = median,
) -> dict[str, Cost]:
    """The medians of each: A B A B, so that what else the machine does falls on all alike.

    A first round counts for nothing: it fills the caches, unless that is no matter (`warm`).
    """
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for turn in range(rounds + warm):
        for name, run in runs.items():
            cost = run()
            if turn >= warm:
                costs[name].append(cost)
    return {name: Cost(*map(take, zip(*each, strict=True))) for name, each in costs.items()}


def function(run: Callable[[], object]) -> Cost:
    """One call in this process."""
    cpu, began = time.process_time(), time.perf_counter()
    run()
    return Cost(time.process_time() - cpu, time.perf_counter() - began)


def head(what: str) -> None:
    """Says what is measured, and where."""
    load = os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    print(f"\n{what}\n({machine})\n{'':58} {'measured':>10}   target", flush=True)


def row(what: str, measured: float, unit: str, target: str = "") -> None:
    """One figure; units are `s`, `ms` and `x` for a ratio."""
    shown = f"{measured * 1000:.1f}" if unit == "ms" else f"{measured:.3g}"
    print(f"{what:58} {shown:>7} {unit:<2}   {target}".rstrip(), flush=True)


def rounds(usual: int) -> int:
    """How often each thing is done: the first argument of the script, or the usual number."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else usual
