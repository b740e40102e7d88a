"""What other programs read: SARIF by its schema, annotations within their limits, sound XML."""

import re
from collections.abc import Iterator
from json import loads
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from specc.compiler import compile
from specc.diagnostics import Diagnostic, Report, Severity, report
from specc.edits import Change, applied, stretch
from specc.fixing import fix
from specc.render import FORMATS
from specc.source import Span, read

ERROR, WARNING, HINT = Severity
TEXT = """specc: 1
model:
  - Input: [4]
  - Dense: {units: 3, activaton: softmax}
  - Dense: {unit: 1, activation: softmax}
train: {optimizer: adamm, loss: mse, callbacks: [EarlyStopping]}
"""
STRANGE = 'a<b>&"c"\x1b[2J %0A ::error::x'

# Objects of SARIF 2.1.0 by where they stand: the keys that they must have, and those they may.
SARIF = {
    "": ("version runs", "$schema"),
    "runs": ("tool results", "columnKind"),
    "tool": ("driver", ""),
    "driver": ("name", "version rules"),
    "rules": ("id", "name shortDescription fullDescription help defaultConfiguration"),
    "shortDescription": ("text", "markdown"),
    "fullDescription": ("text", "markdown"),
    "help": ("text", "markdown"),
    "defaultConfiguration": ("level", ""),
    "results": (
        "message",
        "ruleId ruleIndex level locations relatedLocations partialFingerprints fixes suppressions",
    ),
    "suppressions": ("kind", "justification"),
    "message": ("text", ""),
    "locations": ("physicalLocation", ""),
    "relatedLocations": ("physicalLocation message", ""),
    "physicalLocation": ("artifactLocation region", ""),
    "artifactLocation": ("uri", ""),
    "region": ("startLine startColumn endLine endColumn", ""),
    "deletedRegion": ("startLine startColumn endLine endColumn", ""),
    "insertedContent": ("text", ""),
    "fixes": ("description artifactChanges", ""),
    "description": ("text", ""),
    "artifactChanges": ("artifactLocation replacements", ""),
    "replacements": ("deletedRegion insertedContent", ""),
    "partialFingerprints": ("specc/v1", ""),
}


def checked(text: str = TEXT, name: str = "specs/x y.yaml") -> Report:
    return compile(read(name, text.encode())).report


def sarif(*reports: Report) -> Any:
    return loads(FORMATS["sarif"](reports))


def objects(value: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object with the key that it stands under, or that its list stands under."""
    if isinstance(value, dict):
        yield key, value
        for name, inner in value.items():
            yield from objects(inner, name)
    for item in value if isinstance(value, list) else ():
        yield from objects(item, key)


def test_sarif_has_the_form_of_its_schema() -> None:
    found = list(objects(sarif(checked(), checked("specc: 1\n"), checked("a: [\n"))))
    for key, each in found:
        must, may = (set(words.split()) for words in SARIF[key])
        assert must <= set(each) <= must | may, key
    assert {"relatedLocations", "fixes", "rules"} <= {key for key, _ in found}
    levels = {each["level"] for key, each in found if key == "results"}
    assert levels == {"error", "note"} and found[0][1]["version"] == "2.1.0"


def test_sarif_counts_from_one_and_names_files_as_uris() -> None:
    [run] = sarif(checked())["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "specs/x%20y.yaml"}
        assert min(place["region"].values()) >= 1
        assert rules[each["ruleIndex"]] == each["ruleId"]


def test_fingerprints_outlive_a_line_and_differ_in_one_file() -> None:
    def prints(text: str) -> list[str]:
        results = sarif(checked(text))["runs"][0]["results"]
        return [each["partialFingerprints"]["specc/v1"] for each in results]

    twice = TEXT.replace("[EarlyStopping]", "[EarlyStopping, EarlyStopping]")
    assert prints(TEXT) == prints("# moved\n\n" + TEXT)
    assert len(set(prints(twice))) == len(prints(twice)) > len(prints(TEXT))


def test_the_fixes_of_sarif_and_json_are_those_of_the_command() -> None:
    """Fixes that do not touch each other, applied by a program that knows the format alone."""
    fixed = fix(TEXT.encode(), lambda raw: compile(read("x.yaml", raw)), unsafe=True)
    results = sarif(checked())["runs"][0]["results"]
    edits = [e for r in results for f in r.get("fixes", ()) for c in f["artifactChanges"]
             for e in c["replacements"]]  # fmt: skip
    made = sorted((*stretch(TEXT, Span(*e["deletedRegion"].values())), e["insertedContent"]["text"])
                  for e in edits)  # fmt: skip
    listed = [edit for each in loads(FORMATS["json"]([checked()])) for edit in each["fix"] or ()]
    assert [each["text"] for each in listed] == [e["insertedContent"]["text"] for e in edits]
    again = fix(
        applied(TEXT, [Change(*each) for each in made]).encode(),
        lambda raw: compile(read("x.yaml", raw)),
        unsafe=True,
    )
    assert made and again.raw == fixed.raw


def many(severity: Severity, count: int) -> Report:
    source = read("x.yaml", TEXT.encode())
    found = [Diagnostic("T600", severity, f"{i}: {STRANGE}", ("train",)) for i in range(count)]
    return report(source, found)


def test_ten_annotations_of_a_kind_and_errors_first() -> None:
    reports = [many(HINT, 12), many(WARNING, 3), many(ERROR, 8), many(ERROR, 4)]
    lines = FORMATS["github"](reports).splitlines()
    kinds = [re.match(r"::(\w+) |", line)[1] for line in lines]  # type: ignore[index]
    assert kinds == [*["error"] * 10, *[None] * 2, *["warning"] * 3, *["notice"] * 10, *[None] * 2]
    assert all(line.startswith("error[T600] x.yaml:6:8: ") for line in lines[10:12])


def test_annotations_are_escaped() -> None:
    [line] = FORMATS["github"]([many(ERROR, 1)]).splitlines()
    assert line == (
        "::error title=specc (T600),file=x.yaml,line=6,endLine=6,col=8,endColumn=65::"
        '0: a<b>&"c"\\x1b[2J %250A ::error::x'
    )
    found = Diagnostic("F001", ERROR, "two\nlines", span=Span(1, 3, 2, 1))
    [line] = FORMATS["github"]([Report(read("a,b:c%.yaml", TEXT.encode()), (found,))]).splitlines()
    where = "title=specc (F001),file=a%2Cb%3Ac%25.yaml,line=1,endLine=2"
    assert line == f"::error {where}::two\\nlines"


@pytest.mark.parametrize("reports", [[], [checked("specc: 1\nmodel: []\n")], [many(ERROR, 2)]])
def test_junit_can_be_read_and_counts_add_up(reports: list[Report]) -> None:
    reports = [*reports, many(HINT, 2), report(read("clean.yaml", b"specc: 1"), [])]
    whole = ElementTree.fromstring(FORMATS["junit"](reports))
    for suites in (whole, *whole):
        assert int(suites.attrib["tests"]) == len(list(suites.iter("testcase")))
        assert int(suites.attrib["failures"]) == len(list(suites.iter("failure")))
    assert [suite.attrib["name"] for suite in whole] == [each.source.name for each in reports]
    for case in whole.iter("testcase"):
        assert {"name", "classname", "file"} <= case.attrib.keys()


def test_files_are_named_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["./a.yaml", str(tmp_path / "a.yaml"), "/elsewhere/a.yaml", "<stdin>"]
    uris = ["a.yaml", "a.yaml", "file:///elsewhere/a.yaml", "%3Cstdin%3E"]
    for name, uri in zip(names, uris, strict=True):
        [first, *_] = sarif(checked(name=name))["runs"][0]["results"]
        assert first["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
