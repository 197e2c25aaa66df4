"""Whom the prose clears among the customers that a post lists as affected."""

from __future__ import annotations

import pytest

from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document
from kg.model import Incident

POST = """Elm Cloud breached
Elm Cloud, a vendor of Fern Foods, was breached. {said}
"id": "ELM1761350400",
"linkid": "elm-cloud",
"date": "10/2025",
{{'affected_entities': [{{'name': 'Elm Cloud', 'type': 'Vendor'}}, {{'name': 'Fern Foods', 'type': 'Company'}},
{{'name': 'Hazel Media', 'type': 'Company'}}], 'title': 'Elm Cloud breached'}}
"""


def told_of(said):
    """What a post says of Hazel Media, in whose prose this stands."""
    records = PostExtractor().extract(document("elm.txt", POST.format(said=said).encode()))
    (incident,) = [record for record in records if isinstance(record, Incident)]
    parties = {party.name: party for party in incident.parties}
    assert [parties["Elm Cloud"].role, parties["Fern Foods"].role] == ["breached", "affected_downstream"]
    return parties["Hazel Media"]


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media was not affected.",
        "Hazel Media said that it was not affected by the breach.",
        "Hazel Media, a customer of Elm Cloud, was not affected.",
        "Fern Foods lost names, but Hazel Media wasn't affected.",
        "According to Elm Cloud, Hazel Media was not impacted.",
        "Hazel Media remains unaffected. Fern Foods said that its data was stolen.",
    ],
)
def test_a_customer_that_the_prose_clears_was_not_affected(said):
    party = told_of(said)
    assert party.role == "customer_unaffected"
    assert party.evidence[-1].quote.startswith("Hazel Media")
    assert party.evidence[-1].quote in said


@pytest.mark.parametrize(
    "said",
    [
        "Hazel Media may not have been affected.",
        "Hazel Media's own systems were not affected.",
        "Hazel Media was not breached.",
        "Hazel Media was not directly affected.",
        "Customers of Hazel Media were not affected.",
        "Hazel Media was not affected financially.",
        "Hazel Media was not affected, but its customers were.",
        "It is not true that Hazel Media was not affected.",
        "Hazel Media initially said it was not affected.",
    ],
)
def test_what_does_not_clear_all_of_a_customer(said):
    assert told_of(said).role == "affected_downstream"


@pytest.mark.parametrize(
    "said",
    [
        "Data of Hazel Media was stolen.",
        "The attack reached Hazel Media.",
        "The thieves stole files of Hazel Media.",
        "In May, it admitted a breach.",
        "However, it later found that names were taken.",
        "But later names of its clients were published.",
    ],
)
def test_nobody_is_cleared_of_whom_other_words_say_that_they_were_hit(said):
    assert told_of(f"Hazel Media was not affected. {said}").role == "affected_downstream"
