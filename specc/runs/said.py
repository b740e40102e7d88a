"""What TensorFlow says of a failure, without where in its graph."""


def plain(error: Exception) -> str:
    """The last line of the message; the name of the error where it has none."""
    text = str(getattr(error, "message", error)).strip().splitlines()
    said = text[-1].partition(" [Op:")[0].rpartition("}} ")[2] if text else ""
    return said.rstrip(".") or type(error).__name__
