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
        ([{"type": "Names", "exposed": True}, {"type": "Passwords", "exposed": False}], ["Names"]),
        ([{"type": "Names", "status": "Confirmed"}, {"type": "Passwords", "status": "Not affected"}], ["Names"]),
        ({"status": "Unconfirmed", "data": {"customers": ["Names"]}}, []),
        ({"types": ["Names"], "certainty": "claimed"}, []),
        ({"types": ["Names"], "records": 0}, []),
        ({"types": ["Names"], "records": "12,000"}, ["Names"]),
        ({"types": ["Names"], "confirmed": "No"}, []),
        ({"types": ["Names"], "access": "No evidence"}, []),
        ({"types": ["Names"], "not_affected": "Yes"}, []),
        ({"types": ["Names"], "confirmed_by_company": True}, ["Names"]),
        ({"exposed": "Names", "remediation": "Password reset for all users"}, []),
        ({"category": "Personal", "items": ["Names"], "sensitivity": "High"}, ["Names"]),
        ({"financial": "Bank account numbers", "medical": "None"}, ["Bank account numbers"]),
        ({"yes": ["Names"], "no": ["Passwords"]}, ["Names"]),
        ({"exposed": ["Names"], "no_customers": ["Passwords"]}, ["Names"]),
    ],
)  # fmt: skip
def test_kinds_of_data_in_a_dict_are_told_each(said, kinds):
    found, told = exposed(data_breach={KINDS: said})
    assert [text for text, *_ in told] == kinds
    assert all(one.evidence[0].quote == one.text for one in found.data_types)


@pytest.mark.parametrize(
    "key",
    """
    no_evidence_of_access ruled_out under_investigation none without excluding no_impact never_accessed spared intact protected
    previous_breach false_claims denied_by_company rumored unverified unknown pending_review not_exposed unexposed note
    """.split(),
)
def test_what_stands_under_a_key_that_does_not_say_that_it_was_taken_stays_a_note(key):
    found, told = exposed(data_breach={KINDS: {"exposed": ["Names"], key: ["Passwords"]}})
    assert [text for text, *_ in told] == ["Names"]
    assert notes(found)[f"data_breach.{KINDS}.{key}[0]"] == "Passwords"


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
        ({"records": 12000, "percent_affected": 40, "year": 2026, "ransom_demand": "5000000"}, [(12000, "records")]),
        ({"user_count": "about 300", "id": 7, "page": 1, "severity": 85, "exposed_days": 45, "states": 14}, [(300, "people")]),
        ({"total_user_base": "20 million", "customer_base": "5 million", "exposed": 300}, [(300, "records")]),
        ({"total_customers": "5 million", "affected_customers": "12,000", "companies": "40"}, [(12000, "people")]),
        ({"denied": "10 million", "unverified": "9 million", "confirmed": 300}, [(300, "records")]),
        ({"min": 1000, "max": 5000}, []),
        ({"records": 12000, "confirmed": False}, []),
        ({"count": 12000, "records_confirmed": "No"}, []),
        ({"employees": "Unknown", "customers": 12000}, [(12000, "people")]),
    ],
)  # fmt: skip
def test_counts_in_a_dict_are_of_what_their_keys_name(said, counts):
    found, _ = exposed(data_breach={COUNTED: said})
    assert [(one.low, one.unit) for one in found.record_counts] == counts


@pytest.mark.parametrize("key", ["data_breach", "impact"])
def test_an_unknown_kind_outside_the_field_for_kinds_is_no_fact_and_stays_in_the_notes(key):
    field = ASKED if key == "data_breach" else "data_compromised"
    found, told = exposed(**{key: {field: "Names, badge numbers, phone numbers"}})
    assert [text for text, *_ in told] == ["Names", "phone numbers"]
    assert notes(found)[f"{key}.{field}"] == "Names, badge numbers, phone numbers"
