"""F022: a value that looks like a key or a password."""

from collections.abc import Iterator
from typing import Any

from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject

PREFIXES = (
    "AKIA", "ASIA", "AIza", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk-", "xoxb-",
    "xoxp-", "hf_", "npm_", "pypi-", "-----BEGIN ",
)  # fmt: skip


@rule(
    "F022",
    "secret in the spec",
    "warning",
    source="secret scanners of code hosts; Ludwig and others keep tokens out of configurations",
    bad="""
        specc: 1
        data:
          images: {path: "https://reader:hunter2@example.org/photos", size: 64}  # ! F022
          preprocess: [{Rescaling: 1/255}]
        model:
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: 64}
          preprocess: [{Rescaling: 1/255}]
        model:
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy}
        """,
)
def secret_in_spec(subject: Subject) -> Iterator[Finding]:
    """A spec is copied into the script, the run directory and the repository, and stays in the
    history of all three. A key that has been there has to be replaced, not removed.
    """
    for path, text in _texts(subject.written, ()):
        if _secret(text):
            message = "this looks like a key or a password"
            help = "take it out, and replace it where it is valid: the text may have been seen"
            yield Finding(message, path, help=help)


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    match data:
        case str() if len(data) > 15:
            yield path, data
        case dict():
            for key, value in data.items():
                yield from _texts(value, (*path, key))
        case list():
            for index, value in enumerate(data):
                yield from _texts(value, (*path, index))


def _secret(text: str) -> bool:
    if text.startswith(PREFIXES):
        return " " not in text.removeprefix("-----BEGIN ") or text.startswith("-----BEGIN ")
    login = text.partition("://")[2].partition("/")[0].partition("@")
    return bool(login[1]) and ":" in login[0]
