"""The page of one rule, with the rendered findings of its own example."""

import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from specc.compiler import Compiled, compile
from specc.configuration import Project
from specc.diagnostics import Report
from specc.render import FORMATS
from specc.rules import Rule
from specc.source import read

PREFIX = "specc-example-"
FOLDER = re.compile(rf"[^\s`]*{PREFIX}\w+[/\\]")  # where the files of an example are
MARK = re.compile(r" *# ! \w+")


def example(text: str) -> str:
    """A rule's example as a person would write it: dedented, without the marks."""
    return MARK.sub("", textwrap.dedent(text).strip("\n")) + "\n"


def looked_at(rule: Rule, text: str) -> Report:
    """What is found in an example, with the files that it reads beside it."""
    with beside(rule) as folder:
        return compiled(rule, example(text).encode(), folder).report


def compiled(rule: Rule, raw: bytes, folder: Path) -> Compiled:
    """A spec for which the rule is on."""
    project = Project(extend=(rule.code,)) if rule.off else None
    return compile(read("spec.yaml", raw), folder, project)


@contextmanager
def beside(rule: Rule) -> Iterator[Path]:
    """A folder with the files that the examples of a rule read."""
    with TemporaryDirectory(prefix=PREFIX) as folder:
        for name, content in rule.files.items():
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield Path(folder)


def rendered(rule: Rule, *, color: bool = False) -> str:
    """What specc says of the bad example, without the count at the end."""
    report = looked_at(rule, rule.bad)
    text = FORMATS["text"]([report], color=color)
    text = FOLDER.sub("", text).rstrip("\n")
    return text.rpartition("\n")[0].rstrip("\n") + "\n"


def switch(rule: Rule) -> str:
    """How a rule that is off is turned on."""
    return (
        "It is off unless selected: "
        f"for once by `specc check --extend-select {rule.code}`, for a project by\n"
        f'`extend-select = ["{rule.code}"]` under `[tool.specc]` in `pyproject.toml`.'
    )


def page(rule: Rule, *, color: bool = False) -> str:
    """Title, reason, example, what is said of it, and the example put right."""
    said = rendered(rule, color=color)
    parts = [
        f"{rule.code} {rule.name} ({rule.weight})",
        rule.title,
        textwrap.dedent(rule.why),
        *([switch(rule)] if rule.off else []),
        "For example:",
        textwrap.indent(example(rule.bad), "    ").rstrip("\n"),
        *(["specc says:", textwrap.indent(said, "    ").rstrip("\n")] if said.strip() else []),
        "Better:",
        textwrap.indent(example(rule.good), "    ").rstrip("\n"),
        f"Source: {rule.source}",
    ]
    return "\n\n".join(parts) + "\n"
