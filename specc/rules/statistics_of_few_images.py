"""X707: normalization of a pretrained base that learns its statistics anew, from small batches."""

from collections.abc import Iterator

from specc.layers.insides_base import Insides
from specc.rules.base import Finding, rule
from specc.rules.transfer import place_of, pretrained_bases
from specc.subject import Subject

FEW = 16

IN_PART = "train a part of it in `phases`, as by `{}: {{share: 0.5}}`, or use larger batches"
LEFT_OUT = "`trainable` is the whole state of a phase: write `{0}: false`, or `{0}: {{share: 0.5}}`"


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
    """A base that is trained as a whole normalizes by the mean and variance of each batch, and
    replaces the statistics of millions of images by running means of them: with a few images in a
    batch these are noise. Where a phase trains a base in part, its normalization stays frozen.
    """
    data = subject.spec.data
    if data is None or data.batch_size >= FEW:
        return
    for node in pretrained_bases(subject):
        kind = node.kind
        if isinstance(kind, Insides) and kind.wholly_trained and _normalizes(kind):
            path, listed = place_of(subject, node.name)
            forgotten = not listed and _listed_before(subject, node.name)
            yield Finding(
                f"`{node.name}` learns the statistics of its images anew, from batches of "
                f"{data.batch_size}",
                path if listed or forgotten else node.at(),
                on_key=not forgotten,
                help=LEFT_OUT.format(node.name) if forgotten else IN_PART.format(node.name),
            )


def _listed_before(subject: Subject, name: str) -> bool:
    """Whether a phase before says what is trained of a base that this one leaves out."""
    phases = subject.training.spec.train.phases or () if subject.training else ()
    return any(name in phase.states for phase in phases[: subject.phase])


def _normalizes(kind: object) -> bool:
    return isinstance(kind, Insides) and any(each.fixed for each in kind.inner())
