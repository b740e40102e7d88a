"""D546: augmentation of what is no image, or that leaves images of another size."""

from collections.abc import Iterator

from specc.rules.augmented import AUGMENT, augment_of, layers_of
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.tensor import ShapeError, Tensor, agree


@rule(
    "D546",
    "images that cannot be augmented",
    "error",
    source="TensorFlow 2.21 (`ImageProjectiveTransformV3` takes images); Keras 3.15",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
          augment: {rotation_range: 20}  # ! D546
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy}
        """,
    good="""
        specc: 1
        data:
          dataset: {keras: cifar10}
          preprocess: [{Rescaling: 1/255}]
          augment: {rotation_range: 20}
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - GlobalAveragePooling2D
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: adam, loss: sparse_categorical_crossentropy}
        """,
)
def images_that_cannot_be_augmented(subject: Subject) -> Iterator[Finding]:
    """Rotations, shifts and flips are defined for images: height, width and channels. A row of a
    table or a text has no such sides. Layers under `augment` may not change the size of the images
    either, as `RandomCrop` does: the other parts keep theirs, and the model takes one size.
    """
    tensor, data = subject.facts.tensor, subject.spec.data
    if augment_of(subject) is None:
        return
    if data and len(subject.inputs) > 1 and not data.source.image_input:
        message = f"`augment` changes one input, and the data give {len(subject.inputs)}"
        help = "leave it out, or let layers such as `RandomFlip` be part of the model"
        yield Finding(message, AUGMENT, on_key=True, help=help)
        return
    if tensor is None:
        return
    if tensor.rank != 3:
        message = f"`augment` takes images, and rows have the shape {tensor}"
        label = "expects height x width x channels"
        yield Finding(message, AUGMENT, on_key=True, label=label, help="leave it out")
        return
    yield from _unfit(subject, Tensor(tensor.shape))


def _unfit(subject: Subject, images: Tensor) -> Iterator[Finding]:
    """Each layer that cannot take the images, or would give the model others."""
    for kind, path in layers_of(subject):
        where = subject.at(path)
        try:
            out = kind.infer(images)
        except ShapeError as error:
            yield Finding(error.message, where, on_key=True, label=error.label, help=error.help)
            continue
        if not agree(out.shape, images.shape):
            name = type(kind).__name__
            message = f"`{name}` makes {out} of {images}, and the other parts keep their size"
            help = "for another size of all images write `Resizing` under `preprocess`"
            yield Finding(message, where, on_key=True, help=help)
