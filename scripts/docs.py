"""Brings the documents up to date: the pages made from code, and the output of their commands.

A block of a Markdown file that opens with ```console and `$ specc …` holds what that command
prints; `docs/rules.md`, `docs/kinds.md`, `docs/mistakes.md` and `docs/pictures/` are made whole.
`python scripts/docs.py` writes, `--check` prints what is stale and exits 1, `--run` also trains
what `$ specc run` and `$ specc data` show.
"""

import argparse
import contextlib
import inspect
import io
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import _mistakes_page  # noqa: E402
from specc import registry  # noqa: E402
from specc.api import load as load_spec  # noqa: E402
from specc.cli import main as specc  # noqa: E402
from specc.drawing.read import picture_of  # noqa: E402
from specc.drawing.svg import svg  # noqa: E402
from specc.explain import example, rendered, switch  # noqa: E402
from specc.kind import Kind  # noqa: E402
from specc.resolved import flow, plain  # noqa: E402
from specc.rules import Rule, load  # noqa: E402

CONSOLE = re.compile(r"(```console\n\$ specc ([^\n]*)\n)(.*?)(```)", re.DOTALL)
FAMILIES = {
    "F": "Form", "S": "Shape", "P": "Pairing", "A": "Architecture", "D": "Data", "T": "Training",
    "X": "Pretrained bases", "R": "Running", "U": "Use of specc",
}  # fmt: skip


def documents() -> Iterator[Path]:
    """The files with commands in them."""
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").glob("*.md"))


def current(text: str, *, run: bool = False) -> str:
    """A document with the output of its commands as it is today."""

    def block(found: re.Match[str]) -> str:
        command = found[2]
        if command.startswith(("run ", "data ")) and not run:
            return found[0]
        return found[1] + output(command) + found[4]

    return CONSOLE.sub(block, text)


def output(command: str) -> str:
    """What `specc COMMAND` prints, standard error first; `| sed -n '/from/,/to/p'` cuts it."""
    command, _, cut = command.partition(" | sed -n ")
    words, out, err = shlex.split(command), io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(ROOT):
        specc(words)
    lines = (err.getvalue() + out.getvalue()).splitlines(keepends=True)
    return "".join(_between(lines, *cut.strip("'/p").split("/,/")) if cut else lines)


def _between(lines: list[str], first: str, last: str) -> list[str]:
    """The lines from one that matches `first` to the next that matches `last`."""
    start = next(i for i, line in enumerate(lines) if re.search(first, line))
    end = next(i for i in range(start, len(lines)) if re.search(last, lines[i]))
    return lines[start : end + 1]


def rules_page() -> str:
    """Every rule with its reason, its example, and what specc says of it."""
    parts = [
        "# The rules\n",
        "Made by `make docs` from the rules' own files. `specc explain CODE` prints one of them.\n",
        "An **error** fails, or is wrong for every data set given the declared task; "
        "a **warning** is surely unintended; a **hint** is advice. Where advice is a matter of "
        "taste, it is off unless selected.\n",
    ]
    family = ""
    for each in load().values():
        if each.code[0] != family:
            family = each.code[0]
            parts.append(f"## {FAMILIES.get(family, family)}\n")
        parts.append(_rule(each))
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    return "\n".join(
        [
            f"### {rule.code} {rule.name}\n",
            f"**{rule.weight}**: {rule.title}\n",
            f"{rule.why}\n",
            *([f"{switch(rule)}\n"] if rule.off else []),
            f"```yaml\n{example(rule.bad)}```\n",
            f"```text\n{rendered(rule)}```\n",
            f"Better:\n\n```yaml\n{example(rule.good)}```\n",
            f"Source: {rule.source}\n",
        ]
    )


def kinds_page() -> str:
    """Every class of Keras that can stand in a spec, with its options and their defaults."""
    parts = [
        "# What can stand in a spec\n",
        "Made by `make docs` from the declarations. Options carry Keras' names and defaults; "
        "the first one is what `Name: value` sets. One without a default is required.\n",
    ]
    for family in sorted(f for f in registry.index() if f != "sources" and registry.names(f)):
        parts.append(f"## {family.capitalize()}\n")
        parts += [_kind(family, name) for name in registry.names(family)]
    parts.append("## Sources of data\n")
    parts.append("One of these stands in `data`; an option that is null need not be given.\n")
    parts += [_source(word) for word in sorted(registry.words("sources"))]
    return "\n".join(parts)


def _kind(family: str, name: str) -> str:
    found = registry.find(family, name)
    assert found is not None
    first = (found.__doc__ or "").strip().splitlines()[0]
    words = f" Also written {', '.join(f'`{w}`' for w in found.words)}." if found.words else ""
    options = ", ".join(_option(found, option) for option in found.options())
    return f"**{name}**: {first}{words}" + (f" Options: {options}." if options else "") + "\n"


def _source(word: str) -> str:
    found = registry.find("sources", word)
    assert found is not None
    said = " ".join(inspect.getdoc(found).split())  # type: ignore[union-attr]
    options = ", ".join(_option(found, option) for option in found.options())
    return f"**{word}**: {said} Options: {options}.\n"


def _option(found: type[Kind], option: str) -> str:
    info = found.model_fields[option]
    keys = {inner: key for key, inner in getattr(found, "renamed", {}).items()}
    key = keys.get(option, option)
    if info.is_required():
        return f"`{key}`"
    return f"`{key}: {flow(plain(info.default))}`"


def mistakes_page() -> str:
    """Ten mistakes with the figures stored by `benchmarks/mistakes.py` and what is said today."""
    return _mistakes_page.page(output)


PAGES: dict[str, Callable[[], str]] = {
    "docs/rules.md": rules_page,
    "docs/kinds.md": kinds_page,
    "docs/mistakes.md": mistakes_page,
}


PICTURES = ("siamese", "inception_like", "two_inputs_two_outputs")


def pictures() -> Iterator[tuple[Path, str]]:
    """What `specc show --format svg` makes of some specs."""
    for name in PICTURES:
        picture = picture_of(load_spec(ROOT / "specs" / f"{name}.yaml"))
        yield ROOT / "docs" / "pictures" / f"{name}.svg", svg(picture)


def everything(*, run: bool = False) -> Iterator[tuple[Path, str]]:
    """Each document with the text that it should have."""
    for name, page in PAGES.items():
        yield ROOT / name, page()
    yield from pictures()
    for path in documents():
        if str(path.relative_to(ROOT)) not in PAGES:
            yield path, current(path.read_text(encoding="utf-8"), run=run)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--run", action="store_true")
    options = arguments.parse_args()
    stale = [
        (path, text)
        for path, text in everything(run=options.run)
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(path.relative_to(ROOT))
        if not options.check:
            path.write_text(text, encoding="utf-8")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
