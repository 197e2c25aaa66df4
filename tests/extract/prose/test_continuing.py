"""Texts that are read in parts: an incident of which two tell is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.dates import parse_edtf
from kg.extract.prose import ProseExtractor
from kg.extract.prose.continuing import continued
from kg.extract.prose.telling import LONGEST
from kg.extract.reading import document
from kg.model import DateOf, Incident, IncidentDate, Party, Role
from tests.mutants import proofs


def incident(*parties, occurred=""):
    roles = {"Inkwell": Role.BREACHED, "Foodjet": Role.BREACHED, "FBI": Role.INVESTIGATOR}
    return Incident(
        "1", "", 1, parties=tuple(Party(name, roles.get(name, Role.AFFECTED_DOWNSTREAM)) for name in parties),
        dates=(IncidentDate(parse_edtf(occurred), DateOf.OCCURRED),) if occurred else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (incident("Alder", "Inkwell"), incident("Inkwell", "Alder", "Birch"), 1),
        (incident("Alder", "Inkwell", occurred="2024-10"), incident("Alder", "Inkwell", occurred="2024-10-30"), 1),
        (incident("Alder", "Inkwell", occurred="2024"), incident("Inkwell"), 1),
        (incident("Alder", "Inkwell", occurred="2023-10"), incident("Alder", "Inkwell", occurred="2024-10-30"), 2),
        (incident("Alder", "Inkwell"), incident("Birch", "Inkwell"), 2),
        (incident("Alder", "Inkwell"), incident("Alder", "Foodjet"), 2),
        (incident("Alder", "FBI"), incident("FBI"), 2),
    ],
)
def test_which_incidents_are_one(one, other, count):
    found = continued([one], [other])
    assert [incident.id for incident in found] == [str(number) for number in range(1, count + 1)]
    assert {party.name for incident in found for party in incident.parties} == {
        p.name for p in (*one.parties, *other.parties)
    }


def test_incidents_of_one_part_are_never_one():
    assert len(continued([], [incident("Alder", "Inkwell"), replace(incident("Alder", "Inkwell"), number=2)])) == 2


def test_a_long_story_is_one_incident():
    opening = (
        "Hospital group Sanitas Nord said on 11 November 2024 that health records of 230,000 patients had been stolen from its laboratory "
        "partner, Labquick. The break-in happened on 30 October 2024."
    )
    filler = "It examines samples and keeps the results for ten years, a spokesperson of Labquick said.\n\n"
    closing = (
        "Sanitas Nord said that Labquick had told it of the theft of health records on 2 November 2024. "
        "Labquick was hacked on 30 October 2024."
    )
    text = f"{opening}\n\n{filler * (LONGEST // len(filler))}{closing}"
    (told,) = ProseExtractor().extract(document("a.txt", text.encode()))
    assert [date.date.edtf for date in told.dates if date.what is DateOf.OCCURRED] == ["2024-10-30"]
    assert "2024-11-02" in {date.date.edtf for date in told.dates}
    assert all(text[slice(*proof.span)] == proof.quote for proof in proofs(told))
