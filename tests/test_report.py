"""Reports: everything in them comes from the folder of the run, stands there as text, and is read
on light and dark screens, wide and narrow ones."""

import csv
import json
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from math import inf, isfinite, nan
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Main
from hypothesis import given
from hypothesis import strategies as st
from pictured import DIGITS, FOLDS
from running import ROOT

from specc.backends.script import emit
from specc.compiler import compile, digest
from specc.report.axis import axis, whole
from specc.report.curves import panels
from specc.report.histories import History
from specc.report.lines import lines
from specc.runs import known, record
from specc.source import read

pytestmark = pytest.mark.usefixtures("workplace")

TWO = (ROOT / "specs" / "two_inputs_two_outputs.yaml").read_text(encoding="utf-8")
PHASES = (ROOT / "specs" / "cats_dogs_vgg16_finetune.yaml").read_text(encoding="utf-8")
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;\u202e"
FINE = {"state": "finished", "seconds": 75.04, "epochs_done": 3}
HEAD = ("epoch", "accuracy", "loss", "val_accuracy", "val_loss")
ROWS = ((1, 0.5, 2.1, 0.6, 1.9), (2, 0.8, 0.9, 0.7, 1.1), (3, 0.9, 0.5, 0.7, 1.3))


def a_run(text: str, **facts: Any) -> Path:
    """The folder of a run of a spec, as far as it came to be without training."""
    compiled = compile(read("spec.yaml", text.encode()))
    folder = Path("runs") / compiled.spec.name / "20260101T120000Z-12345678"
    folder.mkdir(parents=True)
    (folder / "spec.yaml").write_text(text, encoding="utf-8")
    (folder / f"{compiled.spec.name}.py").write_text(emit(compiled.program), encoding="utf-8")
    told = {
        "name": compiled.spec.name,
        "digest": digest(compiled.spec),
        "seed": 7,
        "epochs": compiled.spec.train.epochs,
        "checked": known.checked(compiled.report),
        "data": known.data(compiled),
        "command": ["specc", "run", "spec.yaml"],
        "started": "2026-01-01T12:00:00Z",
        "versions": record.versions(),
        "machine": record.machine(),
    }
    (folder / "run.json").write_text(json.dumps(told | facts))
    return folder


def table(file: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([head, *rows])


def png(width: int = 3, height: int = 2) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*each) for each in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    )


VOID = {"meta", "img", "br", "wbr", "link", "input", "hr"}
OUTSIDE = re.compile(r"(?:https?:)?//|@import|url\((?!#)", re.IGNORECASE)


class Page(HTMLParser):
    """What a browser would make of a page, as far as it matters here."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} is closed at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style" and OUTSIDE.search(data):
            self.wrong.append("a style from elsewhere")
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def faults(self) -> Iterator[str]:
        """Whatever a page that is sent along must not have."""
        yield from self.wrong
        ids = [attributes["id"] for _, attributes in self.tags if "id" in attributes]
        yield from (f"two of {each}" for each in set(ids) if ids.count(each) > 1)
        for tag, attributes in self.tags:
            if tag in ("script", "link", "iframe", "object", "base", "form"):
                yield f"a {tag}"
            if tag == "img" and not attributes.get("alt"):
                yield "a picture without words"
            for name, value in attributes.items():
                if name.startswith("on") or (name == "style"):
                    yield f"{name} of {tag}"
                if name in ("src", "href", "xlink:href", "srcset", "action"):
                    inside = (value or "").startswith(("#", "data:image/png;base64,"))
                    yield from () if inside else (f"{tag} from {value}",)
                    lost = (value or "").startswith("#") and (value or "")[1:] not in ids
                    yield from (f"{value} is nowhere",) if lost else ()


def reported(main: Main, folder: Path) -> Page:
    code, out, said = main("report", folder)
    assert (code, out.strip(), said) == (0, str(folder / "report.html"), "")
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    assert list(page.faults()) == []
    return page


def test_a_finished_run_is_reported_whole(main: Main) -> None:
    folder = a_run(DIGITS, **FINE)
    table(folder / "history.csv", HEAD, ROWS)
    (folder / "metrics.json").write_text('{"accuracy": 0.875, "loss": 0.4321}')
    counts = {"class": "3", "rows": 10, "taken": 8, "right": 6, "mostly": "8"}
    (folder / "by_class.json").write_text(json.dumps([{"part": "test", "classes": [counts]}]))
    for name in ("confusion_matrix", "learning_curves", "grad_cam_2"):
        (folder / f"{name}.png").write_bytes(png(3, len(name)))
    (folder / "notes.png").write_text("no picture")
    page = reported(main, folder)
    assert "finished" in page.text and "The run" not in page.text
    for said in ("0.4321", "0.8750", "1 min 15 s", "10 0.750 0.600 0.667 8", "1,078", "conv2d"):
        assert said in page.text, said
    assert "the script that was reviewed is the one that was run" in page.text
    assert "lowest loss" in page.text and "rescaling" not in page.text
    alts = [attributes["alt"] or "" for tag, attributes in page.tags if tag == "img"]
    assert [alt.split(":")[0] for alt in alts] == ["Confusion matrix", "Grad-CAM"]
    assert "class 7, alpha 0.5" in alts[1]
    labels = [attributes.get("aria-label") or "" for tag, attributes in page.tags if tag == "svg"]
    assert labels[0] == (
        "loss over 3 epochs: training from 2.100 to 0.5000, validation from 1.900 to 1.300"
    )


def test_folds_are_reported_with_their_deviation(main: Main) -> None:
    scores = [{"loss": 1.0, "accuracy": 0.25}, {"loss": 2.0, "accuracy": 0.75}]
    folds = [{"seed": 0, "train": 95, "validation": 47, "scores": each} for each in scores]
    mean, std = {"loss": 1.5, "accuracy": 0.5}, {"loss": 0.5, "accuracy": 0.25}
    folder = a_run(FOLDS, **FINE, protocol={"folds": folds, "mean": mean, "std": std})
    rows = [(fold, *row) for fold in (1, 2) for row in ROWS[: fold + 1]]
    table(folder / "folds.csv", ("fold", *HEAD), rows)
    assert "± 0.5000 over the folds" in reported(main, folder).text
    (folder / "metrics.json").write_text('{"loss": 1.25}')
    text = reported(main, folder).text
    assert "test, trained on all rows loss 0.9000 1.100 1.250" in text
    assert "2 95 47 2.000 0.7500" in text and "1.500 ± 0.5000 0.5000 ± 0.2500" in text
    assert "Mean of 2 folds" in text and "training on all rows" not in text
    table(folder / "history.csv", HEAD[:3], [row[:3] for row in ROWS])
    page = reported(main, folder)
    labels = [attributes.get("aria-label") for tag, attributes in page.tags if tag == "svg"]
    assert "Every epoch of the training on all rows" in page.text
    assert "training on all rows from 2.100 to 0.5000" in (labels[0] or "")


def test_a_run_with_several_outputs_has_a_panel_for_each_quantity(main: Main) -> None:
    folder = a_run(TWO, **FINE)
    head = ("epoch", "loss", "sick_accuracy", "cost_mae", "val_loss", "learning_rate")
    table(folder / "history.csv", head, [(1, 3, 0.5, 9, "nan", 0.01), (2, "inf", 0.5, 8, 2, 0.001)])
    page = reported(main, folder)
    titles = [attributes.get("aria-label", "") for tag, attributes in page.tags if tag == "svg"]
    named = [(title or "").split(" over ")[0] for title in titles]
    assert named[:4] == ["loss", "sick accuracy", "cost mae", "learning rate"]
    assert "validation, last epoch" in page.text
    assert "two_inputs_two_outputs" in page.text and "not known" in page.text


def test_phases_are_told_with_what_they_train(main: Main) -> None:
    folder = a_run(PHASES, **FINE)
    rows = [(1, "head", 1, ""), (2, "head", 1 / 2, ""), (3, "fine_tune", 1 / 3, 0.01)]
    table(folder / "history.csv", ("epoch", "phase", "loss", "learning_rate"), rows)
    page = reported(main, folder)
    marks = [tag for tag, attributes in page.tags if attributes.get("class") == "phase"]
    assert "head vgg16: frozen RMSprop 2e-05 1 to 2, of 30 2,097,665 14,714,688" in page.text
    assert "3 to 3, of 100 9,177,089 7,635,264" in page.text
    assert "not trained" not in page.text and "2 head 0.5000 –" in page.text
    assert marks == ["text", "path", "text"] and "3 fine_tune 0.3333 0.01" in page.text
    assert "head from epoch 1, fine_tune from epoch 3" in page.text


def test_names_of_phases_do_not_stand_over_each_other() -> None:
    names = (*["head"] * 8, "warming", *["fine_tune_of_all_layers"] * 2)
    epochs = tuple(range(1, len(names) + 1))
    [panel] = panels(History(epochs, {"loss": tuple(map(float, epochs))}, phases=names))
    assert panel.svg.count('<path class="phase"') == 2
    assert re.findall(r'<text class="phase".*?>(.*?)<', panel.svg) == ["head"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"state": "started"}, "The record does not say how the run ended"),
        (
            {"state": "stopped", "signal": 15, "epochs_done": 1},
            "The run was stopped by SIGTERM after 1 of 3 epochs",
        ),
        (
            {"state": "failed", "epochs_done": 0, "findings": ["a `ValueError`: no"]},
            "The run failed after 0 of 3 epochs: what follows is what was there by then. "
            "a ValueError : no The end of the traceback Traceback ValueError: no",
        ),
        (FINE | {"findings": ["no `roc.png` was drawn"]}, "but not everything after it"),
        ({"state": 7, "findings": "x", "versions": 3, "machine": [], "data": {}}, "does not say"),
    ],
)
def test_a_run_that_did_not_go_through_says_so_at_the_top(
    main: Main, facts: dict[str, Any], said: str
) -> None:
    folder = a_run(DIGITS, **facts)
    (folder / "error.log").write_text("Traceback\nValueError: no\n")
    text = reported(main, folder).text
    assert said in text and text.index(said) < text.index("parameters")


def test_what_was_found_is_told_as_it_was(main: Main) -> None:
    spec = DIGITS.replace("split:", "batch_size: 1000  # specc: ignore[T607] a try\n  split:")
    found = {"severity": "warning", "code": "P304", "line": 3, "message": "odd `x`", "help": "no"}
    folder = a_run(spec, checked={"findings": [found], "suppressed": [found | {"reason": "why"}]})
    text = reported(main, folder).text
    assert "No errors, 1 warning, no hints, 1 suppressed, as found when the run began" in text
    assert "line 3 warning P304 odd x no suppressed: why" in text


def test_a_spec_and_a_script_that_were_changed_since_are_told(main: Main) -> None:
    folder = a_run(DIGITS, **FINE)
    (folder / "spec.yaml").write_text(DIGITS.replace("epochs: 3", "epochs: 4"))
    text = reported(main, folder).text
    assert "The spec above means another program" in text
    assert "makes another script of the spec above today" in text and "byte for byte" not in text


def test_nothing_of_a_run_is_taken_for_html(main: Main) -> None:
    spec = DIGITS.replace("specc: 1", f"specc: 1\ndescription: {json.dumps(EVIL)}  # {EVIL}", 1)
    facts = {"findings": [EVIL], "classes": [EVIL], "left_out": [EVIL], "command": [EVIL, "\0"]}
    data = {"rows": {EVIL: 3}, "by_class": {EVIL: {EVIL: 3, "\ud800": 1}}}
    folder = a_run(spec.replace("\u202e", ""), state="failed", **facts, data=data)
    table(folder / "history.csv", ("epoch", "phase", "loss", EVIL), [(1, EVIL + "\x1b", 1, 2)])
    (folder / "metrics.json").write_text(json.dumps({EVIL: 1.5}))
    (folder / "error.log").write_bytes(b"\xff\x00\x1b[1m" + EVIL.encode())
    (folder / f"{EVIL.replace('/', '')}.png").write_bytes(png())
    page = reported(main, folder)
    assert page.text.count("<script>alert(1)</script>") > 8
    assert not {"\0", "\x1b", "\u202e"} & set(page.text)


def test_the_words_of_a_line_are_the_line() -> None:
    assert [len(line) for line in lines("a: 1\r\n\rb\u2028\n")] == [3, 0, 1]
    text = "a: {b: 1/16, c-d: 'it''s # 1', e: \"\\\"x\"} # c: 3\n\n  - f: [true, -2.5e-3, g1]\n"
    assert "\n".join("".join(word.text for word in line) for line in lines(text)) + "\n" == text
    kinds = [(word.kind, word.text) for line in lines(text) for word in line if word.kind]
    assert kinds == [
        ("key", "a"), ("key", "b"), ("number", "1/16"), ("key", "c-d"), ("text", "'it''s # 1'"),
        ("key", "e"), ("text", '"\\"x"'), ("comment", "# c: 3"), ("key", "f"), ("word", "true"),
        ("number", "-2.5e-3"),
    ]  # fmt: skip


@given(st.lists(st.floats(width=32), max_size=8))
def test_all_numbers_stand_on_their_axis(values: list[float]) -> None:
    known = [value for value in values if isfinite(value)]
    found = axis(values)
    assert all(found.low <= value <= found.high for value in known)
    assert found.low < found.high and 2 <= len(found.ticks) <= 12
    assert list(found.ticks) == sorted(set(found.ticks))
    assert all(0 <= found.share(tick) <= 1 + 1e-9 for tick in found.ticks)


def test_epochs_have_round_numbers_and_far_values_a_logarithm() -> None:
    assert [whole(last).ticks for last in (1, 2, 5, 20)] == [
        (1,), (1, 2), (1, 2, 3, 4, 5), (1, 5, 10, 15, 20),
    ]  # fmt: skip
    assert axis([0.5, 0.9, nan, inf]).ticks == (0.5, 0.6, 0.7, 0.8, 0.9)
    assert axis([0.28, 1.01]).ticks == (0.2, 0.4, 0.6, 0.8, 1.0)  # what is just above has none
    assert axis([300.0, 9, 8, 8]).logarithmic and not axis([300.0, 9, 8, -1]).logarithmic
    assert axis([300.0, 9, 8, 8]).ticks == (5, 10, 20, 50, 100, 200, 500)


@pytest.mark.keras
@pytest.mark.parametrize("several", [False, True])
def test_the_counts_of_classes_are_those_of_others(several: bool) -> None:
    import numpy as np
    from sklearn.metrics import precision_recall_fscore_support

    from specc.report.scores import _class
    from specc.runs.by_class import counts

    random = np.random.default_rng(0)
    probabilities = random.random((60, 4))
    labels = random.integers(0, 2, (60, 4)) if several else random.integers(0, 4, 60)
    found = SimpleNamespace(labels=labels, probabilities=probabilities)
    taken = probabilities > 0.5 if several else probabilities.argmax(axis=1)
    rows = [_class(each) for each in counts(found, "abcd")]
    theirs = zip(*precision_recall_fscore_support(labels, taken), strict=True)
    for (name, count, *shares), (*wanted, support) in zip(rows, theirs, strict=True):
        assert count == str(support) and shares == [f"{each:.3f}" for each in wanted], name


def test_it_needs_nothing_heavy(main: Main) -> None:
    folder = a_run(DIGITS, **FINE)
    table(folder / "history.csv", HEAD, ROWS)
    code = (
        "import sys; from specc.cli import main; code = main(['report', sys.argv[1]])\n"
        "heavy = {'tensorflow', 'keras', 'numpy', 'matplotlib', 'sklearn', 'rich'}\n"
        "sys.exit(code or ' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True,
                          env={"PYTHONPATH": str(ROOT)}, timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_what_cannot_be_reported_or_written_is_told(main: Main) -> None:
    code, _, said = main("report", "absent")
    assert (code, said) == (2, "specc: `absent` is not the folder of a run\n")
    folder = a_run(DIGITS, **FINE)
    code, _, said = main("report", "runs")
    assert code == 2 and f"did you mean `{folder}`?" in said
    code, _, said = main("report", folder, "-o", "no/where.html")
    assert (code, said) == (2, "specc: cannot write `no/where.html`: No such file or directory\n")
    code, out, _ = main("report", folder, "-o", "page.html")
    assert (code, out) == (0, "page.html\n") and not (folder / "report.html").exists()


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
MEASURED = """<!DOCTYPE html><title></title><iframe src="{file}" width="{width}" height="900"
 style="border:0"></iframe><p id="found"></p><script>
addEventListener("load", () => {{
  const page = frames[0].document, found = page.documentElement.scrollWidth;
  const ground = frames[0].getComputedStyle(page.body).backgroundColor;
  const pictures = [...page.images].every(each => each.complete && each.naturalWidth);
  document.getElementById("found").textContent = [found, ground, pictures].join(" | ");
}});</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize(
    ("scheme", "width", "ground"), [(1, 1100, "rgb(255, 255, 255)"), (0, 400, "rgb(20, 23, 28)")]
)
def test_a_browser_shows_it(main: Main, scheme: int, width: int, ground: str) -> None:
    long = "Donaudampfschifffahrtsgesellschaft" * 9
    folder = a_run(TWO, **FINE | {"findings": [f"`{long}` {long}"], "state": "failed"})
    table(folder / "history.csv", (*HEAD, long), [(*row, 0.5) for row in ROWS])
    (folder / "metrics.json").write_text(json.dumps({long: 1.5}))
    counts = {"class": long, "rows": 10, "taken": 8, "right": 6, "mostly": long}
    (folder / "by_class.json").write_text(json.dumps([{"part": long, "classes": [counts]}]))
    (folder / "confusion_matrix.png").write_bytes(png(800, 700))
    reported(main, folder)
    file = (folder / "report.html").resolve().as_uri()
    Path("frame.html").write_text(MEASURED.format(file=file, width=width))
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--hide-scrollbars", "--allow-file-access-from-files",
            f"--user-data-dir={Path('profile').resolve()}",
            f"--blink-settings=preferredColorScheme={scheme}", f"--window-size={width + 50},1000",
            Path("frame.html").resolve().as_uri(),
        ],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found = re.search(r'<p id="found">(.*?)</p>', done.stdout)
    assert found and found[1] == f"{width} | {ground} | true", done.stderr[-2000:]
