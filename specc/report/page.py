"""The page of a run: what its folder holds, put into one HTML file that needs no other."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from specc.compiler import Compiled
from specc.locations import TEMPLATES
from specc.report import checked, origin
from specc.report.ending import ending
from specc.report.histories import History, history
from specc.report.lines import lines
from specc.report.model import Model, model
from specc.report.phases import phases
from specc.report.pictures import pictures
from specc.report.scores import Scores, Table, scores
from specc.report.trainings import trainings
from specc.runs import known
from specc.use.finished import Finished

if TYPE_CHECKING:
    from jinja2 import Environment

MOST = 4  # scores among the numbers at the top
# What HTML cannot hold: control characters, halves of pairs, and numbers of no character; and
# what would show the text after it in another order than it has.
_ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Tile:
    """A number that a reader looks for first."""

    name: str
    value: str
    beside: str = ""


def page(run: Finished, compiled: Compiled) -> str:
    """The whole page; nothing in it comes from anywhere else."""
    logged = history(run.folder)
    scored = scores(run.folder, run.facts, logged)
    network = model(compiled) if compiled.subject else None
    spec = compiled.spec if compiled.subject else None
    trained = trainings(run.folder)
    context = {
        "name": str(run.facts.get("name") or run.folder.name),
        "description": spec.description if spec else "",
        "tasks": _tasks(compiled),
        "run": run,
        "ending": ending(run.folder, run.facts),
        "tiles": list(_tiles(run, scored, logged, network)),
        "scores": scored,
        "trainings": trained,
        "pictures": pictures(run.folder, spec, curves=not trained),
        "model": network,
        "phases": phases(compiled, logged) if network else None,
        "data": list(_data(run, compiled)),
        "classes": list(run.classes),
        "checked": checked.of_run(run.facts, compiled),
        "lines": lines(run.source.text),
        "script": origin.script(run, compiled),
        "unchanged": origin.unchanged(run, compiled),
        "surroundings": list(origin.surroundings(run.facts)),
        "versions": origin.versions(run.facts),
        "again": origin.again(run, compiled),
        "installed": origin.installed(run.facts),
    }
    return _ODD.sub("\ufffd", _environment().get_template("page.html.jinja").render(context))


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _tasks(compiled: Compiled) -> str:
    views = compiled.subject.views() if compiled.subject else ()
    return ", ".join(dict.fromkeys(view.task for view in views if view.task))


def _tiles(run: Finished, scored: Scores, logged: History, network: Model | None) -> Iterator[Tile]:
    """Scores first: those of the test part, of the folds, or of the last epoch."""
    found = scored.test or scored.mean or scored.last
    for name, value in [*found.items()][:MOST]:
        beside = "test" if scored.test else f"± {scored.std.get(name, '?')} over the folds"
        if not (scored.test or scored.mean):
            beside = f"{'validation' if logged.validates else 'training'}, last epoch"
        yield Tile(name.replace("_", " "), value, beside)
    if network:
        frozen = f"{network.frozen:,} not trained" if network.frozen else ""
        yield Tile("parameters", f"{network.params:,}", frozen)
    done, epochs = run.facts.get("epochs_done", len(logged.epochs)), run.facts.get("epochs")
    of = f"of {epochs}" if epochs not in (done, None) else ""
    yield Tile("epochs", str(done), "chosen by the folds" if scored.best == done else of)
    if run.facts.get("seconds"):
        yield Tile("time", origin.duration(run.facts["seconds"]))


def _data(run: Finished, compiled: Compiled) -> Iterator[Table]:
    """The rows of the parts, and of each class, as recorded or as they are known today."""
    found = run.facts.get("data")
    if not isinstance(found, Mapping):
        found = known.data(compiled) if compiled.subject else {}
    rows = found.get("rows") or {}
    if rows:
        counts = tuple((str(part), _count(n)) for part, n in rows.items())
        folds = compiled.subject is not None and bool(
            compiled.spec.evaluate and compiled.spec.evaluate.k_fold
        )
        said = "Rows of each part, in each fold" if folds else "Rows of each part"
        yield Table(said, ("part", "rows"), counts)
    counted = {k: v for k, v in (found.get("by_class") or {}).items() if isinstance(v, Mapping)}
    names = list(dict.fromkeys(name for counts in counted.values() for name in counts))
    if names:
        head = ("class", *map(str, counted))
        body = tuple(
            (str(name), *(_count(counts.get(name, 0)) for counts in counted.values()))
            for name in names
        )
        yield Table("Rows of each class", head, body)


def _count(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else "not known"
