"""List the rules: code, severity, name and what each one finds."""

import argparse


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    import json

    from specc.rules import load

    rules = load().values()
    if options.format == "json":
        fields = ("code", "name", "title", "severity", "source", "covers", "off")
        print(json.dumps([{field: getattr(each, field) for field in fields} for each in rules], indent=2))
        return 0
    width = max(len(each.name) for each in rules)
    for each in rules:
        off = " (off)" if each.off else ""
        print(f"{each.code}  {each.severity:<7}  {each.name:<{width}}  {each.title}{off}")
    return 0
