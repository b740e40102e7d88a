"""Images of many classes, which take more than strokes to tell apart."""

from typing import NamedTuple

from specc.rules.bases import pretrained
from specc.subject import Subject

SIDE = 32  # pixels from which on there is more to see than edges
CLASSES = 5


class Photographs(NamedTuple):
    """What the data give: classes, and numbers for each pixel."""

    classes: int
    colours: int


def photographs(subject: Subject) -> Photographs | None:
    """Such images, where the network has to learn them from nothing."""
    given, head = subject.delivered, subject.head
    classes = subject.facts.classes or (head.width if head else None) or 0
    if subject.task != "multiclass" or classes < CLASSES or given is None or given.rank != 3:
        return None
    height, width, colours = (size or 0 for size in given.shape)
    if min(height, width) < SIDE or pretrained(subject):
        return None
    return Photographs(classes, colours)
