"""D526: data that their keepers warn about."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

KNOWN = {
    "boston_housing": (
        "one of its columns was computed from the share of Black residents",
        "for a problem of the same form use `keras: california_housing`",
    )
}


@rule(
    "D526",
    "ethical problem of the data",
    "hint",
    source="Keras' own note on `boston_housing`; scikit-learn removed the data set in 1.2",
    bad="""
        specc: 1
        data:
          dataset: {keras: boston_housing}  # ! D526
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: rmsprop, loss: mse, epochs: 100}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: diabetes}
          preprocess: [Normalization]
        model:
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: {Adam: {learning_rate: 0.01}}, loss: mse, epochs: 100}
        """,
)
def ethical_problem_of_the_data(subject: Subject) -> Iterator[Finding]:
    """The Boston housing data have a column computed from the share of Black residents, made by
    authors who took segregation for something that house prices gain from. Keras warns about it
    in its documentation, and scikit-learn has removed the data. For learning how regression
    works they serve; for anything about houses or people they do not.
    """
    source = subject.spec.data.source if subject.spec.data else None
    name = getattr(source, "name", None)
    if subject.facts.source == "dataset" and name in KNOWN:
        message, help = KNOWN[name]
        yield Finding(f"`{name}`: {message}", subject.at(("data",), None), help=help)
