"""A421: a penalty that outweighs the loss."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject
from specc.training.base import Regularizer

SEVERAL = 5  # layers
USUAL = 0.01  # what Keras means by `l2`
LARGE = 100_000  # weights


@rule(
    "A421",
    "penalty too strong",
    "warning",
    source="TheDeepChecker, Humbatova et al.; notes K1 §1.5 (0.001)",
    covers=("reg.penalty_too_strong",),
    bad="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 512, activation: relu, kernel_regularizer: l1}  # ! A421
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [784]
          - Dense: {units: 512, activation: relu, kernel_regularizer: {L1: 1e-5}}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def penalty_too_strong(subject: Subject) -> Iterator[Finding]:
    """A penalty adds up over all weights, and the loss is a mean over samples. 400,000 weights
    of about 0.034 with `l1: 0.01` start at 136 while the loss starts at 2.3: training shrinks the
    weights to nothing first and never comes back to the task. Keras' words `l1` and `l2` stand
    for 0.01, ten times what the notes use.

    Reported: `l1` from 0.005 on and `l2` from 0.05 on; for layers of more than 100,000 weights
    `l2` from 0.01 on, and where five layers or more have one.
    """
    listed = [node for node in subject.that(lambda kind: kind.multiplies) if _l2(node) >= USUAL]
    for node in subject.that(lambda kind: kind.multiplies):
        penalty = node.kernel_regularizer
        if not isinstance(penalty, Regularizer):
            continue
        l1, l2 = penalty.strength
        weights = subject.graph.params(node)
        large = weights > LARGE or len(listed) >= SEVERAL
        if weights and (l1 >= 0.005 or l2 >= 0.05 or (large and l2 >= USUAL)):
            strong = f"`l1` of {l1:g}" if l1 >= 0.005 else f"`l2` of {l2:g}"
            yield Finding(
                f"{strong} on {weights:,} weights outweighs the loss",
                node.at("kernel_regularizer"),
                label="expected 0.001 or less",
                help="write `{L2: 0.001}`",
                fix=layer_option(subject, node, "kernel_regularizer", "{L2: 0.001}"),
            )


def _l2(node: Node) -> float:
    penalty = node.kernel_regularizer
    return penalty.strength[1] if isinstance(penalty, Regularizer) else 0.0
