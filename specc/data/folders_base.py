"""What sources that read one folder per class have in common."""

from specc.data.base import Location, Source
from specc.options import mistake


class Folders(Source):
    """Either one folder for each part, or one `path` to be split."""

    path: Location | None = None
    train: Location | None = None
    validation: Location | None = None
    test: Location | None = None

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

    def check_folders(self) -> None:
        """Raises unless the folders are those of the parts, or one to be split."""
        if self.path and (self.train or self.validation or self.test):
            help = "give `path` for one folder to be split, or a folder for each part"
            raise mistake("F017", "has both `path` and folders for the parts", help)
        if not self.path and not self.train:
            raise mistake("F012", "needs `train` or `path`", "add `train: …`, a folder")
