"""Cells of a document of one's own that hold several values."""

from __future__ import annotations

import json

import pytest

from kg.extract.mapped.extractor import mapped
from kg.model import Document


def read(tmp_path, toml, text, name="own.csv"):
    path = tmp_path / "m.toml"
    path.write_text(toml, "utf-8")
    return list(mapped(path).extract(Document(name, text, "0")))


OF_BIRCH = '[columns]\nsupplier = "Vendor"\n[constants]\ncustomer = "Birch Bank"\n'
HIT = 'records = "incident"\n[columns]\naffected = "Vendor"\n[constants]\nbreached = "Quillmail"\n'


def in_cell(tmp_path, toml, cell):
    """The vendors of a listing, or the affected of an incident, that a cell of a page names."""
    page = f"<html><table><tr><th>Vendor<th>Purpose<tr><td>{cell}</td><td>Mail</td></table>"
    (one,) = read(tmp_path, toml, page, "own.html")
    return [use.customer if use.supplier == "Quillmail" else use.supplier for use in one.uses_vendor]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("<ul><li>Snowflake</li><li>Okta</li></ul>", ["Snowflake", "Okta"]),
        ("<del>Ash</del> Opal Host", ["Opal Host"]),
        ("Alder Labs, Inc., Cedar Foods plc", ["Alder Labs, Inc.", "Cedar Foods plc"]),
        ("<ul><li>Alder Labs, Inc.</li><li>Cedar Foods plc, Okta</li></ul>", ["Alder Labs, Inc.", "Cedar Foods plc", "Okta"]),
        ("Smith, MD, , Okta", ["Smith, MD", "Okta"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("toml", "field"), [(OF_BIRCH, "supplier"), (HIT, "affected")])
def test_list_items_and_names_between_commas_are_several_with_a_separator(tmp_path, toml, field, cell, names):
    assert in_cell(tmp_path, f'{toml}[separators]\n{field} = ","\n', cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("<ul><li>Snowflake</li><li>Okta</li></ul>", ["Snowflake", "Okta"]),
        ("Ash<br>Opal Host<br>Harbor CRM GmbH", ["Ash", "Opal Host", "Harbor CRM GmbH"]),
        ("Opal<br>Host", ["Opal Host"]),
        ("Ash, Opal Host, Okta", ["Ash, Opal Host, Okta"]),
    ],
)
def test_lines_of_a_listing_are_several_where_they_are_without_a_mapping(tmp_path, cell, names):
    assert in_cell(tmp_path, OF_BIRCH, cell) == names


def test_customers_on_lines_of_a_listing_have_their_own_quotes(tmp_path):
    toml = '[columns]\ncustomer = "Customer"\nsupplier = "Vendor"\n'
    (one,) = read(tmp_path, toml, 'Customer,Vendor\n"Alder\nBirch",Oak\n')
    assert [(p.name, p.evidence[0].quote) for p in one.parties if p.name != "Oak"] == [
        ("Alder", "Alder"),
        ("Birch", "Birch"),
    ]


def test_a_semicolon_before_a_legal_form_parts_names(tmp_path):
    text = "Vendor,For\nAlder; SAS; Oak,Mail\n"
    (one,) = read(tmp_path, f'{OF_BIRCH}[separators]\nsupplier = ";"\n', text)
    assert [use.supplier for use in one.uses_vendor] == ["Alder", "SAS", "Oak"]
    (one,) = read(tmp_path, 'records = "incident"\n[columns]\naffected = "/hit"\nbreached = "/of"\n[separators]\naffected = ","\n',
                  json.dumps([{"of": "Oak", "hit": ["Alder, Inc., Birch", "Elm"]}]), "own.json")  # fmt: skip
    assert [use.customer for use in one.uses_vendor] == ["Alder, Inc.", "Birch", "Elm"]
