"""A real Chromium, and pages that tell on themselves: every request, message, error and dialog is kept."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from sampled import sampled

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
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = sampled([(scheme, device) for scheme in ("light", "dark") for device in ("desktop", "phone")], 3)


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


def violations(page) -> list:
    """What axe finds on a page: rules and the first elements that break them."""
    from axe_playwright_python.sync_playwright import Axe  # it loads Playwright, which most tests do without

    found = Axe().run(page).response["violations"]
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


@contextmanager
def chromium() -> Iterator:
    """A browser; where there is none, the test is skipped, or fails if nothing may be left out.

    The one without windows draws the same pages in half the processor time.
    """
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not found:
        reason = "no Chromium on this machine (Debian: apt-get install chromium-headless-shell)"
        (pytest.fail if os.environ.get("BREACHKG_REQUIRE_ALL") == "1" else pytest.skip)(reason)
    from playwright.sync_api import sync_playwright  # the skip above must not need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def watch(browser, address: str, **options) -> Watched:
    """A page opened in a fresh profile."""
    settings = {"viewport": DESKTOP, "reduced_motion": "reduce", "color_scheme": "light", **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
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
    page.goto(address)
    return watched


def within_reach(page, selector: str) -> str:
    """The same selector, once it can be used: on a phone, most buttons wait behind the menu."""
    if not page.is_visible(selector):
        page.click("#menu")
    return selector


def until(page, code: str, argument=None) -> None:
    """Wait for a condition; Playwright's own way to wait evaluates text in the page, which its policy forbids."""
    end = monotonic() + 10
    while not page.evaluate(code, argument):
        assert monotonic() < end, f"never came true: {code}"
        sleep(0.03)
