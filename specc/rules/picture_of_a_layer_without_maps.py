"""U925: a picture of a layer without maps."""

from collections.abc import Iterator

from specc.maps import is_map, layer_names, map_names
from specc.rules.base import Finding, rule
from specc.subject import Subject

INSIDE = ("activations", "grad_cam")


@rule(
    "U925",
    "a picture of a layer without maps",
    "error",
    source="notes J2 (seeing inside: channels, filters, Grad-CAM)",
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
          - filters: classes  # ! U925
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
          - filters: second
        """,
)
def picture_of_a_layer_without_maps(subject: Subject) -> Iterator[Finding]:
    """Channels, filters and the places that Grad-CAM shows are those of layers that put out
    height x width x channels: convolutions, and what follows them up to `Flatten` or global
    pooling. Behind that no number belongs to a place any more.
    """
    graph = subject.entire.graph
    if not graph.complete:
        return
    maps = tuple(map_names(graph))
    for picture, path in subject.pictures:
        for number, (name, option) in enumerate(picture.layers_named):
            node = graph.by_name.get(name)
            if name in maps or (node and is_map(graph, node)) or name not in layer_names(graph):
                continue
            place = subject.at(path, option)
            listed = isinstance(subject.get(place), list)
            help = f"the last layer with feature maps is `{maps[-1]}`" if maps else ""
            shape = f"has the shape {graph.out(node)}, and " if node else ""
            message = f"the output of `{name}` {shape}is no feature map"
            yield Finding(message, (*place, number) if listed else place, help=help)
        if picture.word in INSIDE and not picture.layers_named and not maps:
            message = f"`{picture.word}` shows feature maps, and no layer of the model makes any"
            yield Finding(message, path)
