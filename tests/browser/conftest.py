from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tabs import Watched, watch

from kg.view import Page as Content
from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def pages():
    spec = importlib.util.spec_from_file_location("browser_pages", Path(__file__).parents[1] / "view" / "pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def demo(pages) -> Content:
    return pages.demo_page()


@pytest.fixture(scope="session")
def hostile(pages) -> Content:
    return pages.hostile_page()


@pytest.fixture(scope="session")
def files(tmp_path_factory, demo, hostile) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name, content in (("demo", demo), ("hostile", hostile)):
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(content), encoding="utf-8", newline="")
    return found


@pytest.fixture
def visit(browser, files) -> Iterator:
    """Open a page by name, any file, or an address, in a fresh profile."""
    opened = []

    def visited(name, fragment: str = "", **options) -> Watched:
        address = name if str(name).startswith("http://") else files.get(name, name).as_uri()
        opened.append(watch(browser, f"{address}{fragment}", **options))
        return opened[-1]

    yield visited
    for watched in opened:
        watched.page.context.close()
