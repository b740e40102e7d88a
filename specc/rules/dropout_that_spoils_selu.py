"""A464: a dropout that another activation needs."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.subject import Subject

RIGHT = {"Dropout": "AlphaDropout", "AlphaDropout": "Dropout"}


@rule(
    "A464",
    "dropout that spoils SELU",
    "hint",
    source="Klambauer et al. 2017, Self-Normalizing Neural Networks, §3 (alpha dropout)",
    covers=("init.activation_mismatch",),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 64, activation: selu, kernel_initializer: lecun_normal}
          - Dropout: 0.2  # ! A464
          - Dense: {units: 64, activation: relu}
          - AlphaDropout: 0.2  # ! A464
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 64, activation: selu, kernel_initializer: lecun_normal}
          - AlphaDropout: 0.2
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.2
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dropout_that_spoils_selu(subject: Subject) -> Iterator[Finding]:
    """SELU keeps mean and variance of its values from layer to layer. Dropout puts zeros among
    them, which changes both; `AlphaDropout` puts in the lowest value that SELU has, and scales the
    rest so that both stay. Behind any other activation those lowest values mean nothing.
    """
    for node, (between, _) in subject.ways:
        activation, before = "linear", node
        for each in (node, *between):
            if each.kind is not None and each.kind.normalizes:
                break
            if subject.activation(each) != "linear":
                activation, before = subject.activation(each), each
            wrong = "Dropout" if activation == "selu" else "AlphaDropout"
            if each.kind_name == wrong and activation != "linear":
                yield _finding(each, before, activation)


def _finding(node: Node, before: Node, activation: str) -> Finding:
    right = RIGHT[node.kind_name]
    return Finding(
        f"`{node.kind_name}` behind `{activation}`",
        node.at(),
        on_key=True,
        help=f"write `{right}`",
        notes=(Note("the activation", before.at(), on_key=True),),
        fix=(Edit(node.path, right, how="rename"),) if isinstance(node.written, dict) else (),
    )
