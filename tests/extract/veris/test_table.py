"""VERIS in CSV: R's columns and verispy's give the same facts as the JSON, with cells for evidence, and nothing is lost."""

from __future__ import annotations

import csv
import io

import pytest
from documents import mutants

from kg.extract import choose, extracted
from kg.extract.veris.extractor import VerisExtractor
from kg.model import Certainty, Defect, Document, Incident, Role


def document(*rows, name="incidents.csv"):
    """A document with a row for each of some records, given by column."""
    written = io.StringIO()
    header = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(written, header, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return Document(name, written.getvalue(), "0" * 64)


R = {
    "incident_id": "A-1",
    "source_id": "example",
    "security_incident": "Confirmed",
    "summary": "Intruders took tickets from Quillfern, whose help desk others use.",
    "victim.victim_id": "Quillfern",
    "victim.industry": "513210",
    "victim.secondary.amount": "3",
    "victim.secondary.victim_id": "Alder Labs;541715, Birch Hosting Inc.",
    "actor.external.variety.Organized.crime": 1,
    "actor.external.variety.Activist": 0,
    "actor.external": 1,
    "actor.partner.motive.NA": 0,
    "actor.partner": 0,
    "action.hacking.variety.Use.of.stolen.creds": 1,
    "action.hacking.variety.SQLi": 0,
    "action.hacking": 1,
    "action.malware": 0,
    "asset.assets.Server": 1,
    "asset.assets.variety.S...Web.application": 1,
    "attribute.confidentiality.data_disclosure": "Yes",
    "attribute.confidentiality.data_total": "45000",
    "timeline.incident.year": "2025",
    "timeline.incident.month": "3",
    "timeline.incident.day": "",
    "plus.analyst": "ak",
}
VERISPY = {
    "incident_id": "A-1",
    "source_id": "example",
    "security_incident.Confirmed": True,
    "security_incident.Suspected": False,
    "summary": "Intruders took tickets from Quillfern, whose help desk others use.",
    "victim.victim_id": "Quillfern",
    "victim.industry": "513210",
    "victim.secondary.amount": "3.0",
    "victim.secondary.victim_id": "['Alder Labs;541715', 'Birch Hosting Inc.']",
    "actor.External": True,
    "actor.Partner": False,
    "actor.partner.notes": False,
    "actor.external.variety.Organized crime": True,
    "actor.external.variety.Activist": False,
    "action.Hacking": True,
    "action.hacking.variety.Use of stolen creds": True,
    "action.hacking.variety.SQLi": False,
    "asset.assets.variety.S - Web application": True,
    "attribute.confidentiality.data_disclosure.Yes": True,
    "attribute.confidentiality.data_total": "45000.0",
    "attribute.confidentiality.data.variety.Personal": True,
    "attribute.confidentiality.data.amount.Personal": "45000.0",
    "attribute.confidentiality.data.variety.Medical": False,
    "attribute.confidentiality.data.amount.Medical": "",
    "timeline.incident.year": "2025.0",
    "timeline.incident.month": "3.0",
    "timeline.incident.day": "nan",
    "pattern.System Intrusion": True,
}
PARTNER = {
    "incident_id": "A-2",
    "security_incident": "Suspected",
    "victim.victim_id": "Fernhill Credit Union",
    "actor.partner": 1,
    "actor.partner.notes": "Granite Records Storage Ltd.",
    "action.error": 1,
    "action.error.variety": "Loss, Misdelivery",
    "timeline.incident.year": "2012",
    "attribute.confidentiality.data.variety": "Bank",
}


@pytest.mark.parametrize("row", [R, VERISPY], ids=["R", "verispy"])
def test_columns_of_values_are_the_record_that_they_were(row):
    told = document(row)
    extractor = choose(told)
    (incident,) = extracted(extractor, told)
    assert extractor.name == "veris"
    assert (incident.id, incident.certainty) == ("A-1", Certainty.CONFIRMED)
    roles = {party.name: party.role for party in incident.parties}
    assert roles == {
        "Quillfern": Role.BREACHED, "Alder Labs": Role.AFFECTED_DOWNSTREAM, "Birch Hosting Inc.": Role.AFFECTED_DOWNSTREAM,
        "1 other secondary victim": Role.AFFECTED_DOWNSTREAM,
    }  # fmt: skip
    assert [(use.customer, use.supplier) for use in incident.uses_vendor] == [
        (name, "Quillfern") for name in list(roles)[1:]
    ]
    assert [date.date.edtf for date in incident.dates] == ["2025-03"]
    assert [count.low for count in incident.record_counts] == [45000]
    assert "data-breach" in {kind.concept for kind in incident.types}
    assert not [note for note in incident.notes if "partner" in note.key or "malware" in note.key]


def test_partners_are_the_vendors_and_values_in_one_cell_are_several():
    (incident,) = VerisExtractor().extract(document(PARTNER))
    assert isinstance(incident, Incident)
    assert incident.certainty is Certainty.SUSPECTED
    (use,) = incident.uses_vendor
    assert (use.customer, use.supplier) == ("Fernhill Credit Union", "Granite Records Storage Ltd")
    assert [exposed.text for exposed in incident.data_types] == ["Bank"]
    assert "third-party" in {kind.concept for kind in incident.types}


def test_every_quote_is_the_cell_and_every_cell_that_says_something_is_told():
    told = document(R, PARTNER | {"action.error.variety": "Loss", "actor.external": "whoever"})
    for incident in VerisExtractor().extract(told):
        assert isinstance(incident, Incident)
        proofs = [
            *(proof for kind in (incident.parties, incident.types, incident.dates, incident.notes) for one in kind for proof in one.evidence),
        ]  # fmt: skip
        assert proofs
        for proof in proofs:
            assert told.text[slice(*proof.span)] == proof.quote
            assert proof.place.startswith(f"row {incident.number}, ")
    notes = {note.key: note.value for note in incident.notes}
    assert notes["actor.external"] == "whoever"
    assert notes["action.error.variety"] == "Loss"


def test_rows_that_are_no_incident_or_repeat_one_are_defects():
    told = document(R, R, {"summary": "Totals", "victim.victim_id": "2"})
    read = list(VerisExtractor().extract(told))
    assert [item.reason for item in read if isinstance(item, Defect)] == ["repeats row 1", "is not a VERIS incident"]


def test_a_table_as_wide_as_the_schema_is_read():
    wide = {f"action.hacking.variety.Value {number}": False for number in range(2_400)}
    (incident,) = VerisExtractor().extract(document(VERISPY | wide))
    assert incident.id == "A-1"


def test_damaged_bytes_never_make_it_fail():
    for mutant in mutants([document(R, VERISPY, PARTNER).text], 100, seed=5):
        told = Document("incidents.csv", mutant, "0" * 64)
        for item in VerisExtractor().extract(told):
            assert isinstance(item, Defect) or all(
                told.text[slice(*proof.span)] == proof.quote for party in item.parties for proof in party.evidence
            )


DATA = "attribute.confidentiality.data"


@pytest.mark.parametrize(
    ("column", "cell", "kinds", "counts"),
    [
        (DATA, "[{'variety': 'Medical', 'amount': 1200}]", ["Medical"], [("1200", 1200)]),
        (DATA, '[{"variety": "Medical", "amount": null}, {"variety": "Bank"}]', ["Medical", "Bank"], []),
        (
            DATA,
            '[{"variety": "Medical", "amount": NaN}, {"variety": "Ban\\u006b", "amount": 5}]',
            ["Medical", "Bank"],
            [("5", 5)],
        ),
        (f"{DATA}.variety", "Personal:880, Medical:20", ["Personal", "Medical"], [("880", 880), ("20", 20)]),
        (f"{DATA}.variety", "Personal", ["Personal"], []),
    ],
)
def test_kinds_of_data_with_amounts_in_one_cell(column, cell, kinds, counts):
    row = {key: value for key, value in R.items() if not key.endswith("data_total")}
    (incident,) = VerisExtractor().extract(document({**row, column: cell}))
    assert [told.text for told in incident.data_types] == kinds
    assert all(told.concept for told in incident.data_types)
    assert [(count.evidence[0].quote, count.low) for count in incident.record_counts] == counts


def test_objects_that_cannot_be_read_stay_as_they_are():
    (incident,) = VerisExtractor().extract(document({**R, DATA: "[{'variety': ['Medical']}]"}))
    assert {note.key: note.value for note in incident.notes}[DATA] == "[{'variety': ['Medical']}]"
