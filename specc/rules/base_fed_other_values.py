"""X701: values of another range than a pretrained base reads."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.bases import Base, base_of
from specc.rules.scale import PREPROCESS, Values
from specc.subject import Subject


@rule(
    "X701",
    "base fed other values than it reads",
    "warning",
    source="language (§3, pretrained bases); Keras 3.15 (`imagenet_utils.preprocess_input`)",
    covers=("data.not_normalised",),
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess:
            - Rescaling: 1/255  # ! X701
        model:
          - MobileNetV2: {include_top: false, trainable: false, preprocess: none}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess:
            - Rescaling: {scale: 2/255, offset: -1}
        model:
          - MobileNetV2: {include_top: false, trainable: false, preprocess: none}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def base_fed_other_values(subject: Subject) -> Iterator[Finding]:
    """The weights of a base were learned on pixels scaled in one way: from -1 to 1, by the mean and
    the deviation of each colour, or from 0 to 255. Fed in another way it finds other patterns than
    it learned, or none, and nothing says so. Its own preprocessing (`preprocess: own`, the
    default) takes pixels from 0 to 255.
    """
    base = base_of(subject)
    if base is None or not base.misfed or PREPROCESS in subject.broken:
        return
    if base.prepares and base.scaled is not None:
        return  # D505: it is scaled twice
    blamed = base.scaled or base.stage
    yield Finding(
        f"{shown(base.stage.takes)} reach `{base.stage.name}`, which reads {_range(base.takes)}",
        blamed.path,
        on_key=True,
        label=f"expected {_range(base.takes)}",
        help=_help(base),
        notes=(Note("the base", base.stage.path, on_key=True),) if base.scaled else (),
    )


def shown(values: Values) -> str:
    """The values that reach a base, in words."""
    return "values of mean 0 and variance 1" if values.standard else f"values {_range(values)}"


def _range(values: Values) -> str:
    return f"from {values.low:g} to {values.high:g}"


def _help(base: Base) -> str:
    if base.prepares:
        return "bring them to pixels from 0 to 255 by a `Rescaling`: the base scales these itself"
    inside = getattr(base.stage.kind, "include_preprocessing", True)
    option = "preprocess: none" if inside else "include_preprocessing: false"
    removed = f" and this `{base.scaled.name}`" if base.scaled else ""
    return f"remove `{option}`{removed}: its own preprocessing takes pixels from 0 to 255"
