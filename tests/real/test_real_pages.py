"""The acceptance points on the page of all data at hand, and the site made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from acceptance import *  # noqa: F403 - its tests and fixtures

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder shared/data is not beside this checkout"),
]


@pytest.fixture(scope="module")
def content(everything):
    return everything.page()


def test_a_site_has_a_page_for_every_vendor_and_incident_of_it(everything, tmp_path):
    folder = everything.site(tmp_path / "site").parent
    kinds = [node.kind for node in everything.projection.nodes.values()]
    for kind in ("vendor", "incident"):
        assert len(list((folder / kind).iterdir())) == kinds.count(kind) > 100
