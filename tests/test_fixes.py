"""Fixes: text edits that keep everything else as it is, and `check --fix` with the files."""

import os
import re
import stat
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from conftest import Main

from specc.backends.script import emit
from specc.compiler import Compiled, compile
from specc.configuration import Project
from specc.diagnostics import Edit, locate
from specc.edits import applied, changes
from specc.fixing import fix
from specc.registry import index, names, words
from specc.resolved import resolved, to_yaml
from specc.schema import Data, Spec, Train
from specc.source import Span, read
from specc.verbs import specs

SPECS = Path(__file__).parents[1] / "specs"
DIGEST = re.compile("digest [0-9a-f]+")
UNITS = ("model", 0, "Dense", "units")
FLOW = "model: [{Dense: {units: 3, name: 'a'}}, Flatten] # c\n"
BLOCK = "model:\n  - Dense:\n      units: 3 # c\n      name: 'a'\n  # d\n  - Flatten # e\n"
NAME = ("model", 0, "Dense", "name")

# A text, an edit of it, and the text afterwards; None where the edit can't be made.
EDITS = (
    (FLOW, Edit(UNITS, "4"), FLOW.replace("3", "4")),
    (FLOW, Edit(UNITS, "filters", True), FLOW.replace("units", "filters")),
    (FLOW, Edit(NAME, "b"), FLOW.replace("'a'", "'b'")),
    (FLOW, Edit(NAME, "it's"), FLOW.replace("'a'", "'it''s'")),
    (FLOW, Edit(NAME, "12"), FLOW.replace("'a'", "12")),
    (FLOW, Edit(("model", 0), "[]"), "model: [[], Flatten] # c\n"),
    (FLOW, Edit(("model", 0), "Conv1D", how="rename"), FLOW.replace("Dense", "Conv1D")),
    (FLOW, Edit(("model", 0, "Dense"), "a", how="rename"), None),  # there are two
    (FLOW, Edit(UNITS, how="remove"), FLOW.replace("units: 3, ", "")),
    (FLOW, Edit(NAME, how="remove"), FLOW.replace(", name: 'a'", "")),
    (FLOW, Edit(("model", 1), how="remove"), FLOW.replace(", Flatten", "")),
    (FLOW, Edit(UNITS[:-1], "seed: 1", how="add"), FLOW.replace("'a'", "'a', seed: 1")),
    (FLOW, Edit(("model", 0, "Dense", "x"), "1"), None),
    (FLOW, Edit(("model",), "a: 1", how="add"), None),
    (FLOW, Edit((), "specc: 1", how="begin"), "specc: 1\n" + FLOW),
    (FLOW, Edit((), "specc: 1", how="add"), FLOW + "specc: 1\n"),
    (FLOW, Edit((), "Model", span=Span(1, 1, 1, 6)), FLOW.replace("model", "Model")),
    (BLOCK, Edit(UNITS, how="remove"), BLOCK.replace("units: 3 # c", "# c")),
    (BLOCK, Edit(NAME, how="remove"), BLOCK.replace("      name: 'a'\n", "")),
    (BLOCK, Edit(("model", 1), how="remove"), BLOCK.replace("- Flatten # e", "# e")),
    (BLOCK, Edit(("model", 0), how="remove"), None),  # a comment stands inside
    (BLOCK, Edit(("model",), how="remove"), None),  # and would be all there is
    (BLOCK, Edit(UNITS[:-1], "seed: 1", how="add"), BLOCK.replace("'a'", "'a'\n      seed: 1")),
    (BLOCK, Edit(("model", 1), "a: 1", how="add"), None),
    ("a:\nb: 1\n", Edit(("a",), "2"), "a: 2\nb: 1\n"),
    ("a: {b, c: 1}\n", Edit(("a", "b"), "2"), "a: {b: 2, c: 1}\n"),
    ("a: {b: , c: 1}\n", Edit(("a", "b"), "2"), "a: {b: 2 , c: 1}\n"),
    ("a: {b: 1}\n", Edit(("a",), "b: 2", how="add"), None),
    ("a: {b: 1, c: 2}\n", Edit(("a", "b"), "c", True), None),
    ("a: {}\n", Edit(("a",), "b: 2", how="add"), "a: {b: 2}\n"),
    ("a: {b: 1,}\n", Edit(("a",), "c: 2", how="add"), "a: {b: 1, c: 2,}\n"),
    ("a: [{b: 1, c: 2}]\n", Edit(("a", 0, "b"), how="remove"), "a: [{c: 2}]\n"),
    ("- b: 1\n  c: 2\n", Edit((0, "b"), how="remove"), "- c: 2\n"),
    ("a: |\n  # no comment\n  x\nb: 1\n", Edit((), "c: 2", how="add"), None),
    ("a: é # ü\r\nb: 1", Edit((), "c: 2", how="add"), "a: é # ü\r\nb: 1\r\nc: 2"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "after"), EDITS)
def test_an_edit_changes_what_it_is_about(text: str, edit: Edit, after: str | None) -> None:
    source = read("x.yaml", text.encode())
    made = changes(source, (edit,))
    if after is None and "no comment" not in text:
        assert made == ()
        return
    assert applied(text, made) == (after or text + "c: 2\n")


def test_edits_that_overlap_cannot_be_made_together() -> None:
    source = read("x.yaml", FLOW.encode())
    assert changes(source, (Edit(UNITS, "4"), Edit(("model", 0), "[]"))) == ()
    assert len(changes(source, (Edit(UNITS, "4"), Edit(UNITS, "4"), Edit(NAME, "b")))) == 2


WRONG = """specc: 1 # v
model:
  - Input: [4]
  - Dense: {unit: 3, activaton: "sofmax"} # keep: me
train:
  optimizer: adamm # and me
  loss: 'catgorical_crossentropy'
"""
RIGHT = (
    WRONG.replace("unit:", "units:")
    .replace("activaton", "activation")
    .replace("sofmax", "softmax")
    .replace("adamm", "adam")
    .replace("catgorical", "categorical")
)


def compiled(raw: bytes) -> Compiled:
    return compile(read("spec.yaml", raw))


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_typing_errors_go_and_the_rest_stays(ending: str, mark: bytes) -> None:
    wrong, right = (mark + text.replace("\n", ending).encode() for text in (WRONG, RIGHT))
    once = fix(wrong, compiled)
    assert once.raw == right and len(once.fixes) == 5
    assert fix(right, compiled).raw == right


# What a reader refuses, in place of a part of RIGHT, and whether it takes an unsafe fix.
UNREADABLE = (
    ("units: 3", "units:3", True),
    ("[4]", "!!python/tuple [4]", False),
    ("adam #", "ad\u200bam #", False),
    ("units: 3", "units: 03", True),
    ("specc: 1 # v\n", "", False),
)


@pytest.mark.parametrize(("right", "wrong", "unsafe"), UNREADABLE)
def test_what_a_reader_refuses(right: str, wrong: str, unsafe: bool) -> None:
    text = RIGHT.replace(right, wrong, 1).encode()
    expected = RIGHT.replace(" # v", "" if not wrong else " # v").encode()
    assert (fix(text, compiled).raw == expected) is not unsafe
    assert fix(text, compiled, unsafe=True).raw == expected


def test_a_key_with_a_value_in_it_is_left() -> None:
    text = RIGHT.replace("units: 3", "units\uff1a 3").encode()
    assert fix(text, compiled, unsafe=True).raw == text


def test_never_more_errors_than_before() -> None:
    """Whatever the one typing error hides, it is not uncovered by a fix."""
    text = "specc: 1\nmodel: [{Input: [4]}, {Flaten: {x: 1}}, Conv2D: 3, Dense: 0]\n"
    before = compiled(text.encode()).report
    once = fix(text.encode(), compiled, unsafe=True)
    assert len(once.compiled.report.errors) <= len(before.errors)


def test_the_first_of_two_that_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    text = WRONG.replace("{unit: 3, ", "{units: 3, ").replace("Dense", "Dens")
    once = fix(text.encode(), compiled)
    assert once.raw == RIGHT.encode()


FILES = sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))
TEXTS = [text for file in FILES if "blocks:" not in (text := file.read_text(encoding="utf-8"))]
WORD = re.compile(r"(?<![\w.#/\"'$-])[A-Za-z_]{4,}\b")
# Words that the language has; a name of the spec's own may be the slip where it is given.
KNOWN = {name for family in index() for name in (*names(family), *words(family))}
KNOWN |= {*Spec.model_fields, *Data.model_fields, *Train.model_fields, "filters", "kernel_size"}
KNOWN |= {"activation", "units", "padding", "same", "patience", "monitor"} - {"layers", "name"}


@pytest.mark.parametrize(
    "name", ["cats_dogs_vgg16_finetune", "horse_or_human", "resnet50", "two_inputs_two_outputs"]
)
def test_what_is_left_out_has_its_default(name: str) -> None:
    """U903: a spec with every option written is the same program without those at a default."""
    raw = (SPECS / f"{name}.yaml").read_bytes()
    whole = to_yaml(resolved(compiled(raw).spec)).encode()
    short = fix(whole, lambda raw: compile(read("spec", raw), project=Project(select=("U903",))))
    assert len(short.fixes) > 40 and not short.compiled.report.diagnostics
    scripts = [emit(each.program) for each in (compiled(whole), short.compiled)]
    assert len({DIGEST.sub("", script) for script in scripts}) == 1


def slip(word: str, random: Random) -> str:
    """The word with a letter left out, doubled, or in the place of the next one."""
    at = random.randrange(1, len(word) - 1)
    match random.randrange(3):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[: at + 1] + word[at:]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_slips_in_words_of_the_language_are_undone_or_left(tmp_path: Path) -> None:
    """What `--fix` writes is what stood there before."""
    random, outcomes = Random(0), Counter[str]()
    for _ in range(120):
        text = random.choice(TEXTS)
        own = set(re.findall(r"name: (\w+)|^  (\w+):", text, re.MULTILINE))
        known = KNOWN - ({name for pair in own for name in pair} - set(Data.model_fields))
        found = [word for word in WORD.finditer(text) if word[0] in known]
        word = random.choice(found)
        wrong = text[: word.start()] + slip(word[0], random) + text[word.end() :]
        if compile(read("x.yaml", wrong.encode()), tmp_path).report.ok:
            continue
        raw = fix(wrong.encode(), lambda raw: compile(read("x.yaml", raw), tmp_path)).raw
        outcomes["undone" if raw == text.encode() else "left"] += 1
        assert raw in (text.encode(), wrong.encode()), (word[0], wrong[word.start() :][:20])
    assert outcomes["undone"] > 9 * outcomes["left"] and outcomes.total() > 80


@pytest.fixture
def wrong(workplace: Path) -> Path:
    Path("wrong.yaml").write_text(WRONG)
    return Path("wrong.yaml")


def test_fix_writes_the_file_and_keeps_what_it_is(main: Main, wrong: Path) -> None:
    wrong.chmod(0o640)
    Path("link.yaml").symlink_to(wrong)
    code, out, err = main("check", "--fix", "link.yaml")
    assert (code, out, err) == (
        0, "1 spec checked, nothing found\n5 findings fixed in 1 file\n", "",
    )  # fmt: skip
    assert wrong.read_text() == RIGHT and Path("link.yaml").is_symlink()
    assert stat.S_IMODE(wrong.stat().st_mode) == 0o640
    assert sorted(os.listdir()) == ["link.yaml", "wrong.yaml"]


def test_unsafe_fixes_only_where_asked_for(main: Main, wrong: Path) -> None:
    text = RIGHT.replace('"softmax"', "relu")
    wrong.write_text(text)
    assert main("check", wrong)[1].endswith("\nfixable: `--unsafe-fixes` for 1\n")
    assert main("check", "--fix", wrong)[0] == 1 and wrong.read_text() == text
    assert main("check", "--unsafe-fixes", wrong)[0] == 0
    assert wrong.read_text() == RIGHT.replace('"softmax"', "softmax")


def test_diff_shows_and_writes_nothing(main: Main, wrong: Path) -> None:
    code, out, err = main("check", "--diff", wrong)
    assert (code, err) == (1, "5 findings to be fixed in 1 file\n")
    assert out.startswith("--- wrong.yaml\n+++ wrong.yaml (fixed)\n@@ ")
    assert '+  - Dense: {units: 3, activation: "softmax"} # keep: me\n' in out
    assert wrong.read_text() == WRONG
    wrong.write_text(RIGHT)
    assert main("check", "--diff", wrong) == (0, "", "0 findings to be fixed in 0 files\n")


def test_several_files_and_other_formats(main: Main, wrong: Path) -> None:
    Path("also.yaml").write_text(WRONG.replace("specc: 1", "name: other\nspecc: 1"))
    code, out, err = main("check", "--fix", "--format", "json", ".")
    assert (code, out, err) == (0, "[]\n", "10 findings fixed in 2 files\n")


def test_standard_input_comes_out_fixed(
    main: Main, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(specs, "text", lambda file: ("<stdin>", WRONG.encode()))
    code, out, err = main("check", "--fix", "-")
    assert (code, out) == (0, RIGHT) and "5 findings fixed in 1 file" in err
    assert main("check", "--diff", "-")[1].startswith("--- <stdin>\n")


def test_a_file_that_cannot_be_written_stops_all(
    main: Main, wrong: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("also.yaml").write_text(WRONG.replace("specc: 1", "name: other\nspecc: 1"))
    monkeypatch.setattr(os, "access", lambda file, mode: "wrong" not in str(file))
    code, out, err = main("check", "--fix", "also.yaml", "wrong.yaml")
    assert (code, out, err) == (2, "", "specc: cannot write `wrong.yaml`: Permission denied\n")
    assert wrong.read_text() == WRONG and "unit:" in Path("also.yaml").read_text()


def test_what_is_reported_is_where_it_is_changed() -> None:
    report = compiled(WRONG.encode()).report
    for finding in report.diagnostics:
        [change] = changes(report.source, finding.fix)
        span = locate(report.source, finding)
        lines = WRONG.splitlines(keepends=True)
        assert sum(map(len, lines[: span.line - 1])) + span.column - 1 == change.start
