"""What `fit` does besides training: stop, save, log, and change the learning rate."""

import re
from collections.abc import Iterator
from string import Formatter
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from specc.options import Number, Positive, expected, mistake, out_of_range
from specc.training.base import Callback, Monitor
from specc.training.options import Count, FilledPath, OutputFolder, OutputPath

FAMILY = "callbacks"
Mode = Literal["auto", "min", "max"]
Verbosity = Literal[0, 1]
SaveFrequency = Literal["epoch"] | Positive
INTEGERS = ("epoch", "batch")


def placeholders(path: str) -> Iterator[str]:
    """The names in braces of a path that Keras formats; raises ValueError for other forms.

    `str.format` would evaluate attributes (`{epoch.real}`) and fail late on a wrong form.
    """
    for _, name, form, conversion in Formatter().parse(path):
        if name is None:
            continue
        right = r"0?\d{0,2}d?" if name in INTEGERS else r"0?\d{0,2}(\.\d{1,2})?[efg%]?"
        if conversion or not re.fullmatch(r"[A-Za-z][\w-]*", name, re.ASCII):
            raise ValueError(f"`{{{name}}}` is not the name of a value")
        if not re.fullmatch(right, form or ""):
            raise ValueError(f"`{form}` is not a form for `{name}`")
        yield name


def _model_file(path: str) -> str:
    try:
        list(placeholders(path))
    except ValueError:
        raise expected("a path with names in braces such as `{epoch:02d}`, or none") from None
    if not path.endswith((".keras", ".h5")):
        raise out_of_range("a path that ends in `.keras`, or in `.weights.h5` for weights alone")
    return path


def _separator(text: str) -> str:
    if len(text) != 1 or text in '"\r\n ':
        raise expected("one character other than a quote or a blank")
    return text


class EarlyStopping(Monitor):
    """Ends training when the watched value has not improved for `patience` epochs."""

    monitor: str = "val_loss"
    min_delta: Number = 0.0
    patience: Count = 0
    verbose: Verbosity = 0
    mode: Mode = "auto"
    baseline: Number | None = None
    restore_best_weights: bool = False
    start_from_epoch: Count = 0


class ReduceLROnPlateau(Monitor):
    """Multiplies the learning rate by `factor` when the watched value stays the same."""

    changes_rate = True
    monitor: str = "val_loss"
    factor: Annotated[Number, Field(gt=0, lt=1)] = 0.1
    patience: Count = 10
    verbose: Verbosity = 0
    mode: Mode = "auto"
    min_delta: Number = 1e-4
    cooldown: Count = 0
    min_lr: Number = 0.0


class ModelCheckpoint(Monitor):
    """Saves the model after each epoch, or after that number of batches.

    `filepath` is a format string, and Keras writes in place: a crash leaves a broken file.
    """

    saves_model: ClassVar[bool] = True

    filepath: Annotated[FilledPath, AfterValidator(_model_file)]
    monitor: str = "val_loss"
    verbose: Verbosity = 0
    save_best_only: bool = False
    save_weights_only: bool = False
    mode: Mode = "auto"
    save_freq: SaveFrequency = "epoch"
    initial_value_threshold: Number | None = None

    @field_validator("save_weights_only")
    @classmethod
    def _right_ending(cls, value: bool, info: ValidationInfo) -> bool:
        path = info.data.get("filepath")
        if value and path is not None and not path.endswith(".weights.h5"):
            said = f"saves weights alone, but not to a `.weights.h5` file: `{path}`"
            raise mistake("F014", said, "let `filepath` end in `.weights.h5`")
        return value

    @property
    def watches(self) -> str | None:
        # Without `save_best_only` it still looks for the way to better values, and must find it.
        looks = self.mode == "auto" and self.monitor not in ("loss", "val_loss")
        return self.monitor if self.save_best_only or looks else None

    @property
    def acts_upon(self) -> str | None:
        return self.monitor if self.save_best_only else None

    @property
    def per_batch(self) -> bool:
        return self.save_freq != "epoch"

    def names_in_path(self) -> tuple[str, ...]:
        """The names in braces: `epoch`, `batch` when saving per batch, and logged values."""
        return tuple(placeholders(self.filepath))


class BackupAndRestore(Callback):
    """Saves the state of training, to go on from after a crash.

    Keras deletes the whole folder `backup_dir` when training ends.
    """

    restores_model: ClassVar[bool] = True

    backup_dir: OutputFolder
    save_freq: SaveFrequency = "epoch"
    double_checkpoint: bool = False
    delete_checkpoint: bool = True

    @property
    def per_batch(self) -> bool:
        return self.save_freq != "epoch"


class CSVLogger(Callback):
    """Writes the history, one line per epoch."""

    filename: OutputPath
    separator: Annotated[str, AfterValidator(_separator)] = ","
    append: bool = False


class TensorBoard(Callback):
    """Writes what TensorBoard shows."""

    needs_package = "tensorboard"
    log_dir: OutputFolder = "logs"
    histogram_freq: Count = 0
    write_graph: bool = True
    write_images: bool = False
    write_steps_per_second: bool = False
    update_freq: Literal["batch", "epoch"] | Positive = "epoch"
    profile_batch: Count | tuple[Count, Count] = 0
    embeddings_freq: Count = 0
    embeddings_metadata: str | dict[str, str] | None = None

    @field_validator("profile_batch")
    @classmethod
    def _in_order(cls, value: int | tuple[int, int]) -> int | tuple[int, int]:
        if isinstance(value, tuple) and value[1] < value[0]:
            raise out_of_range("the first and the last batch, in this order")
        return value

    @property
    def per_batch(self) -> bool:
        return self.update_freq != "epoch" or bool(self.profile_batch)


class TerminateOnNaN(Callback):
    """Ends training when the loss is no number any more."""

    raise_error: bool = False

    @property
    def per_batch(self) -> bool:
        return True


class SwapEMAWeights(Callback):
    """Validates with the averaged weights; the optimizer needs `use_ema: true`."""

    swap_on_epoch: bool = False


class RemoteMonitor(Callback):
    """Sends the history to a server, epoch by epoch."""

    needs_package = "requests"
    root: str = "http://localhost:9000"
    path: str = "/publish/epoch/end/"
    field: str = "data"
    headers: dict[str, str] | None = None
    send_as_json: bool = False
