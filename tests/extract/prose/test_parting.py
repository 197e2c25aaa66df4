"""Several incidents in one text: what sets one apart, and what does not."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document

TALBOT = "Talbot Bank said on 4 May 2025 that a break-in at its printer Inkwell exposed names of 3,000 customers."
MERROW = "Merrow Airlines said that a break-in at its caterer Foodjet exposed email addresses of 500 employees."
DIGEST = """# Weekly digest

## Sunreach loses passport numbers

On 14 May 2024 the travel agency Sunreach said that passport numbers of 8,200 travellers had been stolen from its booking provider, Tripvault. Tripvault has hired investigators.

## Freshmarkt

The grocery chain Freshmarkt said on 16 May 2024 that names of 700 customers had been stolen from its loyalty provider, Punkto.

## A printer in Talbot

Talbot Bank said on 4 May 2024 that a break-in at its printer Inkwell exposed names of 3,000 customers. The bank has stopped using Inkwell.
"""
ARTICLE = f"""# Talbot Bank loses data through its printer

{TALBOT}

## What happened

Hackers broke into a server of Inkwell on 2 May 2025. Inkwell found out the next day.

## Who is affected

Merrow Airlines and Elm Clinic said that names of their customers were stolen, too. Oak Insurance said that it was not affected.

## Timeline

On 5 May 2025 Inkwell told the police. Separately, Talbot Bank said on 6 May 2025 that it had told the regulator of the breach.
"""


def read(text, name="a.txt"):
    return list(ProseExtractor().extract(document(name, text.encode())))


def named(incident):
    return {party.name for party in incident.parties}


def pairs(*incidents):
    return {(r.customer, r.supplier) for incident in incidents for r in incident.uses_vendor}


@pytest.mark.parametrize(
    "text",
    [
        f"{TALBOT} Unrelated to this, {MERROW}",
        f"{TALBOT}\n\nMeanwhile, {MERROW} The two cases are not related.",
        f"{TALBOT}\n\nAlso this week, {MERROW}",
        f"{TALBOT}\n\nSeparately, {MERROW}",
        f"{TALBOT}\n\nIn another case, {MERROW}",
    ],
)
def test_what_words_set_apart_is_an_incident_of_its_own(text):
    main, other = read(text)
    assert (named(main), named(other)) == ({"Talbot Bank", "Inkwell"}, {"Merrow Airlines", "Foodjet"})
    assert pairs(main, other) == {("Talbot Bank", "Inkwell"), ("Merrow Airlines", "Foodjet")}
    assert [count.low for count in other.record_counts] == [500]


def test_what_follows_in_its_paragraph_belongs_to_the_other_incident():
    main, other = read(
        f"{TALBOT}\n\nIn a separate case, the grocery chain Freshmarkt said on 16 May 2024 that names of 700 customers had been "
        "stolen from its loyalty provider, Punkto. Health records of 90 employees were taken too. Inkwell has told the police."
    )
    assert pairs(main) == {("Talbot Bank", "Inkwell")}
    assert pairs(other) == {("Freshmarkt", "Punkto")}
    assert {count.low for count in other.record_counts} == {700, 90}
    assert {count.low for count in main.record_counts} == {3000}


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_what_stands_under_a_heading_of_its_own_is_an_incident_of_its_own(name):
    found = read(DIGEST, name)
    assert [named(one) for one in found] == [
        {"Sunreach", "Tripvault"},
        {"Freshmarkt", "Punkto"},
        {"Talbot Bank", "Inkwell"},
    ]
    assert [one.title for one in found] == ["Sunreach loses passport numbers", "Freshmarkt", "A printer in Talbot"]
    assert ("Freshmarkt", "Tripvault") not in pairs(*found)


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        f"{TALBOT} Separately, Talbot Bank said on 6 May 2025 that it had told its customers.",
        f"{TALBOT}\n\nMeanwhile, Merrow Airlines, another customer of Inkwell, said that names of 500 employees were stolen.",
        f"{TALBOT}\n\nIn a separate case, a court ordered Inkwell to pay 5,000 euros to a former employee.",
    ],
)
def test_another_statement_or_section_on_the_same_incident_parts_none(text):
    assert len(read(text, "a.md")) == 1
