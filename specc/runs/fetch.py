"""Gets everything that Keras downloads for a spec, so that it is there when it is needed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from specc.compiler import Compiled
from specc.diagnostics import Diagnostic, Severity
from specc.runs.weights import bases, not_downloaded


@dataclass(frozen=True)
class Need:
    """One thing to get: what it is called, and what gets it unless it is there."""

    name: str
    get: Callable[[], object]


def needs(compiled: Compiled) -> Iterator[Need]:
    """What Keras downloads for a spec, with its hashes checked."""
    source = compiled.spec.data.source if compiled.spec.data else None
    named = getattr(source, "keras", None)
    if named and not getattr(source, "path", None):
        yield Need(f"the data set `{named}`", partial(_data_set, named))
    for node, kind in bases(compiled):
        taken = compiled.graph.into(node)
        if kind.imagenet and taken is not None:
            yield Need(f"the weights of `{node.name}`", partial(_made, kind.constructor(*taken)))


def _data_set(name: str) -> object:
    from importlib import import_module

    return import_module(f"keras.datasets.{name}").load_data()


def _made(call: Any) -> object:
    from specc.backends.keras import evaluate

    return evaluate(call)


def failed(error: Exception, need: Need, compiled: Compiled) -> Diagnostic:
    """Why something could not be got, at its place in the spec."""
    found = not_downloaded(error, compiled)
    if found is not None:
        return found
    source = compiled.spec.data.source if compiled.spec.data else None
    message = f"cannot get {need.name}: {str(error).splitlines()[0]}"
    path = ("data", str(source.word)) if source is not None else ()
    help = "where there is no connection, give the `path` of a local copy"
    return Diagnostic("R806", Severity.ERROR, message, path, on_key=True, help=help)
