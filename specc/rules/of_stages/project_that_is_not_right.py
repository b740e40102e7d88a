"""U910: a `[tool.specc]` in `pyproject.toml` that says what it cannot say."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U910",
    "project that is not right",
    "error",
    source="the keys of `[tool.specc]`",
    by="configuration",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def project_that_is_not_right(subject: Subject) -> Iterator[Finding]:
    """The nearest `pyproject.toml` with a `[tool.specc]`, in the folder of a spec or above, says
    which findings count there: `select` and `ignore` are lists of codes or their beginnings,
    `severity` is a table such as `{P304 = "hint"}`, and `keras` and `tensorflow` name the versions
    that scripts are for. A key or a code that is not known would change nothing, so it is an
    error, with its place in that file.
    """
    return iter(())
