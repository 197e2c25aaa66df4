"""Whom descriptions of breaches name besides the breached: groups that extort, services of which it had an instance."""

from __future__ import annotations

import json

import pytest
from mutants import check

from kg.extract.hibp import HibpExtractor
from kg.extract.hibp.others import extorters, services
from kg.model import Certainty, Document, Role

BREACH = {"Name": "Alder", "Title": "Alder Foods", "Domain": "alder.com", "PwnCount": 7, "DataClasses": ["Names"]}


def breach(description, **fields):
    text = json.dumps([BREACH | {"Description": description} | fields])
    (found,) = check(HibpExtractor(), Document("l.json", text, "0"))
    return found


@pytest.mark.parametrize(
    "description",
    [
        'Alder was the target of a BrineHunters "pay or leak" extortion campaign.',
        "Alder was hit in a BrineHunters ransomware attack.",
        "Alder was added to the site of the BrineHunters data extortion group.",
        "It was told by the victims of the BrineHunters hacking and extortion group.",
        'Alder was named by the BrineHunters group in a "pay or leak" campaign.',
        "Alder met an extortion attempt by the BrineHunters group.",
        "Alder was named by BrineHunters as the target of a campaign.",
        "The notorious hacking collective BrineHunters claimed to have data from Alder.",
        "It was later claimed by the BrineHunters gang.",
        "Alder met a breach attributed to the threat actor BrineHunters.",
    ],
)
def test_a_group_that_extorts_claims_it(description):
    *_, group = breach(description).parties
    assert (group.name, group.role, group.evidence[0].certainty) == ("BrineHunters", Role.ATTACKER, Certainty.CLAIMED)
    assert group.evidence[0].quote == "BrineHunters"


@pytest.mark.parametrize(
    "description",
    [
        "Alder was bought by the Brine group in 2030.",
        "In May, the Alder group lost data in an Alder ransomware attack.",
        "The data was published by WikiDrops and by the hacking group.",
        "It was posted to the Brine hacking forum. The group later claimed it.",
        "Alder met the BrineCloud extortion campaign.",
        "It was taken from Alder's Legacy CRM.",
        "It was taken from Alder's UK infrastructure.",
    ],
)
def test_other_groups_do_not(description):
    assert [one.role for one in breach(description).parties] == [Role.BREACHED]


def test_who_is_not_sure_to_have_been_breached_was_not_surely_extorted():
    found = breach("Alder met an extortion attempt by the BrineHunters group.", IsVerified=False)
    assert found.parties[-1].evidence[0].certainty is Certainty.SUSPECTED


@pytest.mark.parametrize(
    ("description", "names"),
    [
        ("Data was taken from the company's Brine instance.", ["Brine"]),
        ("Data was taken from their Brine CRM.", ["Brine"]),
        ("They got into Alder's Brine Desk environment.", ["Brine Desk"]),
        ("Data came from Alder's Elm and Brine infrastructure.", ["Elm", "Brine"]),
        ("Data came from its Brine tenants, and from the organisation's Brine instances.", ["Brine"]),
        ("Data came from an unsecured Brine instance.", []),
        ("Data came from their production environment.", []),
        ("Data came from Birch's Brine instance.", []),
        ("It asked users to secure their Brine accounts.", []),
        ("It was the company's Alder instance.", []),
    ],
)
def test_who_has_an_instance_of_a_service_uses_it(description, names):
    found = breach(description)
    assert [one.name for one in found.parties if one.role is Role.SUPPLIER_ONLY] == names
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder Foods", name) for name in names]


def test_an_attacker_is_no_supplier():
    found = breach("Alder blamed a breach of its provider, Brine, on an Elk99 ransomware attack.")
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Alder Foods", "Brine")]
    assert [(one.name, one.role) for one in found.parties[1:]] == [("Brine", Role.BREACHED), ("Elk99", Role.ATTACKER)]


@pytest.mark.parametrize(
    "text", ["A" * 100_000, "the " * 50_000, "The A " * 50_000, "Aa's B " * 50_000, "by the A" * 50_000]
)
def test_long_texts_are_read_in_linear_time(text):
    assert list(extorters(text)) == []
    assert list(services(text, "Alder")) == []


@pytest.mark.parametrize(
    "description",
    [
        "The Russian hacking group claimed it.",
        "Posted by a threat actor Known for it.",
        "A threat actor In May sold it.",
    ],
)
def test_ordinary_words_and_peoples_are_no_groups(description):
    assert list(extorters(description)) == []


@pytest.mark.parametrize("system", ["IT environment", "Production environment", "CRM instance", "Cloud infrastructure"])
def test_a_system_of_its_own_is_no_service(system):
    assert list(services(f"Its {system} was entered.", "Alder")) == []
