"""What a script is told of targets that are masks of images."""

from specc.data.base import Source
from specc.kind import Kind


def has_classes(source: Source, labels: str | None) -> bool:
    """Whether each row is of one class, so that parts can have the same share of each."""
    return labels in ("integer", "one_hot") and not source.with_masks


def unseen_class(loss: Kind | None) -> int:
    """The class of a pixel that no image has: the one that the loss ignores, else the first."""
    ignored = getattr(loss, "ignore_class", None)
    return ignored if isinstance(ignored, int) and 0 <= ignored <= 255 else 0
