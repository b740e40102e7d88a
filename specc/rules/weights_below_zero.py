"""D584: weights of rows that are negative, or all zero."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

HEAD = "age,pulse,weight,ill\n"
ROWS = [f"{30 + i % 40},{60 + i * 7 % 30},{i % 4},{i % 2}\n" for i in range(300)]
BELOW = [row.replace(",3,", ",-1,") for row in ROWS]


@rule(
    "D584",
    "weights of rows below zero",
    "error",
    source="Keras 3.15 (measured)",
    files={
        "below.csv": (HEAD + "".join(BELOW)).encode(),
        "visits.csv": (HEAD + "".join(ROWS)).encode(),
    },
    bad="""
        specc: 1
        data:
          table:
            path: below.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2}
          sample_weight: weight  # ! D584
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2}
          sample_weight: weight
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 50}
        """,
)
def weights_below_zero(subject: Subject) -> Iterator[Finding]:
    """The loss is the mean of the losses of the rows, each times its weight. Where a weight is
    below zero it falls without end as the network gets that row wrong; where all weights of a part
    are zero there is nothing to learn from, and the loss is 0. Nothing says a word.
    """
    weights, data = subject.facts.weights, subject.spec.data
    if weights is None or data is None:
        return
    path = ("data", "sample_weight")
    if weights[0] < 0:
        message = f"there are weights in `{data.sample_weight}` down to {weights[0]:g}"
        yield Finding(message, path, help="write 0 for rows that shall not count")
    elif weights[1] == 0:
        yield Finding(f"all weights in `{data.sample_weight}` are 0 in one of the parts", path)
