"""X707: normalization of a pretrained base that learns its statistics anew, from small batches."""

from collections.abc import Iterator

from specc.layers.insides_base import Insides
from specc.rules.base import Finding, rule
from specc.rules.transfer import pretrained_bases
from specc.subject import Subject

FEW = 16


@rule(
    "X707",
    "statistics of few images",
    "warning",
    source="Keras' guide to transfer learning (`BatchNormalization` stays in inference mode)",
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [160, 160]}
          batch_size: 4
          classes: [daisy, rose]
        model:
          - MobileNetV2: {weights: imagenet, include_top: false, pooling: avg}  # ! X707
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: {Adam: {learning_rate: 1e-5}}, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: [160, 160]}
          batch_size: 4
          classes: [daisy, rose]
        model:
          - MobileNetV2: {weights: imagenet, include_top: false, pooling: avg, trainable: false}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: {Adam: {learning_rate: 1e-3}}, loss: binary_crossentropy, epochs: 20}
        """,
)
def statistics_of_few_images(subject: Subject) -> Iterator[Finding]:
    """A base that is trained as a whole from the beginning normalizes by the mean and variance of
    each batch, and replaces the statistics of millions of images by running means of them: with a
    few images in a batch these are noise. A base that any phase freezes, in part or as a whole,
    keeps its statistics in all of them.
    """
    data = subject.spec.data
    views = subject.training.phases if subject.training else (subject,)
    if data is None or data.batch_size >= FEW or subject.phase:
        return
    for node in pretrained_bases(subject):
        twins = [view.graph.by_name[node.name].kind for view in views]
        held = any(isinstance(kind, Insides) and not kind.wholly_trained for kind in twins)
        if not held and _normalizes(node.kind):
            yield Finding(
                f"`{node.name}` learns the statistics of its images anew, from batches of "
                f"{data.batch_size}",
                node.at(),
                on_key=True,
                help="train in `phases`, the first of which freezes it, or use larger batches",
            )


def _normalizes(kind: object) -> bool:
    return isinstance(kind, Insides) and any(each.fixed for each in kind.inner())
