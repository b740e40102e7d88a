"""T618: steps of no size, or in the wrong direction."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.writing import usual_rate
from specc.subject import Subject


@rule(
    "T618",
    "learning rate that trains nothing",
    "error",
    source="Keras 3.15 (measured: it accepts `Adam(-1.0)`); UMLAUT",
    covers=("opt.lr_nonpositive", "opt.lr_too_low"),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: -0.001}}  # ! T618
          loss: sparse_categorical_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {learning_rate: 0.001}}
          loss: sparse_categorical_crossentropy
        """,
)
def learning_rate_that_trains_nothing(subject: Subject) -> Iterator[Finding]:
    """The optimizer goes down the slope of the loss by steps of this size. With a negative rate
    it climbs instead; with 0, or a number that vanishes beside the weights in `float32`, it
    stands still. Keras takes such rates without a word.

    Measured on digits: with -0.001 the loss grows from 2.35 to 492,871 in 20 epochs; with 1e-9
    it reads 2.3496 in every epoch.
    """
    found = tuned(subject)
    if found is None or found.rate is None or not found.trains_nothing:
        return
    what = "climbs instead of descending" if found.rate < 0 else "leaves the weights as they are"
    yield Finding(
        f"a learning rate of {found.rate:g} {what}",
        found.at_rate,
        label="expected a positive number" if found.rate <= 0 else "too small for float32",
        help=f"write `{{{found.name}: {{learning_rate: {found.advised_rate:g}}}}}`",
        fix=usual_rate(subject, found),
    )
