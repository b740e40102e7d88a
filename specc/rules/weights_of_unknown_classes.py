"""T610: class weights that no class has."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.rules.writing import renamed
from specc.subject import Subject
from specc.task import REALS
from specc.wording import listing
from specc.words import nearest

OTHERS = {
    "multilabel": "several labels at once",
    "reconstruction": "numbers",
    "segmentation": "a class for each pixel",
}
PLACE = ("train", "class_weight")


@rule(
    "T610",
    "weights of unknown classes",
    "error",
    fatal=True,
    source="Keras 3.15 (measured)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 40
          class_weight:
            benign: 1.0
            malign: 1.7  # ! T610
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 16, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: rmsprop
          loss: binary_crossentropy
          epochs: 40
          class_weight:
            benign: 1.0
            malignant: 1.7
        """,
)
def weights_of_unknown_classes(subject: Subject) -> Iterator[Finding]:
    """A class weight makes the errors on one class count more. Classes are called by their
    names or by their numbers, which start at 0. Keras takes a weight for a class that does not
    exist without a word, and the class that was meant keeps the weight 1.
    """
    weights = subject.spec.train.class_weight
    if weights is None or PLACE in subject.broken:
        return
    if subject.whole is not None and len(subject.whole.graph.outputs) > 1:
        message = "class weights are for one output, and the model has several"
        yield Finding(message, PLACE, on_key=True, help="remove it, or weigh with `loss_weights`")
        return
    if subject.task in (*REALS, *OTHERS):
        what = OTHERS.get(subject.task, "numbers")
        message = f"class weights need one class per row, and the targets are {what}"
        yield Finding(message, PLACE, on_key=True, help="remove `class_weight`")
    elif isinstance(weights, dict):
        for name in weights:
            yield from _unknown(subject, name)


def _unknown(subject: Subject, name: str) -> Iterator[Finding]:
    names, classes = subject.facts.class_names, subject.facts.classes
    known = name in names or (name.isdecimal() and (classes is None or int(name) < classes))
    if known:
        return
    meant = nearest(name, names)
    if not names and not name.isdecimal():
        message = f"the names of the classes are not known here, so `{name}` could be any"
        help = "add `classes: [...]` to `data`, or give numbers"
    else:
        message = f"there is no class `{name}`"
        numbers = f"; their numbers are 0 to {classes - 1}" if classes else ""
        listed = f"classes are {listing(names, 10)}{numbers}" if names else numbers[2:]
        help = f"did you mean `{meant}`?" if meant else listed
    fix = renamed((*PLACE, name), meant, names)
    yield Finding(message, (*PLACE, name), on_key=True, help=help, fix=fix)
