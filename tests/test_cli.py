"""The command line: which specs a word names, what goes where, and the exit codes."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Main
from running import ROOT
from spec_files import ERROR, GOOD, WARNING, good, wrong

from specc import cli
from specc.api import load
from specc.render import FORMATS
from specc.rules import load as load_rules

SPECS = sorted(ROOT.glob("specs/*.yaml"))
HEAVY = {"tensorflow", "keras", "numpy", "rich", "matplotlib", "sklearn"}
pytestmark = pytest.mark.usefixtures("workplace")


def process(*words: str, input: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    command = [sys.executable, "-m", "specc", *words]
    return subprocess.run(command, input=input, capture_output=True, timeout=60, env=environment)


def test_check_tells_clean_from_warnings_and_errors(main: Main) -> None:
    assert main("check", good("a.yaml")) == (0, "1 spec checked, nothing found\n", "")
    code, out, err = main("check", wrong(text=WARNING))
    assert (code, err) == (1, "") and "warning[" in out and "error[" not in out
    code, out, err = main("check", wrong())
    assert (code, err) == (1, "") and "error[F011]" in out


def test_hints_are_no_failure(main: Main) -> None:
    code, out, _ = main("check", ROOT / "specs/cats_dogs_cnn.yaml")
    assert code == 0 and "hint[D525]" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "required"),
        (("frobnicate",), "invalid choice"),
        (("check",), "required"),
        (("check", "absent.yaml"), "specc: no such file: `absent.yaml`"),
        (("check", "*.yml"), "specc: no specs in `*.yml`"),
        (("check", "empty"), "specc: no specs in `empty`"),
        (("check", "/dev/null"), "specc: `/dev/null` is not a file"),
        (("check", "a.yaml", "--format", "xml"), "invalid choice"),
        (("explain", "P999"), "no rule `P999`"),
        (("explain", "softmax_on_one_unt"), "did you mean `softmax_on_one_unit`?"),
        (("run", "a.yaml", "--epochs", "0"), "`0` is not a positive integer"),
        (("run", "a.yaml", "--epochs", "²"), "`²` is not a positive integer"),
        (("run", "a.yaml", "--set", "epochs"), "not of the form path=value"),
        (("run", "."), "`.` holds 2 specs; one is run at a time"),
        (("build", "a.yaml", "--stdout", "-o", "x"), "not allowed with"),
        (("show", "a.yaml", "--pipeline", "--phases"), "not allowed with"),
        (("show", "a.yaml", "--phases", "--format", "dot"), "`--phases` has no `--format dot`"),
        (("build", "a.yaml", "-o", "a.yaml"), "specc: cannot write `a.yaml/a.py`"),
    ],
)
def test_a_wrong_command_line_is_2(main: Main, words: tuple[str, ...], said: str) -> None:
    good("a.yaml")
    good("b.yaml")
    Path("empty").mkdir()
    code, out, err = main(*words)
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err


def test_an_unknown_format_in_the_environment_is_2(
    main: Main, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPECC_OUTPUT_FORMAT", "xml")
    code, out, err = main("check", good("a.yaml"))
    assert (code, out) == (2, "") and f"expected one of {', '.join(sorted(FORMATS))}" in err


def test_an_error_of_specc_itself_is_70(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("specc.compiler.compile", fails)
    code, out, err = main("check", good("a.yaml"))
    assert (code, out) == (70, "")
    log = re.fullmatch(r"specc: internal error: RuntimeError; please report (\S+)\n", err)
    assert log is not None
    assert "RuntimeError: ours" in Path(log[1]).read_text()
    Path(log[1]).unlink()
    code, _, err = main("--debug", "check", "a.yaml")
    assert code == 70 and err.startswith("Traceback") and "RuntimeError: ours" in err


def test_an_interrupt_is_130(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("specc.compiler.compile", interrupted)
    assert main("check", good("a.yaml")) == (130, "", "specc: interrupted\n")


def test_help_and_version_are_0(main: Main) -> None:
    for words in (("--help",), *((verb, "--help") for verb in cli.VERBS)):
        code, out, err = main(*words)
        assert (code, err) == (0, "") and out.startswith("usage: specc")
    assert main("--version")[:2] == (0, process("--version").stdout.decode())


def named(out: str) -> set[str]:
    return {finding["file"] for finding in json.loads(out)}


def test_files_folders_and_globs(main: Main) -> None:
    for place in ("a", "sub/b", "sub/deep/c"):
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        wrong(f"{place}.yaml", ERROR.replace("wrong", Path(place).stem))
    wrong("sub/d.yml", ERROR.replace("wrong", "d"))
    wrong("sub/notes.txt")
    every = {"a.yaml", "sub/b.yaml", "sub/d.yml", "sub/deep/c.yaml"}

    def checked(*words: str) -> set[str]:
        return named(main("check", "--format", "json", *words)[1])

    assert checked("sub") == every - {"a.yaml"}
    assert checked("sub/*.yaml") == {"sub/b.yaml"}
    assert checked("**/*.yaml") == every - {"sub/d.yml"}
    assert {name.removeprefix("./") for name in checked(".")} == every
    assert checked("sub/notes.txt") == {"sub/notes.txt"}


def test_a_file_named_twice_counts_once(main: Main) -> None:
    good("sub/a.yaml")
    Path("link.yaml").symlink_to("sub/a.yaml")
    code, out, _ = main("check", "sub/a.yaml", "sub", "./sub/a.yaml", "link.yaml")
    assert (code, out) == (0, "1 spec checked, nothing found\n")


def test_folders_of_runs_and_hidden_ones_are_left_out(main: Main) -> None:
    good("a.yaml")
    wrong(str(good(".hidden/b.yaml")))
    good("runs/a/1/spec.yaml", "a")
    Path("runs/a/1/run.json").write_text("{}")
    assert main("check", ".")[1] == "1 spec checked, nothing found\n"
    assert main("check", "runs/a/1/spec.yaml")[1] == "1 spec checked, nothing found\n"


def test_a_name_of_two_specs_is_a_finding(main: Main) -> None:
    good("a.yaml", "same")
    good("b.yaml", "Same")
    code, out, err = main("build", "a.yaml", "b.yaml")
    assert (code, out) == (1, "generated/same.py\n")
    assert "error[F041]: `Same` is the name of another spec too\n  --> b.yaml:2:7" in err


def test_standard_input() -> None:
    text = GOOD.format(name="piped").encode()
    done = process("check", "-", input=text)
    assert (done.returncode, done.stdout) == (0, b"1 spec checked, nothing found\n")
    done = process("check", "--format", "concise", "-", input=text.replace(b"adam", b"adamm"))
    assert done.returncode == 1 and done.stdout.startswith(b"<stdin>:8:20: error[F011]")
    assert process("build", "--stdout", "-", input=text).stdout.startswith(b'"""Train piped.')


def test_reports_of_several_files_are_one_array(main: Main) -> None:
    wrong("a.yaml", ERROR.replace("wrong", "a"))
    wrong("b.yaml", "specc: 2\n")
    good("c.yaml")
    code, out, _ = main("check", "--format", "json", ".")
    assert code == 1 and named(out) == {"./a.yaml", "./b.yaml"}
    assert main("check", "--format", "json", "c.yaml")[1] == "[]\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_can_come_from_the_environment(
    main: Main, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    file = wrong()
    asked = main("check", "--format", form, file)
    monkeypatch.setenv("SPECC_OUTPUT_FORMAT", form)
    assert main("check", file) == asked


def test_what_a_stream_cannot_encode_is_escaped() -> None:
    wrong(text=ERROR.replace("adamm", "αdam"))
    done = process("check", "wrong.yaml", PYTHONIOENCODING="ascii")
    assert done.returncode == 1 and b"\\u03b1dam" in done.stdout and done.stderr == b""
    Path("αbsent.yaml").write_text(GOOD.format(name="a"))
    done = process("build", "αbsent.yaml", "x", PYTHONIOENCODING="ascii")
    assert done.returncode == 2 and b"Traceback" not in done.stderr


def test_nobody_reads_on() -> None:
    command = f"{sys.executable} -m specc rules | true; exit ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(["bash", "-c", command], capture_output=True, env=environment, timeout=60)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


def test_a_full_disk_and_closed_streams() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    good("a.yaml")

    def shell(redirected: str) -> tuple[int, bytes]:
        command = f"{sys.executable} -m specc check a.yaml {redirected}"
        done = subprocess.run(command, shell=True, capture_output=True, env=environment, timeout=60)
        return done.returncode, done.stderr

    said = b"specc: cannot write the output: No space left on device\n"
    assert shell(">/dev/full") == (2, said)
    assert shell(">&- 2>&-") == (0, b"")


def test_colours_only_where_asked_for(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    file = wrong()
    assert "\x1b" not in main("check", file)[1]
    assert "\x1b" in main("check", "--color", "always", file)[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in main("check", file)[1]
    assert "\x1b" not in main("check", "--color", "never", file)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in main("check", file)[1]


# explain and rules


@pytest.mark.parametrize("code", load_rules())
def test_every_rule_is_explained(main: Main, code: str) -> None:
    code_of_exit, out, err = main("explain", code.lower())
    rule = load_rules()[code]
    assert (code_of_exit, err) == (0, "")
    assert out.startswith(f"{code} {rule.name} ({rule.severity}")
    assert f"Source: {rule.source}\n" in out
    assert main("explain", rule.name)[1] == out


def test_rules_lists_them_all(main: Main) -> None:
    code, out, _ = main("rules")
    assert code == 0 and [line.split()[0] for line in out.splitlines()] == list(load_rules())
    code, out, _ = main("rules", "--format", "json")
    assert code == 0 and [each["code"] for each in json.loads(out)] == list(load_rules())


LISTING = "import sys; from specc.cli import main; code = main(sys.argv[1:]); "
LISTING += "print(code, *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


def modules_after(*words: str) -> tuple[str, set[str]]:
    """The exit code of a command, and the packages that are there after it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LISTING, *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    code, *modules = done.stderr.splitlines()[-1].split()
    return code, set(modules)


def test_check_and_build_import_nothing_heavy() -> None:
    specs = [str(path) for path in SPECS]
    code, modules = modules_after("check", *specs)
    assert code == "0" and not modules & {*HEAVY, "jinja2"}
    code, modules = modules_after("build", *(path for path in specs if load(path).spec.data))
    assert code == "0" and "jinja2" in modules and not modules & HEAVY


@pytest.mark.parametrize("words", [("check",), ("build",), ("show",), ("show", "--resolved")])
def test_neither_do_they_for_a_broken_spec(words: tuple[str, ...]) -> None:
    code, modules = modules_after(*words, str(wrong()))
    assert code == "1" and not modules & {*HEAVY, "jinja2"}


def test_nor_does_anything_else_but_run() -> None:
    for words in (("explain", "P302"), ("rules",), ("show", str(SPECS[0])), ("--help",)):
        code, modules = modules_after(*words)
        assert code == "0" and not modules & {*HEAVY, "jinja2"}
