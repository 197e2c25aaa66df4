"""The acceptance points on the page of the packaged examples, as `kg demo` writes it."""

from __future__ import annotations

import pytest
from acceptance import *  # noqa: F403 - its tests and fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def content(demo_graph):
    return demo_graph.page()
