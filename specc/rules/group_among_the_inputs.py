"""D586: a column of groups, which the network learns from."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

CALLED = {
    **dict.fromkeys(("target", "label_column", "label_columns"), "the target"),
    "split_column": "the `split_column`",
}


@rule(
    "D586",
    "group among the inputs",
    "warning",
    source="notes K1 §1.2 (parts must not overlap)",
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
            categorical: {patient: 200}
          preprocess: [Normalization]
          split: {validation: 0.2, group: patient}  # ! D586
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
          split: {validation: 0.2, group: patient}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
)
def group_among_the_inputs(subject: Subject) -> Iterator[Finding]:
    """Groups stay together so that a network is judged on groups that it has never seen. Of those
    the column that names them tells it nothing: it learns groups by heart that never come again,
    and all values of the other parts are unknown ones. A target is no group either: each part
    would have classes of its own. And the rows of a part that a `split_column` names would all be
    one group, of which nothing can be held out.
    """
    data = subject.spec.data
    tables = data.source.tables() if data is not None and data.source is not None else None
    path = ("data", "split", "group")
    name = data.beside.get(path) if data is not None else None
    if data is None or tables is None or name is None:
        return
    use = ("split_column",) if name == tables.split_column else tables.used.get(name)
    if use is None:
        return
    what = CALLED.get(str(use[0]), "an input")
    is_input = use[0] not in CALLED
    help = "remove it there" if is_input else "name the column of whatever rows have in common"
    place = ("data", data.source.word, *use)
    notes = (Note("it is named here", place, on_key=True),)
    yield Finding(f"`{name}` is {what} and the group", path, help=help, notes=notes)
