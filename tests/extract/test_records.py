from __future__ import annotations

import json

import pytest

from kg.extract.records import as_json
from kg.model import Affiliation, AffiliationKind, DataExposure, Evidence, Incident, Listing, Note

AFFILIATIONS = (
    Affiliation("Alder", AffiliationKind.SUBSIDIARY, "Birch", (Evidence("an arm of Birch", (7, 22), "row 1"),)),
    Affiliation("Alder", AffiliationKind.PRODUCT, "Birch", (Evidence("an arm", None, "row 1"),)),
    Affiliation("Alder", AffiliationKind.FORMER_NAME, "Elder"),
)


@pytest.mark.parametrize(
    "record", [Incident("D1", "", 1, affiliations=AFFILIATIONS), Listing(1, (), (), affiliations=AFFILIATIONS)]
)
def test_affiliations_are_told_with_kind_and_words(record):
    assert json.loads(json.dumps(as_json("a.txt", record)["affiliations"])) == [
        {"party": "Alder", "kind": "subsidiary", "other": "Birch", "quote": "an arm of Birch", "span": [7, 22]},
        {"party": "Alder", "kind": "product", "other": "Birch", "quote": "an arm", "span": None},
        {"party": "Alder", "kind": "former_name", "other": "Elder", "quote": None, "span": None},
    ]


def test_a_record_without_any_has_an_empty_list():
    assert as_json("a.txt", Listing(1, (), ()))["affiliations"] == []


def test_several_notes_with_one_key_are_all_told():
    notes = (Note("kind", "theft"), Note("desk", "north"), Note("kind", "fraud"), Note("desk", "north"))
    told = {"kind": ["theft", "fraud"], "desk": "north"}
    assert as_json("a.txt", Incident("D1", "", 1, notes=notes))["notes"] == told
    assert as_json("a.txt", Listing(1, (), (), notes=notes))["notes"] == told


def test_data_are_told_with_their_owner():
    data = (DataExposure("names", "names", owner="Alder"), DataExposure("mail", "emails"))
    told = as_json("a.txt", Incident("D1", "", 1, data_types=data))["data_types"]
    assert [exposed["owner"] for exposed in told] == ["Alder", None]
