"""A425: an exponential in a hidden layer."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A425",
    "exponential in a hidden layer",
    "error",
    source="AUTOTRAINER (exploding gradient), Humbatova et al. (U3), DeepDiagnosis",
    covers=("act.exponential_hidden",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: exponential}  # ! A425
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def exponential_inside(subject: Subject) -> Iterator[Finding]:
    """The gradient of an exponential is its output: an input of 10 multiplies it by 22,000. At the
    end of a model that predicts positive numbers it can make sense; in the middle `elu` or
    `softplus` do what is wanted.

    Measured: four such layers of 64 read loss NaN within thirty epochs, on inputs of mean 0 and
    variance 1.
    """
    for node, (between, _) in subject.ways:
        for each in (node, *between):
            if subject.activation(each) == "exponential":
                path = each.at("activation")
                written = isinstance(subject.get(path), str)
                yield Finding(
                    "the gradient of `exponential` grows with its output",
                    path,
                    not written,
                    label="expected `relu`",
                    help="write `relu`, or `softplus` for positive outputs",
                    fix=(Edit(path, "relu"),) if written else (),
                )
