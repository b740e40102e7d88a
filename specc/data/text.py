"""Texts, in files or in a column of a CSV file."""

from typing import Self

from pydantic import model_validator

from specc.data.base import Known, Location, Tables
from specc.data.folders_base import Folders
from specc.data.parts import NAMES, Parts
from specc.options import mistake
from specc.values import Items, Section, Value

FAMILY = "sources"
COLUMNS = ("text_column", "label_column")


class Text(Folders):
    """Texts in UTF-8: `.txt` files in one folder per class, or a column of a CSV file.

    Either one folder for each part, or one `path` to be split, or one `csv` to be split. Classes
    are the folders in the training folder, or what stands in `label_column`, sorted.
    `split_column` says to which of the `parts` a row of `csv` belongs.
    """

    words = ("text",)
    word_only = True

    habits = {
        **dict.fromkeys(("text", "review", "x_col"), "text_column"),
        **dict.fromkeys(("label", "target", "target_column", "y_col"), "label_column"),
    }

    csv: Location | None = None
    text_column: str | None = None
    label_column: str | None = None
    split_column: str | None = None
    parts: Parts = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        of_a_file = (each for each in (*COLUMNS, "split_column", "parts") if getattr(self, each))
        if self.csv is None and (option := next(of_a_file, None)):
            raise mistake("F012", f"needs `csv` for `{option}`", "add `csv: …`, a file")
        if self.csv is None and not (self.path or self.train):
            help = "add `train: …`, a folder, or `csv: …`, a file"
            raise mistake("F012", "needs `train`, `path` or `csv`", help)
        if self.csv is None:
            self.check_folders()
            return self
        if self.folders:
            raise mistake("F017", "has both `csv` and folders", "remove one of them")
        for option in COLUMNS:
            if not getattr(self, option):
                raise mistake("F012", f"needs `{option}`", f"add `{option}: …`, a name in `csv`")
        if self.parts and not self.split_column:
            raise mistake("F012", "needs `split_column` for `parts`", "add it, or remove `parts`")
        return self

    @property
    def files(self) -> dict[str, str]:
        """The CSV file of each part; one with a `split_column` is that of several."""
        parts = (self.parts or NAMES) if self.split_column else ("train",)
        return dict.fromkeys(parts, self.csv) if self.csv else {}

    def tables(self) -> Tables | None:
        if self.csv is None:
            return None
        used = {str(getattr(self, option)): (option,) for option in COLUMNS}
        return Tables(self.files, used, self.split_column)

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        names: Value = Items(classes) if classes else None
        if self.csv is not None:
            given = ((part, self.files.get(part)) for part in NAMES)
            named = ((each, getattr(self, each)) for each in (*COLUMNS, "split_column"))
            values = (("csv", self.csv), *given, *named)
            return Section("sources/text_csv.py.jinja", (*values, ("classes", names)))
        folders = ((part, self.folders.get(part)) for part in NAMES)
        return Section("sources/text_folders.py.jinja", (*folders, ("classes", names)))

    def known(self) -> Known:
        return Known(
            dict.fromkeys(self.files or self.folders),
            (),
            "string",
            "integer",
            target_shape=(),
            ordered=True if self.csv is None else None,
            origin="text folders" if self.csv is None else f"`{self.csv}`",
        )
