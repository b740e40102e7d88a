"""D502: the parts were prepared in different ways."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

APART = 12  # times that the scale of one part may be that of another


@rule(
    "D502",
    "parts on different scales",
    "warning",
    source="notes K1 §1.2 (what is done to one part is done to all); TheDeepChecker",
    covers=("data.train_test_skew",),
    bad="""
        specc: 1
        data:
          arrays: {train: [x.npy, y.npy], test: [x_test.npy, y_test.npy]}
          facts:
            shape: [784]
            range:
              train: [0, 1]
              test: [0, 255]  # ! D502
            classes: 10
            labels: integer
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          arrays: {train: [x.npy, y.npy], test: [x_test.npy, y_test.npy]}
          facts: {shape: [784], range: [0, 255], classes: 10, labels: integer}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def parts_on_different_scales(subject: Subject) -> Iterator[Finding]:
    """Where the values of one part are twelve times those of training or more, it was prepared in
    another way, mostly scaled or not: the network is scored on numbers that it has never seen the
    like of. Preparing by `preprocess` treats all parts alike.

    This compares the ranges that are declared by part; `specc data` compares the values.
    """
    ranges = subject.facts.ranges
    sizes = {part: max(map(abs, span)) for part, span in ranges.items()}
    for part, size in sizes.items():
        low, high = sorted((size, sizes["train"]))
        if low * APART <= high:
            yield Finding(
                f"the {part} part goes from {_shown(ranges[part])}, "
                f"and the training part from {_shown(ranges['train'])}",
                ("data", "facts", "range", part),
                label="prepared in another way",
                help="save the parts as they are, and scale them by `preprocess`",
                notes=(Note("what is trained on", ("data", "facts", "range", "train")),),
            )


def _shown(span: tuple[float, float]) -> str:
    return f"{span[0]:g} to {span[1]:g}"
