"""Which authorities a post says were told."""

from __future__ import annotations

import pytest

from kg.extract.post.sources import source_type
from tests.extract.post.test_who_and_whether import notes, post, roles


def told(said, key="regulatory_notifications", **more):
    found = post("Ash was hit.", ("Ash", "Company"), ("Fir", "Vendor"), regulatory_compliance={key: said}, **more)
    rows = [(done.actor, done.target) for done in found.responses if done.action == "notify-regulator"]
    return found, rows, {name for name, role in roles(found).items() if role == "regulator"}


@pytest.mark.parametrize("key", ["regulatory_notifications", "regulators_notified"])
@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Irish Data Protection Commission", ["Irish Data Protection Commission"]),
        ("Notified the ICO, CNIL", ["ICO", "CNIL"]),
        ("SEC Form 8-K", ["SEC"]),
        ("8-K filed with the SEC", ["SEC"]),
        ("HHS OCR", ["HHS OCR"]),
        ("U.S. Department of Health and Human Services", ["U.S. Department of Health and Human Services"]),
        ("Securities and Exchange Commission", ["Securities and Exchange Commission"]),
        ("Information Commissioner's Office (ICO)", ["Information Commissioner's Office"]),
        ("Maine AG and New Hampshire Attorney General", ["Maine AG", "New Hampshire Attorney General"]),
        ("Autoriteit Persoonsgegevens", ["Autoriteit Persoonsgegevens"]),
        ("The Pensions Regulator", ["Pensions Regulator"]),
        ("Dutch Data Protection Authority notified within 72 hours", ["Dutch Data Protection Authority"]),
        ("CNIL and relevant authorities", ["CNIL"]),
        (["Maine AG", "Yes"], ["Maine AG", ""]),
        ("Form 8-K filed with the SEC; no material impact", ["SEC"]),
        ("Maine AG (no SSNs involved)", ["Maine AG"]),
        ("Notified CNIL and ICO. No ransom was paid.", ["CNIL", "ICO"]),
        ("Breach notice filed with the Maine AG's office", ["Maine AG"]),
        ("Department of Health and Human Services and Maine Attorney General", ["Maine Attorney General"]),
        ("Texas and Maine Attorney General", ["Maine Attorney General"]),
        ("Swiss Federal Data Protection and Information Commissioner", ["Swiss Federal Data Protection and Information Commissioner"]),
        ("Texas Health and Human Services Commission", ["Texas Health and Human Services Commission"]),
        (["SEC", "SEC 8-K filed"], ["SEC", "SEC"]),
        (["Maine AG", "Maine AG: 12,034 residents"], ["Maine AG", "Maine AG"]),
        (["ICO", "ICO fined the company"], ["ICO", ""]),
    ],
)  # fmt: skip
def test_a_regulator_that_is_named_is_a_party_and_was_told(said, names, key):
    _, rows, parties = told(said, key)
    assert rows == [("", name) for name in names]
    assert parties == set(filter(None, names))


@pytest.mark.parametrize(
    "said",
    ["Notified", "GDPR notification filed", "state attorneys general", "State Attorneys General", "Relevant Authorities",
     "Form 8-K", "72-hour notification", "GDPR", "HIPAA", "Data Protection Authority", "EU Data Protection Authority",
     "Attorney General", "State Insurance Commissioner", "NYDFS Cybersecurity Regulation", "Siemens AG", "German Authority",
     "SEC (assumed)", "Potentially ICO and CNIL", "CNIL, if French data is involved", "ICO (recommended)",
     "Wisconsin Department of Agriculture, Trade and Consumer Protection", "Japanese Ministry of Health, Labour and Welfare",
     "Failed to notify the SEC", "SEC investigation", "Legal Department", "Local Health Authority", "Banking Regulator"],
)  # fmt: skip
def test_what_only_describes_one_or_is_a_law_is_no_regulator(said):
    _, rows, parties = told(said)
    assert (rows, parties) == ([("", "")], set())


@pytest.mark.parametrize(
    "said",
    [
        "ICO (pending)",
        "ICO: no",
        "ICO was never notified",
        "CNIL - none",
        "Not yet notified ICO",
        "SEC (none)",
        "No 8-K filed with the SEC",
    ],
)
def test_a_regulator_that_was_not_told_is_none(said):
    found, rows, parties = told(said)
    assert (rows, parties) == ([], set())
    assert notes(found)["regulatory_compliance.regulatory_notifications"] == said


def test_who_told_the_regulator_is_said_and_nobody_that_was_hit_becomes_one():
    assert told("Ash notified the ICO")[1:] == ([("Ash", "ICO")], {"ICO"})
    found = post("It was hit.", ("CNIL", "Company"), regulatory_compliance={"regulators_notified": "CNIL"})
    assert roles(found) == {"CNIL": "breached"}
    assert [done.target for done in found.responses] == [""]


def test_nothing_befell_a_regulator_that_was_told():
    found, _, parties = told(
        ["ICO", "Personal Information Protection Commission"],
        impact={"legal_liabilities": "ICO investigation"},
        data_breach={"type_of_data_compromised": {"Personal Information": ["Names"]}},
    )
    assert len(parties) == 2
    assert [(one.kind, one.on) for one in found.impacts] == [("legal", "")]
    assert [(one.text, one.owner) for one in found.data_types] == [("Names", "")]


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("CNIL", "government"),
        ("ENISA", "government"),
        ("Swedish Police Authority", "government"),
        ("UK government", "government"),
        ("State of Maine AG", "filing"),
        ("Siemens AG", "article"),
        ("Local Government Chronicle", "article"),
        ("Police Professional", "article"),
    ],
)
def test_an_authority_is_no_magazine_about_it(publisher, kind):
    assert source_type(publisher) == kind
