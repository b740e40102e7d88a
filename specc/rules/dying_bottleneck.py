"""A423: one or two ReLU units that everything must pass."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "A423",
    "ReLU bottleneck of one or two units",
    "warning",
    source="AUTOTRAINER (dying ReLU), DeepLocalize, DeepDiagnosis",
    covers=("act.relu_bottleneck",),
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 2, activation: relu}  # ! A423
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dying_bottleneck(subject: Subject) -> Iterator[Finding]:
    """A ReLU unit that is negative for every row gives 0 and gets no gradient: it is dead for
    good. Of a hundred units some may die. Of two, the loss of one is the loss of half of
    what the layers behind can see, and that of both leaves a constant.
    """
    for node, (between, _) in subject.ways:
        activations = [subject.activation(each) for each in (node, *between)]
        inputs, units = subject.graph.into(node), node.width
        if "relu" not in activations or units is None or units > 2 or not inputs:
            continue
        before = inputs[0].shape[-1] if inputs[0].shape else None
        if before is not None and before >= units and node.units:
            plural = "s" if units > 1 else ""
            yield Finding(
                f"everything passes through {units} ReLU unit{plural}, which can die",
                node.at("units"),
                label="expected 8 or more",
                help="make the layer wider, or use `tanh` where the bottleneck is meant",
            )
