"""How long files and functions are, and that each file says what it is for."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
LINES, OF_A_FUNCTION = 300, 50


def documented(node: ast.AST) -> int:
    """The lines that a docstring takes."""
    body = getattr(node, "body", [])
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return (first.end_lineno or 0) - first.lineno + 1
    return 0


def test_files_are_short_and_say_what_they_are_for() -> None:
    for file in (ROOT / "specc").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= LINES and ast.get_docstring(ast.parse(text)), file
    for file in (ROOT / "templates").rglob("*.jinja"):
        assert file.read_text(encoding="utf-8").count("\n") <= LINES, file


def test_functions_do_one_thing() -> None:
    for file in (ROOT / "specc").rglob("*.py"):
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(each, ast.FunctionDef):
                lines = (each.end_lineno or 0) - each.lineno + 1 - documented(each)
                assert lines <= OF_A_FUNCTION, f"{file}: {each.name} has {lines} lines"
