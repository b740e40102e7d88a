"""Models and batches so small that Python takes longer for a step than TensorFlow does."""

from specc.schema import Data
from specc.subject import Subject
from specc.training.base import Callback

WORK = 1_000_000  # multiply-adds of a step that take about as long as Python does for it
BATCH = 8  # rows
COLUMNS = 1_000  # of a row, of which a part is held in memory once more
AT_MOST = 1_000  # steps that go by unseen: about a tenth of a second
OF_FEATURES = 25  # likewise, of the dense layers behind a base
IN_MEMORY = ("arrays", "dataset")


def steps_per_execution(subject: Subject) -> int | None:
    """The most steps for one call into TensorFlow; None where each step is one.

    Callbacks that work per batch see the last of the batches only, so there must be none.
    """
    train = subject.spec.train
    if train.steps_per_execution is not None:
        return train.steps_per_execution if train.steps_per_execution > 1 else None
    return AT_MOST if tiny(subject) and not _watched(subject) else None


def on_features(subject: Subject) -> int | None:
    """The same for what learns from features that are computed once: to fetch a batch of them
    takes as long as a step."""
    return None if _watched(subject) else OF_FEATURES


def _watched(subject: Subject) -> bool:
    callbacks = subject.spec.train.callbacks
    return any(isinstance(each, Callback) and each.per_batch for each in callbacks)


def tiny(subject: Subject) -> bool:
    """Whether a step is little work."""
    data, work = subject.spec.data, _work(subject)
    if data is None or work is None or data.batch_size > BATCH:
        return False
    return work * data.batch_size <= WORK


def _work(subject: Subject) -> int | None:
    """Multiply-adds for one row; None where an axis is unknown."""
    known = [work for work in map(subject.graph.macs, subject.nodes) if work is not None]
    return sum(known) if len(known) == len(subject.nodes) else None


def gathered_at_once(subject: Subject, data: Data) -> bool:
    """Whether a part is prepared as a whole: rows of few numbers, and small steps."""
    delivered, raw = subject.delivered, subject.facts.tensor
    if not tiny(subject) or delivered is None or raw is None or data.source.streams:
        return False
    if data.source.word not in IN_MEMORY or subject.task == "reconstruction":
        return False
    known = (tensor.shape[0] for tensor in (delivered, raw) if len(tensor.shape) == 1)
    sizes = [size for size in known if size is not None and size <= COLUMNS]
    return len(sizes) == 2
