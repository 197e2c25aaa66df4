"""A Markdown text that collects stories, each under a heading with its own address, is read story by story."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from tests.mutants import proofs

BANK = "Alder Bank said on 4 May 2024 that names of 12,000 customers were stolen by hackers from its payroll provider, Birch Systems."
CLINIC = "Hackers broke into the network of Elm Clinic in June 2023 and stole health records of 3,000 patients, the clinic said."
UNDER = """\
# Source: The Courier

## Payroll firm of a bank hit
 - [https://courier.example/bank](https://courier.example/bank)
 - RSS feed: https://courier.example/feed
 - date published: 2024-05-06T21:52:51+00:00

{}

## Clinic hit
 - [https://courier.example/clinic](https://courier.example/clinic)
 - date published: 2024-05-07T21:52:51+00:00

{}
"""
LINKED = """\
---
date: 2024-05-08
source: A newsletter
---

Good morning.

### [Payroll firm of a bank hit](https://courier.example/bank)
{}

### [Clinic hit](https://courier.example/clinic)

{}
"""


def told(text):
    return list(ProseExtractor().extract(document("a.md", text.encode())))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (UNDER, ["2024-05-06", "2024-05-07"]),
        (UNDER.replace("Courier\n", "Courier\n\nhttps://courier.example/all\n", 1), ["2024-05-06", "2024-05-07"]),
        (LINKED, ["2024-05-08", "2024-05-08"]),
        (LINKED.replace("### [", "**[").replace(")\n", ")**\n"), ["2024-05-08", "2024-05-08"]),
    ],
)
def test_each_story_is_told_for_itself_with_its_address_and_day(text, days):
    text = text.format(BANK, CLINIC)
    bank, clinic = told(text)
    assert [one.title for one in (bank, clinic)] == ["Payroll firm of a bank hit", "Clinic hit"]
    assert [one.id for one in (bank, clinic)] == ["1", "2"]
    assert {party.name for party in bank.parties} == {"Alder Bank", "Birch Systems"}
    assert {party.name for party in clinic.parties} == {"Elm Clinic"}
    assert [one.sources[0].url for one in (bank, clinic)] == [
        "https://courier.example/bank",
        "https://courier.example/clinic",
    ]
    assert [one.sources[0].publisher for one in (bank, clinic)] == ["", ""]
    for one, day in zip((bank, clinic), days, strict=True):
        assert day in {date.date.edtf for date in one.dates if date.what == "reported"}
        assert all(text[slice(*proof.span)] == proof.quote for proof in proofs(one))


@pytest.mark.parametrize(
    "further", ["", "\n\n## Why\n\nNobody knows.\n\n## When\n\nIn May.\n\n## See\n\n- https://courier.example/2\n"]
)
def test_sections_of_one_story_are_not_taken_apart(further):
    text = f"# Bank hit\n\n## What happened\n\n{BANK}\n\n## [What to do](#todo)\n\nNothing.\n\n## Letter\n\nSource: https://courier.example/bank\n"
    (bank,) = told(text + further)
    assert bank.title == "Bank hit"


@pytest.mark.parametrize("headings", [("Background", "Who is affected?"), ("[Impact](https://courier.example/0)", "Update"), ("4 May 2024", "6 May 2024")])  # fmt: skip
def test_parts_of_one_story_with_an_address_each_are_not_taken_apart(headings):
    first, second = headings
    text = f"# Bank hit\n\n## {first}\n\n{BANK}\n\nhttps://courier.example/1\n\n## {second}\n\nBirch Systems also has data of Elm Clinic.\n\nhttps://courier.example/2\n"
    (bank,) = told(text)
    assert bank.title == "Bank hit"
