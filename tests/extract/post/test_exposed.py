"""What was taken, as dicts in the fields of a post tell it too, and what of it stays a note."""

from __future__ import annotations

import pytest

from tests.extract.post.test_who_and_whether import notes, post

KINDS, ASKED, COUNTED = "type_of_data_compromised", "personally_identifiable_information", "number_of_records_exposed"


def exposed(**told):
    found = post("", ("Ash", "Vendor"), ("Birch", "Company"), **told)
    return found, [(one.text, str(one.certainty), one.owner) for one in found.data_types]


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ({"employees": ["Names", "Badge numbers"], "customers": ["Email addresses"]}, ["Names", "Badge numbers", "Email addresses"]),
        ({"Employees": "Names, badge numbers"}, ["Names", "badge numbers"]),
        ({"employees": {"current": ["Names"], "former": ["Salaries"]}}, ["Names", "Salaries"]),
        ([{"category": "PII", "data": ["Names"]}, "Badge numbers"], ["Badge numbers", "PII", "Names"]),
        ({"exposed": ["Names"], "not_exposed": ["Passwords"]}, ["Names"]),
        ({"included": "Names", "excluded": "Passwords"}, ["Names"]),
        ([{"type": "Names", "sensitivity": "High", "count": 3200}], ["Names"]),
        ({"names": True, "passwords": False}, []),
    ],
)  # fmt: skip
def test_kinds_of_data_in_a_dict_are_told_each(said, kinds):
    found, told = exposed(data_breach={KINDS: said})
    assert [text for text, *_ in told] == kinds
    assert all(one.evidence[0].quote == one.text for one in found.data_types)


def test_a_key_tells_whose_the_data_are_and_how_sure_it_is():
    _, told = exposed(data_breach={KINDS: {"Birch": ["Names"], "potentially_exposed": ["Passport numbers"]}})
    assert told == [("Names", "confirmed", "Birch"), ("Passport numbers", "suspected", "")]


@pytest.mark.parametrize("key", [ASKED, "data_compromised"])
def test_other_fields_for_data_may_hold_dicts_too(key):
    group = "impact" if key == "data_compromised" else "data_breach"
    assert exposed(**{group: {key: {"employees": ["Names", "Salaries"]}}})[1] == [
        ("Names", "confirmed", ""),
        ("Salaries", "confirmed", ""),
    ]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"employees": "3,200", "files": "18,000"}, [(3200, "people"), (18000, "files")]),
        ({"affected": 300, "not_affected": "5,000"}, [(300, "records")]),
        ({"customers": "18,000 records", "as_of": "2025-11-05"}, [(18000, "records")]),
    ],
)
def test_counts_in_a_dict_are_of_what_their_keys_name(said, counts):
    found, _ = exposed(data_breach={COUNTED: said})
    assert [(one.low, one.unit) for one in found.record_counts] == counts


@pytest.mark.parametrize("key", ["data_breach", "impact"])
def test_an_unknown_kind_outside_the_field_for_kinds_is_no_fact_and_stays_in_the_notes(key):
    field = ASKED if key == "data_breach" else "data_compromised"
    found, told = exposed(**{key: {field: "Names, badge numbers, phone numbers"}})
    assert [text for text, *_ in told] == ["Names", "phone numbers"]
    assert notes(found)[f"{key}.{field}"] == "Names, badge numbers, phone numbers"
