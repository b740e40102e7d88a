"""D537: a layer for images that is told another range of values than they have."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.scale import Stage, stages
from specc.subject import Subject

MANY = 10  # times as large, from which the range surely is that of other images
# Layers that change images the same way however much wider the range is that they are told,
SAME_IN_A_WIDER = frozenset(
    {"RandomContrast", "RandomHue", "RandomSaturation", "RandomColorDegeneration"}
    | {"RandomSharpness", "RandomGaussianBlur", "RandomElasticTransform", "Equalization"}
)
# or however much narrower it is.
SAME_IN_A_NARROWER = frozenset({"RandomSaturation", "RandomErasing"})


@rule(
    "D537",
    "value range of other images",
    "warning",
    source="Keras 3.15 (`value_range`, (0, 255) by default); measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - RandomBrightness: 0.2  # ! D537
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - RandomBrightness: {factor: 0.2, value_range: [0, 1]}
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def value_range_of_other_images(subject: Subject) -> Iterator[Finding]:
    """Layers for images take pixels from 0 to 255 unless `value_range` says otherwise, and change
    them by a share of that range. Of images from 0 to 1 nothing is left: `RandomBrightness: 0.2`
    moves them by up to 51. Told 0 to 1, a layer cuts off all that is brighter.

    Measured on noise from 0 to 1: the mean of 0.50 becomes 9.7 by `RandomBrightness: 0.2`, 81 by
    `AugMix`, 254.5 by `Solarization`, 0.0 by `RandomPosterization`. `RandomContrast`, `RandomHue`
    and a few others do not mind.
    """
    for stage in stages(subject):
        if _told_another(stage):
            low, high = stage.kind.value_range  # type: ignore[attr-defined]
            written = "value_range" in stage.kind.model_fields_set
            yield Finding(
                f"`{stage.name}` expects values from {low:g} to {high:g}, "
                f"and gets those from {stage.takes.low:g} to {stage.takes.high:g}",
                (*stage.path, "value_range") if written else stage.path,
                on_key=not written,
                help=f"write `value_range: [{stage.takes.low:g}, {stage.takes.high:g}]`",
            )


def _told_another(stage: Stage) -> bool:
    told = getattr(stage.kind, "value_range", None)
    if told is None or not stage.takes.size:
        return False
    largest = max(abs(float(end)) for end in told)
    if largest >= MANY * stage.takes.size:
        return stage.name not in SAME_IN_A_WIDER
    return stage.takes.size >= MANY * largest and stage.name not in SAME_IN_A_NARROWER
