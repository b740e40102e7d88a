"""Explain a rule: why it is there, and what it says of a spec that breaks it."""

import argparse
import sys

from specc.verbs.specs import color_argument, wants_color


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("code", metavar="CODE", help="a code such as P302, or a rule's name")
    color_argument(verb)


def run(options: argparse.Namespace) -> int:
    """0; an unknown code is a wrong command line."""
    from specc.cli import UsageError
    from specc.rules import load
    from specc.words import nearest

    rules = load()
    by_name = {each.name: each for each in rules.values()}
    chosen = rules.get(options.code.upper()) or by_name.get(options.code)
    if chosen is None:
        meant = nearest(options.code, [*rules, *by_name])
        hint = f"; did you mean `{meant}`?" if meant else "; `specc rules` lists them"
        raise UsageError(f"no rule `{options.code}`{hint}")
    from specc.explain import page

    print(page(chosen, color=wants_color(options.color, sys.stdout)), end="")
    return 0
