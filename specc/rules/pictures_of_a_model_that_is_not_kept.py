"""U929: pictures of a model that is not kept."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "U929",
    "pictures of a model that is not kept",
    "error",
    source="notes K1 §1.2 (after tuning train on everything, score once)",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        evaluate: {k_fold: 4}
        visualize:
          - learning_curves
          - roc  # ! U929
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
          split: {test: 0.2}
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        evaluate: {k_fold: 4, retrain: true}
        visualize:
          - learning_curves
          - roc
        """,
)
def pictures_of_a_model_that_is_not_kept(subject: Subject) -> Iterator[Finding]:
    """Training on folds makes a model for each of them and keeps none: they say how well a model
    does that is trained in this way. With `retrain: true` a last one is trained on all rows, and
    it can be looked at. The learning curves are those of the folds in any case.
    """
    evaluate = subject.entire.spec.evaluate
    if evaluate is None or not evaluate.k_fold or evaluate.retrain:
        return
    for picture, path in subject.pictures:
        if picture.word != "learning_curves":
            message = f"`{picture.word}` shows the trained model, and folds keep none"
            help = "write `retrain: true` under `evaluate`"
            note = Note("the folds", ("evaluate", "k_fold"), on_key=True)
            yield Finding(message, path, help=help, notes=(note,))
