"""A441: many layers, one behind the other, and no way around them."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject

MOST_DENSE = 8
MOST = 16  # layers of any kind that multiply


@rule(
    "A441",
    "deep without shortcuts",
    "hint",
    source="He et al. 2015 (plain networks get worse with depth); AUTOTRAINER, DeepDiagnosis",
    covers=("cap.too_deep",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - repeat: {times: 9, layers: [{Dense: {units: 32, activation: relu}}]}  # ! A441
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - repeat: {times: 3, layers: [{Dense: {units: 32, activation: relu}}]}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def deep_without_shortcuts(subject: Subject) -> Iterator[Finding]:
    """Each layer that a gradient passes makes it smaller or larger, and after many it is next to
    nothing or far too large. He et al. found plain networks of 56 layers worse than those of 20,
    on the data they were trained on. A normalization behind each layer, or an `Add` around every
    two, keeps it in bounds.

    Reported: more than 8 dense layers, or more than 16 of any kind, without either.
    """
    if any(node.kind is None or node.kind.normalizes or node.kind.merges for node in subject.nodes):
        return
    hidden = list({node.name: node for node, _ in subject.ways}.values())
    dense = [node for node in hidden if node.kind_name == "Dense"]
    deep = dense if len(dense) > MOST_DENSE else hidden if len(hidden) > MOST else []
    if deep:
        yield _finding(deep)


def _finding(deep: list[Node]) -> Finding:
    return Finding(
        f"{len(deep)} layers stand one behind the other, without normalization or a shortcut",
        deep[0].at(),
        on_key=True,
        help="use fewer layers, `BatchNormalization` behind each, or `Add` around every two",
        notes=(Note("the last of them", deep[-1].at(), on_key=True),),
    )
