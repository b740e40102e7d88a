"""The layers of a run's model as a table, and the picture of it."""

import re
from dataclasses import dataclass
from typing import Any

from specc import show
from specc.compiler import Compiled
from specc.drawing.read import picture_of
from specc.drawing.svg import svg
from specc.report.scores import Table
from specc.tensor import show_shape

MOST = 400  # boxes beyond which a picture shows nothing to anybody
SPACE = ' xmlns="http://www.w3.org/2000/svg"'  # which HTML knows by itself
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Model:
    """`picture` is SVG; empty where there is none. `sizes` says whether all are known.

    `frozen` counts parameters that are never trained; in phases each has its own, so none are.
    """

    layers: Table
    params: int
    frozen: int
    picture: str
    wide: int
    sizes: bool


def model(compiled: Compiled) -> Model:
    """What the spec says of its network."""
    rows = show.rows(compiled)
    cells = tuple(
        (
            row.name,
            row.kind,
            "?" if row.output is None else show_shape(row.output),
            f"{row.params:,}",
            "?" if row.macs is None else f"{row.macs:,}",
        )
        for row in rows
    )
    params, trained = sum(row.params for row in rows), sum(row.trained for row in rows)
    frozen = 0 if compiled.spec.train.phases else params - trained
    macs = [row.macs for row in rows if row.macs is not None]
    total = f"{sum(macs):,}" if len(macs) == len(rows) else "?"
    head = ("layer", "kind", "output", "params", "mult-adds")
    foot = ("total", "", "", f"{params:,}", total)
    sizes = all(row.output is not None for row in rows)
    drawn = picture_of(compiled)
    picture = svg(drawn).replace(SPACE, "", 1) if 0 < len(drawn.nodes) <= MOST else ""
    found: Any = _SIZE.search(picture)
    wide = round(float(found[2])) if found else 0
    return Model(Table("", head, cells, 3, foot), params, frozen, picture, wide, sizes)
