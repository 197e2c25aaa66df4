"""Which objects of a JSON document are the records that a mapping speaks of."""

from __future__ import annotations

import json

import pytest

from kg.errors import DocumentError
from kg.extract.mapped.extractor import mapped
from kg.model import Document


def read(tmp_path, toml, text, name="own.csv"):
    path = tmp_path / "m.toml"
    path.write_text(toml, "utf-8")
    return list(mapped(path).extract(Document(name, text, "0")))


CASE = """records = "incident"
[columns]
id = "/id"
breached = "/name"
affected = "/clients/*/name"
occurred = "/when"
"""
K7 = {
    "id": "K-7",
    "name": "Quillmail",
    "when": "2025-03-01",
    "clients": [{"id": "c-12", "name": "Birch Bank"}, {"id": "c-13", "name": "Alder Labs"}],
}


@pytest.mark.parametrize(
    ("told", "place"),
    [(K7, "record 1"), ({"data": K7}, "/data"), ({"meta": {"page": 1}, "result": {"data": K7}}, "/result/data")],
)
def test_one_record_with_an_array_is_the_record_that_the_pointers_mean(tmp_path, told, place):
    (one,) = read(tmp_path, CASE, json.dumps(told), "case.json")
    assert (one.id, [(p.name, p.role) for p in one.parties]) == (
        "K-7",
        [("Quillmail", "breached"), ("Birch Bank", "affected_downstream"), ("Alder Labs", "affected_downstream")],
    )
    assert one.dates[0].evidence[0].place == f"{place}, /when"


def test_one_record_with_an_array_fits_by_pointers_that_lead_nowhere_in_the_array(tmp_path):
    toml = CASE.replace('"/id"', '"/case"').replace('"/name"', '"/firm"')
    text = json.dumps({"case": "K-7", "firm": "Quillmail", "clients": K7["clients"]})
    assert [one.id for one in read(tmp_path, toml, text, "case.json")] == ["K-7"]


@pytest.mark.parametrize(("name", "ids"), [("case.jsonl", ["K-7"]), ("case.json", ["c-12", "c-13"])])
def test_pointers_that_fit_both_mean_the_line_or_else_the_elements(tmp_path, name, ids):
    toml = 'records = "incident"\n[columns]\nid = "/id"\nbreached = "/name"\n'
    assert [one.id for one in read(tmp_path, toml, json.dumps(K7), name)] == ids


def test_an_envelope_that_has_a_name_too_stays_one(tmp_path):
    toml = 'records = "incident"\n[columns]\nid = "/id"\nbreached = "/name"\npublisher = "/name"\n'
    text = json.dumps({"name": "Our register", "cases": K7["clients"]})
    assert [one.parties[0].name for one in read(tmp_path, toml, text, "own.json")] == ["Birch Bank", "Alder Labs"]


def test_the_head_of_a_feed_or_of_a_list_is_no_record(tmp_path):
    head = {"id": "feed-7", "title": "Weekly feed", "date": "2025-06-01"}
    toml = 'records = "incident"\n[columns]\nid = "/id"\ntitle = "/title"\noccurred = "/date"\nbreached = "/victim"\n'
    text = json.dumps({**head, "incidents": [{"title": "One", "victim": "Oak"}, {"title": "Two", "victim": "Elm"}]})
    assert [one.title for one in read(tmp_path, toml, text, "own.json")] == ["One", "Two"]
    toml = '[columns]\nsupplier = "/name"\nservice = "/service"\n[constants]\ncustomer = "Alder"\n'
    text = json.dumps({"name": "Our list", "service": "2025", "vendors": [{"name": "Oak"}, {"name": "Elm"}]})
    found = read(tmp_path, toml, text, "own.json")
    assert [use.supplier for one in found for use in one.uses_vendor] == ["Oak", "Elm"]


def test_ids_in_an_array_are_no_ids_of_the_incident_around_it(tmp_path):
    toml = 'records = "incident"\n[columns]\nid = "/cases/*/id"\npublisher = "/of"\nbreached = "/cases/*/name"\n'
    text = json.dumps({"of": "Our register", "cases": K7["clients"]})
    with pytest.raises(DocumentError, match="does not fit"):
        read(tmp_path, toml, text, "own.json")


def test_a_listing_whose_pointers_begin_at_the_top(tmp_path):
    toml = '[columns]\ncustomer = "/of"\nsupplier = "/vendors/*/name"\nservice = "/vendors/*/for"\n'
    vendors = [{"name": "Oak", "for": "Mail"}, {"name": "Elm", "for": "Hosting"}]
    found = read(tmp_path, toml, json.dumps({"of": "Alder", "vendors": vendors}), "own.json")
    told = [(one.customer, one.supplier, one.service) for row in found for one in row.uses_vendor]
    assert told == [("Alder", "Oak", "Mail"), ("Alder", "Elm", "Hosting")]
