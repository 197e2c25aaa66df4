"""Lists that name the subcontractors of suppliers beside them."""

from __future__ import annotations

import json

import pytest

from kg.extract.mapped.extractor import mapped
from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.model import Defect, Document
from tests.extract.suppliers.test_cells import extracted

BOTH = [("Alder Bank", "Dogwood Print"), ("Dogwood Print", "Birch Mail")]


def pairs(text, name="t.csv"):
    return [(use.customer, use.supplier) for one in extracted(text, name) for use in one.uses_vendor]


def below(cell, header="Subcontractors"):
    (one,) = extracted(f'Customer,Supplier,Service,{header}\nAlder Bank,Dogwood Print,letters,"{cell}"\n')
    return [use.supplier for use in one.uses_vendor[1:]], {note.key: note.value for note in one.notes}


@pytest.mark.parametrize(
    "header",
    [
        "Customer,Supplier,Subcontractors",
        "Customer,Supplier,Name of sub-processor",
        "Customer,Supplier,Key subcontractors",
        "Customer,Vendor Name,Fourth parties",
        "Customer,Vendor,Vendor's sub-processors",
        "Customer,Supplier,Sub-supplier",
        "Data controller,Processor,Sub-processor(s)",
        "Kunde,Dienstleister,Subdienstleister",
        "Auftraggeber,Dienstleister,Name des Unterauftragnehmers",
        "Client,Fournisseur,Sous-traitants ultérieurs",
        "Client,Sous-traitant,Sous-traitants ultérieurs",
        "Cliente,Proveedor,Subencargados",
        "Cliente,Fornitore,Subfornitori",
        "Klant,Leverancier,Onderaannemers",
    ],
)
def test_a_supplier_uses_the_subcontractors_beside_it(header):
    assert pairs(f"{header}\nAlder Bank,Dogwood Print,Birch Mail\n") == BOTH


@pytest.mark.parametrize(
    "header",
    [
        "Uses subcontractors (Y/N)",
        "Number of subcontractors",
        "Subcontractor oversight",
        "Subcontractor country",
        "Subcontracting allowed",
        "Sub-processor list URL",
        "Cloud Provider",
        "Reliance on sub-processors",
        "Unterauftragnehmer zulässig",
    ],
)
def test_columns_that_tell_something_of_them_name_none(header):
    assert "subcontractor" not in columns(("Customer", "Supplier", "Service", header))
    assert below("Quarterly Review", header) == ([], {header: "Quarterly Review"})


@pytest.mark.parametrize("other", ["Sub-processor entity", "Subprocessor", "Unterauftragsverarbeiter"])
def test_a_list_of_sub_processors_has_none_below_them(other):
    assert "subcontractor" not in columns(("Sub-processor", other, "Purpose"))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Birch Mail; Hazel IT", ["Birch Mail", "Hazel IT"]),
        ("Birch Mail, Hazel IT", ["Birch Mail", "Hazel IT"]),
        ("AWS (hosting), Twilio (SMS)", ["AWS", "Twilio"]),
        ("Amazon Web Services, Inc.", ["Amazon Web Services, Inc."]),
        ("Birch Mail\nHazel IT\nIvy Ltd", ["Birch Mail", "Hazel IT", "Ivy Ltd"]),
    ],
)
def test_a_cell_of_them_is_read_as_one_of_suppliers(cell, names):
    assert below(cell)[0] == names


@pytest.mark.parametrize(
    "cell",
    ["None", "n/a", "Yes", "TRUE", "3", "various", "Multiple", "See annex", "On request", "Yes - see DPA", "EU only", "Approved", "https://dogwood.example/subs",
     "No sub-processors", "Cloud hosting providers", "Birch Mail, others", "Dogwood Print"],
)  # fmt: skip
def test_what_names_nobody_stays_a_note(cell):
    assert below(cell) == ([], {"Subcontractors": cell})


def test_what_a_row_tells_is_not_of_the_subcontractor():
    (one,) = extracted(
        "Customer,Supplier,Service,Since,Status,Type,Subcontractors,LEI\n"
        "Alder Bank,Dogwood Print,letters,2023-01-02,ended,Affiliate,Birch Mail,549300ABCDEF12345678\n"
    )
    (use,) = one.uses_vendor  # Dogwood Print is an affiliate of Alder Bank's
    assert (use.customer, use.supplier, use.service, use.valid_from, str(use.status)) == (
        *BOTH[1], "", None, "active",
    )  # fmt: skip
    assert not any(party.identifiers for party in one.parties)


def test_it_is_told_once_for_several_customers_and_not_beside_several_suppliers():
    told = pairs("Customer,Supplier,Subcontractors\nAlder Bank; Cedar Bank,Dogwood Print,Birch Mail\n")
    assert told == [BOTH[0], ("Cedar Bank", "Dogwood Print"), BOTH[1]]
    (one,) = extracted("Customer,Supplier,Subcontractors\nAlder Bank,Dogwood Print; Elm Cloud,Birch Mail\n")
    assert len(one.uses_vendor) == 2
    assert [note.value for note in one.notes] == ["Birch Mail"]


def test_one_that_is_struck_through_is_no_longer_used():
    (one,) = extracted(
        "# Suppliers of Alder Bank\n\n| Supplier | Subcontractor |\n|--|--|\n| Dogwood Print | ~~Birch Mail~~ |\n",
        "t.md",
    )
    assert [str(use.status) for use in one.uses_vendor] == ["active", "ended"]


def test_a_row_that_is_refused_tells_of_none():
    (one,) = extracted("Customer,Supplier,Subcontractors\n,Dogwood Print,Birch Mail\n")
    assert isinstance(one, Defect)


def test_an_array_names_several():
    record = {"customer": "Alder Bank", "supplier": "Dogwood Print", "subcontractors": ["Birch Mail", "Hazel IT"]}
    assert pairs(json.dumps([record]), "t.json") == [*BOTH, ("Dogwood Print", "Hazel IT")]


def test_a_list_of_nothing_but_suppliers_and_subcontractors_is_of_the_suppliers():
    (one, _) = extracted(
        "Supplier,Subcontractor,Service,Since\nDogwood Print,Birch Mail,letters,2023-01-02\nElm Cloud,Hazel IT,x,\n"
    )
    (use,) = one.uses_vendor
    assert (use.customer, use.supplier, use.service, use.valid_from.edtf) == (*BOTH[1], "letters", "2023-01-02")
    assert pairs("Vendor Name,Fourth parties\nDogwood Print,Birch Mail\n") == [BOTH[1]]


@pytest.mark.parametrize(
    "cell",
    ["In-house", "Low", "High", "Link", "Yes, AWS", "Hosted on AWS", "Siehe AVV", "Genehmigungspflichtig", "SOC 2"],
)
def test_what_names_nobody_is_a_note(cell):
    assert below(cell) == ([], {"Subcontractors": cell})


@pytest.mark.parametrize("title", ["Sub-processors", "Annex III – Sub-processors"])
@pytest.mark.parametrize("first", ["Vendor", "Service provider", "Third party"])
def test_a_page_of_sub_processors_of_nobody_known_tells_no_pairs(title, first):
    page = f"# {title}\n\n| {first} | Sub-processor |\n|---|---|\n| Sentry | Functional Software, Inc. |\n"
    found = list(SupplierTableExtractor().extract(Document("a.md", page, "0")))
    assert not any(one.uses_vendor for one in found if not isinstance(one, Defect))


def test_a_vendor_register_with_fourth_parties_tells_no_pairs_with_its_own_terms():
    text = "Vendor,Fourth parties,Service,Contract start,Contract end,Status\nDogwood Print,AWS,letters,2020-01-01,2023-01-01,Terminated\n"
    assert not SupplierTableExtractor().recognizes(Document("t.csv", text, "0"))


def test_one_that_a_title_gives_to_somebody_is_of_that_one():
    text = "# Suppliers of Alder Bank\n\n| Supplier | Subcontractor |\n|--|--|\n| Dogwood Print | Birch Mail |\n"
    assert pairs(text, "t.md") == BOTH


def test_a_constant_of_a_mapping_gives_it_to_somebody(tmp_path):
    (tmp_path / "m.toml").write_text('records = "listing"\n[constants]\ncustomer = "Alder Bank"\n')
    mapping = mapped(tmp_path / "m.toml")
    found = Document("t.csv", "Supplier,Subcontractor\nDogwood Print,Birch Mail\n", "0")
    (one,) = mapping.extract(found)
    assert [(use.customer, use.supplier) for use in one.uses_vendor] == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "Vendor,Criticality,Subcontractors\nDogwood Print,high,Yes\nElm Cloud,low,No\n",
        "Business unit,Vendor,Fourth parties\nCards,Dogwood Print,Birch Mail\n",
        "Vendor,Sub-processor,Purpose\nDogwood Print,Yes,letters\nElm Cloud,No,hosting\n",
        "Vendor,Subcontractors,Service\nDogwood Print,,letters\nElm Cloud,Birch Mail,hosting\n",
        "Vendor,Service,Contract end,Subcontractors\nDogwood Print,letters,2025-01-01,Birch Mail\n",
    ],
)
def test_a_list_of_suppliers_of_nobody_knows_whom_is_none_of_subcontractors(text):
    assert not SupplierTableExtractor().recognizes(Document("t.csv", text, "0"))


@pytest.mark.parametrize(
    ("title", "header", "uses"),
    [
        ("Acme Ltd sub-processors", "Vendor | Sub-processor", [("Acme Ltd", "Oak Inc.")]),
        (
            "Acme Ltd sub-processors",
            "Sub-processor | Fourth parties",
            [("Acme Ltd", "Oak Inc."), ("Oak Inc.", "Elm Mail")],
        ),
    ],
)
def test_a_page_of_sub_processors_has_these_in_a_column_of_that_name(title, header, uses):
    page = f"# {title}\n\n| {header} |\n|---|---|\n| Oak Inc. | Elm Mail |\n"
    assert sorted(set(pairs(page, "a.md"))) == sorted(uses)


@pytest.mark.parametrize(
    ("header", "direct"),
    [
        ("Client;Prestataire tiers de services TIC;Sous-traitants", True),
        ("Cliente;Proveedor tercero de servicios TIC;Subcontratistas", True),
        ("Klant;Derde aanbieder van ICT-diensten;Onderaannemers", True),
        ("Kunde;IKT-Drittdienstleister;Unterauftragnehmer", True),
        ("Cliente;Fornitore terzo di servizi TIC;Subappaltatori", True),
        ("Customer;Managed service provider;Sub-processors", True),
        ("Customer;Provider of IT services;Subcontractors", True),
        ("Auftraggeber;Auftragnehmer;Unterauftragnehmer", True),
        ("Customer;Contractor;Subcontractors", False),
        ("Customer;Vendor tier;Sub-processor", False),
        ("Customer;Third-party tool;Sub-processor", False),
    ],
)
def test_subcontractors_stand_behind_those_who_work_for_the_customer_whatever_these_are_called(header, direct):
    told = pairs(f"{header}\nAlder Bank;Dogwood Print;Birch Mail\n")
    assert told == (BOTH if direct else [("Alder Bank", "Birch Mail")])


@pytest.mark.parametrize("header", ["Customer;Sub-processor;Managed service provider", "Client;Sous-traitant;Finalité"])
def test_a_column_of_sub_processors_that_stands_first_has_the_direct_ones(header):
    assert pairs(f"{header}\nAlder Bank;Dogwood Print;Birch Mail\n") == BOTH[:1]


def test_a_chain_of_supply_goes_by_the_recipient_and_not_by_whose_contract_it_is():
    header = "Client,ICT provider,Service,Rank,Recipient of sub-contracted services,Start date\n"
    rows = ["Dogwood Print,letters,1,,2020-01-01", "Birch Mail,mail,2,Dogwood Print,2020-01-01", "Elm,files,2,n/a,"]
    *told, reason = extracted(header + "".join(f"Alder Bank,{row}\n" for row in rows))
    assert [(use.customer, use.supplier, bool(use.valid_from)) for one in told for use in one.uses_vendor] == [
        (*BOTH[0], True), (*BOTH[1], False),
    ]  # fmt: skip
    assert reason.reason == "names no recipient of what is sub-contracted"
    assert pairs("Customer,Vendor,Spend,Rank\nAlder Bank,Dogwood Print,90,2\n") == BOTH[:1]


def test_companies_under_an_unknown_heading_before_subcontractors_are_told_of():
    rows = "Alder Bank,Dogwood Print Ltd,Birch Mail\nFern Bank,Oak Data GmbH,Elm\n"
    first, *told = extracted(f"Customer,Delivered through,Subcontractors\n{rows}")
    assert first.reason.startswith("'Delivered through' may name those whose own suppliers 'Subcontractors' names")
    assert len(told) == len(
        extracted("Customer,Product,Subcontractors\nAlder Bank,CRM,Birch Mail\nFern Bank,ERP,Elm\n")
    )
