"""Pairs of names written without a look at the rules: v spellings, a aliases, s related, n others.

The rules were mended by the first half alone; when the second was first looked at, F1 was .977 there (.909 before). The third
part was written later: at first look F1 was .924 there, and every one of its pairs that was joined was one organization.
The fourth is of names that the others have few of: legal forms of small countries, other scripts, hospitals, schools, towns and
banks of one name. At first look F1 was .921 there (precision .989), and none of the 34 that were joined was wrong.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.rdf import Mention
from kg.resolve.resolver import JudgedResolver
from kg.resolve.scoring import score

PAIRS = Path(__file__).resolve().parents[1] / "data" / "organization_pairs.csv"
MORE = [
    ("Databricks GmbH", "Databricks, Inc."),  # listed
    ("Birch GmbH", "Birch Inc."),
    ("OpenBirch GmbH", "Open Birch Inc."),
    ("Merck KGaA", "Merck & Co."),
    ("Merck", "Merck & Co."),
    ("Birch (Fir)", "Birch"),
    ("Birch d/b/a Fir", "Birch"),
    ("Birch/Cedar", "Birch (Cedar)"),
    ("SendGrid", "Twilio SendGrid"),
    ("Drift", "Salesloft Drift"),
    ("Drift by Salesloft", "Salesloft Drift"),
    ("Ada", "ADA"),
    ("Merck", "Merck KGaA"),
    ("AO Birch", "Birch"),
    ("A.O. Birch Inc.", "AO Birch"),
    ("AB Bott", "Abbott"),
    ("Birch CO", "Birch Co."),
    ("Birch Spa", "Birch Spa Inc."),
    ("First Bank", "FirstBank"),
    ("Service Now", "ServiceNow, Inc."),
    ("Birch+", "Birch"),
    ("株式会社メルカリ", "メルカリ"),
    ("メルカリ Spa", "メルカリ Inc."),
    ("Birch, N.A.", "Birch"),
    ("Bürche", "Buerche"),
]


@pytest.fixture(scope="module")
def judged():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(row, score(row["left"], row["right"])) for row in csv.DictReader(file)]


@pytest.mark.parametrize("half", ["first", "second", "third", "fourth"])
def test_organizations_are_told_apart(judged, half):
    said = [(row["same"] == "1", found.score >= 0.5) for row, found in judged if row["half"] == half]
    right, wrong, missed = (said.count(kind) for kind in ((True, True), (False, True), (True, False)))
    assert 2 * right / (2 * right + wrong + missed) >= (0.93 if half == "fourth" else 0.95)


def test_nothing_is_joined_wrongly_without_asking(judged):
    joined = [row for row, found in judged if found.decision == "same"]
    assert [row for row in joined if row["same"] == "0"] == []
    assert len(joined) > 70


def test_what_is_said_of_two_names_is_what_is_done_with_them(judged):
    """One rule decides what `kg match` says and what a build joins."""
    pairs = [(row["left"], row["right"], found) for row, found in judged] + [(*pair, score(*pair)) for pair in MORE]
    resolver = JudgedResolver()
    for left, right, found in pairs:
        nodes = resolver.resolve([Mention("<urn:1>", "party", left), Mention("<urn:2>", "party", right)])
        assert (len(set(nodes.values())) == 1) == (found.decision == "same"), (left, right, found)
