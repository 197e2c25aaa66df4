"""A real Chromium, and pages that tell on themselves: every request, message, error and dialog is kept."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.view import Page as Content
from kg.view import render

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}


@dataclass
class Watched:
    """A tab and everything that happened in it."""

    page: object
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def quiet(self) -> bool:
        """Whether nothing was said; shows what was when used in an assert."""
        assert self.messages == []
        assert self.errors == []
        assert self.dialogs == []
        return True


@pytest.fixture(scope="session")
def browser():
    found = shutil.which("chromium")
    if not found:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        (pytest.fail if os.environ.get("BREACHKG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright  # the skip above must not need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


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
    contexts = []

    def opened(name, fragment: str = "", **options) -> Watched:
        settings = {"viewport": DESKTOP, "reduced_motion": "reduce", "color_scheme": "light", **options}
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(5000)
        page = context.new_page()
        watched = Watched(page)
        page.on("request", lambda request: watched.requests.append(request.url))
        page.on("console", lambda message: watched.messages.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: watched.errors.append(str(error)))

        def dialog(found):
            watched.dialogs.append(found.message)
            found.dismiss()

        page.on("dialog", dialog)
        page.add_init_script("window.hits = []; window.ran = (what) => window.hits.push(String(what));")
        address = name if str(name).startswith("http://") else files.get(name, name).as_uri()
        page.goto(f"{address}{fragment}")
        return watched

    yield opened
    for context in contexts:
        context.close()
