"""A426: dropout where there is little to drop."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.chain import drops
from specc.subject import Subject


@rule(
    "A426",
    "dropout on a narrow layer",
    "warning",
    source="UMLAUT; Stack Overflow 33969059, 56317174",
    covers=("reg.overregularised_small_net",),
    bad="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 6, activation: relu}
          - Dropout: 0.5  # ! A426
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [4]
          - Dense: {units: 64, activation: relu}
          - Dropout: 0.5
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def dropout_on_a_narrow_layer(subject: Subject) -> Iterator[Finding]:
    """Dropout is against overfitting, for which a layer of six units has no room. Of six units
    half drop three: one step in 64 sees none at all. The noise is larger than what the layer
    has learnt, and the loss stops where the noise is.
    """
    for node, (between, _) in subject.ways:
        units = node.width
        if units is None or units > 8 or not node.units:
            continue
        for each in between:
            rate = each.rate
            if drops(each) and isinstance(rate, float | int) and 0.2 <= rate < 0.7:
                yield Finding(
                    f"dropout of {rate:g} on {units} units",
                    each.at("rate"),
                    help="remove the dropout, or make the layer wider",
                    notes=(Note("the layer", node.at("units")),),
                )
