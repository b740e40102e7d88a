"""X712: a base whose early layers are trained while late ones are frozen."""

from collections.abc import Iterator

from specc.layers.insides_base import Insides
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of, pretrained_bases
from specc.subject import Subject


@rule(
    "X712",
    "early layers unfrozen alone",
    "warning",
    source="notes J2 (only the layers on the side of the output: the early ones are reusable)",
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          epochs: 30
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
            - name: fine_tune
              trainable: {vgg16: {match: block1_*}}  # ! X712
              optimizer: {RMSprop: {learning_rate: 1e-5}}
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
          epochs: 30
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
            - name: fine_tune
              trainable: {vgg16: {match: block5_*}}
              optimizer: {RMSprop: {learning_rate: 1e-5}}
        """,
)
def early_layers_unfrozen_alone(subject: Subject) -> Iterator[Finding]:
    """Early layers see edges and colours, which are the same in all pictures; late ones see ears
    and wheels, which are not. Trained alone, the early ones move beneath layers that were made for
    what they put out before. Normalization may be trained anywhere.
    """
    if subject.phase is None:
        return
    for node in pretrained_bases(subject):
        if isinstance(node.kind, Insides) and _upside_down(node.kind):
            path, listed = place_of(subject, node.name)
            yield Finding(
                f"early layers of `{node.name}` are trained, and late ones are frozen",
                path,
                on_key=listed,
                help="`from` trains all layers from one on, to the last",
            )


def _upside_down(kind: Insides) -> bool:
    """Whether a frozen layer stands behind one that is trained, of those with a kernel."""
    places = [place for place, each in enumerate(kind.inner()) if each.trained and not each.fixed]
    trained = [place for place in places if place not in kind.frozen_inside]
    frozen = [place for place in places if place in kind.frozen_inside]
    return bool(trained and frozen) and max(frozen) > min(trained)
