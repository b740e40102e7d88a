"""Prints a program: the standalone training script, laid out by the templates."""

from collections.abc import Sequence

from specc.backends.context import context, drawing
from specc.backends.fill import Values
from specc.backends.imports import import_block
from specc.backends.templates import macros, template
from specc.program import Program, Section

PAGE, FUNCTIONS = "script.py.jinja", "functions.py.jinja"
IMPORTS = "\0imports\0"


def emit(program: Program) -> str:
    """The script of a program; ValueError when there is nothing to train on.

    Equal programs give equal texts, on every machine.
    """
    data, training, values = program.data, program.training, Values()
    if data is None or training is None:
        raise ValueError("a program without data and epochs has no script")
    names = context(program, data, training, values)
    head, body = values.fill(template(PAGE).render(names, imports=IMPORTS)).split(IMPORTS)
    imports = values.fill(macros(data.source).imports(names["v"])).splitlines()
    imports += [f"import {module}" for module in program.model.modules]
    return head + import_block(body, imports) + body


def emit_functions(sections: Sequence[Section]) -> str:
    """The functions of these sections as a module of their own."""
    values = Values()
    names = {"imports": IMPORTS, "drawing": drawing(sections, values)}
    head, body = values.fill(template(FUNCTIONS).render(names)).split(IMPORTS)
    return head + import_block(body, ()) + body
