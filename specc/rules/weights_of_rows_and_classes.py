"""D585: two ways to weigh rows, of which Keras takes one."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D585",
    "weights of rows and of classes",
    "error",
    source="Keras 3.15: `fit`",
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2}
          sample_weight: weight  # ! D585
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20, class_weight: balanced}
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
        train: {optimizer: adam, epochs: 20}
        """,
)
def weights_of_rows_and_classes(subject: Subject) -> Iterator[Finding]:
    """Keras makes weights of rows out of those of classes, and `fit` fails where there are both. To
    weigh by both, multiply the column by the weight of the class of each row.
    """
    data = subject.spec.data
    if data is None or data.sample_weight is None or subject.spec.train.class_weight is None:
        return
    yield Finding(
        "rows have weights of their own and by their class, and Keras takes one of them",
        ("data", "sample_weight"),
        help="keep one, or multiply the column by the weights of the classes",
        notes=(Note("the other weights", ("train", "class_weight"), on_key=True),),
    )
