"""D581: groups that are too few to be shared out."""

from collections.abc import Iterator

from specc.data.protocol import shares
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted

HEAD = "age,pulse,site,ill\n"
ROWS = [f"{30 + i % 40},{60 + i * 7 % 30},{'ABC'[i % 3]},{i % 2}\n" for i in range(300)]


@rule(
    "D581",
    "fewer groups than parts",
    "error",
    source="scikit-learn 1.9",
    files={"visits.csv": (HEAD + "".join(ROWS)).encode()},
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2, group: site}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        evaluate: {k_fold: 5}  # ! D581
        """,
    good="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {group: site}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        evaluate: {k_fold: 3}
        """,
)
def fewer_groups_than_parts(subject: Subject) -> Iterator[Finding]:
    """Every part and every fold has groups of its own: with fewer groups than these some would be
    empty. Three sites make three folds, or a training, a validation and a test part of one each.
    """
    spec, groups = subject.spec, subject.facts.groups
    if spec.data is None or groups is None:
        return
    evaluate = spec.evaluate
    folds = evaluate.k_fold if evaluate is not None else None
    cut = len(shares(subject.facts.given, spec.data.split, evaluate))
    if groups >= cut + (folds or 1):
        return
    parts = f"{folds} folds" if folds else f"{cut + 1} parts"
    more = " and the test part" if folds and cut else ""
    path = ("evaluate", "k_fold") if folds else ("data", "split", "group")
    name = spec.data.beside["data", "split", "group"]
    message = f"{counted(groups, 'group')} in `{name}` cannot be shared out over {parts}{more}"
    yield Finding(message, path)
