"""P309: a model that puts out too few or too many values for its targets."""

from collections.abc import Iterator

from specc.diagnostics import Edit, Note
from specc.pair import Pair
from specc.rules.base import Finding, rule
from specc.source import Path
from specc.subject import Subject


@rule(
    "P309",
    "units differ from the number of classes or targets",
    "error",
    source="Keras 3.15 (measured); notes K1 §2.3 (N classes, N units)",
    covers=(
        "out.units_vs_classes",
        "out.units_vs_targets",
        "out.single_unit_multiclass",
        "out.labels_out_of_loss_domain",
    ),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 3, activation: softmax}  # ! P309
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def units_differ_from_targets(subject: Subject) -> Iterator[Finding]:
    """Each class needs a unit that can say how likely it is, and each target a unit that can
    take its value.

    Measured: three units for the labels 0 to 9 end `fit` with `InvalidArgumentError: Graph
    execution error`, which names neither the layer nor the label. One number too many or too
    few in regression is spread over the targets without a word.
    """
    pair = subject.pair
    if not pair or not pair.fits or pair.ctc or pair.head.width is None:
        return
    if pair.classes_for_numbers:
        return
    count, what = expected(subject, pair)
    if not count or count == pair.head.width or _only_spare(pair, count):
        return
    path = blamed(subject, pair)
    width = pair.head.width
    fix = (Edit(path, str(count)),) if subject.get(path) == width else ()
    yield Finding(
        f"the model puts out {width} value{'s' * (width > 1)}, and {what}",
        path,
        label=f"expected {count}",
        help=f"write `{_option(path)}: {count}`" if count > 1 or pair.task != "multiclass" else "",
        notes=(subject.task_note(), *_labels(pair, count)),
        fix=fix,
    )


def _option(path: Path) -> str:
    return "filters" if path[-1:] == ("filters",) else "units"


def _labels(pair: Pair, count: int) -> tuple[Note, ...]:
    two = pair.task == "multiclass" and pair.yes_or_no_loss
    return (pair.loss_note("the loss knows the labels 0 and 1 only"),) if two else ()


def expected(subject: Subject, pair: Pair) -> tuple[int | None, str]:
    """The number of units that the task asks for, and why."""
    facts, width = subject.facts, pair.head.width
    match pair.task:
        case "binary" if not pair.distance and width != 2:
            return 1, "a yes or no needs one"
        case "multiclass" if pair.exclusive_loss or (pair.one_unit and not pair.distance):
            few = 3 if pair.one_unit and facts.classes is None else facts.classes
            return few, f"there are {facts.classes or 'several'} classes"
        case "segmentation" if facts.classes and not (pair.one_unit and facts.classes == 2):
            return facts.classes, f"there are {facts.classes} classes"
        case "multilabel" if not pair.exclusive_loss and facts.target_shape:
            return facts.target_shape[-1], f"there are {facts.target_shape[-1]} labels"
        case "regression" | "unit_regression" if facts.labels == "real" and pair.head.rank == 1:
            return _targets(facts.target_shape)
    if facts.labels == "integer" and pair.distance and width != 1:  # one-hot rows, as numbers
        return facts.classes, f"there are {facts.classes or 'several'} classes"
    return None, ""


def _targets(shape: tuple[int | None, ...] | None) -> tuple[int | None, str]:
    if shape is None or len(shape) > 1:
        return None, ""
    count = shape[0] if shape else 1
    return count, f"there {'is one target' if count == 1 else f'are {count} targets'}"


def _only_spare(pair: Pair, count: int) -> bool:
    """Whether there are more units than class numbers, which works (P324)."""
    exclusive = pair.task in ("multiclass", "segmentation") and pair.exclusive_loss
    return exclusive and pair.encoding == "integer" and (pair.head.width or 0) > count


def blamed(subject: Subject, pair: Pair) -> Path:
    """The option that sets the width, found upstream of activations."""
    node, width = pair.head.node, pair.head.width
    while True:
        option = "units" if node.units else "filters"
        if getattr(node, option) == width:
            return node.at(option)
        if getattr(node, option) or len(node.inputs) != 1:
            return pair.head.node.at()
        node = subject.graph.node(node.inputs[0])
