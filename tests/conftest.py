"""Golden files, the marker for tests that need Keras, and the optional folder of shared data."""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from specc import cli

Main = Callable[..., tuple[int, str, str]]
GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).parents[2] / "shared"

# The same examples in every run, but for those at night.
settings.register_profile(
    "specc",
    derandomize=not {"SPECC_EXAMPLES", "SPECC_GRAPHS"} & os.environ.keys(),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("specc")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "keras: needs TensorFlow")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file of tests/golden, or rewrites that with --update-golden."""

    def check(file: str, text: str) -> None:
        if request.config.getoption("--update-golden"):
            (GOLDEN / file).write_bytes(text.encode())
        assert text == (GOLDEN / file).read_bytes().decode()

    return check


@pytest.fixture(autouse=True)
def of_the_process() -> Iterator[None]:
    """What a script sets for its whole process is put back."""
    longest = csv.field_size_limit()
    yield
    csv.field_size_limit(longest)
    if "tensorflow" in sys.modules:
        from tensorflow.python.util import _pywrap_determinism

        _pywrap_determinism.enable(False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout; only tests that ask for it are skipped without."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and an environment that asks for nothing special."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "SPECC_OUTPUT_FORMAT", "KERAS_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CI", "1")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))
    return tmp_path


@pytest.fixture
def main(capfd: pytest.CaptureFixture[str]) -> Main:
    """Runs a command in this process; gives its exit code, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        return code, *capfd.readouterr()

    return run


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders of small pictures in two classes."""
    import numpy as np
    import tensorflow as tf

    folder, random = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    for part, label in [(p, c) for p in ("train", "validation") for c in ("dark", "light")]:
        (folder / part / label).mkdir(parents=True)
        for index in range(6):
            pixels = random.integers(0, 128, (9, 9, 3), "uint8") + 127 * (label == "light")
            image = tf.io.encode_png(pixels.astype("uint8")).numpy()
            (folder / part / label / f"{index}.png").write_bytes(image)
    return folder
