"""T627: options of an optimizer far from where they are known to work."""

from collections.abc import Iterator

from specc.rules.amounts import Tuned, tuned
from specc.rules.base import Finding, rule
from specc.rules.writing import option as option_of
from specc.subject import Subject

EPSILON = 1e-2
AVERAGES = ("beta_1", "beta_2", "rho", "momentum")


@rule(
    "T627",
    "unusual option of the optimizer",
    "hint",
    source="measured; defect4ML",
    covers=("opt.eps_decay_momentum",),
    bad="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {epsilon: 0.1}}  # ! T627
          loss: sparse_categorical_crossentropy
        """,
    good="""
        specc: 1
        model:
          - Input: [64]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train:
          optimizer: {Adam: {epsilon: 1e-7}}
          loss: sparse_categorical_crossentropy
        """,
)
def unusual_optimizer_option(subject: Subject) -> Iterator[Finding]:
    """`epsilon` keeps a division from being one by 0. It should be small beside gradients: a
    large one makes all steps small. Averages of the past count it by a share between 0 and 1.

    Measured with Adam on digits after ten epochs, as accuracy: `epsilon: 1e-7` gives 0.96,
    0.1 gives 0.53, and 1.0 gives 0.10. (Networks of the Inception family are known to train
    with 0.1 to 1.0.)
    """
    found = tuned(subject)
    if found is None:
        return
    for option, expected in _unusual(found):
        default = type(found.kind).model_fields[option].default
        yield Finding(
            f"`{option}: {getattr(found.kind, option):g}` is unusual for {found.name}",
            subject.at(found.path, option),
            label=f"expected {expected}",
            help=f"Keras' default is {default:g}",
            fix=option_of(subject, found.path, found.kind, option, f"{default:g}"),
        )


def _unusual(found: Tuned) -> Iterator[tuple[str, str]]:
    epsilon = getattr(found.kind, "epsilon", None)
    if epsilon is not None and (epsilon >= EPSILON or epsilon < 0):
        yield "epsilon", "a small positive number"
    for option in AVERAGES:
        value = getattr(found.kind, option, None)
        if value is not None and not 0 <= value < 1 and option not in found.stuck:
            yield option, "a number from 0 to less than 1"
