"""U930: patterns of filters that are too small for the layer."""

from collections.abc import Iterator

from specc.maps import reached, size_of_patterns
from specc.pictures import Filters
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U930",
    "patterns too small for a layer",
    "error",
    source="the layers of the model",
    bad="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 5, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 5, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - filters: {layer: second, size: 8}  # ! U930
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
        model:
          - Conv2D: {filters: 32, kernel_size: 5, activation: relu}
          - MaxPooling2D: 2
          - Conv2D: {filters: 64, kernel_size: 5, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - filters: {layer: second, size: 16}
        """,
)
def patterns_too_small_for_a_layer(subject: Subject) -> Iterator[Finding]:
    """The patterns of `filters` go through the layers in front, whose windows and pooling make
    them smaller. When nothing is left of them, the picture fails after the training.
    """
    graph, given = subject.entire.graph, subject.delivered
    if not graph.complete:
        return
    for picture, path in subject.pictures:
        if not isinstance(picture, Filters) or picture.size is None:
            continue
        if not reached(graph, picture.layer, picture.size):
            least = size_of_patterns(graph, picture.layer, given.shape if given else ())
            message = f"nothing of {picture.size}x{picture.size} pixels reaches `{picture.layer}`"
            yield Finding(message, subject.at(path, "size"), help=f"write `size: {least}`")
