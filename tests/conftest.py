from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

from tabs import chromium

import kg

settings.register_profile("untimed", deadline=None)  # how long one example takes says more of the machine
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.fixture(scope="session")
def examples():
    return [ROOT / "examples" / "posts", ROOT / "examples" / "suppliers.csv"]


@pytest.fixture(scope="session")
def demo_store(examples, tmp_path_factory):
    """The store of the packaged examples, as if it had been built when their news came; only to be read."""
    path = tmp_path_factory.mktemp("demo") / "demo.kg"
    kg.build(examples, path, known_on=date(2026, 4, 20))
    return path


@pytest.fixture(scope="session")
def demo_graph(demo_store):
    return kg.open(demo_store)


@pytest.fixture(scope="session")
def browser():
    """One for all tests: Playwright runs once in a process."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def build(tmp_path):
    """Build a graph from texts by file name; called again, it builds into the same store."""

    def built(files, **options):
        folder = tmp_path / "documents"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return kg.build(folder, tmp_path / "built.kg", **options)

    return built
