"""How wide a text is in Helvetica, Arial or another font with their measures."""

from unicodedata import combining, east_asian_width

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"
# Thousandths of the font size for the characters from the space to the tilde.
_PLAIN = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_OTHERS = {"·": 278, "×": 584, "…": 1000, "→": 1000}
LONGEST = 40


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels at a font size in pixels."""
    table = _BOLD if bold else _PLAIN
    return sum(_thousandths(letter, table) for letter in text) * size / 1000


def _thousandths(letter: str, table: tuple[int, ...]) -> int:
    if " " <= letter <= "~":
        return table[ord(letter) - 32]
    if letter in _OTHERS:
        return _OTHERS[letter]
    if combining(letter):
        return 0
    return 1000 if east_asian_width(letter) in "WF" else 660


def cut(text: str) -> str:
    """A text on one line, without its end where it is too long for a picture."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
