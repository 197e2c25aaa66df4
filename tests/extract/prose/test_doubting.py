"""What a text says only may have happened is suspected, and nothing else of it is."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.model import Certainty, Role

HIT = "Hackers broke into Birch Systems, the billing provider of Alder Health, on 1 May 2024. "


def read(text):
    (incident,) = ProseExtractor().extract(document("report.txt", text.encode()))
    return incident


def of_alder(incident):
    (party,) = [party for party in incident.parties if party.name == "Alder Health"]
    assert party.role is Role.AFFECTED_DOWNSTREAM
    return {proof.certainty.value for proof in party.evidence}


def harms(incident):
    """The words of each kind of data, and the lower bound of each count, with how sure it is."""
    facts = [(kind.text.lower(), kind) for kind in incident.data_types]
    facts += [(count.low, count) for count in incident.record_counts]
    assert all(proof.certainty is fact.certainty for _, fact in facts for proof in fact.evidence)
    return {name: fact.certainty.value for name, fact in facts}


@pytest.mark.parametrize(
    "text",
    [
        "Birch Systems said on 3 May 2024 that hackers may have accessed names and social security numbers of Alder Health patients.",
        HIT + "Hackers may have accessed names and social security numbers of Alder Health patients.",
    ],
)
def test_what_may_have_happened_is_suspected(text):
    incident = read(text)
    assert incident.certainty is Certainty.CONFIRMED
    assert of_alder(incident) == {"suspected"}
    assert harms(incident) == {"names": "suspected", "social security numbers": "suspected"}
    assert {proof.certainty.value for p in incident.parties if p.role is Role.BREACHED for proof in p.evidence} == {
        "confirmed"
    }


@pytest.mark.parametrize(
    ("told", "party", "sure"),
    [
        ("Names of 12,000 Alder Health patients were stolen.", "confirmed", {12000: "confirmed"}),
        ("Names of 12,000 Alder Health patients were stolen, which could be used for phishing, and potentially fraud.", "confirmed", {12000: "confirmed"}),
        ("They stole names of 12,000 patients of Alder Health and may have accessed passwords.", "confirmed", {"names": "confirmed", 12000: "confirmed"}),
        ("Names and possibly passwords of 12,000 Alder Health patients were stolen.", "confirmed", {"names": "confirmed", "passwords": "suspected", 12000: "confirmed"}),
        ("Names and possibly passwords of Alder Health patients may have been stolen.", "suspected", {"names": "suspected"}),
        ("Names of 12,000 Alder Health patients were stolen, and their bank details may have been exposed.", "confirmed", {12000: "confirmed"}),
        ("Names, addresses, and passwords of 12,000 Alder Health patients may have been stolen.", "suspected", {"names": "suspected", 12000: "suspected"}),
        ("Hackers who may have exploited a flaw stole names of 12,000 Alder Health patients.", "confirmed", {12000: "confirmed"}),
        ("They accessed its network and potentially exposed names of 12,000 Alder Health patients.", "suspected", {12000: "suspected"}),
        ("Names of patients of Alder Health may have been stolen, but passwords of 400 employees were stolen from Birch Systems.", "suspected", {"passwords": "confirmed", 400: "confirmed"}),
        ("Alder Health was affected. Names of 12,000 Alder Health patients may have been stolen.", "confirmed", {12000: "suspected"}),
        ("The attackers, who may have been Russian, stole names of 12,000 Alder Health patients.", "confirmed", {12000: "confirmed"}),
        ("The thieves, possibly from Russia, stole names of 12,000 Alder Health patients.", "confirmed", {12000: "confirmed"}),
        ("Names of 12,000 Alder Health patients were stolen and their passwords may have been exposed.", "confirmed", {12000: "confirmed", "passwords": "suspected"}),
        ("Names of 12,000 Alder Health patients and their passwords may have been exposed.", "suspected", {12000: "suspected", "passwords": "suspected"}),
        ("Some of the 12,000 passwords of Alder Health that were stolen may have been in plain text.", "confirmed", {12000: "confirmed"}),
        ("It may have exposed names of 12,000 Alder Health patients, and stole the passwords of 400 employees.", "suspected", {12000: "suspected", "passwords": "confirmed", 400: "confirmed"}),
        ("Attackers accessed names and, for 200 patients of Alder Health, possibly bank account numbers.", "suspected", {"names": "confirmed", 200: "suspected", "bank account numbers": "suspected"}),
        ("Alder Health could be among those affected, an analyst said.", "suspected", {}),
        ("Alder Health may have been impacted, and names of 12,000 people may have been seen.", "suspected", {"names": "suspected", 12000: "suspected"}),
        ("Names of 12,000 Alder Health patients were stolen and it is unclear whether passwords were taken.", "confirmed", {12000: "confirmed", "passwords": "suspected"}),
    ],
)  # fmt: skip
def test_a_hedge_holds_for_what_it_is_said_of(told, party, sure):
    incident = read(HIT + told)
    assert of_alder(incident) == {party}
    assert harms(incident).items() >= sure.items()


def test_a_breach_of_the_supplier_says_nothing_outright_of_its_customer():
    told = "A breach at Birch Systems, the billing provider of Alder Health, was disclosed on 3 May 2024. "
    assert of_alder(read(told + "Alder Health said that names of 12,000 patients may have been exposed.")) == {
        "suspected"
    }


def test_a_group_that_may_have_been_affected_is_suspected_with_its_bounds():
    incident = read(
        "Hackers broke into Birch Systems on 1 May 2024. Up to 300 hospitals that use Birch Systems may have been affected."
    )
    (group,) = [party for party in incident.parties if party.unnamed_group]
    assert (group.count, {proof.certainty.value for proof in group.evidence}) == ((0, 300), {"suspected"})


def test_who_was_involved_beside_a_hedge_was_not_taken():
    told = harms(
        read(f"{HIT}The police were involved at once, names of 4,000 customers and passwords may have been copied.")
    )
    assert told[4000] == "suspected"
