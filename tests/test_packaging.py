"""Editable, wheel and sdist installs find the same package and templates; the lock is sound."""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import specc

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix()
    for path in (ROOT / "templates").rglob("*.jinja")
}
ASK = """
import specc
from specc.locations import TEMPLATES
print(specc.__file__)
for path in TEMPLATES.rglob("*.jinja"):
    print(path.relative_to(TEMPLATES).as_posix())
"""


def run(*command: object, cwd: Path) -> str:
    """What a command prints; it runs as in a fresh shell, without a network."""
    outside = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=outside | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(source: Path, target: str, into: Path) -> Path:
    """The one file that building a distribution leaves."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git tracks or would, as a clone has them; the work tree stays untouched."""
    clone = tmp_path_factory.mktemp("checkout")
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((ROOT / name).read_bytes())
    return clone


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "wheel", tmp_path_factory.mktemp("wheel"))


def fresh_python(folder: Path) -> Path:
    """An interpreter of a new environment, which sees our dependencies and not our specc."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("\n".join(sorted(dependencies)) + "\n")
    return Path(sysconfig.get_path("scripts", "venv", vars=paths)) / Path(sys.executable).name


def install(python: Path, *what: object) -> None:
    alone = ("--no-deps", "--no-build-isolation", "--ignore-installed")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, *alone, *what, cwd=python.parent)


def check_install(python: Path, package: Path) -> None:
    """The installed package lies in a folder, answers, and finds every template."""
    assert run(python, "-m", "specc", "--version", cwd=python.parent) == version()
    assert run(python.with_name("specc"), "--version", cwd=python.parent) == version()
    where, *templates = run(python, "-c", ASK, cwd=python.parent).splitlines()
    assert Path(where).is_relative_to(package)
    assert set(templates) == TEMPLATES


def version() -> str:
    return f"specc {specc.__version__}\n"


def test_editable_install(checkout: Path, tmp_path: Path) -> None:
    python = fresh_python(tmp_path)
    install(python, "-e", checkout)
    check_install(python, checkout)


def test_wheel_install(wheel: Path, tmp_path: Path) -> None:
    python = fresh_python(tmp_path)
    install(python, wheel)
    check_install(python, tmp_path)


def test_sdist_install(sdist: Path, tmp_path: Path) -> None:
    python = fresh_python(tmp_path)
    install(python, sdist)
    check_install(python, tmp_path)


def test_wheel_holds_the_package_and_nothing_else(checkout: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(checkout).as_posix()
        for path in (checkout / "specc").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == package | {f"specc/templates/{name}" for name in TEMPLATES}
    assert "specc/py.typed" in held


def test_wheel_from_the_sdist_is_the_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    again = build(unpacked, "wheel", tmp_path / "dist")
    assert again.read_bytes() == wheel.read_bytes()


def test_core_install_has_no_tensorflow() -> None:
    core = {Requirement(each).name for each in PROJECT["dependencies"]}
    assert core == {"pydantic", "ruamel.yaml", "ruamel.yaml.clib", "jinja2"}


def test_there_is_a_lock() -> None:
    assert LOCKS


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_no_host(lock: Path) -> None:
    assert "://" not in lock.read_text(encoding="utf-8")
    assert "--index" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_locked_package_has_one_version_and_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    for entry in entries:
        assert re.match(r"[a-z0-9-]+(\[[a-z,-]+\])?==\S+ ", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("extra", ["", "train-cpu", "dev"])
def test_lock_is_of_these_requirements(extra: str) -> None:
    """A bound in pyproject.toml that the lock breaks, or a new package, asks for `make lock`."""
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for requirement in wanted(extra):
        name = re.sub(r"[._]", "-", requirement.name)
        versions = re.findall(rf"^{name}==(\S+)", locked, re.MULTILINE)
        assert versions, f"{requirement} is not locked"
        assert all(requirement.specifier.contains(each) for each in versions), requirement


def wanted(extra: str) -> list[Requirement]:
    """The direct requirements of an extra, and of the extras of our own that it names."""
    table = PROJECT["optional-dependencies"]
    asked = [Requirement(text) for text in (table[extra] if extra else PROJECT["dependencies"])]
    ours = [name for each in asked if each.name == "specc" for name in each.extras]
    others = [each for each in asked if each.name != "specc"]
    return others + [each for name in ours for each in wanted(name)]
