"""Tables of software supply-chain attacks: suppliers, registries that only carried something, dates, references."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import check, check_mutants

from kg.extract import choose
from kg.extract.supply_chain import SupplyChainExtractor
from kg.model import Certainty, Defect, Document, Role

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "supply-chain-attacks.csv"
HEADER = "initial_compromise_date,detection_date,report_date,number_of_attacks,technology,description,reference,comments,build_system_compromise,malicious_package,attack_major_category,attack_minor_category".split(
    ","
)
ROW = {
    "initial_compromise_date": "unknown",
    "detection_date": "1/2/2031",
    "report_date": "1/3/2031",
    "number_of_attacks": "1",
    "technology": "Alder",
    "description": "It was changed.",
    "build_system_compromise": "1",
    "malicious_package": "0",
    "attack_major_category": "Build Attack",
    "attack_minor_category": "Build System Compromise",
}


def document(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows([ROW | row for row in rows])
    return Document("attacks.csv", out.getvalue(), "0" * 64)


def read(*rows):
    return list(SupplyChainExtractor().extract(document(*rows)))


def attack(**fields):
    (found,) = read(fields)
    return found


def roles(found):
    return [(party.name, party.role) for party in found.parties]


@pytest.mark.parametrize(
    ("technology", "names"),
    [
        ("Alder", ["Alder"]),
        ("Alder, Birch, Cedar", ["Alder", "Birch", "Cedar"]),
        ("Alder and Birch Player", ["Alder", "Birch Player"]),
        ("Alder; Birch", ["Alder", "Birch"]),
        ("Alder JavaScript", ["Alder"]),
        ("Arch Linux Mirror", ["Arch Linux Mirror"]),
        ("unknown", []),
        ("Unknown", []),
    ],
)
def test_each_technology_is_a_compromised_supplier(technology, names):
    assert roles(attack(technology=technology)) == [(name, Role.BREACHED) for name in names]


@pytest.mark.parametrize(
    ("technology", "description", "role"),
    [
        ("npm", "Ten packages were misspelt.", Role.SUPPLIER_ONLY),
        ("Hugging Face", "Ten packages were misspelt.", Role.SUPPLIER_ONLY),
        ("Flathub", "Ten packages were misspelt.", Role.SUPPLIER_ONLY),
        ("Alder Web Store", "An extension mined coins.", Role.SUPPLIER_ONLY),
        ("RubyGems.org", "The RubyGems.org account of the maker was compromised.", Role.SUPPLIER_ONLY),
        ("Packagist", "Packagist, the largest repository, vulnerable to remote code.", Role.BREACHED),
        ("npm", "It is believed that npm was compromised.", Role.BREACHED),
    ],
)
def test_a_registry_is_broken_into_only_where_that_is_said(technology, description, role):
    assert roles(attack(technology=technology, description=description)) == [(technology, role)]


@pytest.mark.parametrize(
    "technology",
    [
        "Android Handsets",
        "PDF editor application",
        "Web hosting site",
        "South Korean remote support provider",
        "USB Stick",
    ],
)
def test_words_for_a_kind_of_product_name_nobody(technology):
    (party,) = attack(technology=technology).parties
    assert (party.name, party.unnamed_group) == (technology, True)


def test_whom_the_description_says_to_be_reached():
    found = attack(
        description="It hit 62 PCs at Birch Communications that used the program, and affected at least 800 e-commerce sites."
    )
    assert roles(found)[1:] == [
        ("Birch Communications", Role.AFFECTED_DOWNSTREAM),
        ("at least 800 e-commerce sites", Role.AFFECTED_DOWNSTREAM),
    ]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [
        ("Birch Communications", "Alder"),
        ("at least 800 e-commerce sites", "Alder"),
    ]
    assert found.parties[2].count == (800, None)


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("Customers including Birch, Cedar, and Dill were affected.", ["Birch", "Cedar", "Dill"]),
        ("Customers such as Birch and Cedar were affected.", ["Birch", "Cedar"]),
        ("Firms including Birch.com, Cedar and DillCorp were affected.", ["Birch.com", "Cedar", "DillCorp"]),
        ("It hit firms including Birch and Cedar in May", ["Birch", "Cedar"]),
        ("It hit firms including Birch and Cedar kernel developers", ["Birch"]),
        ("Data of customers such as Birch and Cedar stolen", ["Birch", "Cedar"]),
        ("It stole from 100 of its customers, including Birch, the Bank of Cedar and the University of Dill.", ["Birch", "Bank of Cedar", "University of Dill"]),
        ("It hit agencies including Japan and Peru.", []),
        ("Firms such as Birch and Cedar were not affected.", []),
        ("Companies such as Birch and Cedar published what they know of the attack.", []),
        ("The attack was told of by security firms such as Birch and Cedar.", []),
        ("None of its customers, including Birch and Cedar, were affected.", []),
        ("It was made known. Birch, Cedar and Dill.cash were affected.", ["Birch", "Cedar", "Dill.cash"]),
        ("Projects that depend on it, such as Birch and Cedar Pack, were affected.", ["Birch", "Cedar Pack"]),
        ("Windows and Linux were affected.", []),
        ("Versions 1.2 and 1.3 were affected.", []),
    ],
)  # fmt: skip
def test_the_last_name_of_a_list_is_one_of_it(description, names):
    assert [party.name for party in attack(description=description).parties[1:]] == names


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("Alder has over 600,000 customers, including Birch, Cedar and Dill.", ["Birch", "Cedar", "Dill"]),
        ("The installer was replaced. Alder has customers such as Birch and Cedar.", ["Birch", "Cedar"]),
        ("It served a trojanized Alder to its customers, which include Birch and Cedar.", ["Birch", "Cedar"]),
        ("Alder, with clients including Birch and Cedar, was hacked in May.", ["Birch", "Cedar"]),
        ("The vendor says that its customers include Birch and Cedar.", ["Birch", "Cedar"]),
        ("Alder is used by Birch and the Bank of Cedar.", ["Birch", "Bank of Cedar"]),
        ("Alder, used by 430 government agencies in Dill, served a backdoor.", ["430 government agencies"]),
        ("Birch Labs, whose customers include Cedar, found it.", []),
        ("Alder served a backdoor used by Birch and Cedar.", []),
        ("Alder, used by Birch to spy, was old.", []),
    ],
)
def test_who_is_but_a_customer_is_not_hit(description, names):
    found = attack(description=description)
    assert roles(found)[1:] == [(name, Role.OTHER) for name in names]
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [(name, "Alder") for name in names]


@pytest.mark.parametrize("told", [{"description": "Alder denied the report."}, {"comments": "Unconfirmed."}])
def test_an_attack_that_is_denied_or_unconfirmed_is_suspected_with_all_that_it_did(told):
    found = attack(**told)
    proof = [one for fact in (*found.parties, *found.types) for one in fact.evidence]
    assert {found.certainty, *(one.certainty for one in proof)} == {Certainty.SUSPECTED}


def test_whom_it_may_have_reached_is_suspected():
    found = attack(description="Firms such as Birch may have been affected.")
    assert [(one.name, one.role, one.evidence[0].certainty) for one in found.parties] == [
        ("Alder", Role.BREACHED, Certainty.CONFIRMED),
        ("Birch", Role.AFFECTED_DOWNSTREAM, Certainty.SUSPECTED),
    ]
    assert [tie.evidence[0].certainty for tie in found.uses_vendor] == [Certainty.SUSPECTED]


@pytest.mark.parametrize(
    ("description", "count"),
    [
        ("Between 800 and 1,500 firms were hit.", (800, 1500)),
        ("From 800 to 1,500 customers were affected.", (800, 1500)),
        ("It affected 800-1,500 firms.", (800, 1500)),
        ("It affected between 800 and 1,500 of its customers.", (800, 1500)),
        ("Fewer than 5 customers were affected.", (0, 5)),
        ("About 60 MSPs and 1,500 firms were hit.", (1500, 1500)),
    ],
)
def test_a_range_of_a_group_has_two_ends(description, count):
    (_, group) = attack(description=description).parties
    assert (group.unnamed_group, group.count) == (True, count)


@pytest.mark.parametrize(
    ("description", "groups"),
    [
        ("A bad update was pushed; 12 of 300 customers were infected.", {"12 of 300 customers": (12, 12)}),
        ("Fewer than 100 of 18,000 firms were hit.", {"Fewer than 100 of 18,000 firms": (0, 100)}),
        ("It affected 12 of its more than 18,000 customers.", {"12 of its more than 18,000 customers": (12, 12)}),
        ("Only 12 of Birch's 300 customers were affected.", {"12 of Birch's 300 customers": (12, 12)}),
        ("About 3% of its 18,000 customers were affected.", {}),
        ("Many of the 300 customers were affected.", {}),
        ("All of its 300 customers were affected.", {"300 customers": (300, 300)}),
        ("Data of 300 customers were affected.", {"300 customers": (300, 300)}),
    ],
)
def test_of_a_whole_only_the_part_is_hit(description, groups):
    assert {party.name: party.count for party in attack(description=description).parties[1:]} == groups


def test_dates_that_are_unknown_are_left_out_and_those_that_are_none_are_noted():
    found = attack(initial_compromise_date="unknown ", detection_date="13/45/2031", report_date="05/17/2022")
    assert [(one.date.edtf, str(one.what)) for one in found.dates] == [("2022-05-17", "reported")]
    assert ("detection_date", "13/45/2031") in [(note.key, note.value) for note in found.notes]


def test_several_addresses_in_a_cell():
    found = attack(
        reference="https://a.example.com/x  https://b.example.com/y\nhttps://a.example.com/x, https://c.example.gov/z"
    )
    assert [(one.url, one.type) for one in found.sources] == [
        ("https://a.example.com/x", "article"),
        ("https://b.example.com/y", "article"),
        ("https://c.example.gov/z", "government"),
    ]


def test_types_and_categories():
    found = attack(malicious_package="1", build_system_compromise="0", attack_minor_category="Malicious package")
    assert [one.concept for one in found.types] == ["supply-chain-attack", "malware"]
    told = {note.key: note.value for note in found.notes}
    assert told["malicious_package"] == "1"
    assert "build_system_compromise" not in told
    assert told["attack_minor_category"] == "Malicious package"


def test_empty_and_repeated_rows_are_defects():
    first, again, nothing = read({}, {}, {"technology": "", "description": "?"})
    assert (again.place, again.reason) == ("row 2", "repeats row 1")
    assert isinstance(nothing, Defect)
    assert first.number == 1


def test_it_is_known_by_its_columns_and_taken_for_nothing_else():
    assert choose(document({})).name == "supply-chain"
    for header in (
        "technology,customer,supplier",
        "technology,report_date",
        "report_date,detection_date,attack_minor_category",
    ):
        assert not SupplyChainExtractor().recognizes(Document("t.csv", f"{header}\na,b,c\n", "0"))


@given(st.dictionaries(st.sampled_from(HEADER), st.text('aA1/ ,;"\nunkow', max_size=30), max_size=6))
def test_any_cells_are_read(fields):
    check(SupplyChainExtractor(), document(fields, {}))


def test_a_hundred_mutants():
    check_mutants(SupplyChainExtractor(), EXAMPLE.name, EXAMPLE.read_bytes(), 100, seed=5)


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("package,ecosystem,attack vector,date reported,advisory", True),
        ("Name,Year,Attack vector,Distribution Vector,Source", True),
        ("software;date of attack;attack technique;description", True),
        ("product,published date,attack vector,cvss,description", False),
        ("product,cve_id,date,attack vector,description", False),
        ("name,synopsis,start_date,end_date,cause,insertion_phase,references", True),
        ("product,start date,end date,cause,description", False),
        ("Name,Date,Attack type,Source", False),
        ("product,date,price,description", False),
    ],
)
def test_tables_of_other_makers(header, known):
    assert SupplyChainExtractor().recognizes(Document("t.csv", header + "\n", "0")) is known


def test_what_is_in_brackets_is_no_part_of_a_name_and_an_attack_lasts_until_its_end():
    header = "name,synopsis,start_date,end_date,insertion_phase,references\n"
    rows = (
        "Alder Themes (Shop Ecosystem),Changed.,2031-05-02,2031-06-04,distribution,https://a.example/x\n"
        "birch,Changed.,2031-05-02,2031-05-02,source,\nCedar,Changed.,2031-05-02,Ongoing,source,\n"
        "Dill,Changed.,2031-05-02,2030-01-01,source,\n"
    )
    one, day, open_end, turned = SupplyChainExtractor().extract(Document("t.csv", header + rows, "0"))
    assert roles(one) == [("Alder Themes", Role.BREACHED)]
    told = [[(str(d.what), d.date.edtf) for d in found.dates] for found in (one, day, open_end, turned)]
    assert told == [[("occurred", edtf)] for edtf in ("2031-05-02/2031-06-04", *["2031-05-02"] * 3)]
    assert ["end_date" in {note.key for note in found.notes} for found in (one, day, open_end, turned)] == [
        False,
        False,
        True,
        True,
    ]


def test_nobody_was_broken_into_whose_name_was_misspelt():
    assert roles(attack(technology="Alder", attack_minor_category="Typosquatting")) == [("Alder", Role.SUPPLIER_ONLY)]


def test_days_first_and_another_header():
    text = (
        "Name;Date of attack;Date reported;Attack vector;Codebase;Source\n"
        "Alder CMS;12/09/2017;18/09/2017;Update hijack;closed;https://a.example/x\n"
    )
    (one,) = SupplyChainExtractor().extract(Document("t.csv", text, "0"))
    assert [party.name for party in one.parties] == ["Alder CMS"]
    assert [(str(d.what), d.date.edtf) for d in one.dates] == [("occurred", "2017-09-12"), ("reported", "2017-09-18")]
    assert [source.url for source in one.sources] == ["https://a.example/x"]
