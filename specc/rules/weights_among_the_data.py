"""D594: a column of weights that is an input or a target."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

PATH = ("data", "sample_weight")
TARGETS = frozenset({"target", "label_column", "label_columns"})
TEXTS = frozenset({"path_column", "text_column"})


@rule(
    "D594",
    "weights among the data",
    "warning",
    source="Keras 3.15 (`fit`, `sample_weight`)",
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          sample_weight: ill  # ! D594
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          sample_weight: certainty
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
)
def weights_among_the_data(subject: Subject) -> Iterator[Finding]:
    """A weight says how much the error in a row counts. A target as the weight leaves out all rows
    where it is 0, so that a network learns to say yes to all; an input as the weight counts rows
    by what they look like. Names of files and of parts are no numbers.
    """
    data = subject.spec.data
    tables = data.source.tables() if data is not None and data.source is not None else None
    if data is None or tables is None or data.sample_weight is None:
        return
    name = data.sample_weight
    use = ("split_column",) if name == tables.split_column else tables.used.get(name)
    if use is None:
        return
    notes = (Note("it is named here", ("data", data.source.word, *use), on_key=True),)
    help = "name a column that says how much each row counts, or remove it"
    yield Finding(
        f"`{name}` is {_called(str(use[0]))} and the weight", PATH, help=help, notes=notes
    )


def _called(option: str) -> str:
    if option in TARGETS:
        return "the target"
    return f"the `{option}`" if option in TEXTS or option == "split_column" else "an input"
