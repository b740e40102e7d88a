"""P324: more units than there are classes."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.rules.units_differ_from_targets import blamed
from specc.subject import Subject

MANY = ("multiclass", "segmentation")


@rule(
    "P324",
    "more units than classes",
    "warning",
    source="notes K1 §2.3 (N classes, N units); DeepDiagnosis",
    covers=("out.units_vs_classes",),
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Flatten
          - Dense: {units: 64, activation: relu}
          - Dense: {units: 12, activation: softmax}  # ! P324
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
def spare_units(subject: Subject) -> Iterator[Finding]:
    """A unit that never stands for a class learns to stay at 0 and takes part in every softmax
    until it does. It works, and is nearly always a number copied from another program.
    """
    pair, classes = subject.pair, subject.facts.classes
    if not pair or not pair.fits or pair.task not in MANY or classes is None:
        return
    if not pair.exclusive_loss or pair.encoding != "integer" or (pair.head.width or 0) <= classes:
        return
    path = blamed(subject, pair)
    yield Finding(
        f"the model puts out {pair.head.width} values, and there are {classes} classes",
        path,
        label=f"expected {classes}",
        help=f"write `{'filters' if path[-1:] == ('filters',) else 'units'}: {classes}`",
        notes=(subject.task_note(),),
        fix=(Edit(path, str(classes)),) if subject.get(path) == pair.head.width else (),
    )
