"""D593: inputs of a few units, all on one side of zero."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.bases import reads_a_range
from specc.rules.scale import PREPROCESS, at_first_weights
from specc.rules.unscaled_inputs import MOST, preprocessed
from specc.subject import Subject

USUAL = 3  # to where standardised numbers go


@rule(
    "D593",
    "inputs away from zero",
    "hint",
    source="TheDeepChecker (mean 0 and variance 1, or 0 to 1); Theia, UMLAUT",
    covers=("data.not_normalised",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: iris}  # ! D593
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 100}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: iris}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 100}
        """,
)
def inputs_away_from_zero(subject: Subject) -> Iterator[Finding]:
    """Sizes of 0 to 8 do little harm, and less than the hundreds that D504 is about. But all of
    them pull the units of the first layer the same way, and columns that reach further count for
    more than the others. `Normalization` gives each the mean 0 and the variance 1.
    """
    if subject.facts.range is None:
        return
    stage = at_first_weights(subject)
    if PREPROCESS in subject.broken or stage is None or reads_a_range(stage.kind):
        return
    low, high = stage.takes.low, stage.takes.high
    if low is None or high is None or low < 0 or not USUAL < high <= MOST:
        return
    yield Finding(
        f"inputs lie between {low:g} and {high:g}, on one side of 0",
        PREPROCESS if subject.get(PREPROCESS) else ("data", subject.facts.source),
        on_key=True,
        help="add `Normalization` to `preprocess` under `data`",
        fix=preprocessed(subject, "Normalization"),
        notes=(Note("the first layer with weights", stage.path, on_key=True),),
    )
