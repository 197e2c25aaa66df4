from __future__ import annotations

import re

import pytest

from kg.extract.mapped.extractor import mapped
from kg.extract.suppliers.columns import columns, is_supplier_table
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.tabular.table import tables
from kg.model import Document


@pytest.mark.parametrize(
    ("header", "customer", "supplier", "service"),
    [
        ("Company,Sub-processor,Service category / What they do", 0, 1, 2),
        ("Sub-processor name,Purpose of processing,Location", None, 0, 1),
        ("Name of Sub-Processor*,Services Provided,Entity Country", None, 0, 1),
        ("Entity,Purpose,Country,Website", None, 0, 1),
        ("Third Party Service/Vendor,Purpose,Entity Country", None, 0, 1),
        ("Entity Name [1],Sub-Processing Activities,Entity Country", None, 0, 1),
        ("Service Provider,Service,Data location", None, 0, 1),
        ("Vendor,Customer,Service", 1, 0, 2),
        ("Customer,Entity Name,Nature of Processing", 0, 1, 2),
        ("Organisation,Vendor Name,Website", 0, 1, None),
        ("Subprocessor,Company,Purpose", None, 0, 2),  # the company behind a product, not a customer
        ("Sub-processor location,Processor,Customer data processed", None, 1, None),
        ("controller,sub_processor", 0, 1, None),
        ("Data Controller;Subprocessor;Purpose", 0, 1, 2),
        ("Data Controller,Data Processor,Purpose", 0, 1, 2),
        ("Auftraggeber;Unterauftragsverarbeiter;Zweck der Verarbeitung;Standort", 0, 1, 2),
        ("Nom;Finalité;Pays du sous-traitant", None, 0, 1),
        ("Client;Sous-traitant ultérieur;Finalité", 0, 1, 2),
        ("Cliente;Subencargado;Finalidad;País", 0, 1, 2),
        ("Cliente;Subprocessador;Finalidade", 0, 1, 2),
        ("Titolare del trattamento;Sub-responsabile;Scopo", 0, 1, 2),
        ("Klant;Subverwerker;Doel;Locatie", 0, 1, 2),
        ("Third-Party Service,What it does,Location", None, 0, 1),
        ("Supplier,Supplier attack technique,Customer assets", None, 0, None),
        ("name,legal_name,purpose", None, 0, 2),  # lists leave the legal name out where it is the other one
        ("Name,Entity,Purpose", None, 0, 2),
        ("Legal entity,Name,Purpose", None, 1, 2),
        ("Customer,Legal entity,Name", 0, 2, None),
        ("Nom;Raison sociale;Finalité", None, 0, 2),
        ("Company,Vendor Name,Service,Subcontractors", 0, 1, 2),  # these are the vendor's
        ("Company,Vendor Subcontractors,Vendor,Service", 0, 2, 3),
        ("Company,Legal name of the vendor,Cloud Provider,Service", 0, 1, 3),
        ("Company,Third Party Name,Subprocessors", 0, 1, None),
        ("Company,Vendor (legal name),Subcontractors", 0, 1, None),
        ("Unternehmen,Name des Dienstleisters,Subunternehmer,Leistung", 0, 1, 3),
        ("Kunde,Lieferantenname,Unterauftragnehmer,Leistung", 0, 1, 3),
        ("Client,Nom du fournisseur,Sous-traitants,Service", 0, 1, 3),
        ("Company,Vendor number,Subcontractors,Service", 0, 2, 3),
        ("Customer,Vendor / Supplier Name,Subcontractors", 0, 1, None),
        ("Customer,Vendor #,Third-party vendor,Subcontractors", 0, 2, None),
        ("Name of financial entity,Vendor,Service", 0, 1, 2),
        ("Entité financière;Prestataire;Service", 0, 1, 2),
        ("Verantwortliche Stelle;Auftragsverarbeiter;Zweck", 0, 1, 2),
        ("Committente;Fornitore;Servizio", 0, 1, 2),
        ("Auftraggeber;Auftragnehmer;Zweck", 0, 1, 2),
        ("Titolare del trattamento;Responsabile del trattamento;Finalità", 0, 1, 2),
        ("Responsable del tratamiento;Encargado del tratamiento;Finalidad", 0, 1, 2),
        ("Group company,Vendor name,Scope of work", 0, 1, 2),
        ("Group company,Location,Purpose", None, 0, 2),  # a list of the group
        ("Customer,Vendor,Engagement Name", 0, 1, 2),
        ("name,age", None, 0, None),
        ("country,age", None, None, None),
    ],
)
def test_headers_are_guessed_by_their_words(header, customer, supplier, service):
    found = columns(tuple(re.split("[,;]", header)))
    assert (found.get("customer"), found.get("supplier"), found.get("service")) == (customer, supplier, service)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Effective date", "since"), ("Date added", "since"), ("Since", "since"), ("Valid from", "since"),
        ("Until", "until"), ("End date", "until"), ("Date removed", "until"), ("Status", "status"),
        ("Offboarded", "until"), ("Off-boarded on", "until"), ("Terminated", "until"), ("Contract Termination Date", "until"), ("Exit Date", "until"),
        ("Decommissioned", "until"), ("Retired", "until"), ("Fin du contrat", "until"), ("Kündigungsdatum", "until"), ("Einde contract", "until"),
        ("Contract End (dd/mm/yyyy)", "until"), ("Start (YYYY-MM-DD)", "since"), ("Go Live", "since"), ("Begin Date", "since"),
        ("Vertragsstart", "since"), ("Début du contrat", "since"),
        ("Date scraped", "observed"), ("Retrieved on", "observed"), ("As of", "observed"), ("Snapshot date", "observed"),
    ],
)  # fmt: skip
def test_dates_and_states(header, field):
    assert columns(("Customer", "Supplier", header))[field] == 2


@pytest.mark.parametrize(
    "header", ["Exit plan", "Retired staff", "Renewal date", "Termination notice", "Start (Monday)"]
)
def test_what_is_no_day_of_a_contract(header):
    assert {"since", "until"}.isdisjoint(columns(("Customer", "Supplier", header)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("customer,supplier\n", True),
        ("Sub-processor,Location\nOak,EU\n", True),
        ("Sub-processors of Alder\nVendor,Purpose\nOak,hosting\n", True),
        ("cve_id,vendor,product,description\n", False),
        ("vendor,price\n", False),
        ("Alder Ltd Vendor Register,\nVendor Name,Service\nOak,hosting\n", True),
        ("Alder Ltd Vendor Register,\nVendor Name,Country\nOak,Spain\n", False),
        ("Alder Ltd - Third Party Register,\nVendor,Purpose\nOak,hosting\n", True),
        ("Data processors | University of Alder,\nProcessor,Purpose\nOak,hosting\n", True),
        ("Third parties used by Alder,\nThird party,Purpose\nOak,hosting\n", True),
        ("Third-party cookies used by Alder,\nProvider,Purpose\nOak,hosting\n", False),
        ("Third parties used by Alder,\nProvider,Cookie,Purpose\nOak,_o,counts\n", False),
        ("Firewall vendors,\nVendor,Description\nOak,boxes\n", False),
        ("Directory of Suppliers of Natural Gas,\nSupplier,Description\nOak,pipes\n", False),
        ("Vendors | Alder,\nVendor,Description\nOak,boxes\n", False),
        ("Vendors at Alder Conference,\nVendor,Description\nOak,boxes\n", False),
        ("Customer,Vendor,Invoice,Amount\n", False),
        ("Supplier,Year,Supplier attack technique,Customer attack technique\n", False),
        ("Auftraggeber;Unterauftragsverarbeiter\n", True),
        ("Sous-traitant,Finalité\nOak,envoi\n", True),
        ("Name of the ICT third-party service provider,Type of ICT services\nOak,S01\n", True),
        ("Sub-processor\nOak\n", False),
        (
            "Our customers, and our vendors, were affected\nby this. It was, they said, late, very\nmuch, so\nthat, all, of, it\n",
            False,
        ),
        ("Customer, vendor and more.\n", False),
    ],
)
def test_a_supplier_table_is_known_by_its_header(text, wanted):
    (table,) = tables(Document("t", text, "0"))
    assert is_supplier_table(table) is wanted


LEI = "549300ABCDEF12345678"


@pytest.mark.parametrize(
    ("header", "row", "parties"),
    [
        (
            "b_02.02.0010,b_02.02.0020,b_02.02.0030,b_02.02.0060",
            f"C1,529900T8BM49AURSDO55,{LEI},S01",
            [("529900T8BM49AURSDO55", ("lei:529900T8BM49AURSDO55",)), (LEI, (f"lei:{LEI}",))],
        ),
        (
            "B_02_02_0010,B_02_02_0020,B_02_02_c0030,B_02_02_0060",
            f"C1,529900T8BM49AURSDO55,{LEI},S01",
            [("529900T8BM49AURSDO55", ("lei:529900T8BM49AURSDO55",)), (LEI, (f"lei:{LEI}",))],
        ),
        (
            "RT.05_01.0010,RT_05_01_0050,RT 05 01 0080",
            f"{LEI},Elm Cloud,DE",
            [("Alder Bank", ()), ("Elm Cloud", (f"lei:{LEI}",))],
        ),
        (
            "Contract,LEI of the entity making use of the ICT service(s),Identification code of the ICT third-party service provider",
            f"C1,Alder Bank,{LEI}",
            [("Alder Bank", ()), (LEI, (f"lei:{LEI}",))],
        ),
        (
            "RT.05.01.0010,RT.05.01.0050,RT.05.01.0080",
            f"{LEI},Elm Cloud,DE",
            [("Alder Bank", ()), ("Elm Cloud", (f"lei:{LEI}",))],
        ),
        (
            "Identification code of ICT third-party service provider,Legal name of the ICT third-party service provider",
            "X-7,Elm Cloud",
            [("Alder Bank", ()), ("Elm Cloud", ())],
        ),
    ],
)
def test_the_register_of_information_and_its_owner(tmp_path, header, row, parties):
    document = Document("register.csv", f"{header}\n{row}\n", "0" * 64)
    assert SupplierTableExtractor().recognizes(document)
    (tmp_path / "owner.toml").write_text('[constants]\ncustomer = "Alder Bank"\n', "utf-8")
    owned = mapped(tmp_path / "owner.toml")
    told = "entity making" in header or "02" in header
    (listing,) = (SupplierTableExtractor() if told else owned).extract(document)
    assert [(party.name, party.identifiers) for party in listing.parties] == parties
    assert [(use.customer, use.supplier) for use in listing.uses_vendor] == [(parties[0][0], parties[1][0])]
    assert ("X-7" in {note.value for note in listing.notes}) == row.startswith("X-7")


@pytest.mark.parametrize(
    ("text", "customer", "supplier"),
    [
        (
            '---\ntitle: "Alder Subprocessors"\ndescription: "List of Alder\'s third-party subprocessors"\n---\n\n| Sub-processor | Purpose |\n|---|---|\n| Fern, Inc. | Support |\n',
            "Alder",
            "Fern, Inc.",
        ),
        ("# Proveedores de Banco Olmo, S.A.\n\n| Proveedor | Servicio |\n|---|---|\n| Tejo, S.A. | TI |\n", "Banco Olmo, S.A.", "Tejo, S.A."),
        ("customer,supplier\nOak,Fern (UK) Limited\n", "Oak", "Fern (UK) Limited"),
        ("customer,supplier\nOak,Fern Services (India) Private Limited (until May 2025)\n", "Oak", "Fern Services (India) Private Limited"),
        ("customer,supplier\nOak,Fern (UK)\n", "Oak", "Fern"),
    ],
)  # fmt: skip
def test_quoted_heads_of_pages_suppliers_of_and_countries_in_registered_names(text, customer, supplier):
    found = list(SupplierTableExtractor().extract(Document("list.md", text, "0")))
    assert [(use.customer, use.supplier) for one in found for use in one.uses_vendor] == [(customer, supplier)]


def test_affiliates_below_a_heading_of_their_own_are_no_vendors():
    text = (
        "<h1>Alder Sub-processors</h1><h2>Alder affiliates</h2><table><tr><th>Affiliate</th><th>Location</th></tr>"
        "<tr><td>Alder B.V.</td><td>Netherlands</td></tr></table>"
    )
    (listing,) = SupplierTableExtractor().extract(Document("list.html", text, "0"))
    assert listing.uses_vendor == ()
    assert [(one.party, one.other) for one in listing.affiliations] == [("Alder B.V.", "Alder")]


def states(header, *rows):
    """The states that a list of suppliers tells, and the notes of each row."""
    lines = [f"Customer,Supplier,{header}", *(f"Alder,Oak {at},{row}" for at, row in enumerate(rows))]
    listings = SupplierTableExtractor().extract(Document("t.csv", "\n".join(lines), "0"))
    return [(one.uses_vendor[0].status, [note.key for note in one.notes]) for one in listings]


@pytest.mark.parametrize(
    ("header", "word", "other"),
    [
        ("Lifecycle Stage", "Terminated", "Active"), ("Active/Inactive", "Inactive", "Active"), ("Contract", "Expired", "Signed"), ("Vendor stage", "Offboarded", "Pilot"),
        ("Zustand", "Gekündigt", "Aktiv"), ("Statut du contrat", "Résilié", "En cours"), ("Stato contratto", "Cessato", "In corso"), ("Situación", "Finalizado", "Activo"),
        ("Estado do contrato", "Encerrado", "Ativo"), ("Toestand", "Beëindigd", "Actief"), ("Active?", "No", "Yes"), ("isActive", "false", "true"), ("Aktiv?", "Nein", "Ja"),
        ("Ongoing", "No", "Yes"), ("Current", "0", "1"), ("Im Einsatz", "nein", "ja"), ("Attivo", "no", "sì"),
    ],
)  # fmt: skip
def test_a_column_whose_name_says_nothing_else_and_whose_cells_are_states_tells_them(header, word, other):
    (ended, without), (held, _), (empty, _) = states(header, word, other, "")
    assert (ended, without, empty) == ("ended", [], "active")
    assert held != "ended"


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("MFA", "Inactive"), ("SOC 2", "Expired"), ("Security review", "Closed"), ("Due diligence", "Closed"), ("Renewal", "Expired"), ("Monitoring", "Inactive"),
        ("NDA", "Expired"), ("DPA signed", "No"), ("Approved", "No"), ("Stage", "No"), ("Contract", "No"), ("Stage", "Gold"), ("Stato", "Italia"),
        ("Contract in place", "No"), ("Agreement in place?", "No"), ("Vertrag in Kraft", "Nein"), ("Valid", "No"), ("Live", "false"), ("Signed", "No"), ("Approved", "Nein"),
    ],
)  # fmt: skip
def test_words_for_states_of_something_else_and_plain_answers_are_notes(header, cell):
    assert states(header, cell) == [("active", [header])]


@pytest.mark.parametrize("other", ["Assessment status", "Onboarding status", "Risk status", "DPA status"])
@pytest.mark.parametrize("header", ["Vendor Status", "Lifecycle Stage", "Active?"])
def test_the_state_of_the_relationship_goes_before_that_of_something_else(other, header):
    word = "No" if header == "Active?" else "Terminated"
    assert states(f"{other},{header}", f"Completed,{word}", "Expired,") == [("ended", [other]), ("active", [other])]


@pytest.mark.parametrize(
    "header",
    [
        "Sub-processor name and address", "Sub-processor (name, location)", "Sub-processor / Location", "Vendor name & location", "Vendor (country)",
        "Name and address of the sub-processor", "Company name and address", "Firma, Anschrift", "Name/Firma, Adresse", "Unterauftragnehmer (Name, Rechtsform, Sitz)",
        "Unterauftragnehmer Name und Adresse", "Name und Anschrift des Unterauftragnehmers", "Sous-traitant (nom et adresse)", "Subencargado y ubicación",
        "Sub-responsabile (denominazione e sede)", "Subverwerker (naam en adres)",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Oak GmbH, Am Weg 25, 91710 Ulm", "Oak GmbH"), ("Oak & Co., Inc., USA", "Oak & Co., Inc."), ("Oak GmbH, Ulm", "Oak GmbH"), ("Oak / Germany", "Oak"),
        ("Oak Ltd, London, United Kingdom", "Oak Ltd"), ("Oak, Inc.", "Oak, Inc."), ("Oak", "Oak"),
    ],
)  # fmt: skip
def test_a_column_that_names_suppliers_first_and_then_tells_of_them_names_them(header, cell, name):
    page = "# Sub-processors of Alder\n\n| {} | Purpose |\n|---|---|\n| {} | mail |\n\n## Former\n\n| Sub-processor | Until |\n|---|---|\n| Elm | 2023 |\n"
    first, second = SupplierTableExtractor().extract(Document("t.md", page.format(header, cell), "0"))
    assert [one.uses_vendor[0].supplier for one in (first, second)] == [name, "Elm"]


@pytest.mark.parametrize(
    ("header", "supplier"),
    [
        ("Supplier;Supplier name and address", "Supplier"), ("Company name;Vendor/Supplier Type", "Company name"), ("Name;Company/Business Address", "Name"),
        ("Name;Customer/Vendor ID", "Name"), ("Company;Supplier (type)", "Company"), ("Name and location;Supplier", "Supplier"), ("Category;Vendor / supplier number", None),
        ("Name, first name;E-mail", None), ("Purpose;Name and address of the representative", None), ("Purpose;Sub-processor location, country", None),
    ],
)  # fmt: skip
def test_a_column_that_only_tells_of_suppliers_names_none(header, supplier):
    names = header.split(";")
    found = columns(tuple(names)).get("supplier")
    assert (None if found is None else names[found]) == supplier


@pytest.mark.parametrize("name", ["Funktion", "Rolle", "Fonction", "Rôle", "Función", "Ruolo", "Functie"])
def test_what_a_supplier_is_for_in_other_languages(name):
    assert columns(("Sub-processor", name))["service"] == 1


@pytest.mark.parametrize("name", ["What it would receive", "What they see", "What it may store"])
def test_what_a_supplier_receives_is_not_what_it_is_for(name):
    assert "service" not in columns(("Sub-processor", name))
    assert columns(("Sub-processor", name, "What it does"))["service"] == 2
