"""T612: many more weights than the rows could settle."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import counted

EACH = 1000  # weights per row


@rule(
    "T612",
    "network too large for the data",
    "hint",
    source="notes K1 (Boston housing: little data, a small network and k-fold), §1.5",
    covers=("reg.overcapacity",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 1024, activation: relu}
          - Dense: {units: 1024, activation: relu}  # ! T612
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 40}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 40}
        """,
)
def network_too_large_for_the_data(subject: Subject) -> Iterator[Finding]:
    """A network with a thousand weights for each row can store the training rows whole, instead
    of finding what they have in common. The notes' answer for small tables is a small network,
    two hidden layers of 16 to 64 units.
    """
    rows, shape = subject.facts.given.get("train"), subject.facts.shape
    if not rows or shape is None or len(shape) != 1 or not subject.graph.complete:
        return
    weights = {node.name: subject.graph.params(node) for node in subject.entire.nodes}
    total = sum(weights.values())
    if total > EACH * rows:
        largest = max(subject.entire.nodes, key=lambda node: weights[node.name])
        yield Finding(
            f"{total:,} weights for {counted(rows, 'row')}",
            largest.at(),
            on_key=True,
            label=f"{weights[largest.name]:,} of them",
            help="use fewer units",
        )
