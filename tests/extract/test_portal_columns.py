"""Which column of a breach portal says what."""

from __future__ import annotations

import pytest

from kg.extract.portal_columns import is_portal, places


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Number of North Dakotans Affected", "residents"),
        ("Number of South Carolinians", "residents"),
        ("New Yorkers Affected", "residents"),
        ("Number of New Customers Affected", None),
        ("Date Reported to Attorney General", "reported"),
        ("Date Reported to the Attorney General", "reported"),
        ("Date Notified to Affected Individuals", None),
        ("Date Notice Received", "reported"),
        ("Date AG Notified", "reported"),
        ("AG Notification Date", "reported"),
        ("Date Notified AG", "reported"),
        ("Attorney General's Office Notified Date", "reported"),
        ("Notice Date", "reported"),
        ("Consumer Notice Date", None),
        ("Total Number of Affected", "count"),
        ("Individuals.Affected", "count"),
        ("# Affected Nationwide", "count"),
        ("Number Affected Nationwide", "count"),
        ("Total Affected Individuals", "count"),
        ("# Residents", "residents"),
        ("# Employees", None),
        ("Data Types", "data"),
        ("Breach of Vendor", "present"),
        ("Third-Party Breach?", "present"),
        # Of gigabytes as often as of people.
        ("Total breach size", None),
        ("Date Reported to Law Enforcement", None),
        ("Data Breach Date", "occurred"),
        ("Date of Data Breach", "occurred"),
        ("DataBreachCause", "types"),
        ("Type of Security Breach", "types"),
    ],
)
def test_what_a_heading_tells(heading, field):
    assert places((heading,)) == ({field: 0} if field else {})


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Total number of persons affected (including residents)", "count"),
        ("Information Acquired - Name or other personal identifier in combination with", "data"),
        ("DATE NOTIFICATION SENT", "reported"),
        ("total_affected", "count"),
        ("residents_affected", "residents"),
        ("Number of Residents Affected", "residents"),
        ("datesubmitted", "reported"),
        ("databreachcause", "types"),
        ("washingtoniansaffected", "residents"),
        ("industrytype", "kind"),
        ("informationtype", "data"),
        ("information_type", "data"),
        ("Start Date of Breach", "start"),
        ("database", None),
        ("updated", None),
    ],
)
def test_names_of_columns_in_other_writings(name, field):
    assert places((name,)) == ({field: 0} if field else {})


@pytest.mark.parametrize(
    ("header", "breaches"),
    [
        ("Name,Information Types,Purpose,Published Date", False),
        ("Company,Personal Information Types,Publication Date", False),
        ("Company,Information Types,Date Posted", False),
        ("Company,Information Types,Records Affected", False),
        ("Company,Supplier,Information Types,Notification Date", False),
        ("Company,Vendor,Information Types,Number of records,Purpose", False),
        ("Organization,Date of Notice,Residents Affected,Information Types", True),
        ("Company Name,Date Reported,Information Type", True),
    ],
)
def test_kinds_of_information_and_a_day_of_publication_are_no_portal(header, breaches):
    assert is_portal(tuple(header.split(","))) is breaches
