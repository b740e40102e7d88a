"""P331: numbers to learn that the type of the last layer cannot hold."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject

LARGEST = 65504  # of a `float16`
HALF = ("float16", "mixed_float16")


@rule(
    "P331",
    "targets beyond half precision",
    "error",
    source="IEEE 754 (binary16); Keras 3.15, measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: california_housing}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1  # ! P331
        train:
          optimizer: {Adam: {learning_rate: 0.01}}
          loss: mae
          epochs: 20
          dtype_policy: mixed_float16
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: california_housing}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 1, dtype: float32}
        train:
          optimizer: {Adam: {learning_rate: 0.01}}
          loss: mae
          epochs: 20
          dtype_policy: mixed_float16
        """,
)
def targets_beyond_half_precision(subject: Subject) -> Iterator[Finding]:
    """No `float16` is larger than 65504: what the last layer computes beyond that is infinite, and
    so is the loss. Measured on prices around 200000: the loss is `inf` from the first epoch on;
    with `dtype: float32` in the last layer it falls from 184061 to 2539. (Probabilities do not
    mind: on digits, softmax in `mixed_float16` and in `float32` end at 0.10298 and 0.10301.)
    """
    head, span = subject.head, subject.target_range
    kind = subject.graph.typed(head.node) if head else None
    if head is None or kind is None or span is None or kind.dtype not in HALF:
        return
    if subject.facts.labels != "real" or max(map(abs, span)) <= LARGEST:
        return
    policy = () if head.node.dtype else (Note("the type", ("train", "dtype_policy")),)
    yield Finding(
        f"targets go up to {max(map(abs, span)):g}, and `{kind.dtype}` outputs to {LARGEST}",
        head.node.at(),
        on_key=True,
        help="write `dtype: float32` in the last layer",
        notes=policy,
        fix=layer_option(subject, head.node, "dtype", "float32"),
    )
