"""Where a run came from: its program, its script, its surroundings, and how to do it again."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from specc.compiler import Compiled, digest
from specc.runs.names import SPEC
from specc.use.finished import Finished

Pair = tuple[str, str]
WRITTEN = 32  # characters of the digest that stand in a script


@dataclass(frozen=True)
class Script:
    """The script of a run: `same` says whether specc prints it still so; None is unknown."""

    name: str
    digest: str  # of its bytes
    same: bool | None
    carries: bool  # whether it names the program that the record names


def script(run: Finished, compiled: Compiled) -> Script | None:
    """The script in the folder, held against the program; None where there is none."""
    file = _file(run)
    if file is None:
        return None
    raw = file.read_bytes()
    wanted = str(run.facts.get("digest") or "?")[:WRITTEN].encode()
    return Script(file.name, sha256(raw).hexdigest(), _same(compiled, raw), wanted in raw)


def _file(run: Finished) -> Path | None:
    """The script, which is called as the record says."""
    wanted = f"{run.facts.get('name')}.py"
    return next((file for file in run.folder.glob("*.py") if file.name == wanted), None)


def _same(compiled: Compiled, raw: bytes) -> bool | None:
    from specc.backends.script import emit

    if not compiled.report.ok or compiled.program.data is None:
        return None
    return compiled.program.training is not None and emit(compiled.program).encode() == raw


def unchanged(run: Finished, compiled: Compiled) -> bool:
    """Whether the spec in the folder still means the program that was run."""
    return compiled.subject is not None and digest(compiled.spec) == run.facts.get("digest")


def surroundings(facts: Mapping[str, Any]) -> Iterator[Pair]:
    """What the numbers depend on besides the program, as far as the record knows it."""
    machine = facts.get("machine")
    machine = machine if isinstance(machine, dict) else {}
    system = " ".join(str(machine[name]) for name in ("system", "machine") if name in machine)
    cpus = machine.get("cpus")
    devices = facts.get("devices")
    pairs = (
        ("started", str(facts.get("started") or "").replace("T", " ").replace("Z", " UTC")),
        ("took", duration(facts.get("seconds"))),
        ("seed", _text(facts.get("seed"))),
        ("machine", system + (f", {cpus} processors" if cpus else "")),
        ("devices", ", ".join(map(str, devices)) if isinstance(devices, list) else ""),
        ("data folder", _text(facts.get("data_dir"))),
        ("changed by --set", ", ".join(map(str, facts.get("set") or ()))),
        ("left out", ", ".join(map(str, facts.get("left_out") or ()))),
        ("command", shlex.join(map(str, facts.get("command") or ()))),
    )
    return (pair for pair in pairs if pair[1])


def versions(facts: Mapping[str, Any]) -> list[Pair]:
    found = facts.get("versions")
    return [(str(k), str(v)) for k, v in found.items()] if isinstance(found, dict) else []


def again(run: Finished, compiled: Compiled) -> list[Pair]:
    """Commands that repeat a run or use it, each with what it does."""
    data = ["--data-dir", str(run.facts.get("data_dir") or ".")]
    epochs, own = run.facts.get("epochs"), compiled.spec.train.epochs if compiled.subject else None
    more = ["--epochs", str(epochs)] if epochs and own and epochs != own else []
    spec, model = str(run.folder / SPEC), run.model.is_file()
    file = _file(run)
    commands = [("train the same program", ["specc", "run", spec, *data, *more])]
    if file is not None:
        alone = ["python", str(file), *data, *more]
        commands.append(("the same without specc", alone))
    if model:
        commands.append(("score the model that was saved", ["specc", "evaluate", str(run.folder)]))
        commands.append(("use it on new data", ["specc", "predict", str(run.folder), "FILE"]))
    return [(what, shlex.join(words)) for what, words in commands]


def installed(facts: Mapping[str, Any]) -> str:
    """What installs the versions of the run; empty where they are not known."""
    pairs = [
        f"{name}=={which}" for name, which in versions(facts) if name not in ("python", "specc")
    ]
    return shlex.join(["pip", "install", *pairs]) if pairs else ""


def duration(seconds: Any) -> str:
    """`48.1 s`, `12 min 5 s`, `3 h 4 min`."""
    if not isinstance(seconds, int | float):
        return ""
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 1 or seconds < 60:
        return f"{seconds:.1f} s"
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left} min" if hours else f"{minutes} min {rest} s"


def _text(value: Any) -> str:
    return "" if value is None else str(value)
