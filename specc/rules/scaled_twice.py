"""D505: inputs that are small already, made smaller once more."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.rules.bases import Base, base_of
from specc.rules.scale import Stage, stages
from specc.subject import Subject

PIXELS = 100  # from which on values are pixels as they are
SHRINKS = 0.1  # a factor up to which a layer brings large numbers down


@rule(
    "D505",
    "inputs scaled twice",
    "warning",
    source="notes K1 §1.3; measured",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess:
            - Rescaling: 1/16
        model:
          - Rescaling: 1/16  # ! D505
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess:
            - Rescaling: 1/16
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def scaled_twice(subject: Subject) -> Iterator[Finding]:
    """Pixels divided by 255 lie between 0 and 1; divided again, between 0 and 0.004. All
    pictures then look nearly black to the network, and it learns slowly or not at all.

    Measured on digits from 0 to 16, after 20 epochs: validation accuracy 0.961 scaled once,
    0.886 scaled by 1/16 twice, 0.072 scaled by 1/16 and then by 1/255.
    """
    earlier: Stage | None = None
    for stage in stages(subject):
        if _shrinks(stage):
            if _small_already(stage, earlier):
                yield _finding(stage, earlier)
            earlier = earlier or stage
        elif stage.name == "Normalization":
            earlier = stage
    base = base_of(subject)
    if base and base.prepares and base.scaled and _scaled_again(base):
        yield _before(base, base.scaled)


def _scaled_again(base: Base) -> bool:
    """Whether a base that scales itself gets scaled values, known by their size or by how."""
    known = base.stage.takes.size is not None or base.stage.takes.standard
    return base.misfed if known else base.scaled is not None and _shrinks(base.scaled)


def _before(base: Base, scaled: Stage) -> Finding:
    pixels = scaled.takes.size is None or scaled.takes.size > PIXELS
    todo = "remove it" if pixels else "multiply instead"
    return Finding(
        f"`{scaled.name}` in front of `{base.stage.name}`, which scales pixels itself",
        scaled.path,
        on_key=True,
        label="scaled here, and once more in the base",
        help=f"{todo}: the base takes pixels from 0 to 255",
        notes=(Note("the base", base.stage.path, on_key=True),),
    )


def _shrinks(stage: Stage) -> bool:
    scale = getattr(stage.kind, "scale", None)
    if stage.name != "Rescaling" or scale is None:
        return False
    factors = scale if isinstance(scale, tuple) else (scale,)
    return all(0 < abs(factor) <= SHRINKS for factor in factors)


def _small_already(stage: Stage, earlier: Stage | None) -> bool:
    if stage.takes.size is not None:
        return stage.takes.size <= 1
    return stage.takes.standard or earlier is not None


def _finding(stage: Stage, earlier: Stage | None) -> Finding:
    values = stage.takes
    known = values.size is not None
    small = f"lie from {values.low:g} to {values.high:g}" if known else "are small"
    return Finding(
        f"`Rescaling` shrinks inputs that {small} already",
        stage.path,
        on_key=True,
        label="scaled again",
        help="remove one of the two" if earlier else "remove it",
        notes=(Note("scaled here before", earlier.path, on_key=True),) if earlier else (),
    )
