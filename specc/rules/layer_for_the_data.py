"""S228: a layer inside the model that can do its work on the data only."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "S228",
    "layer for the data",
    "error",
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - MixUp: 0.2  # ! S228
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
    good="""
        specc: 1
        model:
          - Input: [32, 32, 3]
          - RandomFlip: horizontal
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: categorical_crossentropy}
        """,
)
def layer_for_the_data(subject: Subject) -> Iterator[Finding]:
    """`MixUp` and `CutMix` make one image of two, and its label of two labels. As layers of a
    model they get the images alone: the network is then trained with images of two classes and
    the label of one. `RandomCrop` cuts in training only: what is evaluated is as large as before,
    which the layers behind it do not fit. Such a layer has its place under `data`.
    """
    for node in subject.that(lambda kind: bool(kind.in_data_only)):
        if node.kind is not None:
            message = f"`{node.kind_name}` cannot work as a layer of the model"
            yield Finding(message, node.at(), on_key=True, label=node.kind.in_data_only)
