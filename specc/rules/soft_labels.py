"""Targets that are shares of classes: of a teacher, of several people, of mixed pictures."""

from specc.subject import Subject


def soft_labels(subject: Subject) -> bool:
    """Whether targets from 0 to 1 have a column for each of several units that add up to 1."""
    pair, span, shape = subject.pair, subject.target_range, subject.facts.target_shape
    if pair is None or span is None or not shape or not pair.exclusive_head:
        return False
    width = pair.head.width
    return span[0] >= 0 and span[1] <= 1 and width not in (None, 1) and shape[-1] == width
