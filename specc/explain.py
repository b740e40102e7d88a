"""The page of one rule, with the rendered findings of its own example."""

import re
import textwrap

from specc.compiler import compile
from specc.render import FORMATS
from specc.rules import Rule
from specc.source import read

MARK = re.compile(r" *# ! \w+", re.MULTILINE)


def example(text: str) -> str:
    """A rule's example as a person would write it: dedented, without the marks."""
    return MARK.sub("", textwrap.dedent(text).strip("\n")) + "\n"


def rendered(rule: Rule, *, color: bool = False) -> str:
    """What specc says of the bad example, without the count at the end."""
    report = compile(read("spec.yaml", example(rule.bad).encode())).report
    text = FORMATS["text"]([report], color=color).rstrip("\n")
    return text.rpartition("\n")[0].rstrip("\n") + "\n"


def page(rule: Rule, *, color: bool = False) -> str:
    """Title, reason, example, what is said of it, and the example put right."""
    parts = [
        f"{rule.code} {rule.name} ({rule.severity}{', off by default' if rule.off else ''})",
        rule.title,
        textwrap.dedent(rule.why),
        "For example:",
        textwrap.indent(example(rule.bad), "    ").rstrip("\n"),
        "specc says:",
        textwrap.indent(rendered(rule, color=color), "    ").rstrip("\n"),
        "Better:",
        textwrap.indent(example(rule.good), "    ").rstrip("\n"),
        f"Source: {rule.source}",
    ]
    return "\n\n".join(parts) + "\n"
