"""Names as VERIS prints them: parted or left whole, with codes, kin, people and domains."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.veris import names
from kg.extract.veris.kin import kin_of


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("Alder Labs", ["Alder Labs"]),
        ("  Birch Hosting , ", ["Birch Hosting"]),
        ("Alder & Elm, Inc. Medical and Dental Plan", ["Alder & Elm, Inc. Medical and Dental Plan"]),
        ("Alder, Birch, LLC Health Plan, Cedar", ["Alder", "Birch, LLC Health Plan", "Cedar"]),
        ("Alder, Birch, Cedar", ["Alder", "Birch", "Cedar"]),
        ("Alder, Birch and Cedar", ["Alder", "Birch", "Cedar"]),
        ("Alder, Birch, and Cedar Foods", ["Alder", "Birch", "Cedar Foods"]),
        ("Alder Inc., Birch, LLC", ["Alder Inc.", "Birch, LLC"]),
        ("a.example, b.example", ["a.example", "b.example"]),
        ("Elm & Fir", ["Elm & Fir"]),
        ("Elm and Fir", ["Elm and Fir"]),
        ("Smith, Jones and Brown LLP", ["Smith, Jones and Brown LLP"]),
        ("Hospital of Gingko, Inc.", ["Hospital of Gingko, Inc."]),
        ("St. Hazel Hospital, Ivywood, WI", ["St. Hazel Hospital, Ivywood, WI"]),
        ("Jane Roe, MD ", ["Jane Roe, MD"]),
        ("Bank of Juniper Corp/The", ["The Bank of Juniper Corp"]),
        ("Larch Health; Maple Health", ["Larch Health", "Maple Health"]),
        ("Alder, Birch", ["Alder, Birch"]),
        (" ;,; 522110", []),
        ("Alder Bank (customer)", ["Alder Bank"]),
        (
            "Several hospitals, including Elm Clinic, Oak Clinic, and Fir Hospital",
            ["Several hospitals", "Elm Clinic", "Oak Clinic", "Fir Hospital"],
        ),
        ("Alder including Birch", ["Alder including Birch"]),
        ("Elder Women's Division Foundation", ["Elder Women's Division Foundation"]),
    ],
)
def test_companies_are_parted_where_all_parts_are_names(printed, wanted):
    assert [found.name for found in names.listed(printed)] == wanted


@pytest.mark.parametrize(
    ("printed", "name", "kin", "of"),
    [
        ("its parent company Alder Group", "Alder Group", names.PARENT, ""),
        ("Birch's parent, Alder Holdings", "Alder Holdings", names.PARENT, ""),
        ("Birch Payroll, a wholly-owned subsidiary of Alder Inc.", "Birch Payroll", names.SUBSIDIARY, "Alder Inc."),
        ("Birch Payroll (a division of Alder)", "Birch Payroll", names.SUBSIDIARY, "Alder"),
    ],
)
def test_kin_may_be_told_of_somebody(printed, name, kin, of):
    (found,) = names.listed(printed)
    assert (found.name, found.kin, found.of) == (name, kin, of)


def test_the_number_of_names_to_part_can_be_set():
    assert [found.name for found in names.listed("Alder, Birch", 2)] == ["Alder", "Birch"]
    assert [found.name for found in names.listed("Alder, Birch, Cedar", 0)] == ["Alder, Birch, Cedar"]


def test_a_code_belongs_to_the_name_before_it():
    found = names.listed("Alder Health;622110; Birch;52")
    assert [(one.name, one.industry) for one in found] == [("Alder Health", "622110"), ("Birch", "52")]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Alder Plan enrollees", True),
        ("patients", True),
        ("employees of the county", True),
        ("customers of the county", False),
        ("Jane Roe, MD", True),
        ("Dr. Roe", True),
        ("Alder Customers", False),
        ("customers", False),
        ("Several banks", False),
        ("Students First Inc", False),
    ],
)
def test_people(name, people):
    assert names.is_people(name) is people


@pytest.mark.parametrize(
    ("printed", "name", "kin"),
    [
        ("Alder Holdings (parent company)", "Alder Holdings", names.PARENT),
        ("Parent company: Alder Holdings", "Alder Holdings", names.PARENT),
        ("subsidiary of Alder", "Alder", names.PARENT),
        ("parent of Alder", "Alder", names.SUBSIDIARY),
        ("Alder Pay - subsidiary", "Alder Pay", names.SUBSIDIARY),
        ("Alder Air [sister company]", "Alder Air", names.LINKED),
        ("Parent Teacher Association", "Parent Teacher Association", ""),
    ],
)
def test_kin_that_is_printed_with_the_name(printed, name, kin):
    (found,) = names.listed(printed)
    assert (found.name, found.kin) == (name, kin)


@pytest.mark.parametrize(
    ("name", "text", "kind", "quote"),
    [
        ("Alder Holdings", "Birch is owned by Alder Holdings since 2001.", names.PARENT, "owned by Alder Holdings"),
        ("Alder Holdings", "Its parent company, Alder Holdings, paid.", names.PARENT, "parent company, Alder Holdings"),
        ("Alder", "Alder\u2019s health unit Birch was hit", names.PARENT, "Alder\u2019s health unit"),
        ("Alder", "Birch and its payment subsidiary Alder", names.SUBSIDIARY, "its payment subsidiary Alder"),
        ("Alder", "also Alder, a unit of the group", names.SUBSIDIARY, "Alder, a unit"),
        ("Alder", "the sister site Alder was down", names.LINKED, "sister site Alder"),
        ("Alder", "broke in through its payment processor, Alder", names.VENDOR, "its payment processor, Alder"),
        ("Alder", "through Alder, a third-party vendor", names.VENDOR, "Alder, a third-party vendor"),
    ],
)
def test_kin_that_a_text_tells(name, text, kind, quote):
    found = kin_of(name, ["Birch"], ["nothing here", text])
    assert (found.kind, found.text, text[found.start : found.end]) == (kind, 1, quote)


@pytest.mark.parametrize(
    ("name", "victim", "linked"),
    [
        ("Alder", "Alder Pictures Inc.", True),
        ("daily-alder.example", "Daily Alder", True),
        ("Alder Air", "Alder Express", False),
        ("Birch", "Alder", False),
        ("Ald", "Alder", False),
    ],
)
def test_kin_by_name(name, victim, linked):
    found = kin_of(name, [victim], [])
    assert (found is not None and found.kind == names.LINKED) is linked


@pytest.mark.parametrize(
    ("note", "name"),
    [
        ("Copper Finch", "Copper Finch"),
        ("Izz al-Alder Cyber Crew", "Izz al-Alder Cyber Crew"),
        ("CopperFinch", "CopperFinch"),
        ("Anonymous", "Anonymous"),
        ("articles called them Romanian", ""),
        ("Former employee", ""),
        ("Hackers", ""),
        ("Unknown", ""),
        ("", ""),
        ("One Two Three Four Five Six Seven", ""),
    ],
)
def test_a_note_that_is_nothing_but_a_name(note, name):
    assert names.alias(note) == name


@given(st.text("Ab ,;.()/and&INC0158\n", max_size=60), st.sampled_from([0, 2, 3]))
def test_every_name_stands_in_what_is_printed(printed, least):
    for found in names.listed(printed, least):
        assert 0 <= found.start < found.end <= len(printed)
        assert found.name.strip()


@pytest.mark.parametrize(
    "text",
    ["The data was part of Alder's archive.", "Cedar, a unit of Alder, was also hit.", "Cedar's subsidiary Alder lost it",
     "Alder, the owner of the laptop, lost it", "Alder, the parent of Cedar, lost it", "Alder owns Cedar", "Alder, a vendor of Cedar"],
)  # fmt: skip
def test_what_is_said_of_others_is_no_kin_of_the_victim(text):
    assert kin_of("Alder", ["Birch Inc"], [text]) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Birch, a unit of Alder, was hit.", names.PARENT),
        ("It is a subsidiary of Alder.", names.PARENT),
        ("Birch's subsidiary Alder lost it", names.SUBSIDIARY),
        ("Alder, the parent of Birch, lost it", names.PARENT),
    ],
)
def test_what_is_said_of_the_victim_is(text, kind):
    found = kin_of("Alder", ["Birch Inc"], [text])
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "piece", ["and ", ", etc", "at least ", "other a ", "(1 ", " - 1 million ", "A Inc, ", "A Inc & "]
)
def test_no_printed_value_takes_long(piece):
    started = time.process_time()
    names.listed(piece * (100_000 // len(piece)))
    names.listed(piece * (100_000 // len(piece)), names.ONLY_FORMS)
    assert time.process_time() - started < 5
