"""Show what specs say: shapes, weights, work and memory of every layer."""

import argparse

from specc.verbs import specs


def arguments(verb: argparse.ArgumentParser) -> None:
    specs.arguments(verb)
    verb.add_argument("--format", choices=("text", "json", "mermaid"), default="text")
    verb.add_argument("--formulas", action="store_true", help="show how window sizes come about")
    verb.add_argument(
        "--resolved", action="store_true", help="print the spec with every default filled in"
    )


def run(options: argparse.Namespace) -> int:
    """0 when every spec could be shown whole, 1 when one has errors."""
    from specc import show
    from specc.resolved import resolved, to_yaml

    compiled = specs.compile_all(options.specs, options.data_dir)
    found = specs.reports(compiled)
    specs.show_findings([each for each in found if not each.ok], options.color)
    shown = [each for each in compiled if each.subject is not None]
    if options.resolved:
        pages = [to_yaml(resolved(each.spec)) for each in shown if each.report.ok]
        print("---\n".join(pages), end="")
    elif options.format == "text":
        print("\n".join(show.text(each, formulas=options.formulas) for each in shown), end="")
    else:
        page = {"json": show.as_json, "mermaid": show.mermaid}[options.format]
        print("\n".join(page(each) for each in shown), end="")
    return 0 if all(each.ok for each in found) else 1
