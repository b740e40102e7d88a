"""Head and loss of a model, which are one decision: what the rules on pairings ask of them."""

from math import inf
from typing import NamedTuple

from specc.diagnostics import Note
from specc.source import Path
from specc.task import CLASSES, REALS, Head
from specc.training.base import Loss
from specc.training.facts import Interval

EXCLUSIVE = frozenset({"softmax", "sparsemax"})  # one of several, adding up to 1
YES_OR_NO = frozenset({"sigmoid", "hard_sigmoid", "sparse_sigmoid"})
PROBABILITIES = EXCLUSIVE | YES_OR_NO
LOGITS = frozenset({"linear", "log_softmax"})

# What an activation can put out, where that is not every number.
RANGES = {
    **dict.fromkeys(PROBABILITIES, Interval(0, 1)),
    **dict.fromkeys(("tanh", "softsign", "hard_tanh"), Interval(-1, 1)),
    **dict.fromkeys(("relu", "softplus", "exponential", "sparse_plus"), Interval(0, inf)),
    **dict.fromkeys(("log_sigmoid", "log_softmax"), Interval(-inf, 0)),
    "relu6": Interval(0, 6),
    "elu": Interval(-1, inf),
    "celu": Interval(-1, inf),
}


class Pair(NamedTuple):
    """The end of a model, the loss that judges it, and the task as spec or data state it."""

    head: Head
    loss: Loss
    task: str | None
    place: Path  # of the loss; of `train` where the loss follows from the task
    written: bool

    @property
    def one_unit(self) -> bool:
        return self.head.width == 1

    @property
    def exclusive_loss(self) -> bool:
        """Whether the loss compares classes of which one is right."""
        return self.loss.head == ("softmax",) or (self.by_shape and not self.one_unit)

    @property
    def yes_or_no_loss(self) -> bool:
        """Whether the loss takes each output as a yes or no of its own."""
        return self.loss.head == ("sigmoid",) or (self.by_shape and self.one_unit)

    @property
    def by_shape(self) -> bool:
        """Whether Keras picks the crossentropy by the number of units."""
        return {"binary", "multiclass"} <= {*self.loss.tasks}

    @property
    def distance(self) -> bool:
        """Whether the loss measures how far numbers are apart."""
        return "regression" in self.loss.tasks

    @property
    def ctc(self) -> bool:
        return "sequence" in self.loss.tasks

    @property
    def exclusive_head(self) -> bool:
        return self.head.activation in EXCLUSIVE

    @property
    def normal(self) -> bool:
        """Whether the activation is the one that the loss is made for."""
        return self.head.activation in self.loss.head

    @property
    def fits(self) -> bool:
        """Whether the loss can work on such a head, whatever the task."""
        if self.one_unit and (self.exclusive_head or self.exclusive_loss):
            return False
        if self.ctc:
            return True
        if self.loss.logits:
            return self.head.activation in LOGITS
        return not self.loss.head or self.head.activation in self._wanted

    @property
    def _wanted(self) -> frozenset[str]:
        if self.exclusive_loss:
            return EXCLUSIVE
        if self.yes_or_no_loss:
            return YES_OR_NO
        return PROBABILITIES if self.loss.probabilistic else frozenset(self.loss.head)

    @property
    def classes_for_numbers(self) -> bool:
        """Whether the loss compares classes, and spec or data say that the targets are numbers."""
        served = not self.loss.tasks or self.distance or self.task in self.loss.tasks
        return self.task in REALS and not served

    @property
    def suits(self) -> bool:
        """Whether head and loss fit each other and the stated task."""
        return self.fits and (self.task is None or self._serves(self.task))

    def _serves(self, task: str) -> bool:
        if task == "multiclass" and self.yes_or_no_loss:
            return False
        if task in REALS and self.ctc:
            return False
        return not self.loss.tasks or task in self.loss.tasks or self._lenient(task)

    def _lenient(self, task: str) -> bool:
        """Pairings that a loss is not made for, and that still make sense."""
        two = task == "binary" and self.exclusive_loss and self.head.width == 2
        symbols = task in ("reconstruction", "sequence") and self.exclusive_loss
        labels = task == "multilabel" and self.yes_or_no_loss
        margin = task == "multiclass" and self.loss.head == ("linear", "tanh")
        overlap = task in CLASSES and self.loss.tasks == ("segmentation",)
        numbers = task in REALS and self.distance
        return two or symbols or labels or margin or overlap or numbers

    @property
    def encoding(self) -> str:
        """How the targets are written for this loss; empty where they may be several ways."""
        if self.distance:
            return "real"
        if self.by_shape:
            return ""
        if self.exclusive_loss:
            return self.loss.labels[0]
        return "binary" if self.one_unit else "multi_hot"

    def head_note(self) -> Note:
        return head_note(self.head)

    def loss_note(self, text: str = "the loss") -> Note:
        if self.written:
            return Note(text, self.place, f"`{self.loss.called}`")
        return Note(f"the loss is `{self.loss.called}`, which follows from the task")


def head_note(head: Head) -> Note:
    """Where the model ends, and with which activation."""
    label = "no activation" if head.linear else f"`{head.activation}`"
    return Note("the model ends here", head.path, label, head.on_key)
