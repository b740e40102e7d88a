"""D604: values of masks for more or fewer classes than there are names."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject

PLACE = ("data", "images", "mask_values")
NAMES = ("data", "classes")


@rule(
    "D604",
    "mask values of other classes",
    "error",
    source="language §10 (`masks`)",
    bad="""
        specc: 1
        data:
          images:
            path: photos
            masks: masks
            size: [64, 64]
            mask_values: [0, 128, 255]  # ! D604
          classes: [ground, cell]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images:
            path: photos
            masks: masks
            size: [64, 64]
            mask_values: [0, 255]
          classes: [ground, cell]
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 1, kernel_size: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 300}
        """,
)
def values_for_other_classes(subject: Subject) -> Iterator[Finding]:
    """`mask_values` lists one value for each class, in the order of `classes`. With one more or
    less the names stand for the wrong values. What is around a thing is a class, too, and is
    mostly the first one: `classes: [background, cell]`.
    """
    data, names = subject.spec.data, subject.get(NAMES)
    source = data.source if data else None
    if source is None or not source.with_masks or not isinstance(names, list):
        return
    if len(names) == 1:
        help = f"name what is around it, too: `classes: [background, {names[0]}]`"
        yield Finding("a mask tells two classes apart, and there is one name", NAMES, help=help)
        return
    values = source.mask_values
    if values is None or len(values) == len(names):
        return
    yield Finding(
        f"{len(values)} values of masks stand for {len(names)} classes",
        PLACE,
        label=f"expected {len(names)}",
        notes=(Note("their names", NAMES),),
    )
