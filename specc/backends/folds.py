"""Expressions of a script that trains on folds."""

from specc.backends.expressions import in_order, learns, writes_files
from specc.backends.hoisted import learner
from specc.backends.targets import classes_of_rows
from specc.program import Call, DataPlan, FoldsPlan, Items, Ref, TrainingPlan, Value

Options = tuple[tuple[str, Value], ...]


def splitter(plan: FoldsPlan) -> Call:
    """The splitter of scikit-learn; each repetition shuffles in its own way."""
    seed = Ref("seed" if plan.repeats > 1 else "SEED")
    shuffled: Options = (("shuffle", True), ("random_state", seed)) if plan.shuffle else ()
    return Call(plan.splitter, (Ref("FOLDS"),), shuffled)


def fold(data: DataPlan) -> Call:
    """The data of a fold."""
    parts: Options = (("train", Ref("train")), ("validation", Ref("validation")))
    if not learns(data):
        return Call("data._replace", (), parts)
    learned = Call("build_preprocessing", (Ref("train"),))
    return Call("data._replace", (), (*parts, ("preprocessing", learned)))


def split_by(data: DataPlan, plan: FoldsPlan) -> str:
    """What the splitter looks at: the rows, and their classes and groups where they matter."""
    labels = ", labels" if stratified(plan) else ""
    named = "" if stratified(plan) else "groups="
    return f"part.rows{labels}{f', {named}groups' if data.group else ''}"


def stratified(plan: FoldsPlan) -> bool:
    """Whether every fold has its share of each class."""
    return plan.splitter.startswith("Stratified")


def labels(data: DataPlan) -> Value:
    """The class of each row of the encoded part."""
    found = classes_of_rows(data, "part")
    return found if data.target.one_hot else Call("np.ravel", (found,))


def train_fold(training: TrainingPlan) -> Call:
    """How a fold is trained."""
    output: Options = (("output", Ref("folder")),) if writes_files(training) else ()
    options: Options = (
        ("callbacks", Ref("callbacks")),
        ("epochs", Ref("epochs")),
        *output,
        ("verbose", Ref("verbose")),
    )
    return Call("train", (Ref("fold"), Ref("model")), options)


def score_fold(data: DataPlan) -> Call:
    """How a fold is scored."""
    options: Options = (("return_dict", True), ("verbose", 0))
    return Call(f"{learner(data)}.evaluate", (in_order(data, "fold.validation"),), options)


def cross_validated(training: TrainingPlan) -> Call:
    """How `main` trains on all folds."""
    output: Options = (("output", Ref("output")),) if writes_files(training) else ()
    options: Options = (("epochs", Ref("arguments.epochs")), *output, ("verbose", 0))
    return Call("cross_validate", (Ref("data"), Ref("model")), options)


def watching(training: TrainingPlan) -> Items | None:
    """Callbacks that watch the validation part, which the last training does not have."""
    return Items(training.watching) if training.watching else None
