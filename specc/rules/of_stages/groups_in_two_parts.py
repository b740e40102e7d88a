"""D582: rows of one group in two parts."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D582",
    "groups in two parts",
    "warning",
    source="notes K1 §1.2 (parts must not overlap); Kapoor, Narayanan 2023 (leakage)",
    by="looking",
    bad="""
        specc: 1
        data:
          table:
            path: visits.csv
            target: ill
            numeric: [age, pulse]
          preprocess: [Normalization]
          split: {test: 0.2}
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
          split: {test: 0.2, group: patient}
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        task: binary
        train: {optimizer: adam, epochs: 20}
        """,
)
def groups_in_two_parts(subject: Subject) -> Iterator[Finding]:
    """Rows of one patient, speaker or household are alike in what has nothing to do with the
    target. With some of them in the training part and others in the test part a network is judged
    on those whom it knows already, and is worse on all others. `specc data` looks at the column
    `group`, and where there is none at columns beside the inputs that are named like `patient_id`
    and tell ten apart or more. What parts share by a split of specc's own, `group` keeps
    together; parts that were made elsewhere have to be made anew.
    """
    return iter(())
