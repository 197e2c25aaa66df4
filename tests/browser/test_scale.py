"""The acceptance points on pages of thousands of nodes: bounded, complete, quick to find things in."""

from __future__ import annotations

import pytest
from acceptance import *  # noqa: F403 - its tests and fixtures

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[5000, pytest.param(20000, marks=pytest.mark.slow)])
def content(request, pages):
    return pages.generated_page(request.param)
