"""U922: a picture of classes without classes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

ONE = ("binary", "multiclass")
MANY = (*ONE, "multilabel")
PER_LABEL = ("roc", "grad_cam")


@rule(
    "U922",
    "a picture of classes without classes",
    "error",
    source="scikit-learn (`confusion_matrix`, `roc_curve`: unknown format)",
    bad="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 50}
        visualize:
          - learning_curves
          - confusion_matrix  # ! U922
        """,
    good="""
        specc: 1
        model:
          - Input: [13]
          - Dense: {units: 64, activation: relu}
          - Dense: 1
        train: {optimizer: adam, loss: mse, epochs: 50}
        visualize: [learning_curves]
        """,
)
def picture_of_classes_without_classes(subject: Subject) -> Iterator[Finding]:
    """Confusion matrices, ROC curves, misclassified images and Grad-CAM show how a model tells
    classes apart. Where the task is to predict numbers, symbols or pixels there is none of that.
    Several labels at once have a ROC curve each, but no label is taken for another.
    """
    task, several = subject.task, len(subject.entire.graph.outputs) > 1
    if not several and task is None:
        return
    for picture, path in subject.pictures:
        tasks = MANY if picture.word in PER_LABEL else ONE
        if not picture.of_classes or (task in tasks and not several):
            continue
        message = f"`{picture.word}` shows classes, and the task is `{task}`"
        if several:
            message = f"`{picture.word}` shows one output, and the model has several"
        help = "`roc` shows each label" if task == "multilabel" and not several else ""
        yield Finding(message, path, help=help or f"remove `{picture.word}`")
