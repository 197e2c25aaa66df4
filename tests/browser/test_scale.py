"""The acceptance points on pages of thousands of nodes: bounded, complete, quick to find things in."""

from __future__ import annotations

import re

import pytest
from acceptance import *  # noqa: F403 - its tests and fixtures
from tabs import until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[5000, pytest.param(20000, marks=pytest.mark.slow)])
def content(request, pages):
    return pages.generated_page(request.param)


def test_a_node_under_the_pointer_is_named(page):
    page.click("[data-mode=near]")
    page.click("#fit")
    nameless, x, y = page.evaluate(
        """() => {
            const { network } = window.breachkg;
            const { id, x, y } = network.body.data.nodes.get().find((node) => !node.label.trim());
            const box = document.getElementById('canvas').getBoundingClientRect();
            const spot = network.canvasToDOM({ x, y });
            return [id, box.x + spot.x, box.y + spot.y];
        }"""
    )
    label = f"window.breachkg.network.body.data.nodes.get({nameless}).label.trim()"
    page.mouse.move(x, y)
    until(page, f"{label} !== ''")
    page.mouse.move(5, 5)
    until(page, f"{label} === ''")


def test_the_numbers_of_an_overlay_add_up_and_what_is_far_is_told_together(page):
    page.click("[data-mode=near]")
    page.select_option("#overlay", "blast")
    words = page.text_content("#overlay-words").replace(",", "")
    total, confirmed, potential = map(
        int, re.match(r"(\d+) organizations .*: (\d+) confirmed (\d+) potential;", words).groups()
    )
    steps = list(map(int, re.findall(r"(\d+) after", words)))
    assert total == confirmed + potential == sum(steps)
    assert len(steps) == 4
    assert re.search(r"after 4 to \d+ steps\.", words)
