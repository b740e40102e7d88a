"""The colours of pictures, whatever language they are drawn in."""

from specc.drawing.picture import Box

Colours = tuple[str, str]  # what fills a box, and its border

INK, MUTED, WIRE, GROUND, FRAME = "#1f2328", "#59636e", "#59636e", "#ffffff", "#afb8c1"
PLAIN: Colours = ("#f6f8fa", "#8c959f")
LEARNS: Colours = ("#e3effc", "#4a7fb5")
INPUT: Colours = ("#e2f4e6", "#2f8043")
OUTPUT: Colours = ("#fdebd3", "#b35c00")
FROZEN: Colours = ("#d8dce0", "#6e7781")
SHARED = "#8250df"  # the border of layers with the same weights


def colours(box: Box) -> Colours:
    """What a box is filled with unless it is frozen, and its border."""
    by_role = {"input": INPUT, "output": OUTPUT}
    fill, border = by_role.get(box.role) or (LEARNS if box.learns else PLAIN)
    return fill, SHARED if box.shares else border
