"""T619: squared errors in the thousands, and steps in proportion."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.amounts import OPTIMIZER, tuned
from specc.rules.base import Finding, rule
from specc.rules.scale import diverges_on
from specc.subject import Subject


@rule(
    "T619",
    "regression that diverges",
    "error",
    source="measured; DeepLocalize, DeepDiagnosis",
    covers=(
        "opt.unscaled_regression_sgd",
        "data.targets_unscaled",
        "data.not_normalised",
        "opt.lr_too_high",
    ),
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
          optimizer: {SGD: {learning_rate: 0.01}}  # ! T619
          loss: mse
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
def diverging_regression(subject: Subject) -> Iterator[Finding]:
    """The gradient of a squared error grows with the error, and SGD's step with the gradient.
    With targets in the hundreds the first steps throw the weights so far that the next errors
    are larger still.

    Measured with two hidden layers of 64 units and SGD's default rate, on targets from 25 to
    346: the loss is NaN within the first epoch, with and without momentum.
    """
    found, span = tuned(subject), diverges_on(subject)
    if found is None or span is None:
        return
    what, low, high = span
    scaling = "write `target_scaling: standard`" if what == "targets" else "scale the data"
    yield Finding(
        f"SGD with a rate of {found.first:g} diverges on {what} from {low:g} to {high:g}",
        found.path,
        on_key=not isinstance(subject.get(OPTIMIZER), str),
        label="with a squared error",
        help=f"use `{{Adam: {{learning_rate: 0.01}}}}`, give `clipnorm: 1.0`, or {scaling}",
        notes=(Note("the data", ("data", subject.facts.source), on_key=True),),
    )
