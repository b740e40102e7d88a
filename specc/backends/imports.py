"""The imports of a script: what its code uses, sorted as isort sorts them."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable

COMMON = """
import argparse
import csv
import hashlib
import json
import math
import os
import shutil
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from functools import cache
from functools import wraps
from pathlib import Path
from typing import Any
from typing import NamedTuple
import keras
import numpy as np
import tensorflow as tf
from keras import layers
from matplotlib import font_manager
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from sklearn.model_selection import GroupKFold
from sklearn.model_selection import KFold
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.model_selection import StratifiedKFold
"""
_FORM = re.compile(r"(?:from ([\w.]+) )?import ([\w.]+)(?: as (\w+))?", re.ASCII)
Import = tuple[str | None, str, str | None]  # from, import, as


def import_block(code: str, more: Iterable[str]) -> str:
    """The import statements for `code` from the common ones and `more`; unused ones are dropped."""
    used = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    lines = [*COMMON.split("\n"), *more]
    wanted = {found for line in lines if line.strip() for found in [_parsed(line)]}
    needed = [found for found in wanted if _bound(found) in used]
    ours = [i for i in needed if _package(i) in sys.stdlib_module_names]
    theirs = [i for i in needed if _package(i) not in sys.stdlib_module_names]
    return "\n\n".join(_section(part) for part in (ours, theirs) if part)


def _parsed(line: str) -> Import:
    found = _FORM.fullmatch(line.strip())
    if found is None:
        raise ValueError(f"{line!a} is no import")
    return found[1], found[2], found[3]


def _bound(found: Import) -> str:
    _, name, alias = found
    return alias or name.split(".")[0]


def _package(found: Import) -> str:
    return (found[0] or found[1]).split(".")[0]


def _section(found: list[Import]) -> str:
    """Plain imports first, then those of names, which are gathered by module."""
    plain = sorted((name, alias) for module, name, alias in found if module is None)
    names: dict[str, set[str]] = defaultdict(set)
    for module, name, _ in found:
        if module is not None:
            names[module].add(name)
    lines = [f"import {name} as {alias}" if alias else f"import {name}" for name, alias in plain]
    lines += [
        f"from {module} import {', '.join(_ordered(names[module]))}" for module in sorted(names)
    ]
    return "\n".join(lines)


def _ordered(names: Iterable[str]) -> list[str]:
    """CONSTANTS, then Classes, then functions, as isort orders them."""
    return sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
