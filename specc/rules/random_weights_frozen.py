"""A427: a layer that may not learn and has learnt nothing."""

from collections.abc import Iterator
from itertools import takewhile

from specc.diagnostics import Edit
from specc.graph import Node
from specc.phased import called_again, nameless
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of
from specc.subject import Subject


@rule(
    "A427",
    "random weights frozen",
    "error",
    source="Keras 3.15 (`trainable`); Stack Overflow 64387251",
    covers=("reg.frozen_random_layer",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, trainable: false}  # ! A427
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def random_weights_frozen(subject: Subject) -> Iterator[Finding]:
    """`trainable: false` keeps weights as they are, which is right for weights that were trained
    before. This layer starts with random numbers and keeps them, so everything behind it learns
    from scrambled inputs. A frozen base of `weights: null` is such a layer, too.

    Left alone is a network that is frozen from some place on to its end, behind layers that learn:
    the judge of a generator, which is trained on its own.
    """
    judge = _judge(subject)
    for node in subject.that(lambda kind: kind.learns):
        if node.name in judge:
            continue
        trained_before = getattr(node.kind, "pretrained", None) is not None
        own = node.kind_name == "Custom"  # whose weights nobody knows
        if node.trainable is False and not (trained_before or own) and node.shared is None:
            if subject.phase is not None:
                yield from _by_phase(subject, node)
                continue
            path = node.at("trainable")
            yield Finding(
                f"`{node.kind_name}` keeps the random weights it starts with",
                path,
                label="expected `true`",
                help="remove `trainable: false`",
                fix=(Edit(path, "true"),),
            )


def _judge(subject: Subject) -> frozenset[str]:
    """The layers at the end of the model that are frozen, where those before them learn."""
    learning = [node for node in subject.nodes if node.kind is None or node.kind.learns]
    frozen = list(takewhile(lambda node: node.trainable is False, reversed(learning)))
    several = 1 < len(frozen) < len(learning)
    return frozenset(node.name for node in frozen) if several else frozenset()


def _by_phase(subject: Subject, node: Node) -> Iterator[Finding]:
    """In the first phase only: later ones freeze what the earlier ones have trained."""
    path, listed = place_of(subject, node.name)
    if listed and nameless(node, called_again(subject.spec)):
        return  # X708
    if subject.phase == 0 and any(map(subject.graph.trained, subject.nodes)):
        yield Finding(
            f"`{node.name}` keeps the random weights it starts with",
            path if listed else node.at("trainable"),
            on_key=listed,
            help=f"write `{node.name}: true`, or leave it out",
        )
