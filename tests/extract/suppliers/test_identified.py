from __future__ import annotations

import pytest

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Document, Listing


def read(*rows):
    text = "\n".join(rows) + "\n"
    return list(SupplierTableExtractor().extract(Document("list.csv", text, "0")))


def identifiers(*rows):
    """Name -> identifiers of all the rows together."""
    found = {}
    for one in read(*rows):
        for party in one.parties if isinstance(one, Listing) else ():
            found.setdefault(party.name, set()).update(party.identifiers)
    return {name: told for name, told in found.items() if told}


OWN, OTHER = "529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12"


@pytest.mark.parametrize(
    "heading",
    ["LEI", "Supplier LEI", "supplier_lei", "LEI code", "Vendor's LEI", "LEI of the supplier", "LEI (Supplier)",
     "Legal Entity Identifier", "Legal Entity Identifier (LEI)", "Third-party provider LEI", "Company LEI"],
)  # fmt: skip
def test_a_column_of_leis_is_the_suppliers(heading):
    assert identifiers(f"Customer,Supplier,Purpose,{heading}", f"Elm,Birch,Mail,{OWN.lower()}") == {
        "Birch": {f"lei:{OWN}"}
    }


@pytest.mark.parametrize(
    ("header", "whose"),
    [
        ("Customer,Customer LEI,Supplier", "Elm"),
        ("Customer,LEI,Supplier", "Elm"),
        ("Customer,LEI of the customer,Supplier", "Elm"),
        ("Company,Company LEI,Sub-processor", "Elm"),
        ("Supplier,LEI,Customer", "Elm"),
        ("Supplier,Customer LEI,Customer", "Birch"),
        ("Customer,Parent LEI,Supplier", None),
        ("Customer,LEI expiry,Supplier", None),
    ],
)
def test_a_column_is_whose_its_heading_or_place_tells(header, whose):
    assert identifiers(header, f"Elm,{OWN},Birch") == ({whose: {f"lei:{OWN}"}} if whose else {})


def test_a_column_behind_the_customer_at_the_end_may_be_of_either():
    assert identifiers("Supplier,Customer,LEI", f"Birch,Elm,{OWN}") == {}


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Wikidata", "https://www.wikidata.org/wiki/Q552581", "wikidata:Q552581"),
        ("Wikidata ID", "q552581", "wikidata:Q552581"),
    ],
)
def test_the_form_of_an_identifier(heading, cell, told):
    rows = f"Customer,Supplier,{heading}", f"Elm,Birch,{cell}"
    assert identifiers(*rows) == {"Birch": {told}}
    (listing,) = read(*rows)
    assert not listing.notes


@pytest.mark.parametrize(("heading", "cell"), [("LEI", "123"), ("Wikidata", "item 5")])
def test_what_is_no_identifier_is_a_note_and_told(heading, cell):
    listing, notice = read(f"Customer,Supplier,{heading}", f"Elm,Birch,{cell}")
    assert [note.value for note in listing.notes] == [cell]
    assert (notice.place, "is no identifier of Birch" in notice.reason) == (f"row 1, {heading}", True)


@pytest.mark.parametrize("heading", ["Website", "Domain", "Vendor website", "URL"])
def test_an_address_may_be_that_of_a_group_or_a_product_and_is_a_note(heading):
    (listing,) = read(f"Customer,Supplier,{heading}", "Elm,Birch Mail,https://birch.example/mail")
    assert [note.value for note in listing.notes] == ["https://birch.example/mail"]
    assert not any(party.identifiers for party in listing.parties)


@pytest.mark.parametrize("cell", ["n/a", "-", "unknown"])
def test_a_word_for_none_is_no_identifier_and_told_of_nobody(cell):
    (listing,) = read("Customer,Supplier,LEI", f"Elm,Birch,{cell}")
    assert [note.value for note in listing.notes] == [cell]


def test_one_lei_at_many_suppliers_is_that_of_whose_list_it_is():
    rows = [f"Elm,{name},{OWN}" for name in ("Birch", "Dune", "Gorse")]
    assert identifiers("Customer,Supplier,LEI", *rows, "Elm,Holly,n/a") == {}
    assert set(identifiers("Customer,Supplier,LEI", *rows, f"Elm,Holly,{OTHER}")) == {"Birch", "Dune", "Gorse", "Holly"}


def test_a_list_with_a_title_has_identifiers_too():
    text = f"# Sub-processors of Elm Ltd\n\n| Sub-processor | Website | LEI |\n|---|---|---|\n| Birch | elm.example | {OWN} |\n| Dune | dune.example | |\n"
    found = list(SupplierTableExtractor().extract(Document("list.md", text, "0")))
    told = {party.name: set(party.identifiers) for one in found for party in one.parties}
    assert told == {"Elm Ltd": set(), "Birch": {f"lei:{OWN}"}, "Dune": set()}


def test_a_name_stands_in_the_column_of_names_and_not_in_that_of_leis():
    assert identifiers("Customer,Company,Supplier LEI", f"Elm,Birch,{OWN}") == {"Birch": {f"lei:{OWN}"}}


def test_different_leis_keep_suppliers_of_one_name_apart(build):
    rows = ["Customer,Supplier,LEI", f"Elm,Birch,{OWN}", f"Fir,Birch,{OTHER}"]
    graph = build({"a.csv": "\n".join(rows) + "\n"})
    assert {graph.find(f"lei:{lei}").label for lei in (OWN, OTHER)} == {"Birch"}
    assert graph.find(f"lei:{OWN}") != graph.find(f"lei:{OTHER}")
