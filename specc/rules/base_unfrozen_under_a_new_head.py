"""X704: a pretrained base that learns together with layers that start at random."""

from collections.abc import Iterator

from specc.rules.amounts import tuned
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of, pretrained_bases
from specc.subject import Subject


@rule(
    "X704",
    "base unfrozen under a new head",
    "warning",
    source="notes J2 (fine-tuning in five steps: the new part is trained first)",
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          phases:
            - name: all
              trainable: {vgg16: {from: block5_conv1}}  # ! X704
              optimizer: {RMSprop: {learning_rate: 2e-5}}
              epochs: 30
        """,
    good="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
              epochs: 30
            - name: fine_tune
              trainable: {vgg16: {from: block5_conv1}}
              optimizer: {RMSprop: {learning_rate: 1e-5}}
              epochs: 100
        """,
)
def base_unfrozen_under_a_new_head(subject: Subject) -> Iterator[Finding]:
    """The head starts with random weights, so its first errors are large, and so are the steps
    that they make in the base: what it has learned from millions of pictures is lost in a few
    batches. Train the head first, with the base frozen, and unfreeze the end of the base then.

    Without phases it is found where the learning rate is above 0.0001, or above 0.001 for SGD.
    """
    if subject.phase or not _starts_at_random(subject):
        return
    found = tuned(subject)
    gentle = found is not None and (found.first or 1.0) <= found.kind.rates.slow
    if subject.phase is None and (found is None or gentle):
        return
    for node in pretrained_bases(subject):
        if not subject.graph.trained(node):
            continue
        path, listed = place_of(subject, node.name)
        yield Finding(
            f"`{node.name}` is trained together with layers that start at random",
            path if listed else node.at(),
            on_key=True,
            help=f"write `{node.name}: false` in the first phase"
            if subject.phase == 0
            else f"write `trainable: false`, or train in `phases`, with `{node.name}: false` first",
        )


def _starts_at_random(subject: Subject) -> bool:
    """Whether anything but a whole model is trained."""
    kinds = ((node, node.kind) for node in subject.nodes)
    return any(
        kind is not None and not kind.whole_model and subject.graph.trained(node) > 0
        for node, kind in kinds
    )
