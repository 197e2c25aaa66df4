"""The annotated reports whose labels are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.__main__ import measure

REPORTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "prose" / "dev.jsonl"

pytestmark = pytest.mark.skipif(not REPORTS.is_file(), reason="the folder shared/data is not beside this checkout")


@pytest.fixture(scope="module")
def told():
    return measure(REPORTS)


def test_what_is_read_does_not_get_worse(told):
    floor = {
        "uses_vendor": 0.5, "breached": 0.6, "affected_downstream": 0.5, "regulator": 0.65, "data_types": 0.7, "counts": 0.85, "dates": 0.7,
        "responses": 0.5,
    }  # fmt: skip
    assert {label: told.tallies[label].f1 for label, least in floor.items() if told.tallies[label].f1 < least} == {}


def test_nobody_spared_is_shown_as_exposed_and_no_incident_is_invented(told):
    assert (told.unaffected_exposed, told.invented, told.unquoted) == (0, 0, 0)
