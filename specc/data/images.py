"""Image files in folders, one folder per class."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from specc.data.base import Known, Location, Source
from specc.data.parts import NAMES
from specc.kind import Size2, mistake, spread
from specc.values import Items, Section, Value

FAMILY = "sources"
CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}


class Images(Source):
    """Pictures, decoded and resized to `size`, which is height and width.

    Either one folder for each part, or one `path` to be split. Classes are the folders in the
    training folder, sorted by name.
    """

    words = ("images",)
    word_only = True
    later: ClassVar[Mapping[str, str]] = {
        "csv": "an index of file names",
        "path_column": "an index of file names",
        "label_column": "an index of file names",
        "label_columns": "an index of file names",
        "masks": "masks",
    }

    path: Location | None = None
    train: Location | None = None
    validation: Location | None = None
    test: Location | None = None
    size: Size2
    color: Literal["rgb", "grayscale", "rgba"] = "rgb"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.path and (self.train or self.validation or self.test):
            help = "give `path` for one folder to be split, or a folder for each part"
            raise mistake("F017", "has both `path` and folders for the parts", help)
        if not self.path and not self.train:
            raise mistake("F012", "needs `train` or `path`", "add `train: …`, a folder")
        return self

    @property
    def folders(self) -> dict[str, str]:
        """The folder of each part."""
        found = {
            "train": self.path or self.train,
            "validation": self.validation,
            "test": self.test,
        }
        return {part: folder for part, folder in found.items() if folder}

    def option(self, part: str) -> str:
        """The option that names the folder of a part."""
        return "path" if part == "train" and self.path else part

    @property
    def shape(self) -> tuple[int, ...]:
        return (*spread(self.size, 2), CHANNELS[self.color])

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        names: Value = Items(classes) if classes else None
        return Section(
            "sources/images.py.jinja",
            (
                *((part, self.folders.get(part)) for part in NAMES),
                ("size", spread(self.size, 2)),
                ("channels", CHANNELS[self.color]),
                ("classes", names),
            ),
        )

    def known(self) -> Known:
        return Known(
            dict.fromkeys(self.folders),
            self.shape,
            "float32",
            "integer",
            range=(0.0, 255.0),
            target_shape=(),
            ordered=True,
            origin="image folders",
        )
