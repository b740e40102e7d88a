"""D504: inputs far from 0 to 1 in front of a network that starts out expecting such."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.rules.base import Finding, rule
from specc.rules.bases import reads_a_range
from specc.rules.scale import PREPROCESS, Stage, at_first_weights, diverges_on
from specc.subject import Subject

MOST = 10  # largest absolute value that needs no scaling


@rule(
    "D504",
    "inputs that are not scaled",
    "warning",
    source="notes K1 §1.3, J1; measured; UMLAUT, TheDeepChecker, DL Contract",
    covers=("data.not_normalised",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}  # ! D504
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def unscaled_inputs(subject: Subject) -> Iterator[Finding]:
    """The first weights and the usual learning rates are made for inputs around 0 to 1. Larger
    ones make the first outputs and gradients large in proportion, and where columns differ in
    range, the largest ones drown the others.

    Measured on thirty measurements of tumours, from 0 to 4254: training starts at a loss of
    37.1 and reaches an accuracy of 0.92; normalized, it starts at 0.64 and reaches 0.95.

    A first convolution with nothing but a batch normalization behind it is left alone: whatever the
    size of the pixels, it is divided out again.
    """
    stage = at_first_weights(subject)
    if PREPROCESS in subject.broken:
        return
    if stage is None or stage.takes.size is None or stage.takes.size <= MOST:
        return
    if reads_a_range(stage.kind) or _divided_out(subject, stage):
        return
    if (worse := diverges_on(subject)) and worse[0] == "inputs":
        return
    source = subject.facts.source
    path = PREPROCESS if subject.get(PREPROCESS) else ("data", source)
    yield Finding(
        f"inputs from {stage.takes.low:g} to {stage.takes.high:g} reach the network unscaled",
        path,
        on_key=True,
        label="expected about 0 to 1",
        help=_help(stage, subject.facts.shape),
        fix=preprocessed(subject, _layer(stage, subject.facts.shape)),
        notes=(Note("the first layer with weights", stage.path, on_key=True),),
    )


def _divided_out(subject: Subject, stage: Stage) -> bool:
    """Whether the first layer treats all values alike, and is normalized in each batch."""
    node = next((each for each in subject.nodes if each.at() == stage.path), None)
    if node is None or not node.convolves or subject.activation(node) != "linear":
        return False
    reading = subject.graph.readers.get(node.name, ())
    return bool(reading) and all(each.kind_name == "BatchNormalization" for each in reading)


def _layer(stage: Stage, shape: tuple[int | None, ...] | None) -> str:
    """One factor for pixels, which share their range; a mean and variance for each column."""
    high = stage.takes.high
    pixels = shape is not None and len(shape) == 3 and stage.takes.low == 0
    if pixels and high is not None and float(high).is_integer():
        return f"Rescaling: 1/{int(high)}"
    return "Normalization"


def _help(stage: Stage, shape: tuple[int | None, ...] | None) -> str:
    return f"add `{_layer(stage, shape)}` to `preprocess` under `data`"


def preprocessed(subject: Subject, layer: str) -> tuple[Edit, ...]:
    """A layer for the data, where nothing is preprocessed yet."""
    data = subject.get(("data",))
    if not isinstance(data, dict) or "preprocess" in data:
        return ()
    return (Edit(("data",), f"preprocess: [{layer}]", how="add"),)
