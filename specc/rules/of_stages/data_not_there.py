"""D525: files or folders that the spec names and that are not there."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D525",
    "data that are not there",
    "hint",
    source="language §4 (`specc check` works without the data being there)",
    by="inspect",
    files=dict.fromkeys((f"photos/{c}/{i}.png" for c in ("cats", "dogs") for i in range(60)), b""),
    bad="""
        specc: 1
        data:
          images:
            path: fotos  # ! D525
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
            path: photos
            size: [150, 150]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """,
)
def data_not_there(subject: Subject) -> Iterator[Finding]:
    """A spec can be checked on a machine that does not have its data. What can't be decided
    then, such as the number of classes, is left out of the check, and this says so. `specc run`
    needs the data: there it is an error, before anything is loaded. Relative paths start at the
    working directory, or at `--data-dir`.
    """
    return iter(())
