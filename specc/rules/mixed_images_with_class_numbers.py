"""D520: labels to be mixed that are numbers of classes."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.augmented import inside, layers_of
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.training.base import Loss

MIXING = ("CutMix", "MixUp")


@rule(
    "D520",
    "mixed images with class numbers",
    "error",
    source="Keras 3.15, `MixUp` and `CutMix`; measured",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment:
            layers:
              - MixUp  # ! D520
        model:
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
          augment:
            layers:
              - MixUp
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def mixed_images_with_class_numbers(subject: Subject) -> Iterator[Finding]:
    """`MixUp` and `CutMix` make one image of two, and one label: 0.7 of a cat and 0.3 of a dog.
    A number of a class cannot say that, and half of class 2 and half of class 4 is not class 3.
    With integer labels Keras fails in the first step, or trains on nonsense.
    """
    by_number = isinstance(subject.loss, Loss) and subject.loss.labels[:1] == ("integer",)
    data = subject.spec.data
    masked = data is not None and data.source is not None and data.source.with_masks
    if masked or (not by_number and subject.task != "reconstruction"):
        return
    told = "takes numbers of classes" if by_number else "compares with the images themselves"
    for kind, path in layers_of(subject):
        names = [type(each).__name__ for each in inside(kind)]
        for name in (name for name in names if name in MIXING):
            yield Finding(
                f"`{name}` mixes labels, and the loss {told}",
                subject.at(path),
                on_key=True,
                help="use `categorical_crossentropy`" if by_number else "leave it out",
                notes=(Note("the loss", subject.loss_path, on_key=True),),
            )
