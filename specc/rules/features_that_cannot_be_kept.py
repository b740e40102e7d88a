"""T633: layers that cannot be hoisted, though the spec asks for it."""

from collections.abc import Iterator

from specc.hoisting import hoisting
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject

PLACE: Path = ("train", "hoist")


@rule(
    "T633",
    "features that cannot be kept",
    "error",
    source="notes J2 (the fast extraction of features allows no augmentation)",
    bad="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
          augment: {horizontal_flip: true}
        model:
          - VGG16: {include_top: false, trainable: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 30
          hoist: true  # ! T633
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, size: [150, 150]}
        model:
          - VGG16: {include_top: false, trainable: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 30
          hoist: true
        """,
)
def features_that_cannot_be_kept(subject: Subject) -> Iterator[Finding]:
    """`hoist: true` computes the output of the frozen layers at the start of a model once, for all
    epochs. That is the same training only where each row gives the same output every time, and
    all that follows is made of that output alone. Otherwise the layers have to work in every
    epoch, as they do without `hoist`. Said for a training in phases, it takes one phase that can.
    """
    if not subject.spec.train.hoist or not subject.graph.complete or subject.broken:
        return
    asked = _asked(subject)
    if asked[0].phase == subject.phase and not any(hoisting(view).can for view in asked):
        help = "remove `hoist: true`; `specc show --pipeline` says what is done without it"
        if subject.training is not None and subject.spec.augments:
            help = "write `augment: none` in the phase, or remove `hoist: true`"
        message = f"the frozen layers have to work in every epoch: {hoisting(subject).why}"
        yield Finding(message, PLACE, help=help)


def _asked(subject: Subject) -> list[Subject]:
    """All phases that the same `hoist` of the spec is for."""
    if subject.training is None or subject.said(PLACE) != PLACE:
        return [subject]
    return [view for view in subject.training.phases if view.said(PLACE) == PLACE]
