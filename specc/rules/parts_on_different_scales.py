"""D502: the parts were prepared in different ways."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D502",
    "parts on different scales",
    "warning",
    source="notes K1 §1.2 (what is done to one part is done to all); TheDeepChecker",
    by="looking",
    covers=("data.train_test_skew",),
    bad="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
    good="""
        specc: 1
        data:
          arrays: {path: wines.npz}
          preprocess: [Normalization]
        model:
          - Input: [12]
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 3, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 50}
        """,
)
def parts_on_different_scales(subject: Subject) -> Iterator[Finding]:
    """`specc data` compares the sizes of the values of each part. Where those of one part are
    twelve times those of training or more, it was prepared in another way, mostly scaled or not:
    the network is scored on numbers that it has never seen the like of. Preparing by `preprocess`
    treats all parts alike.
    """
    return iter(())
