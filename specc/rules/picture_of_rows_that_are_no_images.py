"""U924: a picture of rows that are no images."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

OF_IMAGES = ("misclassified", "activations", "filters", "grad_cam")
CHANNELS = (None, 1, 3, 4)


@rule(
    "U924",
    "a picture of rows that are no images",
    "error",
    source="matplotlib 3.11 (`imshow`: invalid shape for image data)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        visualize:
          - misclassified  # ! U924
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        visualize: [roc]
        """,
)
def picture_of_rows_that_are_no_images(subject: Subject) -> Iterator[Finding]:
    """`misclassified`, `activations`, `filters` and `grad_cam` show images, or what becomes of
    them: rows of height x width x channels, with 1 channel for grey, 3 for colours or 4 with
    transparency, in a model that takes nothing else.
    """
    whole = subject.entire
    taken = whole.facts.tensor or whole.graph.input
    several = len(whole.graph.inputs) > 1
    if several or taken is None or (taken.rank == 3 and taken.shape[2] in CHANNELS):
        found = "the model takes several inputs" if several else ""
    else:
        found = f"the rows have the shape {taken}"
    for picture, path in subject.pictures:
        if found and picture.word in OF_IMAGES:
            yield Finding(f"`{picture.word}` shows images, and {found}", path)
