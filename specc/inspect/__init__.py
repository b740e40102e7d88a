"""What can be known about the data of a spec without training: declarations, folders, headers."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from os.path import isfile
from pathlib import Path as FilePath

from specc.data.protocol import parts
from specc.diagnostics import Diagnostic, Severity
from specc.inspect.beside import beside
from specc.inspect.declared import declare
from specc.inspect.facts import A_FILE, A_FOLDER, Facts, Missing
from specc.schema import Data, Spec


def inspect(spec: Spec, data_dir: FilePath = FilePath()) -> tuple[Facts, list[Diagnostic]]:
    """The facts, and what is wrong with the data that are there; missing data are a hint.

    Relative paths of the spec are taken from `data_dir`.
    """
    absent = list(_absent(spec, data_dir))
    if spec.data is None or spec.data.source is None:
        return Facts(), absent
    source = spec.data.source
    look = import_module(f"specc.inspect.{source.word}").look
    facts, found = look(source, ("data", source.word), data_dir, spec.data.classes)
    if facts.present and not any(each.severity is Severity.ERROR for each in found):
        facts, more = beside(spec.data, facts, data_dir)
        found = [*found, *more]
    facts, wrong = declare(_named(facts, spec.data), spec.data.facts)
    facts = replace(facts, parts=parts(facts.given, spec.data.split, spec.evaluate, source.gap))
    odd = [each for each in facts.missing if each.reason in (A_FOLDER, A_FILE)]
    lacking = _hint(facts.missing) if not odd else [_misnamed(each) for each in odd]
    return facts, [*found, *wrong, *lacking, *absent]


def _absent(spec: Spec, data_dir: FilePath) -> Iterator[Diagnostic]:
    """U928: each image for a picture that is not there."""
    for i, picture in enumerate(spec.visualize):
        image = getattr(picture, "image", None)
        if picture is None or not isinstance(image, str) or isfile(data_dir / image):
            continue
        message = f"`{(data_dir / image).as_posix()}` does not exist, and `{picture.word}` shows it"
        help = "relative paths start at the working directory, or at `--data-dir`"
        path = ("visualize", i, picture.word)
        yield Diagnostic("U928", Severity.HINT, message, path, on_key=True, help=help)


def require(facts: Facts) -> list[Diagnostic]:
    """Errors for the data that training needs and that are not there."""
    return [_diagnostic(m, f"{_name(m)} {m.reason}", Severity.ERROR) for m in facts.missing]


def _named(facts: Facts, data: Data) -> Facts:
    """With the class names that the spec pins."""
    if data.classes is None:
        return facts
    classes = len(data.classes) if facts.classes is None else facts.classes
    new = ("class_names", "classes") if facts.classes is None else ("class_names",)
    origins = {**facts.origins, **dict.fromkeys(new, "`classes` of the spec")}
    return replace(facts, class_names=data.classes, classes=classes, origins=origins)


def _hint(missing: tuple[Missing, ...]) -> list[Diagnostic]:
    """One hint, however much is missing: mostly it is all of it."""
    if not missing:
        return []
    said = f"{_name(missing[0])} {missing[0].reason}"
    names = tuple(dict.fromkeys(map(_name, missing)))  # two parts may be in one file
    if len(names) > 1:
        said = f"{', '.join(names)} cannot be found or read"
    message = f"{said}, so what depends on the data is not checked"
    return [_diagnostic(missing[0], message, Severity.HINT)]


def _misnamed(missing: Missing) -> Diagnostic:
    """D527: a folder where a file is read, or the other way round."""
    packed = missing.place.suffix in (".zip", ".gz", ".tar", ".tgz", ".7z", ".rar")
    help = "name the file in it" if missing.reason == A_FOLDER else "name the folder that it is in"
    help = "unpack it, and name the folder" if packed and missing.reason == A_FILE else help
    said = f"{_name(missing)} {missing.reason}"
    return Diagnostic("D527", Severity.ERROR, said, missing.path, help=help)


def _name(missing: Missing) -> str:
    return f"`{missing.place.as_posix()}`"


def _diagnostic(missing: Missing, message: str, severity: Severity) -> Diagnostic:
    help = "relative paths start at the working directory, or at `--data-dir`"
    return Diagnostic("D525", severity, message, missing.path, help=help)
