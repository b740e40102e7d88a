"""Masks drawn over their images, each class in a colour of its own."""

from collections.abc import Callable
from typing import Any

from specc.compiler import Compiled
from specc.looking.masks import class_values

Coloured = Callable[[Any, Any], Any]  # of an image and its mask
# Okabe and Ito's colours, which stay apart for colour-blind eyes; the first class has none.
COLOURS = (
    (0.90, 0.62, 0.00), (0.34, 0.71, 0.91), (0.00, 0.62, 0.45), (0.94, 0.89, 0.26),
    (0.00, 0.45, 0.70), (0.84, 0.37, 0.00), (0.80, 0.47, 0.65),
)  # fmt: skip
OPACITY = 0.5


def masks_over(compiled: Compiled, scale: float) -> Coloured | None:
    """What lays a mask over an image, of which `scale` is white; None where there are none."""
    import numpy as np

    plan = compiled.program.data
    if plan is None or not plan.masks:
        return None
    table = np.array([(0.0, 0.0, 0.0), *(COLOURS[i % len(COLOURS)] for i in range(255))])

    def coloured(image: Any, mask: Any) -> Any:
        numbers = np.asarray(mask).astype(int)[..., 0]
        colours = scale * table[np.clip(numbers, 0, 255)]
        grey = np.broadcast_to(np.asarray(image, "float64")[..., :3], colours.shape)
        shown = (1 - OPACITY) * grey + OPACITY * colours
        return np.where(numbers[..., None] == 0, grey, shown)

    return coloured


def legend(figure: Any, compiled: Compiled) -> None:
    """Adds the colours and the names of their classes."""
    from matplotlib.patches import Patch

    names = compiled.facts.class_names
    numbers = range(1, min(len(class_values(compiled)), 1 + len(COLOURS)))
    patches = [
        Patch(color=COLOURS[i - 1], label=names[i] if i < len(names) else f"class {i}")
        for i in numbers
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=len(patches), fontsize=9)
