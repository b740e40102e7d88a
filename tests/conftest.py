"""Golden files, the marker for tests that need Keras, and the optional folder of shared data."""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(__file__).parents[2] / "shared"


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


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout; only tests that ask for it are skipped without."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED
