"""A Keras program in neutral JSON, as the text of a spec: see the README of the collection.

What the language cannot say, and what the program does not say, is left out.
"""

from io import StringIO
from typing import Any

from _program import Json
from _program_data import data_of, task_of
from _program_model import model_of
from _program_plain import plain
from _program_training import training_of
from ruamel.yaml import YAML


def text_of(program: Json, unknown: Any = "same") -> str:
    """The spec, as YAML; `unknown` is the shape of the output of layers that are not known."""
    program = plain(program)
    sections = {
        "specc": 1,
        "task": task_of(program),
        "data": data_of(program),
        "model": model_of(program, unknown),
        "train": training_of(program),
    }
    yaml, text = YAML(), StringIO()
    yaml.default_flow_style = None
    yaml.width = 4096
    yaml.representer.ignore_aliases = lambda _: True
    yaml.dump({key: value for key, value in sections.items() if value}, text)
    return text.getvalue()
