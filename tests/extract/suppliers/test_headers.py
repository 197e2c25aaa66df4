"""Headers of two rows, headers that come again, and tables that are written across."""

from __future__ import annotations

import pytest
from documents import mutants

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Document, Listing


def read(text):
    document = Document("list", text, "0" * 64)
    assert SupplierTableExtractor().recognizes(document)
    return list(SupplierTableExtractor().extract(document))


def told(text):
    listed = (item for item in read(text) if not isinstance(item, Defect))
    return [(use.customer, use.supplier, use.service) for item in listed for use in item.uses_vendor]


TWO_ROWS = {
    "csv": "Alder Sub-processors,,\nSub-processor,,Purpose\nName,Country,\nOak,CH,files\n",
    "markdown": "# Alder Sub-processors\n\n|Sub-processor| |Purpose|\n|--|--|--|\n|**Name**|Country| |\n|Oak|CH|files|\n",
    "rows": "<h1>Alder Sub-processors</h1><table><thead><tr><th rowspan=2>Sub-processor<th colspan=2>Processing<tr><th>Purpose<th>Country</thead><tr><td>Oak<td>files<td>CH</table>",
    "blank": "Alder Sub-processors,,\nSub-processor,Processing,\n,Purpose,Country\nOak,files,CH\n",
    "above": "<h1>Alder Sub-processors</h1><table><tr><th colspan=3>Data processing<th>Use<tr><td>Name<td>Purpose<td>Country<td>Since<tr><td>Oak<td>files<td>CH<td></table>",
}


@pytest.mark.parametrize("text", TWO_ROWS.values(), ids=TWO_ROWS)
def test_a_second_row_of_names_of_columns_goes_on_with_the_header(text):
    (listing,) = read(text)
    assert told(text) == [("Alder", "Oak", "files")]
    assert listing.notes[0].key.endswith("Country")


def test_both_rows_of_a_header_tell_what_a_column_is():
    text = "Customer,,Supplier,\nName,Address,Name,Purpose\nAlder,CH,Oak,files\nCustomer,,Supplier,\nName,Address,Name,Purpose\nAlder,CH,Elm,mail\n"
    assert told(text) == [("Alder", "Oak", "files"), ("Alder", "Elm", "mail")]


@pytest.mark.parametrize("row", ["Oak,Purpose", "Partner Bank,Support"])
def test_a_row_that_names_somebody_is_no_header(row):
    assert told(f"Alder Sub-processors,\nSub-processor,Purpose\n{row}\n") == [("Alder", *row.split(","))]


@pytest.mark.parametrize(
    "again",
    [
        "Customer,Supplier,Product",
        "customer,SUPPLIER,Service",
        "Client,Vendor,Purpose",
        "Supplier,Customer,Country",
        "Customer,Supplier",
        "Company,Vendor,various",
    ],
)
@pytest.mark.parametrize("between", ["", ",,\n"])
def test_a_header_that_comes_again_is_no_relationship(again, between):
    text = f"Customer,Supplier,Service\nAlder,Oak,files\n{between}{again}\nAlder,Elm,print\n"
    assert told(text) == [("Alder", "Oak", "files"), ("Alder", "Elm", "print")]
    found = SupplierTableExtractor().extract(Document("t.csv", text, "0"))
    wrong = [one.reason for one in found if isinstance(one, Defect)]
    same = again.casefold() in ("customer,supplier,service", "customer,supplier")
    assert wrong == ([] if same else ["names the columns once more; what is below is read by the names above"])


def test_a_header_of_the_suppliers_of_one_customer_comes_again_with_another_name():
    text = "Alder Sub-processors,\nSub-processor,Purpose\nOak,files\nSub-processor,Location\nElm,CH\n"
    assert [(customer, supplier) for customer, supplier, _ in told(text)] == [("Alder", "Oak"), ("Alder", "Elm")]


@pytest.mark.parametrize(
    "row",
    [
        "Alder,Elm,Supplier",
        "Customer,Elm,Supplier",
        "Customer Alliance,Supplier Risk,Service",
        "Alder,Company,Customer",
    ],
)
def test_a_row_that_has_a_word_of_the_header_is_no_header(row):
    text = f"Customer,Supplier,Service\nAlder,Oak,files\n{row}\n"
    assert told(text)[1:] == [tuple(row.split(","))]


ACROSS = {
    "csv": 'Alder Sub-processors,\nSub-processor,"Oak, Inc.",Elm,\nPurpose,"files ""and"" more",mail\nCountry,CH\n',
    "markdown": '# Alder Sub-processors\n\n|Sub-processor:|Oak, Inc.|Elm| |\n|--|--|--|--|\n|Purpose:|files "and" more|mail|\n|Processing country:|CH|\n',
    "cells": '<h1>Alder Sub-processors</h1><table><tr><td>Name<td>Oak, Inc.<td>Elm<tr><td>Purpose<td>files "and" more<td>mail<tr><td>Country<td>CH<td></table>',
    "heads": '<h1>Alder Sub-processors</h1><table><tr><th>Purpose<td>files "and" more<td>mail<tr><th>Sub-processor<td>Oak, Inc.<td>Elm</table>',
    "tables": '<h1>Alder Sub-processors</h1><table><tr><th>Sub-processor<td>Oak, Inc.<tr><th>Purpose<td>files "and" more</table><table><tr><th>Sub-processor<td>Elm<tr><th>Purpose<td>mail</table>',
}


@pytest.mark.parametrize("text", ACROSS.values(), ids=ACROSS)
def test_a_table_written_across_is_read_by_its_columns(text):
    assert told(text) == [("Alder", "Oak, Inc.", 'files "and" more'), ("Alder", "Elm", "mail")]
    for item in read(text):
        assert isinstance(item, Listing)
        proofs = [*item.uses_vendor[0].evidence, *(proof for party in item.parties for proof in party.evidence)]
        assert all(text[slice(*proof.span)] == proof.quote for proof in proofs)
    assert ("column 2" in item.uses_vendor[0].evidence[0].place) == ("table 2" in item.uses_vendor[0].evidence[0].place)


PARTS = {
    "html": "<h1>Alder Sub-processors</h1><table><tr><th>Sub-processor<td>Oak<tr><th>Purpose<td>files<tr><th>Sub-processor<td>Elm<tr><th>Purpose<td>mail<tr><th>Country<td>CH</table>",
    "order": "<h1>Alder Sub-processors</h1><table><tr><th>Purpose<td>files<tr><th>Sub-processor<td>Oak<tr><th>Purpose:<td>mail<tr><th>Country<td>CH<tr><th>Sub-Processor<td>Elm</table>",
    "markdown": "# Alder Sub-processors\n\n|Sub-processor|Oak|\n|--|--|\n|Purpose|files|\n|Country||\n|Sub-processor|Elm|\n|Country|CH|\n|Purpose|mail|\n",
    "csv": "Alder Sub-processors,\nSub-processor,Oak\nPurpose,files\nSub-processor,Elm\nPurpose,mail\nCountry,CH\n",
}


@pytest.mark.parametrize("text", PARTS.values(), ids=PARTS)
def test_names_that_begin_again_in_the_first_column_tell_of_the_next_supplier(text):
    assert told(text) == [("Alder", "Oak", "files"), ("Alder", "Elm", "mail")]
    oak, elm = read(text)
    assert ([note.value for note in oak.notes], [note.value for note in elm.notes]) == ([], ["CH"])
    quotes = [item.uses_vendor[0].evidence[0].quote for item in (oak, elm)]
    assert ["Oak" in quote for quote in quotes] == ["files" in quote for quote in quotes] == [True, False]
    assert [item.uses_vendor[0].evidence[0].place for item in (oak, elm)] == ["column 2, part 1", "column 2, part 2"]


def test_each_part_of_a_table_written_across_may_have_several_columns():
    parts = "".join(f"|Supplier|Oak {n}|Elm {n}|\n|Purpose|files|mail|\n" for n in range(20))
    text = "# Alder Sub-processors\n\n" + parts.replace("\n", "\n|--|--|--|\n", 1)
    assert told(text) == [("Alder", *use) for n in range(20) for use in ((f"Oak {n}", "files"), (f"Elm {n}", "mail"))]


@pytest.mark.parametrize("names", [("Purpose", "Supplier", "Supplier"), ("Country", "Supplier", "Purpose", "Supplier")])
def test_a_table_written_across_that_does_not_tell_its_suppliers_apart_is_refused(names):
    rows = "".join(f"{name},{name} {n}\n" for n, name in enumerate(names))
    (refused,) = read(f"Alder Sub-processors,\n{rows}")
    assert isinstance(refused, Defect)
    assert refused.place == "column 1"


def test_a_state_over_all_columns_of_a_table_written_across_holds_below_it():
    text = PARTS["html"].replace(
        "<tr><th>Sub-processor<td>Elm", "<tr><td colspan=2>Removed on 1 June 2025<tr><th>Sub-processor<td>Elm"
    )
    assert [(str(use.status), use.valid_until and use.valid_until.edtf) for item in read(text) for use in item.uses_vendor] == [("active", None), ("ended", "2025-06-01")]  # fmt: skip


def test_a_customer_in_a_table_written_across():
    text = "Supplier,Oak,Elm\nCustomer,Alder,Birch\nPurpose,files,mail\n"
    assert told(text) == [("Alder", "Oak", "files"), ("Birch", "Elm", "mail")]


def test_names_with_words_of_headers_are_suppliers():
    text = "# Alder Sub-processors\n\n|Sub-processor|Usage|\n|--|--|\n|Data Hosting GmbH|files|\n|Email Services Ltd|mail|\n"
    assert [use[1] for use in told(text)] == ["Data Hosting GmbH", "Email Services Ltd"]


@pytest.mark.parametrize("text", [*TWO_ROWS.values(), *ACROSS.values(), *PARTS.values()])
def test_broken_pages_are_quoted_as_they_are(text):
    for mutant in mutants([text], 20, seed=29):
        for item in SupplierTableExtractor().extract(Document("list", mutant, "0" * 64)):
            proofs = [] if isinstance(item, Defect) else [proof for use in item.uses_vendor for proof in use.evidence]
            assert all(mutant[slice(*proof.span)] == proof.quote for proof in proofs)
