"""D605: layers that do to masks what they should not."""

from collections.abc import Iterator

from specc.rules.augmented import inside, layers_of
from specc.rules.base import Finding, rule
from specc.subject import Subject

WHY = {
    "CutMix": "it gives masks as many channels as the images have",
    "MixUp": "it takes means of class numbers, and half of class 2 and of class 4 is not class 3",
    "RandomGrayscale": "it does not take masks beside the images",
}


@rule(
    "D605",
    "layer that spoils masks",
    "error",
    source="Keras 3.15 (measured, each layer with `segmentation_masks`)",
    bad="""
        specc: 1
        data:
          images: {path: photos, masks: masks, size: [64, 64]}
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 20
            layers:
              - CutMix  # ! D605
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
    good="""
        specc: 1
        data:
          images: {path: photos, masks: masks, size: [64, 64]}
          classes: [ground, cell, edge]
          preprocess: [{Rescaling: 1/255}]
          augment:
            rotation_range: 20
            layers:
              - RandomElasticTransform: 0.5
        model:
          - Conv2D: {filters: 16, kernel_size: 3, padding: same, activation: relu}
          - Conv2D: {filters: 3, kernel_size: 1, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy, epochs: 300}
        """,
)
def layer_that_spoils_masks(subject: Subject) -> Iterator[Finding]:
    """The layers under `augment` get images and masks together: those that move pixels move both
    alike, and masks by whole pixels, those that change colours change images alone.

    Measured on Keras 3.15: that holds for all of them but three. `CutMix` gives masks of three
    channels, `MixUp` fails, and would mix numbers of classes, and `RandomGrayscale` fails.
    """
    data = subject.spec.data
    if data is None or data.source is None or not data.source.with_masks:
        return
    for kind, path in layers_of(subject):
        for name in (type(each).__name__ for each in inside(kind)):
            if name in WHY:
                message = f"`{name}` cannot change images with masks"
                help = "leave it out"
                yield Finding(message, subject.at(path), on_key=True, label=WHY[name], help=help)
