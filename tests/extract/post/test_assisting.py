"""Who helped, and was engaged to."""

from __future__ import annotations

import pytest

from tests.extract.post.test_who_and_whether import post, roles


def helped(said, key="third_party_assistance"):
    found = post("Ash was hit.", ("Ash", "Company"), ("Fir", "Vendor"), response={key: said})
    firms = [(done.action, done.actor, done.target) for done in found.responses]
    return firms, {name: role for name, role in roles(found).items() if name not in {"Ash", "Fir"}}


@pytest.mark.parametrize(
    ("said", "actor", "firms"),
    [
        ("Mandiant", "", ["Mandiant"]),
        ("Mandiant, CrowdStrike", "", ["Mandiant", "CrowdStrike"]),
        ("Kroll and Stroz Friedberg", "", ["Kroll", "Stroz Friedberg"]),
        ("Ash hired Initech to investigate", "Ash", ["Initech"]),
        ("Leading cybersecurity firm Initech (London)", "", ["Initech"]),
        ("Google's Mandiant, outside counsel", "", ["Mandiant"]),
        ("Yes (Mandiant)", "", ["Mandiant"]),
        ("National Cyber Security Centre, Initech", "", ["Initech"]),
        ("Grant Thornton, Information Commissioner's Office", "", ["Grant Thornton"]),
    ],
)
def test_a_firm_that_is_named_was_engaged_and_investigates(said, actor, firms):
    told, parties = helped(said)
    assert [one for one in told if one[0] == "engage-forensics"] == [
        ("engage-forensics", actor, firm) for firm in firms
    ]
    assert all(parties[firm] == "investigator" for firm in firms)


@pytest.mark.parametrize(
    "said",
    ["Forensic experts", "External Cybersecurity Experts", "Outside counsel", "Baker McKenzie (legal counsel)",
     "Unspecified cybersecurity firm", "Experts from Israel", "Third-Party Forensics Firm", "Yes", "Engaged", "Pending", "Specialists Engaged",
     "Threat Intelligence Firm", "Managed Service Provider", "SOC Team"],
)  # fmt: skip
def test_whom_nobody_names_is_no_party(said):
    assert helped(said) == ([("engage-forensics", "", "")], {})


@pytest.mark.parametrize(
    "said", ["National Cyber Security Centre", "CISA", "Cybersecurity and Infrastructure Security Agency (CISA)"]
)
def test_an_authority_helps_and_is_no_forensic_firm(said):
    told, parties = helped(said)
    assert told == [("", "", "")]
    assert parties == {said.partition(" (")[0]: "investigator"}


@pytest.mark.parametrize(
    "said", ["Initech, FBI", "Law enforcement, Initech", "Federal Bureau of Investigation and Initech"]
)
def test_authorities_beside_a_firm_are_told_of_all_the_same(said):
    told, _ = helped(said)
    assert set(told) == {("engage-forensics", "", "Initech"), ("notify-law-enforcement", "", "")}


@pytest.mark.parametrize(
    "said",
    [
        "Hired CISO and engaged security experts",
        "Appointed Jane Doe as CISO",
        "Rolled out EDR, including CrowdStrike Falcon",
    ],
)
def test_who_was_hired_for_good_and_what_was_bought_is_no_helper(said):
    assert helped(said, "remediation_measures")[1] == {}


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("TransUnion (identity protection)", "offer-credit-monitoring"),
        ("Epiq (call center)", "notify-victims"),
        ("Experian IdentityWorks", "engage-forensics"),
        ("State of Texas", "engage-forensics"),
    ],
)
def test_other_help_names_no_firm_of_investigators(said, action):
    assert helped(said)[0] == [(action, "", "")]


def test_an_authority_beside_unnamed_experts_takes_nothing_from_them():
    assert helped("CISA, industry experts") == ([("engage-forensics", "", "")], {"CISA": "investigator"})
    assert helped("JPCERT/CC")[1] == {}


@pytest.mark.parametrize("said", ["FBI and local police", "FBI, CISA, and legal counsel", "NCSC and law enforcement"])
def test_authorities_beside_others_who_are_no_experts_are_no_forensics(said):
    assert "engage-forensics" not in {action for action, *_ in helped(said)[0]}


def test_elsewhere_only_who_is_said_to_be_engaged_is_named():
    assert helped("Engaged Initech for forensics", "containment_measures")[0] == [("engage-forensics", "", "Initech")]
    assert helped("Forensic Review Board", "containment_measures") == ([("engage-forensics", "", "")], {})


def test_who_was_hit_helped_nobody():
    told, parties = helped("Worked with Fir and forensic experts")
    assert (told, parties) == ([("engage-forensics", "", "")], {})
