"""Who may import whom: one table, checked against every import statement in specc/."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A module or folder of specc, and all that it may import besides the standard library and itself.
# A row names only rows above it, so that dependencies can't run in a circle.
TABLE = {
    "locations": "",
    "words": "",
    "old_words": "",
    "foreign": "",
    "slips": "words",
    "tuples": "",
    "taken": "",
    "source": "ruamel",
    "tensor": "",
    "axes": "tensor",
    "values": "",
    "plans": "values",
    "statements": "values",
    "program": "plans statements values",
    "options": "values pydantic pydantic_core",
    "kind": "values pydantic",
    "registry": "kind",
    "own_code": "options taken",
    "diagnostics": "source",
    "edits": "diagnostics source",
    "render": "diagnostics edits source",
    "layers": "axes kind options own_code tensor values words pydantic",
    "training": "kind options values pydantic",
    "data": "axes kind options own_code tensor values pydantic",
    "wording": "diagnostics foreign slips source words old_words",
    "keys": "diagnostics foreign source wording words pydantic old_words",
    "mended": "diagnostics wording pydantic",
    "other_forms": "keys kind mended registry",
    "plain": "kind",
    "unknown": "diagnostics foreign kind layers other_forms registry slips source training wording "
    "words old_words",
    "bound": "values",
    "guesses": "diagnostics keys words pydantic",
    "written": "diagnostics guesses source wording pydantic",
    "objects": "bound diagnostics guesses keys kind mended other_forms plain registry written "
    "source tuples unknown wording pydantic",
    "section": "kind pydantic",
    "pictures": "objects options section source wording words pydantic",
    "items": "layers source",
    "within": "source",
    "arguments": "diagnostics source within wording",
    "uses": "arguments diagnostics source within",
    "dollars": "diagnostics items source wording words",
    "origins": "bound diagnostics items kind layers objects options other_forms registry source "
    "wording words",
    "read_forms": "bound diagnostics items objects options origins source wording",
    "blocks": "diagnostics dollars items objects read_forms source taken wording words",
    "read_inputs": "items kind layers objects options registry source wording",
    "read_items": "blocks bound diagnostics dollars foreign items layers objects origins "
    "other_forms read_forms registry source within wording words old_words",
    "read_model": "blocks items objects origins read_forms read_inputs read_items registry source "
    "wording words",
    "read_outputs": "objects registry source wording",
    "augment": "kind options values pydantic",
    "shares": "data options section pydantic",
    "evaluation": "objects options section pydantic",
    "groups": "data kind objects source wording",
    "phases": "keys kind objects options section source wording pydantic",
    "habits": "",
    "schema": "augment evaluation groups habits items kind layers options phases pictures "
    "read_outputs registry section shares source pydantic",
    "read_spec": "augment diagnostics evaluation groups kind objects phases pictures read_model "
    "read_outputs schema shares source wording pydantic",
    "known_keys": "blocks phases read_model schema pydantic",
    "rearranged": "known_keys registry source",
    "meant": "diagnostics groups keys known_keys rearranged registry schema shares source words",
    "naming": "kind layers",
    "node": "layers naming objects source tensor within",
    "wired": "items",
    "ways": "node",
    "tangles": "diagnostics items objects source wired wording words within",
    "order": "wired",
    "wire": "diagnostics items naming order tangles wired",
    "place": "diagnostics items naming node source tangles wired within",
    "typed": "layers naming",
    "texts": "layers tensor",
    "infer": "diagnostics layers node place source tangles tensor texts typed within",
    "graph": "diagnostics infer items layers naming node place schema source tangles tensor typed "
    "wire wired",
    "maps": "graph layers node tensor pictures",
    "inspect": "data diagnostics schema shares source tensor wording words",
    "columns": "groups inspect layers schema tensor",
    "prepared": "columns diagnostics graph groups infer inspect items naming node schema source "
    "tangles tensor",
    "task": "graph inspect kind registry schema source",
    "pair": "diagnostics source task training",
    "phased": "graph items layers phases schema source",
    "sides": "graph inspect prepared schema source tensor",
    "subject": "diagnostics graph habits inspect kind layers objects pair phased phases pictures "
    "schema sides source task tensor training ways within",
    "hoisting": "graph node subject tensor",
    "rules": "augment axes columns data diagnostics evaluation graph hoisting inspect kind layers "
    "maps naming pair phased phases pictures registry schema shares sides source subject task "
    "tensor texts training ways wording words old_words pydantic",
    "suppressions": "diagnostics edits rules source words",
    "toml": "source",
    "configuration": "diagnostics rules source toml words",
    "project": "configuration",
    "resolved": "groups items kind pictures schema values pydantic",
    "lowering": "columns data evaluation graph inspect items kind layers maps naming node options "
    "phases pictures program schema shares subject taken tensor training wired",
    "lower": "graph hoisting kind lowering program schema subject tensor",
    "backends.depth": "program",
    "backends.literals": "program",
    "backends.layout": "backends.literals program",
    "backends.fill": "backends.layout backends.literals",
    "backends.imports": "",
    "backends.hoisted": "program",
    "backends.targets": "program",
    "backends.expressions": "backends.hoisted backends.targets program",
    "backends.folds": "backends.expressions backends.hoisted backends.targets program",
    "backends.numbers": "backends.expressions program",
    "backends.phases": "backends.expressions backends.hoisted program",
    "backends.templates": "backends.fill backends.literals locations program jinja2",
    "backends.context": "backends.depth backends.expressions backends.fill backends.folds "
    "backends.hoisted backends.literals backends.numbers backends.phases "
    "backends.targets backends.templates program",
    "backends.script": "backends.context backends.fill backends.imports backends.templates program",
    "backends.keras": "backends.depth program keras",
    "compiler": "columns backends.depth configuration diagnostics graph inspect lower meant "
    "prepared program read_spec resolved rules schema source subject suppressions uses",
    "fixing": "compiler diagnostics edits",
    "show": "compiler data graph subject tensor",
    "phase_table": "compiler graph kind layers show subject wording",
    "pipeline": "compiler hoisting program schema",
    "drawing": "compiler graph kind node tensor",
    "explain": "compiler configuration diagnostics render rules source",
    "settings": "diagnostics source words",
    "runs": "backends.keras backends.script compiler diagnostics graph layers lowering program "
    "resolved schema source keras rich",
    "looking": "compiler data diagnostics inspect program rules runs shares source wording "
    "matplotlib numpy tensorflow",
    "use": "backends.script compiler data diagnostics inspect looking lowering objects pictures "
    "program project runs source subject wording words keras numpy tensorflow",
    "report": "backends.script compiler drawing inspect locations phase_table pictures runs schema "
    "show tensor use jinja2",
    "api": "backends.keras backends.script compiler diagnostics project render source",
    "specc": "api compiler diagnostics",
    "render.sarif": "diagnostics edits render rules source specc",
    "cli": "specc",
    "verbs": "backends.script cli compiler configuration diagnostics drawing edits "
    "explain fixing looking phase_table pipeline project render report resolved rules runs "
    "settings show source suppressions use words",
    "__main__": "cli specc",
}
# What starts fast imports the rest inside its functions; at the top it may import only this.
AT_THE_TOP = {"specc": "", "cli": "", "verbs": "cli project", "__main__": ""}
# What costs a second or more, or is not there at all without an extra.
HEAVY = {"tensorflow", "keras", "numpy", "rich", "matplotlib", "sklearn", "scipy", "h5py", "PIL"}
MAY_BE_HEAVY = {"backends.keras", "looking", "runs", "use"}


@dataclass(frozen=True)
class Import:
    """One import: where it stands, and the unit of specc or the package that it brings in."""

    module: str
    line: int
    target: str
    at_the_top: bool
    for_types: bool

    @property
    def source(self) -> str:
        return unit(self.module)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, ast.Module]:
    """Module -> its tree."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((ROOT / "specc").rglob("*.py"))
    }


def unit(module: str) -> str:
    """The row of the table that a module belongs to; another package's name as it is, but none
    for those of the standard library, of which one has the name of a folder here."""
    package, *parts = module.split(".")
    if package != "specc":
        return "" if package in sys.stdlib_module_names else package
    match parts:
        case ["backends", name, *_]:
            return f"backends.{name}"
        case ["render", "sarif"]:
            return "render.sarif"
        case _:
            return parts[0] if parts else package


@cache
def imports() -> tuple[Import, ...]:
    """All imports of specc that need a permission."""
    found = (each for module, tree in modules().items() for each in walk(module, tree))
    return tuple(each for each in found if needs_permission(each))


def needs_permission(each: Import) -> bool:
    return each.target not in ("", each.source)


def walk(module: str, node: ast.AST, top: bool = True, typed: bool = False) -> Iterator[Import]:
    """The imports in and below a node."""
    for name in targets(node):
        yield Import(module, getattr(node, "lineno", 0), name, top, typed)
    top = top and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    typed = typed or is_for_types(node)
    for child in ast.iter_child_nodes(node):
        yield from walk(module, child, top, typed)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def targets(node: ast.AST) -> list[str]:
    """The units that a statement imports, `import_module("literal")` included."""
    match node:
        case ast.Import(names=names):
            return [unit(each.name) for each in names]
        case ast.ImportFrom(module=str(home), names=names, level=0):
            inside = [f"{home}.{each.name}" for each in names]
            return [unit(each if each in modules() else home) for each in inside]
        case ast.ImportFrom():
            raise AssertionError(f"line {node.lineno}: imports are absolute here")
        case ast.Call(func=ast.Name("import_module"), args=[ast.Constant(str(name)), *_]):
            return [unit(name)]
        case _:
            return []


def test_each_row_names_only_rows_above_it() -> None:
    seen: set[str] = set()
    for row, allowed in TABLE.items():
        below = (set(allowed.split()) & set(TABLE)) - seen
        assert not below, f"{row} may not import what stands below it: {below}"
        seen.add(row)


@pytest.mark.parametrize("module", sorted(modules()))
def test_a_module_has_a_row(module: str) -> None:
    known = {*TABLE, "backends"}
    assert unit(module) in known, f"give {module} a row in TABLE"


def test_no_import_goes_up() -> None:
    wrong = [
        str(each)
        for each in imports()
        if each.target not in TABLE.get(each.source, "").split()
        and not (each.for_types and each.target in HEAVY)
    ]
    assert wrong == []


def test_verbs_import_inside_their_functions() -> None:
    wrong = [
        str(each)
        for each in imports()
        if each.source in AT_THE_TOP and each.at_the_top and not each.for_types
        if each.target not in AT_THE_TOP[each.source].split()
    ]
    assert wrong == []


def test_only_some_places_may_be_heavy() -> None:
    heavy = {row for row, allowed in TABLE.items() if HEAVY & set(allowed.split())}
    assert heavy == MAY_BE_HEAVY


def test_importing_all_else_brings_in_nothing_heavy() -> None:
    light = [module for module in modules() if unit(module) not in MAY_BE_HEAVY]
    code = (
        "import importlib, sys\n"
        f"for module in {light}: importlib.import_module(module)\n"
        f"print(*sorted({HEAVY} & set(sys.modules)))"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout.strip(), done.returncode) == ("", 0), done.stderr
