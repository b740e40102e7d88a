"""U926: pictures of more than there is."""

from collections.abc import Iterator

from specc.graph import Graph
from specc.maps import is_map, map_names
from specc.pictures import Activations, Filters
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U926",
    "pictures of more than there is",
    "warning",
    source="the layers of the model",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, name: first}
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax, name: classes}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - activations: {image: 0, layers: 8}  # ! U926
          - filters: {layer: first, count: 64}  # ! U926
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: digits}
          preprocess: [{Rescaling: 1/16}]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu, name: first}
          - Conv2D: {filters: 64, kernel_size: 3, activation: relu, name: second}
          - Flatten
          - Dense: {units: 10, activation: softmax, name: classes}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 20}
        visualize:
          - activations: {image: 0, layers: 2}
          - filters: first
        """,
)
def pictures_of_more_than_there_is(subject: Subject) -> Iterator[Finding]:
    """Where `layers` or `count` ask for more layers with maps, or more filters, than there are, the
    picture shows what there is, and is not the one that was asked for. Without these options
    it shows up to 8 layers and up to 64 filters.
    """
    graph = subject.entire.graph
    if not graph.complete:
        return
    maps: int | None = len(tuple(map_names(graph)))
    for picture, path in subject.pictures:
        if isinstance(picture, Activations) and isinstance(picture.layers, int):
            found, wanted, option, noun = maps, picture.layers, "layers", "layers with maps"
        elif isinstance(picture, Filters):
            found, wanted, option = filters(graph, picture.layer), picture.count, "count"
            noun = f"filters in `{picture.layer}`"
        else:
            continue
        if found and found < wanted and option in picture.model_fields_set:
            message = f"`{picture.word}` shows {wanted} {noun}, and there are {found}"
            help = f"write `{option}: {found}`"
            yield Finding(message, subject.at(path, option), help=help)


def filters(graph: Graph, layer: str) -> int | None:
    """How many channels a layer puts out; None where that is not known."""
    node = graph.by_name.get(layer)
    tensor = graph.out(node) if node is not None and is_map(graph, node) else None
    return tensor.shape[2] if tensor is not None else None
