"""The EU's register of information: the codes and the names of providers."""

from __future__ import annotations

import pytest

from kg.extract.mapped.extractor import mapped
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.register_columns import registered
from kg.model import Defect, Document

LEI = "5493001KJTIIGC8Y1R12"


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        (LEI, "", f"lei:{LEI}"),
        ("DE 123 456 789", "VAT", "vat:DE123456789"),
        ("DE123456789", "eba_qCO:qx2004", "vat:DE123456789"),
        ("01234567890", "IT_VAT", "vat:IT01234567890"),
        ("01234567890", "VAT", ""),
        ("DE000000000", "VAT", ""),
        ("DEK1101R.HRB116737", "EUID", "euid:DEK1101R.HRB116737"),
        ("HRB116737", "EUID", ""),
        ("HRB 116737", "DE_CRN", ""),
        ("L01X00T47", "DE_PNR", ""),
        ("DE123456789", "", ""),
    ],
)
def test_codes_of_the_register_that_are_one_organization_s_everywhere(code, kind, told):
    assert registered(code, kind) == told


def test_providers_by_other_codes_are_joined_with_their_names(tmp_path):
    used = "B_02.02.0010,B_02.02.0020,B_02.02.0030,B_02.02.0040\nC1,529900T8BM49AURSDO55,DE123456789,VAT\n"
    named = "B_05.01.0010,B_05.01.0020,B_05.01.0050,B_05.01.0060\nDE123456789,VAT,Müller Netze GmbH,Mueller Netze GmbH\nBG123456789,VAT,Ела ООД,Ela OOD\n"
    (tmp_path / "owner.toml").write_text('[constants]\ncustomer = "Alder Bank"\n', "utf-8")
    owned = mapped(tmp_path / "owner.toml")
    (one,) = SupplierTableExtractor().extract(Document("used.csv", used, "0" * 64))
    first, second = owned.extract(Document("named.csv", named, "0" * 64))
    assert one.parties[1].identifiers == first.parties[1].identifiers == ("vat:DE123456789",)
    assert [listing.parties[1].name for listing in (first, second)] == ["Müller Netze GmbH", "Ela OOD"]
    assert {note.value for note in first.notes} == {"VAT", "Müller Netze GmbH", "Mueller Netze GmbH"}
    assert {note.value for note in second.notes} == {"VAT", "Ела ООД"}


def test_a_provider_has_the_additional_code_too(tmp_path):
    header = "B_05.01.0010,B_05.01.0020,B_05.01.0030,B_05.01.0040,B_05.01.0050\n"
    (tmp_path / "owner.toml").write_text('[constants]\ncustomer = "Alder Bank"\n', "utf-8")
    text = f"{header}{LEI},LEI,DE123456789,DE_VAT,Elm GmbH\n{LEI},LEI,HRB 1,DE_CRN,Elm GmbH\n"
    one, two = mapped(tmp_path / "owner.toml").extract(Document("named.csv", text, "0" * 64))
    assert one.parties[1].identifiers == (f"lei:{LEI}", "vat:DE123456789")
    assert two.parties[1].identifiers == (f"lei:{LEI}",)
    assert {note.value for note in two.notes} == {"LEI", "HRB 1", "DE_CRN"}


NAMES = "B_05.01.0010,B_05.01.0020,B_05.01.0050,B_05.01.0100\n"


def told(found):
    return [
        ([party.name for party in one.parties], [(use.customer, use.supplier) for use in one.uses_vendor])
        for one in found
    ]


def test_providers_of_nobody_that_is_told_keep_their_names_and_codes():
    document = Document("named.csv", f"{NAMES}{LEI},LEI,Elm GmbH,\nHRB 1,DE_CRN,Oak AG,700\n,LEI,,\n", "0" * 64)
    *found, nobody = SupplierTableExtractor().extract(document)
    assert told(found) == [(["Elm GmbH"], []), (["Oak AG"], [])]
    assert found[0].parties[0].identifiers == (f"lei:{LEI}",)
    assert {note.value for note in found[1].notes} == {"HRB 1", "DE_CRN", "700"}
    assert nobody == Defect("row 3", "names no supplier")
    for header in ("B_02.02.0010,B_02.02.0030,B_02.02.0060", "B_05.02.0010,B_05.02.0030,B_05.02.0050"):
        (nobody,) = SupplierTableExtractor().extract(Document("used.csv", f"{header}\nC1,{LEI},1\n", "0" * 64))
        assert nobody.reason.startswith("names no customer: neither a column")


@pytest.mark.parametrize(
    ("paid", "direct"),
    [(("1200.50", ""), [True, False]), (("0.00", "700"), [False, True]), (("", "0"), [True, True])],
)
def test_the_owner_of_a_register_has_the_providers_that_it_pays_where_it_tells_that_of_any(tmp_path, paid, direct):
    (tmp_path / "owner.toml").write_text('[constants]\ncustomer = "Alder Bank"\n', "utf-8")
    rows = "".join(f"{LEI},LEI,{name},{amount}\n" for name, amount in zip(("Elm", "Oak"), paid, strict=True))
    found = mapped(tmp_path / "owner.toml").extract(Document("named.csv", NAMES + rows, "0" * 64))
    assert told(found) == [
        (["Alder Bank", name], [("Alder Bank", name)]) if its else ([name], [])
        for name, its in zip(("Elm", "Oak"), direct, strict=True)
    ]
