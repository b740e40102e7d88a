"""Metrics of the overlap between predicted and true regions."""

from math import inf
from typing import ClassVar, Literal

from pydantic import ValidationInfo, field_validator

from specc.options import Name, Number, Positive, mistake, out_of_range
from specc.training.base import Metric
from specc.training.options import Axis, Count, FloatType, Several

FAMILY = "metrics"


class _Overlap(Metric):
    direction: ClassVar[Literal["min", "max"] | None] = "max"

    def measures(self) -> tuple[str, ...]:
        """Nothing where it wants class numbers from the model, which gives probabilities."""
        if getattr(self, "sparse_y_pred", False):
            return ()
        return ("integer",) if getattr(self, "sparse_y_true", False) else self.labels


def _known(ids: list[int], info: ValidationInfo) -> list[int]:
    classes = info.data.get("num_classes", inf)
    if max(ids) >= classes:
        said = f"has {classes} classes, so there is no class {max(ids)}"
        raise mistake("F014", said, "the first class is 0")
    return ids


class BinaryIoU(_Overlap):
    """Overlap of a region that the outputs beyond the threshold make."""

    words = ("binary_io_u",)
    labels = ("binary", "multi_hot")
    target_class_ids: tuple[Count, ...] = (0, 1)
    threshold: Number = 0.5
    name: Name | None = None
    dtype: FloatType | None = None

    @field_validator("target_class_ids")
    @classmethod
    def _two_classes(cls, ids: tuple[int, ...]) -> tuple[int, ...]:
        if not ids or max(ids) > 1:
            raise out_of_range("a list of 0, 1 or both")
        return ids


class IoU(_Overlap):
    """Mean overlap of the regions of some classes."""

    labels = ("one_hot",)
    num_classes: Positive
    target_class_ids: Several[Count]
    name: Name | None = None
    dtype: FloatType | None = None
    ignore_class: int | None = None
    sparse_y_true: bool = True
    sparse_y_pred: bool = True
    axis: Axis = -1

    _known_ids = field_validator("target_class_ids")(_known)


class MeanIoU(_Overlap):
    """Mean overlap of the regions of all classes."""

    labels = ("one_hot",)
    num_classes: Positive
    name: Name | None = None
    dtype: FloatType | None = None
    ignore_class: int | None = None
    sparse_y_true: bool = True
    sparse_y_pred: bool = True
    axis: Axis = -1


class OneHotIoU(_Overlap):
    """Mean overlap of the regions of some classes, for one-hot targets."""

    labels = ("one_hot",)
    num_classes: Positive
    target_class_ids: Several[Count]
    name: Name | None = None
    dtype: FloatType | None = None
    ignore_class: int | None = None
    sparse_y_pred: bool = False
    axis: Axis = -1

    _known_ids = field_validator("target_class_ids")(_known)


class OneHotMeanIoU(_Overlap):
    """Mean overlap of the regions of all classes, for one-hot targets."""

    labels = ("one_hot",)
    num_classes: Positive
    name: Name | None = None
    dtype: FloatType | None = None
    ignore_class: int | None = None
    sparse_y_pred: bool = False
    axis: Axis = -1
