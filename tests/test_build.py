"""`specc build`: which scripts are written, and what `--check` shows."""

import os
import re
from pathlib import Path

import pytest
from conftest import Main
from spec_files import GOOD, good, wrong

pytestmark = pytest.mark.usefixtures("workplace")


def test_build_writes_what_stdout_shows(main: Main) -> None:
    assert main("build", good("a.yaml")) == (0, "generated/a.py\n", "")
    script = Path("generated/a.py").read_bytes()
    assert script == main("build", "--stdout", "a.yaml")[1].encode()
    assert b"\r" not in script and script.endswith(b"\n")
    assert [path.name for path in Path("generated").iterdir()] == ["a.py"]
    assert main("build", "--check", "a.yaml") == (0, "", "")


def test_a_current_script_is_left_alone(main: Main) -> None:
    main("build", good("a.yaml"))
    os.utime("generated/a.py", (1, 1))
    main("build", "a.yaml")
    assert Path("generated/a.py").stat().st_mtime == 1


def test_a_spec_with_errors_writes_nothing_and_the_others_do(main: Main) -> None:
    Path("out").mkdir()
    Path("out/wrong.py").write_text("as it was")
    good("a.yaml")
    wrong()
    good("z.yaml")
    code, out, err = main("build", "a.yaml", "wrong.yaml", "z.yaml", "-o", "out")
    assert (code, out) == (1, "out/a.py\nout/z.py\n") and "error[F011]" in err
    assert Path("out/wrong.py").read_text() == "as it was"
    assert main("build", "wrong.yaml", "-o", "other")[0] == 1 and not Path("other").exists()


def test_a_wrong_word_among_several_writes_nothing(main: Main) -> None:
    good("a.yaml")
    assert main("build", "a.yaml", "absent.yaml")[0] == 2
    assert not Path("generated").exists()


@pytest.mark.parametrize(
    ("lacking", "said"),
    [("data", "there is no data to train on"), ("epochs: 9", "`train` does not say how long")],
)
def test_what_cannot_be_trained_is_not_built(main: Main, lacking: str, said: str) -> None:
    text = GOOD.format(name="a")
    if lacking == "data":
        text = re.sub(r"data: .*\n", "", text).replace("- Flatten", "- Input: [4]")
    file = wrong("a.yaml", text.replace(", epochs: 9", "") if lacking != "data" else text)
    code, out, err = main("build", file)
    assert (code, out) == (1, "") and f"error[F012]: {said}" in err


def test_a_failed_write_leaves_the_old_script(main: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    main("build", good("a.yaml"))
    Path("generated/a.py").write_text("old")

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    code, out, err = main("build", "a.yaml")
    assert (code, out) == (2, "")
    assert err == "specc: cannot write `generated/a.py`: No space left on device\n"
    assert [p.read_text() for p in Path("generated").iterdir()] == ["old"]


@pytest.mark.parametrize(
    ("change", "diff"),
    [
        (None, "--- /dev/null\n+++ generated/a.py (its spec)\n@@ -0,0 +1,"),
        ((b"EPOCHS = 9", b"EPOCHS = 8"), "-EPOCHS = 8\n+EPOCHS = 9\n"),
        ((b"\n", b"\r\n"), "-EPOCHS = 9\\r\n"),
        (
            (b"    main()\n", b"    main()"),
            "-    main()\n\\ No newline at end of file\n+    main()\n",
        ),
        ((b"EPOCHS", b"\xff"), "-\\xff = 9\n"),
    ],
    ids=["missing", "edited", "other line ends", "no last line end", "no UTF-8"],
)
def test_check_shows_what_is_stale(
    main: Main, change: tuple[bytes, bytes] | None, diff: str
) -> None:
    file = Path("generated/a.py")
    main("build", good("a.yaml"))
    before = file.read_bytes()
    file.write_bytes(before.replace(*change)) if change else file.unlink()
    there = file.read_bytes() if change else None
    code, out, err = main("build", "--check", "a.yaml")
    assert (code, err) == (1, "") and diff in out
    assert (file.read_bytes() if change else None) == there, "a check writes nothing"


def test_check_goes_on_past_a_spec_with_errors(main: Main) -> None:
    main("build", good("a.yaml"))
    assert main("build", "--check", "a.yaml", wrong())[:2] == (1, "")
    Path("generated/a.py").write_text("")
    assert "+SEED = 0\n" in main("build", "--check", "a.yaml", "wrong.yaml")[1]


@pytest.mark.parametrize("name", ["json", "numpy", "keras"])
def test_a_script_that_would_be_imported_for_a_module_is_not_built(main: Main, name: str) -> None:
    """Python looks first in the folder of the script that it runs."""
    code, out, err = main("build", good(f"{name}.yaml"))
    assert (code, out) == (1, "")
    assert f"error[F018]: `{name}` is the name of a Python module\n --> {name}.yaml:2:7" in (
        err.replace("  -->", " -->")
    )
    assert main("check", f"{name}.yaml")[0] == 0, "it is a script alone that cannot have it"
