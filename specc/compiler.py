"""The pipeline: YAML text to a checked, typed spec, and from there to a program."""

import re
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from specc import columns, graph, inspect
from specc.diagnostics import Diagnostic, Report, Severity, from_problems, locate, report
from specc.graph import Graph
from specc.inspect.facts import Column, Facts
from specc.meant import as_meant
from specc.prepared import prepare
from specc.read_spec import read_spec
from specc.rules import asked
from specc.rules.base import run as run_rules
from specc.schema import Spec
from specc.source import Path, Source
from specc.subject import Subject
from specc.uses import told_once

if TYPE_CHECKING:
    from specc.configuration import Project
    from specc.program import Program


COMMENT = re.compile(
    r"#[ \t]*specc[ \t]*:"
)  # begins what may be a comment that suppresses findings

# What a script cannot be called, since it or another one beside it imports a module of that name.
TAKEN = (sys.stdlib_module_names - {"test", "this"}) | {
    "h5py", "keras", "matplotlib", "numpy", "rich", "scipy", "sklearn", "tensorflow",
}  # fmt: skip


@dataclass(frozen=True)
class Compiled:
    """A spec that went through the pipeline as far as it could."""

    source: Source
    report: Report
    subject: Subject | None  # None when there was no spec to speak of
    project: "Project | None" = None  # what its folder says of findings

    @property
    def spec(self) -> Spec:
        return self.checked.spec

    @property
    def graph(self) -> Graph:
        return self.checked.graph

    @property
    def facts(self) -> Facts:
        return self.checked.facts

    @property
    def checked(self) -> Subject:
        if self.subject is None:
            raise ValueError("the spec could not be read; see its report")
        return self.subject

    @property
    def named(self) -> Collection[str]:
        """The codes of rules that are on although they are off by default."""
        return self.project.named if self.project else ()

    @cached_property
    def program(self) -> "Program":
        """What both back ends read; only for a spec without errors."""
        from specc.lower import lower

        if not self.report.ok:
            raise ValueError("a spec with errors has no program; see its report")
        return lower(self.checked, digest(self.spec))


def compile(
    source: Source, data_dir: FilePath = FilePath(), project: "Project | None" = None
) -> Compiled:
    """Everything that can be known of a spec without training it.

    Comments in it and its project have a say in what is reported.
    """
    named = project.named if project else ()
    compiled = _compiled(source, data_dir, named)
    if COMMENT.search(source.text):
        from specc.suppressions import judged

        compiled = replace(compiled, report=judged(compiled.report, source, named))
    if project:
        compiled = replace(compiled, report=project.weighed(compiled.report), project=project)
    return compiled


def _compiled(source: Source, data_dir: FilePath, named: Collection[str]) -> Compiled:
    """The same, with all that is found."""
    source, strays = as_meant(source)
    reading = read_spec(source)
    found = [*strays, *reading.found]
    if reading.spec is None:
        return Compiled(source, _report(source, found), None)
    facts, missing = inspect.inspect(reading.spec, data_dir)
    delivered = prepare(reading.spec, source.data.get("data"), facts)
    if ("data", "preprocess") in reading.broken:
        delivered = delivered._replace(tensor=None)
    known = bool(facts.columns) or facts.tensor is not None
    doubtful = known and delivered.tensor is None
    unusable = (each for each in missing if each.severity is Severity.ERROR)
    said = (*strays, *reading.found, *unusable, *delivered.found)
    doubtful |= any(path[:1] == ("data",) for path in (*(d.path for d in said), *reading.broken))
    doubtful |= ("model", "inputs") in reading.broken or len(facts.inputs) > 1
    typed, refused = graph.build(reading.spec, delivered.tensor, doubtful=doubtful)
    subject = Subject(
        reading.spec,
        source.data,
        typed,
        facts,
        delivered.tensor,
        reading.broken,
        inputs=delivered.inputs,
    )
    found += [*missing, *delivered.found, *refused, *run_rules(asked(), subject, named)]
    return Compiled(source, _report(source, found), subject)


def _report(source: Source, found: list[Diagnostic]) -> Report:
    """What the reader found, and the rest but for what lies where the reader found something."""
    spots = {problem.span for problem in source.problems}
    rest = (each for each in found if not spots or locate(source, each) not in spots)
    return report(source, [*from_problems(source), *told_once(rest, source.data)])


def buildable(compiled: Compiled) -> list[Diagnostic]:
    """What keeps a spec that is right from being built into a script."""
    if compiled.subject is None or ("data",) in compiled.subject.broken:
        return []
    if compiled.spec.data is None:
        help = "add `data:` with a source, such as `dataset: {sklearn: digits}`"
        return [_lacking("there is no data to train on", (), help)]
    if compiled.spec.train.length is None and ("train",) not in compiled.subject.broken:
        return [_endless(compiled.spec)]
    unknown = columns.undeclared(compiled.facts.columns)
    if unknown:
        return [_undeclared(unknown)]
    taken = [_taken(compiled.spec.name)] if compiled.spec.name in TAKEN else []
    return [*taken, *too_deep(compiled)]


def _endless(spec: Spec) -> Diagnostic:
    """Nobody says how long the training, or its first phase without an end, takes."""
    for number, phase in enumerate(spec.train.phases or ()):
        if phase.epochs is None:
            message = f"phase `{phase.name}` does not say how long"
            return _lacking(message, ("train", "phases", number), "add `epochs: 20`")
    return _lacking("`train` does not say how long", ("train",), "add `epochs: 20`")


def _undeclared(unknown: list[Column]) -> Diagnostic:
    """Nobody says how wide the input is, and the file is not there."""
    named = ", ".join(f"`{column.name}`" for column in unknown)
    message = f"it is not known how many different values {named} can have"
    counts = ", ".join(f"{column.name}: 3" for column in unknown)
    help = f"write `categorical: {{{counts}}}` with the right numbers, or check where the file is"
    return Diagnostic("F012", Severity.ERROR, message, unknown[0].path, help=help)


def too_deep(compiled: Compiled) -> list[Diagnostic]:
    """A model of more layers than Keras can build one behind the other."""
    from specc.backends.depth import DEEPEST, layers

    if not compiled.report.ok:
        return []
    found = layers(compiled.program.model) if len(compiled.graph.nodes) > DEEPEST else 0
    if found <= DEEPEST:
        return []
    message = f"the model has {found:,} layers, and Keras builds {DEEPEST:,}"
    help = "make it less deep: Keras goes from layer to layer by recursion, until its stack ends"
    return [Diagnostic("F004", Severity.ERROR, message, ("model",), on_key=True, help=help)]


def untrusted(compiled: Compiled) -> list[Diagnostic]:
    """Code of the user's own that a spec would run: what `--trust` is needed for."""
    if compiled.subject is None:
        return []
    layers = (node for node in compiled.graph.nodes if node.kind_name == "Custom")
    places = [(str(node.target_class), node.at("class")) for node in layers]
    source = compiled.spec.data.source if compiled.spec.data else None
    if source is not None and source.own_code:
        places.append((source.own_code, ("data", source.word, "function")))
    return [_untrusted(*place) for place in places]


def _untrusted(code: str, path: Path) -> Diagnostic:
    help = "with `--trust` it is imported and runs as you; read it first"
    return Diagnostic("F023", Severity.ERROR, f"`{code}` is code of its own", path, help=help)


def runnable(compiled: Compiled, *, trust: bool = False) -> list[Diagnostic]:
    """What keeps a spec that is right from being run here: the data must be there too."""
    lacking = [*buildable(compiled), *([] if trust else untrusted(compiled))]
    return lacking or (inspect.require(compiled.facts) if compiled.subject else [])


def _taken(name: str) -> Diagnostic:
    message = f"`{name}` is the name of a Python module"
    help = f"choose another: Python would import `{name}.py` in place of that module"
    return Diagnostic("F018", Severity.ERROR, message, ("name",), help=help)


def _lacking(message: str, path: Path, help: str) -> Diagnostic:
    return Diagnostic("F012", Severity.ERROR, message, path, on_key=True, help=help)


def digest(spec: Spec) -> str:
    """SHA-256 of the meaning of a spec: defaults filled in, keys sorted, comments gone."""
    import hashlib  # here and not above, since a check needs none of these
    import json

    from specc.resolved import resolved

    text = json.dumps(resolved(spec), sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
