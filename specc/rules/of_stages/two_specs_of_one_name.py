"""F041: two specs of one call that would write the same files."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F041",
    "two specs of one name",
    "error",
    source="language §10 (two specs with one `name` in one call)",
    by="verbs",
    bad="""
        specc: 1
        name: digits  # and so in another file of the same call
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        name: digits_wide
        model:
          - Input: [4]
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def two_specs_of_one_name(subject: Subject) -> Iterator[Finding]:
    """Scripts and runs are named after their spec: `generated/digits.py`, `runs/digits/`. Of two
    with one name the second would overwrite what the first has written.
    """
    return iter(())
