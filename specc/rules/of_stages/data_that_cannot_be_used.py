"""D527: files that are there, and are not what the source reads."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D527",
    "data that cannot be used",
    "error",
    source="Keras (image_dataset_from_directory); NumPy's file format",
    by="inspect",
    files=dict.fromkeys(
        [f"photos/{i}.png" for i in range(9)]
        + [f"pets/{c}/{i}.png" for c in ("cats", "dogs") for i in range(60)],
        b"",
    ),
    bad="""
        specc: 1
        data:
          images:
            path: photos  # ! D527
            size: [150, 150]
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
          images:
            path: pets
            size: [150, 150]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def data_that_cannot_be_used(subject: Subject) -> Iterator[Finding]:
    """The data are looked at before anything is trained: images lie in one folder per class;
    arrays are numbers, with as many rows of inputs as of targets; a local copy of a data set
    has the arrays that Keras' own file has. Nothing is unpickled to find that out.
    """
    return iter(())
