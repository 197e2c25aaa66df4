"""The pairs of names whose labels are known."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.resolve.scoring import score

PAIRS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "resolution" / "pairs_dev.csv"

pytestmark = pytest.mark.skipif(not PAIRS.is_file(), reason="the folder shared/data is not beside this checkout")


@pytest.fixture(scope="module")
def judged():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(row, score(row["left"], row["right"])) for row in csv.DictReader(file)]


def test_the_measure_is_met(judged):
    said = [(row["same"] == "1", found.score >= 0.5) for row, found in judged]
    right, wrong, missed = (said.count(kind) for kind in ((True, True), (False, True), (True, False)))
    assert 2 * right / (2 * right + wrong + missed) >= 0.92


def test_nothing_related_and_nothing_other_is_joined_without_asking(judged):
    assert [row for row, found in judged if found.decision == "same" and row["same"] == "0"] == []


def test_every_alias_is_found_or_asked_for_with_a_reason(judged):
    for row, found in judged:
        if row["kind"] == "a":
            assert found.decision in {"same", "review"}, row
            assert found.evidence
