"""D570: rows of an index of images that name a file again, or one outside of the folder."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

SPEC = """
        specc: 1
        data:
          images: {path: photos, csv: INDEX, path_column: file, label_column: kind, size: 64}MARK
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 300}
        """
FILES = [(f"{i}.png", ("cat", "dog")[i % 2]) for i in range(120)]
LINES = "".join(f"{file},{kind}\n" for file, kind in FILES)


@rule(
    "D570",
    "odd rows of an index",
    "warning",
    source="notes K1 §1.2 (a row in two parts makes scores too good)",
    by="inspect",
    files={f"photos/{file}": b"" for file, _ in FILES}
    | {
        "clean.csv": f"file,kind\n{LINES}".encode(),
        "again.csv": f"file,kind\n{LINES}7.png,dog\n".encode(),
    },
    bad=SPEC.replace("INDEX", "again.csv").replace("MARK", "  # ! D570"),
    good=SPEC.replace("INDEX", "clean.csv").replace("MARK", ""),
)
def odd_rows_of_an_index(subject: Subject) -> Iterator[Finding]:
    """A file that an index names twice may come to stand in two parts, so that scores are too
    good; with two labels, one of them is wrong. Names that lead out of the folder by `..` are
    read, but a copy of the folder lacks them.
    """
    return iter(())
