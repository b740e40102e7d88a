"""X706: a phase, or a whole training, that cannot change a single weight."""

from collections.abc import Iterator

from specc.phased import trainable_of
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of, pretrained_bases
from specc.subject import Subject


@rule(
    "X706",
    "nothing to train",
    "error",
    source="Keras 3.15 (`fit` of a model without trainable weights goes through its epochs)",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid, name: head}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: rest
              trainable: {hidden: false, head: false}  # ! X706
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid, name: head}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: rest
              trainable: {hidden: false}
        """,
)
def nothing_to_train(subject: Subject) -> Iterator[Finding]:
    """Everything that has weights is frozen, so each epoch ends as it has begun. `trainable` of
    a phase is its whole state, and not a change of the one before.
    """
    graph = subject.graph
    if not graph.complete or subject.undecided:
        return
    if any(map(graph.trained, graph.nodes)):
        yield from _none_of_a_base(subject)
        return
    with_weights = [node for node in graph.nodes if graph.params(node)]
    bases = list(pretrained_bases(subject))
    if not with_weights or (subject.phase is None and len(bases) < len(with_weights)):
        return
    help = "leave a layer out of `trainable`, and it is trained"
    if subject.phase is None:
        help = "put layers of your own behind it, such as `Dense`"
        yield Finding("no weight of the model is trained", bases[0].at(), on_key=True, help=help)
        return
    path = trainable_of(subject.phase)
    yield Finding("no weight is trained in this phase", path, on_key=True, help=help)


def _none_of_a_base(subject: Subject) -> Iterator[Finding]:
    """Layers inside a base that a phase names, and that have no weights or only normalize."""
    for node in pretrained_bases(subject) if subject.phase is not None else ():
        if node.trainable and not subject.graph.trained(node):
            path, listed = place_of(subject, node.name)
            message = f"what is named of `{node.name}` has no weights to train"
            help = "name others: normalization stays frozen in a base that is trained in part"
            yield Finding(message, path, on_key=listed, help=help)
