"""What of a document is prose."""

from __future__ import annotations

import unicodedata

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from tests.mutants import proofs


def read(text, name):
    return list(ProseExtractor().extract(document(name, text.encode())))


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
