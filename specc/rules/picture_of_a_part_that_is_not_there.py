"""U923: a picture of a part that is not there."""

from collections.abc import Iterator

from specc.pictures import shown_part
from specc.rules.base import Finding, rule
from specc.subject import Subject
from specc.wording import listing


@rule(
    "U923",
    "a picture of a part that is not there",
    "error",
    source="the parts of the data",
    bad="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        visualize:
          - confusion_matrix: {part: test}  # ! U923
        """,
    good="""
        specc: 1
        data:
          dataset: {sklearn: breast_cancer}
          preprocess: [Normalization]
        model:
          - Dense: {units: 32, activation: relu}
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: adam, loss: binary_crossentropy, epochs: 30}
        visualize: [confusion_matrix]
        """,
)
def picture_of_a_part_that_is_not_there(subject: Subject) -> Iterator[Finding]:
    """Without `part` a picture shows the test part, or the validation part where there is none.
    A part that neither the source gives nor `split` cuts off cannot be shown, and after training
    on folds there is no validation part. The training part has to be asked for: what a model
    makes of rows that it was trained on says little.
    """
    whole = subject.entire
    parts, evaluate = whole.facts.parts, whole.spec.evaluate
    folds = bool(evaluate and evaluate.k_fold)
    if whole.spec.data is None or not parts or (folds and evaluate and not evaluate.retrain):
        return
    there = [part for part in parts if part != "validation" or not folds]
    for picture, path in subject.pictures:
        wanted = getattr(picture, "part", None)
        row = getattr(picture, "image", None)
        shown = wanted or shown_part(parts, folds)
        count = parts.get(shown) if shown else None
        if wanted is not None and wanted not in there:
            message = f"there is no `{wanted}` part"
            yield Finding(message, subject.at(path, "part"), help=f"there is {listing(there)}")
        elif (isinstance(row, int) or picture.of_rows) and not shown:
            message = f"`{picture.word}` shows rows that are not trained on, and all of them are"
            yield Finding(message, path, help="add `split: {test: 0.2}` to `data`")
        elif isinstance(row, int) and count is not None and row >= count:
            message = f"there is no row {row} in the {count} of the `{shown}` part"
            help = f"they count from 0: the last one is {count - 1}"
            yield Finding(message, subject.at(path, "image"), help=help)
