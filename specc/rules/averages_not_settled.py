"""T625: too little training for the running averages of a normalization."""

from collections.abc import Iterator
from math import ceil

from specc.diagnostics import Note
from specc.graph import Node
from specc.rules.amounts import updates
from specc.rules.base import Finding, rule
from specc.rules.writing import layer_option
from specc.subject import Subject

TURNS = 3  # times 1 / (1 - momentum) until a running average has forgotten its start


@rule(
    "T625",
    "running averages that have not settled",
    "warning",
    source="Keras 3.15; TheDeepChecker (training and inference differ)",
    covers=("norm.bn_stats_not_converged",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, use_bias: false}
          - BatchNormalization  # ! T625
          - ReLU
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 18}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, use_bias: false}
          - BatchNormalization: {momentum: 0.9}
          - ReLU
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 18}
        """,
)
def averages_not_settled(subject: Subject) -> Iterator[Finding]:
    """`BatchNormalization` trains with the mean and variance of each batch, and predicts with
    averages of them, which start at 0 and 1 and move by `1 - momentum` at each step. With
    `momentum: 0.99` about 300 steps pass before the start is forgotten. Until then validation
    and prediction use other numbers than training, and look bad for no reason.
    """
    steps = _steps(subject)
    layers = [n for n in subject.of("BatchNormalization") if steps and _needs(n) > steps]
    if steps is None or not layers or (subject.spec.data and subject.spec.data.batch_size == 1):
        return
    layer = layers[0]
    yield Finding(
        f"the averages of `BatchNormalization` need {_needs(layer)} steps, and there are {steps}",
        layer.at("momentum"),
        on_key=layer.kind is not None and "momentum" not in layer.kind.model_fields_set,
        help="write `momentum: 0.9`, or train longer",
        notes=(Note("the training", ("train", "epochs")),),
        fix=layer_option(subject, layer, "momentum", "0.9"),
    )


def _steps(subject: Subject) -> int | None:
    """The steps until the end of this phase."""
    views = subject.training.phases[: (subject.phase or 0) + 1] if subject.training else (subject,)
    known = [steps for steps in map(updates, views) if steps is not None]
    return sum(known) if len(known) == len(views) else None


def _needs(node: Node) -> int:
    momentum = node.momentum
    if not isinstance(momentum, float) or not 0 < momentum < 1:
        return 0
    return ceil(round(TURNS / (1 - momentum), 6))
