"""T617: targets in the hundreds, and steps of a thousandth."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.pair import RANGES
from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.scale import diverges_on
from specc.subject import Subject
from specc.task import REALS

LARGE = 100  # from the smallest target to the largest


@rule(
    "T617",
    "targets on a large scale",
    "warning",
    source="measured; TheDeepChecker",
    covers=("data.targets_unscaled",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: adam
          loss: mse  # ! T617
          epochs: 20
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train:
          optimizer: {Adam: {learning_rate: 0.01}}
          loss: mse
          epochs: 20
        """,
)
def targets_on_a_large_scale(subject: Subject) -> Iterator[Finding]:
    """A network starts with outputs around 0, and an optimizer such as Adam moves each weight
    by about the learning rate per step. To reach targets in the hundreds takes thousands of
    steps of 0.001, which are spent on the mean and not on what tells the rows apart.

    Measured on targets from 25 to 346 after 20 epochs, as mean absolute error: 46.8 with Adam's
    default rate and 42.9 with 0.01; always saying the mean is off by 59.7.
    """
    span, found, pair = subject.target_range, tuned(subject), subject.pair
    if span is None or found is None or found.first is None or pair is None:
        return
    if not pair.distance or subject.task not in REALS or found.trains_nothing:
        return
    limits = RANGES.get(pair.head.activation)
    if limits is not None and not limits.holds(*span):
        return  # P308: no rate will bring them there
    if span[1] - span[0] < LARGE or found.first > found.default_rate or diverges_on(subject):
        return
    yield Finding(
        f"the targets lie between {span[0]:g} and {span[1]:g}, far from where a network starts",
        pair.place,
        not pair.written,
        help="write `target_scaling: standard` under `data`, or raise the learning rate",
        notes=(Note("the targets come from here", ("data", subject.facts.source), on_key=True),),
    )
