"""A419: dropout on the answers."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.chain import ACTIVATION_LAYERS, DROPOUTS
from specc.subject import Subject

NOISE = DROPOUTS | {"GaussianNoise", "GaussianDropout"}
STILL = NOISE | ACTIVATION_LAYERS | {"Flatten", "Reshape"}


@rule(
    "A419",
    "noise after the last layer",
    "error",
    source="Stack Overflow 44755431; NeuraLint",
    covers=("out.noise_after_logits",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: 10
          - Dropout: 0.5  # ! A419
          - Softmax
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - Dense: 10
          - Softmax
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def noise_at_the_end(subject: Subject) -> Iterator[Finding]:
    """Dropout behind the last layer that learns sets answers to 0, the right ones as well, and the
    loss then says that the model was wrong. No weights can make up for it.

    Measured: after thirty epochs the accuracy is 0.55, and 0.68 with the same dropout in front of
    the last layer.
    """
    nodes = subject.nodes
    for position in range(len(nodes) - 1, -1, -1):
        node = nodes[position]
        if node.kind is not None and node.kind.multiplies:
            break
        if node.kind_name not in STILL or node.kind is None:
            return
    else:
        return
    for noisy in nodes[position + 1 :]:
        if noisy.kind_name in NOISE:
            yield Finding(
                f"`{noisy.kind_name}` behind the last layer that learns drops answers",
                noisy.at(),
                True,
                help=f"put it in front of `{node.kind_name}`",
                notes=(Note("the last layer that learns", node.at(), on_key=True),),
            )
