"""The acceptance points on the page of the packaged examples, as `kg demo` writes it."""

from __future__ import annotations

import pytest
from acceptance import *  # noqa: F403 - its tests and fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def content(demo_graph):
    return demo_graph.page()


def test_one_search_and_one_click_tell_whom_what_who_and_what_was_done(page):
    seek(page, "Meta")  # noqa: F405
    panel = page.inner_text("#panel")
    assert "Meta uses vendor Mercor\npotential\nsuspended" in panel
    assert "Meta has paused all work with Mercor" in panel
    page.get_by_role("button", name="Go to Meta Pauses Work").click()
    panel = page.inner_text("#panel")
    for told in (
        "This incident breached Mercor",
        "This incident exposed data Trade secrets",
        "AI training methods",
        "This incident first reported by Wired",
        "Meta: Paused all work with Mercor",
    ):
        assert told in panel
