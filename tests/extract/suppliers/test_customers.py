"""Several customers in one cell, and customers that are the keys of JSON objects."""

from __future__ import annotations

import json

import pytest

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.several import customers_in
from kg.model import Defect, Document
from tests.extract.suppliers.test_cells import extracted


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Acme; Globex, Initech", ["Acme", "Globex", "Initech"]),
        ("Smith, Jones & Co., Inc.", ["Smith, Jones & Co., Inc."]),
        ("Ernst & Young LLP; Smith, Jones & Co., Inc.;", ["Ernst & Young LLP", "Smith, Jones & Co., Inc."]),
        ("Acme, Inc., Globex LLC", ["Acme, Inc.", "Globex LLC"]),
        ("Acme, S.A., Birch B.V.", ["Acme, S.A.", "Birch B.V."]),
        ("Acme (US, UK), Birch", ["Acme (US, UK)", "Birch"]),
        ("Acme, Germany", ["Acme, Germany"]),
        ("Acme, Globex, and Initech Corp.", ["Acme", "Globex", "Initech Corp."]),
        ("Acme\nBirch; Acme", ["Acme", "Birch"]),
        ("- Acme, - Globex", ["Acme", "Globex"]),
        ("Alder, makers of chairs", ["Alder, makers of chairs"]),
        (" ; , ", []),
    ],
)
def test_the_customers_of_a_cell(cell, names):
    assert customers_in(cell, plural=True) == names


def test_each_customer_of_a_cell_has_its_own_quote():
    text = 'Supplier,Customers,Purpose\nElm,"Acme; ""Quo"" Ltd",pay\nAcme,"Acme; Birch",own\nFern,"Fern;Fern Inc.",own\nOak,Acme Inc.,x\n'
    first, second, third, fourth = extracted(text)
    assert [(one.customer, one.supplier, one.evidence[1].quote) for one in first.uses_vendor] == [
        ("Acme", "Elm", "Acme"),
        ('"Quo" Ltd', "Elm", '""Quo"" Ltd'),
    ]
    assert [party.name for party in first.parties] == ["Acme", '"Quo" Ltd', "Elm"]
    assert [one.customer for one in second.uses_vendor] == ["Birch"]
    assert [(note.key, note.value) for note in second.notes] == [("customer", "names Acme as its own supplier")]
    assert third == Defect("row 3", "names Fern as its own supplier; names Fern Inc. as its own supplier")
    assert [(one.customer, len(one.evidence)) for one in fourth.uses_vendor] == [("Acme Inc.", 1)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Alder Labs; Cedar Cloud", ["Alder Labs", "Cedar Cloud"]),
        ("Alder Labs\nCedar Cloud", ["Alder Labs", "Cedar Cloud"]),
        ("• Acme, Inc.\n• Globex LLC", ["Acme, Inc.", "Globex LLC"]),
        ("- Acme\n- Globex\n- Initech", ["Acme", "Globex", "Initech"]),
        ("Acme,\nGlobex,\nInitech", ["Acme", "Globex", "Initech"]),
        ("Oak Bank,\nN.A.", ["Oak Bank, N.A."]),
        ("Alder Labs;\nCedar\nCloud", ["Alder Labs", "Cedar Cloud"]),
        ("Acme, Globex, Initech", ["Acme, Globex, Initech"]),
        ("Acme | Globex", ["Acme | Globex"]),
        ("Acme GmbH\nHauptstr. 3\n10115 Berlin", ["Acme GmbH Hauptstr. 3 10115 Berlin"]),
        ("Acme GmbH; Vertrieb", ["Acme GmbH; Vertrieb"]),
        ("Alder Labs; all of its customers", ["Alder Labs; all of its customers"]),
        ("Alder Labs (Berlin; Paris)", ["Alder Labs (Berlin; Paris)"]),
    ],
)
def test_a_column_of_one_customer_may_hold_several(cell, names):
    (one,) = extracted(f'Supplier,Customer\nElm,"{cell}"\n')
    assert [told.customer for told in one.uses_vendor] == names


KEYED = {"Acme": ["Stripe", "AWS (until May 2026)", ""], "Birch & Co": ['Twilio "SendGrid"', 7]}


@pytest.mark.parametrize(
    ("name", "value"),
    [("t.json", {"updated": "2025", "subprocessors": KEYED}), ("vendors.json", KEYED)],
    ids=["told by a key", "told by the file's name"],
)
def test_suppliers_under_the_names_of_their_customers(name, value):
    told = extracted(json.dumps(value), name)
    listings = [one for one in told if not isinstance(one, Defect)]
    assert [(one.number, one.uses_vendor[0].customer, one.uses_vendor[0].supplier) for one in listings] == [
        (1, "Acme", "Stripe"),
        (2, "Acme", "AWS"),
        (4, "Birch & Co", 'Twilio "SendGrid"'),
    ]
    assert [one.reason for one in told if isinstance(one, Defect)] == [
        "names no supplier",
        "is no name as the others are",
    ]
    assert listings[0].uses_vendor[0].evidence[1].quote == "Acme"


def test_suppliers_with_more_than_a_name_under_their_customers():
    value = {
        "suppliers": {
            "Acme": [{"name": "Stripe", "purpose": "payments", "status": "active"}],
            "Birch": [{"name": "Elm", "status": "removed"}],
        }
    }
    told = extracted(json.dumps(value), "t.json")
    assert [(u.customer, u.supplier, u.service) for one in told for u in one.uses_vendor] == [
        ("Acme", "Stripe", "payments"),
        ("Birch", "Elm", ""),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.json", '{"Acme": ["Stripe", "AWS"]}'),
        ("vendors.json", '{"acme": ["CVE-2024-1"]}'),
        ("vendors.json", '{"countries": ["Germany"], "services": ["Hosting"]}'),
        ("vendors.json", '{"data": ["Stripe"]}'),
        ("vendors.json", '{"Acme": ["https://stripe.example"]}'),
        ("vendors.json", '{"Acme": ["payments", "hosting of mail", "Stripe"]}'),
    ],
)
def test_other_arrays_are_no_suppliers(name, text):
    assert not SupplierTableExtractor().recognizes(Document(name, text, "0"))
