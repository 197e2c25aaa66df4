from __future__ import annotations

import pytest

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Document, Listing


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
        ("Domain", "Birch.example", "domain:birch.example"),
        ("Vendor website", "https://www.birch.example/about", "domain:birch.example"),
        ("Webseite", "birch.example", "domain:birch.example"),
        ("URL", "http://birch.example", "domain:birch.example"),
    ],
)
def test_the_form_of_an_identifier(heading, cell, told):
    rows = f"Customer,Supplier,{heading}", f"Elm,Birch,{cell}"
    assert identifiers(*rows) == {"Birch": {told}}
    (listing,) = read(*rows)
    assert not listing.notes


@pytest.mark.parametrize(("heading", "cell"), [("LEI", "123"), ("Wikidata", "item 5"), ("Website", "see contract")])
def test_what_is_no_identifier_is_a_note_and_told(heading, cell):
    rows = [f"Elm,Dune,dune{at}.example" for at in range(2)] if heading == "Website" else []
    listing, notice, *_ = read(f"Customer,Supplier,{heading}", f"Elm,Birch,{cell}", *rows)
    assert [note.value for note in listing.notes] == [cell]
    assert (notice.place, "is no identifier of Birch" in notice.reason) == (f"row 1, {heading}", True)


@pytest.mark.parametrize(
    "cell", ["https://sites.google.com/birch", "https://birch.github.io", "https://www.linkedin.com/company/birch"]
)
def test_an_address_below_a_host_that_many_share_is_a_note(cell):
    (listing,) = read("Customer,Supplier,Website", f"Elm,Birch,{cell}")
    assert [note.value for note in listing.notes] == [cell]
    assert not any(party.identifiers for party in listing.parties)


@pytest.mark.parametrize("cell", ["n/a", "-", "unknown"])
def test_a_word_for_none_is_no_identifier_and_told_of_nobody(cell):
    (listing,) = read("Customer,Supplier,LEI", f"Elm,Birch,{cell}")
    assert [note.value for note in listing.notes] == [cell]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("Elm,Birch,elm.example/list", "Elm,Dune,elm.example/list"), {}),  # the page of the list
        (("Elm,Birch,elm.example/list",), {}),
        (("Elm,Birch,a.example/list", "Elm,Dune,a.example/list", "Fir,Dune,b.example/list"), {}),
        (("Elm,Birch,a.example/list", "Elm,Dune,a.example/list", "Elm,Gorse,gorse.example"), {"Gorse"}),
        (("Elm,Birch Cloud,birch.example", "Elm,Birch Mail,birch.example"), {}),  # a group is not one company
        (("Elm,Birch,dune.example", "Elm,Gorse,gorse.example"), {"Birch", "Gorse"}),  # a product of it
        (("Elm,Birch Inc.,birch.example", "Fir,Birch,birch.example"), {"Birch Inc.", "Birch"}),
        (("Elm,Birch,Finance", "Elm,Dune,Sales"), {}),
    ],
)
def test_an_address_that_is_not_the_suppliers_is_a_note(rows, told):
    assert set(identifiers("Customer,Supplier,Domain", *rows)) == set(told)
    read_rows = read("Customer,Supplier,Domain", *rows)
    assert not [one for one in read_rows if isinstance(one, Defect)]
    cells = [row.split(",") for row in rows]
    noted = [any(note.key == "Domain" for note in one.notes) for one in read_rows]
    assert noted == [supplier not in told for _, supplier, _ in cells]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("Elm,elm.example,Birch", "Fir,fir.example,Birch"), {"Elm", "Fir"}),
        (("Elm,elm.example,Birch", "Elm,elm.example,Dune", ",,Gorse"), {"Elm"}),
        (("Elm,lists.example/elm,Birch", "Fir,lists.example/fir,Birch"), set()),  # a host of lists
        (("Elm,birch.example,Birch", "Fir,dune.example,Dune"), set()),  # those of the suppliers
    ],
)
def test_the_address_of_a_customer(rows, told):
    assert set(identifiers("Customer,Website,Supplier", *rows)) == told


def test_one_lei_at_many_suppliers_is_that_of_whose_list_it_is():
    rows = [f"Elm,{name},{OWN}" for name in ("Birch", "Dune", "Gorse")]
    assert identifiers("Customer,Supplier,LEI", *rows, "Elm,Holly,n/a") == {}
    assert set(identifiers("Customer,Supplier,LEI", *rows, f"Elm,Holly,{OTHER}")) == {"Birch", "Dune", "Gorse", "Holly"}


def test_a_list_with_a_title_has_identifiers_too():
    text = f"# Sub-processors of Elm Ltd\n\n| Sub-processor | Website | LEI |\n|---|---|---|\n| Birch | elm.example | {OWN} |\n| Dune | dune.example | |\n"
    found = list(SupplierTableExtractor().extract(Document("list.md", text, "0")))
    told = {party.name: set(party.identifiers) for one in found for party in one.parties}
    assert told == {"Elm Ltd": set(), "Birch": {f"lei:{OWN}"}, "Dune": {"domain:dune.example"}}


def test_a_name_stands_in_the_column_of_names_and_not_in_that_of_leis():
    assert identifiers("Customer,Company,Supplier LEI", f"Elm,Birch,{OWN}") == {"Birch": {f"lei:{OWN}"}}


def test_different_leis_keep_suppliers_of_one_name_apart(build):
    rows = ["Customer,Supplier,LEI", f"Elm,Birch,{OWN}", f"Fir,Birch,{OTHER}"]
    graph = build({"a.csv": "\n".join(rows) + "\n"})
    assert {graph.find(f"lei:{lei}").label for lei in (OWN, OTHER)} == {"Birch"}
    assert graph.find(f"lei:{OWN}") != graph.find(f"lei:{OTHER}")
