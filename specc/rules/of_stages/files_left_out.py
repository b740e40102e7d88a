"""D540: files that cannot be decoded, and are left out."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D540",
    "files left out",
    "hint",
    source="language §10 (`on_bad`)",
    by="looking",
    bad="""
        specc: 1
        data:
          images: {train: photos/train, validation: photos/validation, size: [150, 150]}
          on_bad: skip
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images: {train: photos/train, validation: photos/validation, size: [150, 150]}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def files_left_out(subject: Subject) -> Iterator[Finding]:
    """With `on_bad: skip` the script decodes every file before it trains and leaves out those that
    it cannot decode. How many those are, and which, is said each time, and stands in the record of
    a run: a folder that loses half of its files should not go unseen.
    """
    return iter(())
