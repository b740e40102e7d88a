"""U921: a picture of a layer that is not there."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.maps import layer_names
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


@rule(
    "U921",
    "a picture of a layer that is not there",
    "error",
    source="Keras 3.15 (`Model.get_layer`)",
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
          - filters: secnd  # ! U921
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
def picture_of_an_unknown_layer(subject: Subject) -> Iterator[Finding]:
    """`filters`, `activations` and `grad_cam` look at layers by their names: those that the spec
    gives, those that Keras gives to layers without one (`specc show` lists them), and those of
    the layers inside of a pretrained model, such as `block5_conv3` of `VGG16`. With a name that
    is not there the picture would fail after the training.
    """
    graph = subject.entire.graph
    known = layer_names(graph)
    if not graph.complete:
        return
    for picture, path in subject.pictures:
        for number, (name, option) in enumerate(picture.layers_named):
            if name in known:
                continue
            place = subject.at(path, option)
            listed = isinstance(subject.get(place), list)
            meant = nearest(name, known)
            help = f"did you mean `{meant}`?" if meant else f"its layers are {listing(known, 12)}"
            fix = (Edit((*place, number) if listed else place, meant),) if meant else ()
            yield Finding(
                f"the model has no layer `{name}`",
                (*place, number) if listed else place,
                help=help,
                fix=fix,
            )
