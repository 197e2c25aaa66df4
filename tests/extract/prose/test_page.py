"""What of a document is prose, and what its headline is."""

from __future__ import annotations

import unicodedata

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from tests.mutants import proofs

HIT = (
    "Alder Bank said on 4 May 2024 that names of 12,000 customers were stolen from its payroll provider, Birch Systems."
)
MORE = "The company runs the pay of forty thousand people in the region. Nobody could say on Monday how long the work would take."
PAGE = "<!doctype html><html><head><title>News &amp; more</title></head><body>{}<article>{}<p>{}</p><p>{}</p></article></body></html>"


def read(text, name):
    return list(ProseExtractor().extract(document(name, text.encode())))


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", f"# Bank **hit** via [payroll](https://a.example)\n\n{HIT}", "Bank hit via payroll"),
        ("a.md", f"4 May 2024\n\n```\n# no heading\n```\n\n# Bank hit\n\n{HIT}\n\n## More\n\n{MORE}", "Bank hit"),
        ("a.html", PAGE.format("", "<h1>Bank <i>hit</i></h1>", HIT, MORE), "Bank hit"),
        ("a.html", PAGE.format("<header><h1>Bank&nbsp;hit</h1></header>", "", HIT, MORE), "Bank hit"),
        ("a.html", PAGE.format("", "", HIT, MORE), "News & more"),
        (
            "a.txt",
            HIT,
            "Alder Bank said on 4 May 2024 that names of 12,000 customers were stolen from its payroll provider,…",
        ),
        ("a.txt", f"Bank hit\n\n{HIT}", "Bank hit"),
        (
            "a.txt",
            f"Names of bank customers stolen from its payroll provider\nDate: 6 May 2024\n\n{HIT}",
            "Names of bank customers stolen from its payroll provider",
        ),
    ],
)
def test_an_incident_is_called_by_its_headline_or_its_first_sentence(name, text, title):
    if name == "a.html":
        pytest.importorskip("trafilatura")
    (incident,) = read(text, name)
    assert incident.title == title
    for proof in proofs(incident):
        assert text[slice(*proof.span)] == proof.quote
    plain = [" ".join(proof.quote.split())[:4] for proof in incident.evidence]
    assert title[:4] in plain


def test_of_several_incidents_none_is_called_by_a_headline_that_may_be_anothers():
    more = "In a separate breach in June 2022, hackers broke into the network of Elm Clinic and stole health records of 3,000 patients."
    text = f"4 May 2024.\n\n# Bank hit\n\n{HIT} {more}"
    assert [incident.title[:22] for incident in read(text, "a.md")] == ["4 May 2024.", "In a separate breach i"]


@pytest.mark.parametrize("hyphen", ["&shy;", "\u00ad", "\u200b", "&#8203;"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_word_is_one_word_however_its_letters_are_written(form, hyphen):
    pytest.importorskip("trafilatura")
    told = "<p>Bäckerei Möhring said on 3 May 2024 that data of 7,500 employees were stolen from its payroll vendor {} AG.</p>"
    page = unicodedata.normalize(
        form, f"<html><body><article>{told.format(f'Lohn{hyphen}pro')}</article></body></html>"
    )
    (incident,) = read(page, "a.html")
    assert {party.name for party in incident.parties} == {"Bäckerei Möhring", "Lohnpro AG"}
    assert [(r.customer, r.supplier) for r in incident.uses_vendor] == [("Bäckerei Möhring", "Lohnpro AG")]
    quotes = {proof.quote for party in incident.parties for proof in party.evidence}
    assert f"Lohn{hyphen}pro AG" in quotes
    assert all(page[slice(*proof.span)] == proof.quote for proof in proofs(incident))
