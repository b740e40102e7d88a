"""Expressions of a script for targets: in the form that the loss takes, and as classes."""

from specc.program import Call, DataPlan, Ref, TargetPlan, Value


def encoded(target: TargetPlan, y: str) -> Value:
    """The targets named `y` in the form that the loss takes."""
    match target.labels:
        case "inputs":
            return None
        case "integer":
            return Call(f"{y}.astype", ("int32",))
        case "one_hot":
            return Call("keras.utils.to_categorical", (Ref(y), target.classes))
        case "column":
            column = (Call("len", (Ref(y),)), 1)  # not -1: a wrong size must not pass
            return Call("np.reshape", (Call(f"{y}.astype", ("float32",)), column))
        case "own":
            return Call(f"{y}.astype", ("float32",))
    raise ValueError(f"{target.labels!a} is no form of labels")


def mask_target(data: DataPlan) -> Value:
    """A batch of masks, which hold numbers of classes, in the form that the loss takes."""
    masks = Ref("masks")
    match data.target.labels:
        case "integer":
            return Call("tf.cast", (masks, Ref("tf.int32")))
        case "one_hot":
            numbers = Call("tf.cast", (Call("tf.squeeze", (masks, -1)), Ref("tf.int32")))
            return Call("tf.one_hot", (numbers, data.target.classes))
    return Call("tf.cast", (masks, Ref("tf.float32")))


def record_target(data: DataPlan) -> Value:
    """The target in a record, or in a batch of them, in the form that the loss takes."""
    target, alone = Ref("y"), bool(dict(data.source.values).get("image"))
    match data.target.labels:
        case "integer":
            return Call("tf.cast", (target, Ref("tf.int32")))
        case "one_hot":
            return Call("tf.one_hot", (target, data.target.classes))
    numbers = Call("tf.cast", (target, Ref("tf.float32")))
    column = (1,) if alone else (-1, 1)
    return Call("tf.reshape", (numbers, column)) if data.target.labels == "column" else numbers


def classes(given: str, part: str) -> Value:
    """The class of each row of a part whose labels are integers or one-hot."""
    if given == "one_hot":
        return Call(f"{part}.y.argmax", (), (("axis", 1),))
    return Ref(f"{part}.y")


def classes_of_rows(data: DataPlan, part: str) -> Value:
    """The class of each row of an encoded part, in the order of its rows."""
    rows = Call("tf.gather", (Ref(f"{part}.y"), Ref(f"{part}.rows")))
    return Call("np.argmax", (rows,), (("axis", 1),)) if data.target.one_hot else rows
