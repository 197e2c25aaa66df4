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


def test_what_is_read_is_as_good_as_it_has_to_be(told):
    least = {
        "uses_vendor": 0.6, "breached": 0.65, "affected_downstream": 0.6, "reporter": 0.7, "data_types": 0.7, "counts": 0.85, "dates": 0.8,
        "responses": 0.5,
    }  # fmt: skip
    assert {label: told.tallies[label].f1 for label, value in least.items() if told.tallies[label].f1 < value} == {}


def test_nobody_spared_is_shown_as_exposed_and_no_incident_is_invented(told):
    assert (told.unaffected_exposed, told.invented, told.unquoted) == (0, 0, 0)
