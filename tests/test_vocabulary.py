"""Look-ups in the schemes: what matches another vocabulary, and the industry of a code."""

from __future__ import annotations

import pytest

from kg.rdf.writing import industry
from kg.vocabulary import concepts, industry_of, matches


def test_terms_of_another_vocabulary_stand_for_concepts():
    varieties = matches("data-type", "veris-data-variety")
    assert (varieties["medical"], varieties["secrets"], varieties["unknown"]) == (
        "health-records",
        "trade-secrets",
        "other",
    )
    assert len(varieties) == 19
    assert set(varieties.values()) <= concepts("data-type")
    assert matches("data-type", "hibp-data-class")["email addresses"] == "email-addresses"


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("522110", "5221"),
        ("62", "62"),
        ("31", "31-33"),
        ("4539", "459"),
        ("923140", "923"),
        ("00", ""),
        ("99", ""),
        ("9231x", ""),
        ("1234567", ""),
        ("", ""),
        ("\u0662\u0662", ""),
    ],
)
def test_a_code_belongs_to_the_longest_prefix(code, slug):
    assert industry_of(code) == slug


def test_a_printed_industry_may_be_a_code():
    assert (industry("522110"), industry(" 62 "), industry("Farming")) == ("5221", "62", "11")
