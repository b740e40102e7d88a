"""Sources that the language has and this version does not read yet, each with what it is."""

LATER: dict[str, str] = {}
