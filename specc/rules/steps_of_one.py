"""S221: a sequence of a single step."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S221",
    "sequence of one step",
    "warning",
    source="Keras (steps x features); Stack Overflow 60574843",
    covers=("data.rnn_layout",),
    bad="""
        specc: 1
        model:
          - Input: [1, 100]
          - LSTM: 32  # ! S221
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
    good="""
        specc: 1
        model:
          - Input: [100, 1]
          - LSTM: 32
          - Dense: 1
        train: {optimizer: adam, loss: mse}
        """,
)
def steps_of_one(subject: Subject) -> Iterator[Finding]:
    """A recurrent layer carries its state from step to step. With one step there is nothing to
    carry: it is a dense layer with four times the weights. Mostly the axes are the wrong way
    round, and a hundred steps of one feature were meant.

    Reported of the first recurrent layer alone, which reads what the data give, and not behind an
    `Embedding`, where nothing can be turned; one step of one feature is the same either way.
    """
    for node in subject.that(lambda kind: kind.recurrent):
        inputs = subject.graph.into(node)
        if not inputs or inputs[0].rank != 2:
            return
        steps, features = inputs[0].shape
        before = (subject.graph.by_name.get(name) for name in node.sources)
        looked_up = any(each is not None and each.looks_up for each in before)
        if steps == 1 and features != 1 and not looked_up:
            yield Finding(
                f"`{node.kind_name}` reads a sequence of one step",
                node.at(),
                True,
                label=f"takes steps x features, gets {inputs[0]}",
                help=f"if {features}x1 is meant, turn the axes; otherwise use `Dense`",
            )
        return
