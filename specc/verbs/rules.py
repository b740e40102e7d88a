"""List the rules: code, severity, name and what each one finds."""

import argparse

FIELDS = ("code", "name", "title", "severity", "off", "source", "covers")


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    """0, always."""
    import json

    from specc.rules import load

    rules = load().values()
    if options.format == "json":
        data = [{field: getattr(each, field) for field in FIELDS} for each in rules]
        print(json.dumps(data, indent=2))
        return 0
    width = max((len(each.name) for each in rules), default=0)
    for each in rules:
        severity = "off" if each.off else each.severity
        print(f"{each.code}  {severity:<7}  {each.name:<{width}}  {each.title}")
    return 0
