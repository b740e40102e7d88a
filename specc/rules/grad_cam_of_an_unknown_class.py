"""U927: Grad-CAM of a class that is not there."""

from collections.abc import Iterator

from specc.diagnostics import Edit
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing
from specc.words import nearest


@rule(
    "U927",
    "Grad-CAM of a class that is not there",
    "error",
    source="the classes of the data and the units of the model",
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
          - grad_cam: {image: 0, class: 10}  # ! U927
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
          - grad_cam: {image: 0, class: 9}
        """,
)
def grad_cam_of_an_unknown_class(subject: Subject) -> Iterator[Finding]:
    """Classes count from 0, in the order of the units of the last layer: 386 is the African
    elephant among the 1000 classes of ImageNet. They can be called by their names where the data
    or `classes` tell them. A class that is not there would fail after the training.
    """
    whole = subject.entire
    width = whole.head.width if whole.head else None
    count = 2 if width == 1 else width
    names = whole.facts.class_names
    for picture, path in subject.pictures:
        chosen = getattr(picture, "chosen", None)
        place = subject.at(path, "class")
        if isinstance(chosen, int) and count and chosen >= count:
            help = f"they count from 0: the last one is {count - 1}"
            yield Finding(f"there is no class {chosen} of {count}", place, help=help)
        elif isinstance(chosen, str) and names and chosen not in names:
            meant = nearest(chosen, names)
            help = f"did you mean `{meant}`?" if meant else f"classes are {listing(names, 12)}"
            fix = (Edit(place, meant),) if meant else ()
            yield Finding(f"there is no class `{chosen}`", place, help=help, fix=fix)
        elif isinstance(chosen, str) and not names and whole.facts.present:
            message = f"nobody says which class `{chosen}` is"
            help = "give its number, or name all classes under `classes` of `data`"
            yield Finding(message, place, help=help)
