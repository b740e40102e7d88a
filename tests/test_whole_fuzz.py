"""Whatever a spec says: every stage ends, with findings that point into the file."""

import ast
import gc
import json
import os
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mutants import mutants
from spec_mutants import SPECS, structural

from specc import show
from specc.backends.script import emit
from specc.cli import main
from specc.compiler import Compiled, buildable, compile, digest, runnable
from specc.diagnostics import Report, locate
from specc.drawing.dot import dot
from specc.drawing.mermaid import mermaid
from specc.drawing.read import picture_of
from specc.drawing.svg import svg
from specc.fixing import fix
from specc.render import FORMATS
from specc.resolved import resolved, to_yaml
from specc.source import Span, read

COUNT = int(os.environ.get("SPECC_FUZZ", "1500"))
SEED = int(os.environ.get("SPECC_FUZZ_SEED", "0"))
SLOW = 2.0  # seconds of CPU for all that is done with one spec


def hostile(count: int, seed: int) -> Iterator[bytes]:
    """Mutants: half of the data that specs are, half of their text."""
    texts = [path.read_bytes() for path in SPECS]
    half = count // 2
    return chain(structural(count - half, seed), mutants(half, seed, texts))


def check(raw: bytes, data_dir: Path) -> Compiled:
    """Puts one text through everything that needs no Keras."""
    compiled = compile(read("spec.yaml", raw), data_dir)
    assert_placed(compiled.report)
    pages = {name: form([compiled.report], color=True) for name, form in FORMATS.items()}
    assert pages["concise"].count("\n") == len(compiled.report.diagnostics)
    json.loads(pages["sarif"]), ElementTree.fromstring(pages["junit"])
    assert len(json.loads(pages["json"])) == len(compiled.report.diagnostics)
    if compiled.subject is None:
        assert not compiled.report.ok
        return compiled
    show.text(compiled, formulas=True), show.as_json([compiled])
    picture = picture_of(compiled)
    mermaid(picture), dot(picture), svg(picture)
    assert all(each.message for each in (*buildable(compiled), *runnable(compiled)))
    if compiled.report.ok:
        assert_sound(compiled, data_dir)
    return compiled


def assert_placed(report: Report) -> None:
    """Every finding, note and edit lies inside the text."""
    rows = report.source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in report.diagnostics:
        assert found.message
        placed = [note for note in found.notes if note.placed]
        for span in [locate(report.source, each) for each in (found, *placed, *found.fix)]:
            assert_inside(span, rows)


def assert_inside(span: Span, rows: list[str]) -> None:
    assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
    assert span.end_line <= len(rows)
    assert span.column <= len(rows[span.line - 1]) + 1
    assert span.end_column <= len(rows[span.end_line - 1]) + 1


def assert_fixed(raw: bytes, compiled: Compiled, data_dir: Path, *, unsafe: bool) -> None:
    """The fixes leave a text that is read, with no more errors, and nothing more to fix."""

    def again(text: bytes) -> Compiled:
        return compile(read("spec.yaml", text), data_dir)

    fixed = fix(raw, again, unsafe=unsafe)
    assert len(fixed.compiled.report.errors) <= len(compiled.report.errors)
    assert fixed.compiled.source.data is not None or compiled.source.data is None
    assert fix(fixed.raw, again, unsafe=unsafe).raw == fixed.raw


def assert_sound(compiled: Compiled, data_dir: Path) -> None:
    """What is right can be printed, and written out in full it means the same."""
    text = to_yaml(resolved(compiled.spec))
    again = compile(read("spec.yaml", text.encode()), data_dir)
    assert again.report.ok and digest(again.spec) == digest(compiled.spec)
    assert compiled.program.model == again.program.model
    assert compiled.program.data == again.program.data
    if not buildable(compiled):
        ast.parse(emit(compiled.program))


HEAD = "specc: 1\ndata: {dataset: {sklearn: digits}}\nmodel: [Flatten, Dense: 10]\n"
LAYERS = "specc: 1\nmodel: [%s]\ntrain: {optimizer: adam, loss: mse}\n"
# What once brought a stage down, as small as it could be made.
BREAKERS = {
    "a share that is no number": HEAD.replace("}}", "}, split: {test: .nan}}", 1),
    "a path beyond the file system": f"data: {{images: {{train: {'x' * 500}, size: 8}}}}\n" + HEAD,
    "a picture by another name": HEAD + "visualize: [Ftrl]\n",
    "a recurrent layer on a number": LAYERS % "Input: [], LSTM: 3",
    "a map beyond all memory": LAYERS
    % ("Input: [1, 1, 1]" + ", UpSampling2D: [1000000000000000000, 1000000000000000000]" * 20),
    "too many repetitions": LAYERS % "Input: [3], repeat: {times: 10000000, layers: [Dense: 3]}",
    "repetitions in repetitions": LAYERS
    % f"Input: [3], {'repeat: {times: 1000, layers: [' * 3}Dense: 3{']}' * 3}",
    "an output that is not there": LAYERS.replace("[%s]", "{inputs: {a: [3]}, layers: [%s]}")
    % "Dense: {units: 3, name: x}, Dense: {from: x.3, units: 3}",
    "a layer that calls itself": LAYERS.replace("[%s]", "{inputs: {a: [3]}, layers: [%s]}")
    % "call: {layer: x, name: x}",
    "two that call each other": LAYERS.replace("[%s]", "{inputs: {a: [3]}, layers: [%s]}")
    % "call: {layer: y, name: x}, call: {layer: x, name: y}",
    "a base on a row of numbers": LAYERS % "Input: [8], VGG16: {include_top: false}",
    "a layer that was refused, once more": LAYERS.replace(
        "[%s]", "{inputs: {a: [], b: [3]}, layers: [%s], outputs: [x, y]}"
    )
    % "BatchNormalization: {from: a, name: x}, call: {layer: x, from: b, name: y}",
    "a thousand parameters": (
        f"blocks: {{b: {{parameters: {{{', '.join(f'p{i}: {i + 1}' for i in range(1000))}}}, "
        f"layers: [{', '.join(f'Dense: $p{i}' for i in range(1000))}]}}}}\n"
        + LAYERS
        % "Input: [3], b"
    ),
    "a base that takes larger pictures": LAYERS % "Input: [8, 8, 3], InceptionV3: {weights: null}",
    "data that are text": HEAD.replace("{dataset: {sklearn: digits}}", "digits"),
}


@pytest.mark.parametrize("text", BREAKERS.values(), ids=BREAKERS)
def test_what_broke_a_stage(text: str, tmp_path: Path) -> None:
    check(text.encode(), tmp_path)


@pytest.mark.fuzz
def test_fuzz(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """SPECC_FUZZ sets the number of mutants, SPECC_FUZZ_SEED the seed."""
    slow, right = [], 0
    for index, raw in enumerate(hostile(COUNT, SEED)):
        start = time.process_time()
        try:
            compiled = check(raw, tmp_path)
            right += compiled.report.ok
            if index % 5 == 0:
                assert_fixed(raw, compiled, tmp_path, unsafe=index % 2 == 0)
        except BaseException as error:
            error.add_note(f"mutant {index}: {raw!r}")
            raise
        spent = time.process_time() - start
        if spent > SLOW:
            slow.append((spent, index, raw[:2000]))
    with capsys.disabled():
        for each in slow:
            print("slow:", *each)
    assert right > COUNT // 50


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verbs agree with the report: 1 for what it says, never 70."""
    file = tmp_path / "spec.yaml"
    for raw in structural(COUNT // 20, SEED + 1):
        file.write_bytes(raw)
        report = compile(read(str(file), raw), tmp_path).report
        where = (str(file), "--data-dir", str(tmp_path))
        assert main(["check", *where]) == (not report.clean), raw
        assert main(["show", *where]) == (not report.ok), raw
        assert main(["build", *where, "--stdout"]) in ((0, 1) if report.ok else (1,)), raw
        capsys.readouterr()
    gc.enable()  # which the command line turns off
