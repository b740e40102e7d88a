"""F023: code of the user's own without `--trust`."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "F023",
    "custom code without --trust",
    "error",
    source="the language, 10: nothing in a spec is imported or evaluated but with `--trust`",
    by="runs",
    bad="""
        specc: 1
        model:
          - Input: [16]
          - custom: {class: "my_package.layers:SqueezeExcite", arguments: {ratio: 8}}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [16]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def custom_code(subject: Subject) -> Iterator[Finding]:
    """A custom layer is Python code that a run imports and executes with all your rights. A spec
    from somewhere else could bring any: `specc run` asks for `--trust`, which says that you have
    read it. `check`, `show` and `build` look at what the spec declares of it and never run it.
    """
    return iter(())
