"""Image files in folders, one folder per class, or named in an index."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import PlainValidator, model_validator

from specc.axes import spread
from specc.data.base import Known, Tables
from specc.data.folders_base import Folders
from specc.data.masks import MaskFolders, MaskValues, check_masks, masks_of
from specc.data.parts import NAMES, Parts
from specc.options import Size2, expected, mistake
from specc.values import Items, Section, Table, Value

FAMILY = "sources"
CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}
COLUMNS = ("inputs", "path_column", "label_column", "label_columns", "labels", "split_column")


def _files(value: Any) -> str | dict[str, str]:
    """One file, or one for each part."""
    files = value if isinstance(value, dict) else {"train": value}
    if not files.keys() <= {*NAMES} or "train" not in files:
        raise expected("a file, or a file for `train` and others for `validation` and `test`")
    if not all(
        isinstance(file, str) and file.strip() and "\0" not in file for file in files.values()
    ):
        raise expected("a path, or a path for each part")
    return value  # type: ignore[no-any-return]


def _inputs(value: Any) -> dict[str, Any]:
    """The column of the file names for one input, lists of columns of numbers for others."""
    each = value if isinstance(value, dict) else {}
    files = [names for names in each.values() if isinstance(names, str) and names.strip()]
    lists = [names for names in each.values() if isinstance(names, list | tuple) and names]
    texts = all(isinstance(name, str) and name for names in lists for name in names)
    if len(files) != 1 or not lists or len(files) + len(lists) < len(each) or not texts:
        raise expected("`{photo: path_column, age: [age]}`: the files of one input, and columns of "
                       "numbers for others")  # fmt: skip
    return each


class Images(Folders):
    """Pictures, decoded and resized to `size`, which is height and width.

    Either one folder for each part, or one `path` to be split. Classes are the folders in the
    training folder, sorted by name.

    Or a `csv` with a row for each image, for all parts or for each. `label_column` holds names of
    classes, or numbers to predict with `labels: numbers`; `label_columns` hold 0 or 1 each.
    `split_column` says to which of the `parts` a row belongs. File names start at `path`, else
    where the index is. For a model of several inputs, `inputs` says which column has the files of
    one of them, and which columns have the numbers of the others.

    Or with `masks`, for `task: segmentation`: a PNG file for each image, of the same name, in
    which each pixel is the number of a class, or the one of the `mask_values` that stands for it.
    Images then lie in no class folders.
    """

    words = ("images",)
    word_only = True

    habits = {
        **dict.fromkeys(("mask_dir", "masks_dir", "mask_path", "annotations"), "masks"),
        **dict.fromkeys(("dataframe", "index", "index_file"), "csv"),
        **dict.fromkeys(("x_col", "file_column", "filename_column", "image_column"), "path_column"),
        **dict.fromkeys(("y_col", "target", "target_column", "class_column"), "label_column"),
        **dict.fromkeys(("channels", "num_channels"), "write `color: rgb`, `grayscale` or `rgba`"),
        **dict.fromkeys(("height", "width"), "write `size: [height, width]`"),
    }

    size: Size2
    color: Literal["rgb", "grayscale", "rgba"] = "rgb"
    csv: Annotated[Any, PlainValidator(_files)] = None
    inputs: Annotated[dict[str, Any] | None, PlainValidator(_inputs)] = None
    path_column: str | None = None
    label_column: str | None = None
    label_columns: tuple[str, ...] | None = None
    labels: Literal["classes", "numbers"] | None = None
    split_column: str | None = None
    parts: Parts = None
    masks: MaskFolders = None
    mask_values: MaskValues = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mask_values and self.masks is None:
            raise mistake("F012", "needs `masks` for `mask_values`", "add `masks: …`, a folder")
        if self.csv is not None:
            return self._with_index()
        for option in (*COLUMNS, "parts"):
            if getattr(self, option) is not None:
                raise mistake("F012", f"needs `csv` for `{option}`", "add `csv: …`, an index")
        self.check_folders()
        if self.masks is not None:
            check_masks(self.masks, self.folders)
        return self

    def _with_index(self) -> Self:
        if self.masks is not None:
            help = "give folders of images for `masks`: a mask has the name of its image"
            raise mistake("F017", "has both `csv` and `masks`", help)
        if self.train or self.validation or self.test:
            help = "give `csv: {train: …, test: …}` for an index for each part"
            raise mistake("F017", "has both `csv` and folders for the parts", help)
        if self.inputs and self.path_column:
            help = "remove `path_column`: `inputs` names the column of the files"
            raise mistake("F017", "has both `inputs` and `path_column`", help)
        if not self.files_column:
            help = "add `path_column: …`, the column with the file names"
            raise mistake("F012", "needs `path_column` with `csv`", help)
        if bool(self.label_column) == bool(self.label_columns):
            help = "give `label_column`, or `label_columns` for several labels at once"
            raise mistake("F017", "needs one of `label_column` and `label_columns`", help)
        if self.labels == "numbers" and not self.label_column:
            raise mistake("F017", "has `labels: numbers` and no `label_column`", "remove `labels`")
        if self.split_column and isinstance(self.csv, dict):
            help = "remove `split_column`, or name one index"
            raise mistake("F017", "has both an index for each part and `split_column`", help)
        if self.parts and not self.split_column:
            raise mistake("F012", "needs `split_column` for `parts`", "add it, or remove `parts`")
        self._check_columns()
        return self

    def _check_columns(self) -> None:
        """Raises for a column of the index that has two uses."""
        labels = self.label_columns or (self.label_column,)
        numbers = (name for each in self.number_inputs.values() for name in each)
        inputs = (self.files_column, *numbers)
        uses = (*inputs, *labels, self.split_column)
        twice = next((name for name in uses if name and uses.count(name) > 1), None)
        if twice in labels and twice in inputs:
            help = "remove it there: the network would read the answer"
            raise mistake("F017", f"has its label `{twice}` among the inputs", help)
        if twice:
            raise mistake("F017", f"names the column `{twice}` twice", "give each a column")

    @property
    def files_column(self) -> str | None:
        """The column with the file names."""
        named = (self.inputs or {}).values()
        return self.path_column or next((name for name in named if isinstance(name, str)), None)

    @property
    def image_input(self) -> str:
        """The input that takes the images, where there are several."""
        named = (self.inputs or {}).items()
        return next((name for name, columns in named if isinstance(columns, str)), "")

    @property
    def number_inputs(self) -> dict[str, tuple[str, ...]]:
        """The columns of each input that takes numbers."""
        named = (self.inputs or {}).items()
        return {name: tuple(each) for name, each in named if not isinstance(each, str)}

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(self.inputs or ())

    @property
    def indices(self) -> dict[str, str]:
        """The index of each part; one with a `split_column` is that of several."""
        if isinstance(self.csv, dict):
            return {part: self.csv[part] for part in NAMES if part in self.csv}
        parts = (self.parts or NAMES) if self.split_column else ("train",)
        return dict.fromkeys(parts, self.csv) if self.csv else {}

    def tables(self) -> Tables | None:
        if self.csv is None:
            return None
        place = ("inputs", self.image_input) if self.inputs else ("path_column",)
        used: dict[str, tuple[str | int, ...]] = {str(self.files_column): place}
        for name, columns in self.number_inputs.items():
            used |= {each: ("inputs", name, i) for i, each in enumerate(columns)}
        several = enumerate(self.label_columns or ())
        used |= {name: ("label_columns", place) for place, name in several}
        used |= {self.label_column: ("label_column",)} if self.label_column else {}
        return Tables(self.indices, used, self.split_column)

    @property
    def label_kind(self) -> str:
        """How labels are encoded, as in `specc.inspect.facts.Facts`."""
        if self.label_columns:
            return "multi_hot"
        return "real" if self.labels == "numbers" else "integer"

    @property
    def folders(self) -> dict[str, str]:
        """The folder of each part; none where an index names the files."""
        return {} if self.csv is not None else super().folders

    @property
    def with_masks(self) -> bool:
        return self.masks is not None

    @property
    def mask_folders(self) -> dict[str, str]:
        """The folder with the masks of each part; none where images have classes."""
        return masks_of(self.masks, self.folders)

    @property
    def shape(self) -> tuple[int, ...]:
        return (*spread(self.size, 2), CHANNELS[self.color])

    def section(self, classes: tuple[str, ...] | None = None) -> Section:
        shared: tuple[tuple[str, Value], ...] = (
            ("size", spread(self.size, 2)),
            ("channels", CHANNELS[self.color]),
            ("classes", Items(classes) if classes else None),
        )
        if self.csv is not None:
            return Section("sources/image_index.py.jinja", (*self._index(), *shared))
        folders = ((part, self.folders.get(part)) for part in NAMES)
        if self.masks is not None:
            return Section("sources/masks.py.jinja", (*folders, *self._with_masks(), *shared))
        return Section("sources/images.py.jinja", (*folders, *shared))

    def _with_masks(self) -> tuple[tuple[str, Value], ...]:
        apart = not isinstance(self.masks, str)
        return (
            ("masks", None if apart else self.masks),
            *((f"{part}_masks", self.mask_folders.get(part)) for part in NAMES),
            ("mask_values", self.mask_values),
        )

    def _index(self) -> tuple[tuple[str, Value], ...]:
        apart = isinstance(self.csv, dict)
        return (
            *((part, self.indices.get(part)) for part in NAMES),
            ("csv", None if apart else self.csv),
            ("folder", self.path),
            ("path_column", self.files_column),
            ("input_columns", _table(self.number_inputs)),
            ("image_input", self.image_input or None),
            ("label_column", self.label_column),
            ("label_columns", Items(self.label_columns) if self.label_columns else None),
            ("numbers", self.labels == "numbers"),
            ("split_column", self.split_column),
        )

    def known(self) -> Known:
        facts = Known(
            dict.fromkeys(self.indices or self.folders),
            self.shape,
            "float32",
            "integer",
            range=(0.0, 255.0),
            target_shape=(),
            ordered=True,
            origin="image folders",
        )
        if self.masks is not None:
            return facts._replace(
                classes=len(self.mask_values or ()) or None,
                target_shape=(*self.shape[:2], 1),
                ordered=None,
                origin="masks of images",
            )
        if self.csv is None:
            return facts
        several = self.label_columns or ()
        return facts._replace(
            labels=self.label_kind,
            classes=len(several) or None,
            class_names=several,
            target_shape=(len(several),) if several else (),
            target_range=(0.0, 1.0) if several else None,
            ordered=None,
            origin="an index of images",
        )


def _table(columns: Mapping[str, tuple[str, ...]]) -> Value:
    return Table(tuple((name, Items(each)) for name, each in columns.items())) if columns else None
