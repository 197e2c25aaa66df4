"""Names of name fields that are nobody's, and those that only look so."""

from __future__ import annotations

import pytest

from kg.extract.unnamed import is_debris, is_unnamed


@pytest.mark.parametrize(
    "name", ["Willow Creek schools", "Larkfield hospitals", "St. Alder's clinics", "Oak & Co", "Marlow colleges"]
)
def test_those_that_one_organization_runs_are_named(name):
    assert not is_unnamed(name)


@pytest.mark.parametrize(
    "name",
    [
        "US hospitals", "Ohio schools", "New York hospitals", "European hotels", "Northern schools", "Several schools", "Three hospitals",
        "Public schools", "schools", "Customers", "Willow Creek customers", "local clinics", "Various Schools", "Other hospitals",
    ],
)  # fmt: skip
def test_those_of_a_kind_or_a_place_are_not(name):
    assert is_unnamed(name)


@pytest.mark.parametrize("printed", ["Inc.", " MD ", "LLC", "P.A.", "The", "co."])
def test_debris(printed):
    assert is_debris(printed)


@pytest.mark.parametrize("printed", ["Alder", "Inc. Magazine", "", "MDX"])
def test_no_debris(printed):
    assert not is_debris(printed)


@pytest.mark.parametrize(
    "name",
    ["Cardholders", "TAXPAYERS", "Merchants", "Credit Unions", "Former Patients", "Individual", "Unknown Individual", "Private citizen",
     "Redacted", "[redacted]", "(name withheld)", "anonymous restaurant", "Local restaurant", "a restaurant", "Public school district"],
)  # fmt: skip
def test_people_trades_and_somebody_of_a_kind_are_not(name):
    assert is_unnamed(name)


@pytest.mark.parametrize(
    "name",
    ["Friends", "Travelers", "Brothers", "Carters", "Winners", "Farmers", "Citizens", "Citizen", "Anonymous", "Merchants Bank",
     "Farmers & Merchants", "Doctors Without Borders", "Veterans of Foreign Wars", "Members 1st", "Local Motors", "Private Bank",
     "Global Citizen", "Redacted LLC", "Applebees", "Employers"],
)  # fmt: skip
def test_names_of_such_words(name):
    assert not is_unnamed(name)
