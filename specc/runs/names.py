"""What the files of a run are called; its script has the same names for those that it writes."""

SPEC, RECORD = "spec.yaml", "run.json"
MODEL, SCORES, HISTORY = "model.keras", "metrics.json", "history.csv"
FOLDS, HISTORIES = "folds.json", "folds.csv"  # scores and histories of the folds
CURVES, BY_CLASS = "learning_curves.png", "by_class.json"
ERROR, NATIVE = "error.log", "native.log"  # a traceback; what libraries print by themselves
