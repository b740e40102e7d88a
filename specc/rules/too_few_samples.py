"""D530: fewer rows than anything could be learned from."""

from collections.abc import Iterator

from specc.rules.amounts import many_targets
from specc.rules.base import Finding, rule
from specc.rules.bases import pretrained
from specc.subject import Subject
from specc.wording import counted

LEAST = 50
EACH_CLASS = 10
LEAST_FOR_WINDOWS = 100


@rule(
    "D530",
    "too few samples",
    "hint",
    source="notes K1 §1.5, K2; Theia, DeepFD",
    covers=("data.too_few_samples",),
    files=dict.fromkeys((f"photos/{c}/{i}.png" for c in ("cats", "dogs") for i in range(20)), b""),
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}  # ! D530
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: categorical_crossentropy, epochs: 20}
        """,
)
def too_few_samples(subject: Subject) -> Iterator[Finding]:
    """A network can learn a few dozen rows by heart, and then says nothing useful about new
    ones. Convolutions and recurrent layers that start from nothing need hundreds of rows at
    least, and a class needs ten or more. Collect more, or use a simpler model.
    """
    facts = subject.facts
    rows = facts.given.get("train")
    if not rows or subject.phase:  # later phases start with what the first one has learned
        return
    least, why = LEAST, "at all"
    patterns = any(subject.that(lambda kind: kind.finds_patterns)) and not pretrained(subject)
    if patterns and subject.task != "segmentation":
        least, why = LEAST_FOR_WINDOWS, "for a network that finds patterns from nothing"
    classes = facts.classes if not many_targets(subject) else None
    if classes is not None and classes * EACH_CLASS > least:
        least, why = classes * EACH_CLASS, f"for {classes} classes"
    if rows < least:
        yield Finding(
            f"{counted(rows, 'row')} {'is' if rows == 1 else 'are'} few {why}",
            ("data", facts.source),
            on_key=True,
            label=f"expected {least} or more",
        )
