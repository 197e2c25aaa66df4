"""The EU's register of information: the codes and the names of providers."""

from __future__ import annotations

import pytest

from kg.extract.mapped.extractor import mapped
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.register_columns import identifier
from kg.model import Document

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
    assert identifier(code, kind) == told


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
