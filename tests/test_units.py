from __future__ import annotations

import pytest

from kg.counts import find_counts


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It notified 5,000 customers. The chain has 60 shops, of which 12 were closed.", ["people"]),
        ("It notified 5,000 customers. The chain has shops, of which 12 were closed.", ["people"]),
        ("900 people in 14 languages, of which 3 are rare", ["people"]),
        ("5,000 patients at 60 wards, 12 of which were closed", ["people"]),
        ("5,000 patients at 60 wards; 12 of them were closed", ["people"]),
        ("5,000 patients at 60 wards, of whom 12 died", ["people"] * 2),
        ("5,000 patients on 60 servers, of whom 300 lost passwords", ["people", "devices", "people"]),
        ("44 accounts opened in 2023, of which 38 had lists", ["accounts"] * 2),
        ("5,000 patients were told. Of those, 1,200 were in Maine.", ["people"] * 2),
        ("5,000 patients were told. They were in 9 wards. Of those, 3 were closed.", ["people"]),
        ("300 hospitals were told, of whom 12 closed", ["hospitals"] * 2),
        ("It copied 900 files. Its customers complained, and it wrote to 79,000 of them.", ["files", "people"]),
        ("Its patients were told. Its computers failed; the thieves had been in 2,000 of them.", ["devices"]),
        ("It told 1,200 of its 5,000 patients.", ["people"] * 2),
        ("Three of the five servers failed.", ["devices"] * 2),
        ("100 current and 200 former employees", ["people"] * 2),
        ("Of the 5,000 customers told, 300 lost passwords.", ["people"] * 2),
        ("Of the 5,000 customers told, three days later 300 lost passwords.", ["people", "records"]),
        ("Of the 5,000 customers told, 300 reportedly clicked links in e-mails.", ["people"] * 2),
        ("Of the 300 servers, 40 hold patient records.", ["devices"] * 2),
        ("Of the 61,204 patients affected, 4,800 Social Security numbers were exposed.", ["people", "records"]),
        ("Of its 40 hospitals, 12,000 patients were affected.", ["hospitals", "people"]),
        ("Of the 40,000 members notified, 1,200 email accounts were opened.", ["people", "accounts"]),
        ("Of the 40,000 members notified, 1,200 compromised accounts were opened.", ["people", "accounts"]),
        ("Of the 300 servers, 40 GB of data was taken.", ["devices", "gigabytes"]),
        ("Of the 5,000 patients told, 300 shops closed.", ["people"]),
        ("We took the app off 44 devices of the 1,900 and texted each of them.", ["devices"]),
    ],
)  # fmt: skip
def test_a_part_has_the_unit_of_its_whole(text, units):
    assert [one.count.unit for one in find_counts(text)] == units


@pytest.mark.parametrize(
    "text",
    [
        "20 million visits a month", "It sees 20 million visits per month.", "120 secrets a day", "120 items a week or more",
        "300 calls each day", "12,000 patients every year", "40 e-mails per customer", "4 secrets of success", "2 keys to success",
        "30,000 lines of code", "16 digit card numbers", "50 mg tablets", "a 90 day records retention", "5 km of patients' homes",
        "250 bed facilities", "three weeks' worth of records", "12 states' residents", "two-factor logins",
        "a four-digit number of its customers", "12 year old patients",
    ],
)  # fmt: skip
def test_rates_measures_and_figures_of_speech_count_nothing(text):
    assert find_counts(text) == []


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("It lost 5 million records a day after the update.", 5_000_000, "records"),
        ("It told 500 customers a week later.", 500, "people"),
        ("5,000 patients per the filing", 5_000, "people"),
        ("12 secrets of the firm", 12, "records"),
        ("1,200 first year students", 1_200, "people"),
        ("14,500 coroners' files", 14_500, "files"),
        ("two (2) employees", 2, "people"),
        ("two million (2,000,000) customers", 2_000_000, "people"),
        ("3 (three) laptops", 3, "devices"),
        ("5,000 (10%) patients", 5_000, "people"),
        ("10,000 policy-holders", 10_000, "people"),
        ("10,000 SSNs", 10_000, "records"),
        ("2 million usernames and passwords", 2_000_000, "records"),
    ],
)
def test_what_stands_between_a_number_and_its_noun_or_behind_it_changes_nothing(text, low, unit):
    assert [(one.count.low, one.count.unit) for one in find_counts(text)] == [(low, unit)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Number of individuals affected: 501", [(501, "people")]),
        ("Total number of persons affected (including residents): 2,345\nPersons affected, Maine: 93\nDate: 12", [(2_345, "people"), (93, "people")]),
        ("Patients affected: about 5,432", [(5_432, "people")]),
        ("Number of files: 501", [(501, "files")]),
        ("Number affected: 5,432", []),
        ("2. Total (number of) Massachusetts residents affected: 400", [(400, "people")]),
        ("Number of records viewed by employees: 5,000", [(5_000, "records")]),
        ("Individuals affected by the breach of records: 123", [(123, "people")]),
        ("Affected (people): 500", [(500, "people")]),
        ("Number of employees whose records were seen: 500", [(500, "people")]),
        ("Months of credit monitoring offered to affected individuals: 24", []),
        ("Days until affected individuals were notified: 60", []),
        ("Days affected individuals waited: 60", []),
        ("Number of Days Affected Individuals Waited: 60", []),
        ("Year affected individuals were notified: 2024", []),
        ("Number of states with affected residents: 14", []),
        ("Number of letters sent to affected individuals: 300", []),
        ("Percent of patients affected: 12", []),
        ("Total cost to notify customers: 50,000", []),
        ("Case number of affected patients: 12345", []),
        ("Case: 501", []),
    ],
)  # fmt: skip
def test_a_field_tells_what_its_number_counts(text, found):
    assert [(one.count.low, one.count.unit) for one in find_counts(text)] == found
