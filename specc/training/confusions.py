"""Metrics made of true and false positives and negatives."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator

from specc.options import Fraction, Name, Number, Positive, PositiveNumber, mistake
from specc.training.base import Metric
from specc.training.options import Count, FloatType, Several

FAMILY = "metrics"
Thresholds = Fraction | Several[Fraction] | None
YES_OR_NO = ("binary", "multi_hot")


def _are_several(thresholds: object) -> bool:
    return isinstance(thresholds, list) and len(thresholds) > 1


class _Counting(Metric):
    labels: ClassVar[tuple[str, ...]] = YES_OR_NO
    thresholds: Thresholds = None
    name: Name | None = None
    dtype: FloatType | None = None

    @property
    def several(self) -> bool:
        return _are_several(self.thresholds)


class TruePositives(_Counting):
    """Number of yes that are predicted as yes."""

    words = ("true_positives",)


class TrueNegatives(_Counting):
    """Number of no that are predicted as no."""

    words = ("true_negatives",)


class FalsePositives(_Counting):
    """Number of no that are predicted as yes."""

    words = ("false_positives",)


class FalseNegatives(_Counting):
    """Number of yes that are predicted as no."""

    words = ("false_negatives",)


class _Share(Metric):
    labels: ClassVar[tuple[str, ...]] = YES_OR_NO
    direction: ClassVar[Literal["min", "max"] | None] = "max"
    thresholds: Thresholds = None
    top_k: Positive | None = None
    class_id: Count | None = None
    name: Name | None = None
    dtype: FloatType | None = None

    @property
    def several(self) -> bool:
        return _are_several(self.thresholds)

    def measures(self) -> tuple[str, ...]:
        if self.top_k is None and self.class_id is None:
            return self.labels
        return (*self.labels, "one_hot")


class Precision(_Share):
    """Share of true ones among all that are predicted as yes."""

    words = ("precision",)


class Recall(_Share):
    """Share of the yes that are predicted as yes."""

    words = ("recall",)


class _Point(Metric):
    labels: ClassVar[tuple[str, ...]] = YES_OR_NO
    direction: ClassVar[Literal["min", "max"] | None] = "max"

    def measures(self) -> tuple[str, ...]:
        chosen = getattr(self, "class_id", None) is not None
        return (*self.labels, "one_hot") if chosen else self.labels


class SensitivityAtSpecificity(_Point):
    """The best sensitivity where the specificity is at least the given one."""

    specificity: Fraction
    num_thresholds: Positive = 200
    class_id: Count | None = None
    name: Name | None = None
    dtype: FloatType | None = None


class SpecificityAtSensitivity(_Point):
    """The best specificity where the sensitivity is at least the given one."""

    sensitivity: Fraction
    num_thresholds: Positive = 200
    class_id: Count | None = None
    name: Name | None = None
    dtype: FloatType | None = None


class PrecisionAtRecall(_Point):
    """The best precision where the recall is at least the given one."""

    recall: Fraction
    num_thresholds: Positive = 200
    class_id: Count | None = None
    name: Name | None = None
    dtype: FloatType | None = None


class RecallAtPrecision(_Point):
    """The best recall where the precision is at least the given one."""

    precision: Fraction
    num_thresholds: Positive = 200
    class_id: Count | None = None
    name: Name | None = None
    dtype: FloatType | None = None


class AUC(Metric):
    """Area under the curve that a moving threshold draws."""

    words = ("auc",)
    labels = ("binary", "multi_hot", "one_hot")
    direction = "max"
    num_thresholds: Annotated[int, Field(gt=1)] = 200
    curve: Literal["ROC", "PR", "PRGAIN"] = "ROC"
    summation_method: Literal["interpolation", "minoring", "majoring"] = "interpolation"
    name: Name | None = None
    dtype: FloatType | None = None
    thresholds: Several[Fraction] | None = None
    multi_label: bool = False
    num_labels: Positive | None = None
    label_weights: Several[Number] | None = None
    from_logits: bool = False

    @field_validator("num_labels")
    @classmethod
    def _labels_to_count(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is not None and not info.data.get("multi_label"):
            said = "counts labels without `multi_label: true`"
            raise mistake("F014", said, "add `multi_label: true`, or leave `num_labels` out")
        return value


class FBetaScore(Metric):
    """Harmonic mean of precision and recall, where recall counts `beta` times as much."""

    words = ("f_beta_score",)
    direction = "max"
    average: Literal["micro", "macro", "weighted"] | None = None
    beta: PositiveNumber = 1.0
    threshold: Annotated[float, Field(gt=0, le=1)] | None = None
    name: Name | None = "fbeta_score"
    dtype: FloatType | None = None

    @property
    def several(self) -> bool:
        return self.average is None

    def measures(self) -> tuple[str, ...]:
        return _measured_by_score(self.threshold)


class F1Score(Metric):
    """Harmonic mean of precision and recall."""

    words = ("f1_score",)
    direction = "max"
    average: Literal["micro", "macro", "weighted"] | None = None
    threshold: Annotated[float, Field(gt=0, le=1)] | None = None
    name: Name | None = "f1_score"
    dtype: FloatType | None = None

    @property
    def several(self) -> bool:
        return self.average is None

    def measures(self) -> tuple[str, ...]:
        return _measured_by_score(self.threshold)


def _measured_by_score(threshold: float | None) -> tuple[str, ...]:
    """Without a threshold the largest output is the yes, even where it is the only one."""
    return ("one_hot",) if threshold is None else ("binary", "multi_hot", "one_hot")
