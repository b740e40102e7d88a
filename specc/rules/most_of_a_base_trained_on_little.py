"""X709: a base that is fine-tuned from early on, with few pictures to do so."""

from collections.abc import Iterator

from specc.rules.amounts import train_rows
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of, pretrained_bases, trained_share
from specc.subject import Subject

MOST = 0.75  # of the weights of a base
LITTLE = 5_000  # pictures


@rule(
    "X709",
    "most of a base trained on little",
    "hint",
    source="notes J2 (fewer trained parameters overfit less)",
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          classes: [cats, dogs]
          facts: {samples: 2000}
        model:
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
              trainable: {vgg16: {from: block3_conv1}}  # ! X709
              optimizer: {RMSprop: {learning_rate: 1e-5}}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          classes: [cats, dogs]
          facts: {samples: 2000}
        model:
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
              trainable: {vgg16: {from: block5_conv1}}
              optimizer: {RMSprop: {learning_rate: 1e-5}}
        """,
)
def most_of_a_base_trained_on_little(subject: Subject) -> Iterator[Finding]:
    """Millions of weights that may move, and a few thousand pictures to say where to: the network
    learns these pictures by heart. The early layers are of use as they are.
    """
    rows = train_rows(subject)
    if subject.phase is None or rows is None or rows >= LITTLE:
        return
    for node in pretrained_bases(subject):
        share = trained_share(subject, node)
        if share > MOST:
            path, listed = place_of(subject, node.name)
            yield Finding(
                f"{share:.0%} of the weights of `{node.name}` are trained on {rows:,} pictures",
                path,
                on_key=listed,
                help="`from` a later layer trains fewer of them",
            )
