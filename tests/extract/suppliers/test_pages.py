"""Pages as publishers lay them out: titles that name the customer, parts and groups, lists of one, what leads to other lists, cards."""

from __future__ import annotations

import pytest
from documents import mutants

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.titled import titled_customer
from kg.extract.suppliers.titles import is_kin, state
from kg.extract.tabular.row import LEAD, Text
from kg.model import Defect, Document, Listing

TABLE = "| Sub-processor | Purpose |\n|--|--|\n| Cedar | CDN |\n"


def document(text):
    return Document("list", text, "0" * 64)


def read(text):
    assert SupplierTableExtractor().recognizes(document(text))
    return list(SupplierTableExtractor().extract(document(text)))


def told(text):
    uses = [use for item in read(text) if isinstance(item, Listing) for use in item.uses_vendor]
    return [(use.customer, use.supplier, str(use.status)) for use in uses]


def reasons(text):
    return [item.reason for item in read(text) if isinstance(item, Defect)]


def test_a_list_in_a_cell_of_a_table_lists_no_suppliers():
    text = "<h1>Alder Sub-processors</h1><table><tr><th>Sub-processor<th>Location<tr><td>Oak<td><ul><li>Germany - x<li>Fir, Inc.</ul></table><h2>Optional</h2><ul><li>{}</ul>"
    assert reasons(text.format("Elm – mail")) == ["its heading does not say that it lists suppliers"]
    text = text.format("Elm, Inc. – mail")
    assert told(text) == [("Alder", "Oak", "active"), ("Alder", "Elm, Inc.", "active")]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Voorgenomen subverwerkers", "upcoming"),
        ("Voorgenomen wijzigingen", "upcoming"),
        ("Sous-traitants envisagés", "upcoming"),
        ("Modifications prévues", "upcoming"),
        ("Geplante Änderungen", "upcoming"),
        ("Beëindigd", "former"),
        ("Sub-responsabili cessati", "former"),
        ("Planned Parenthood", ""),
    ],
)
def test_states_in_other_languages(heading, found):
    assert state(heading) == found


def test_a_state_names_no_customer():
    text = f"# Subverwerkers van Alder B.V.\n\n{TABLE}\n## Voorgenomen subverwerkers\n\n{TABLE}"
    assert told(text) == [("Alder B.V.", "Cedar", "active"), ("Alder B.V.", "Cedar", "unknown")]


GROUP = "<h1>Alder Subprocessors</h1><h2>Alder Group Subprocessors</h2><table><tr><th>Entity Name<th>Country<tr><td>Alder Technologies Limited<td>Ireland<tr><td>Trellis, Inc.<td>USA</table><h2>{}</h2><table><tr><th>Entity Name<th>Country<tr><td>Oak, Inc.<td>USA</table>"


@pytest.mark.parametrize("others", ["Third Parties", "External Sub-processors"])
def test_companies_of_the_group_are_no_suppliers(others):
    text = GROUP.format(others)
    assert told(text) == [("Alder", "Oak, Inc.", "active")]
    affiliations = [one for item in read(text) if isinstance(item, Listing) for one in item.affiliations]
    assert [(one.party, one.other) for one in affiliations] == [
        ("Alder Technologies Limited", "Alder"),
        ("Trellis, Inc.", "Alder"),
    ]


def test_a_list_of_affiliates():
    items = read("# Alder sub-processors\n\n- Oak – files\n- Fir – mail\n\n## Affiliates\n\n- Trellis GmbH – support\n")
    assert [(one.party, one.other) for item in items for one in item.affiliations] == [("Trellis GmbH", "Alder")]
    assert [use.supplier for item in items for use in item.uses_vendor] == ["Oak", "Fir"]


def test_a_group_may_be_the_customer():
    page = "<title>Bain | Sub-processors</title><h1>Bain Group Sub-processors</h1><table><tr><th>Subprocessor<th>Purpose<tr><td>Oak<td>files</table>"
    assert told(page) == [("Bain Group", "Oak", "active")]
    assert is_kin("Our affiliates")
    assert not any(map(is_kin, ("Affiliates and third parties", "Affiliate marketing", "Customer affiliates")))


def test_a_part_of_a_list_names_nobody_of_its_own():
    voice = TABLE.replace("Cedar", "Oak")
    text = f"# Alder Ltd Sub-processors\n\n{TABLE}\n## Alder Voice Sub-processors\n\n{voice}\n## Alder Germany GmbH Sub-processors\n\n{TABLE}"
    assert [use[0] for use in told(text)] == ["Alder Ltd", "Alder Ltd", "Alder Germany GmbH"]
    assert [[note.value for note in item.notes] for item in read(text)] == [[], ["Alder Voice Sub-processors"], []]


@pytest.mark.parametrize(
    ("title", "heading", "customer"),
    [
        ("Alder Sub-processors", "Feature-Specific Sub-processors", "Alder"),
        ("Sub-processors of Alder Ltd", "Translation Sub-processors", "Alder Ltd"),
        ("Alder Sub-processors", "Sub-processors for Identity Verification", "Alder"),
        ("Alder Sub-processors", "Birch's Sub-processors", "Birch"),
        ("Alder Sub-processors", "Sub-processors used by Birch", "Birch"),
        ("Alder Sub-processors", "Birch Group Sub-processors", "Birch Group"),
        ("Sub-processors", "Birch Sub-processors", "Birch"),
        ("Alder Consulting: sub-processors by client", "Birch Sub-processors", "Birch"),
    ],
)
def test_below_a_heading_that_names_the_owner_words_before_sub_processors_are_a_kind(title, heading, customer):
    assert [use[0] for use in told(f"# {title}\n\n## {heading}\n\n{TABLE}")] == [customer]


def test_a_list_of_one_beside_others_is_read():
    text = "# Alder Ltd sub-processors\n\n- **Oak B.V.** - hosting\n\n## Former sub-processors\n\n- Fir - hosting\n- Elm - video\n\n## Beëindigd\n\n- Ash - mail\n"
    assert told(text) == [
        ("Alder Ltd", "Oak B.V.", "active"),
        *(("Alder Ltd", name, "ended") for name in ("Fir", "Elm", "Ash")),
    ]


def test_a_list_of_companies_below_a_heading_that_says_nothing_is_told_of():
    text = f"# Alder sub-processors\n\n{TABLE}\n## Widgets\n\n- Oak B.V. - hosting\n\n## Your rights\n\n- Access\n- Erasure\n"
    assert reasons(text) == ["its heading does not say that it lists suppliers"]


CSV = "Muster & Söhne GmbH;;\nVerzeichnis der Unterauftragsverarbeiter;;\nStand: 01.02.2024;;\n;;\nUnterauftragsverarbeiter;Leistung;Seit\nHetzner Online GmbH;Hosting;01.03.2019\n;;\nÄnderungen vorbehalten.;;\n"


def test_the_company_above_a_title_is_the_customer():
    assert told(CSV) == [("Muster & Söhne GmbH", "Hetzner Online GmbH", "active")]
    assert reasons(CSV) == ["is a note of the table"]
    assert reasons("Confidential;;\nSubunternehmer;;\nUnterauftragnehmer;Leistung;Ort\nOak AG;x;y\n")[0].startswith(
        "names no customer"
    )
    two = CSV.replace("Stand:", "Prüfer AG;;\nStand:")
    assert reasons(two)[0].startswith("names no customer")


def test_registers_of_outsourcing():
    text = "Auslagerungsregister der Sparbank Neustadt eG;;\nAuslagerungsunternehmen;Tätigkeit;Vertragsbeginn\nBank-Verlag GmbH & Co. KG;Kern;01.01.2018\n"
    assert told(text) == [("Sparbank Neustadt eG", "Bank-Verlag GmbH & Co. KG", "active")]


def test_the_corporate_name_heads_the_suppliers():
    text = "<h1>Liste des sous-traitants ultérieurs de Médicalia SAS</h1><table><tr><th>Dénomination sociale<th>Finalité du traitement<tr><td>OVH SAS<td>x</table>"
    assert told(text) == [("Médicalia SAS", "OVH SAS", "active")]


def test_a_link_with_a_full_stop_behind_it_is_a_name():
    item = "[Oak Web Services](https://oak.example). Cloud services."
    text = f"# Alder Subprocessors\n\n## Europe\n\n* {item}\n* **Fir**. Mail.\n\n## United States\n\n* {item.replace('Oak', 'Elm')}\n"
    page = "<h1>Alder Subprocessors</h1><ul><li><a href='https://oak.example'>Oak Web Services</a>. Cloud services.<li><b>Fir</b>. Mail.</ul>"
    for one, count in ((text, 3), (page, 2)):
        listings = [item for item in read(one) if isinstance(item, Listing)]
        assert len(listings) == count
        assert [use.service for item in listings[:2] for use in item.uses_vendor] == ["Cloud services.", "Mail."]
        assert [use[1] for use in told(one)][:2] == ["Oak Web Services", "Fir"]


@pytest.mark.parametrize(
    "text",
    [
        "Alder uses sub-processors for the following purposes:\n\n- Hosting by experts\n- E-mail\n- Postage\n",
        "Our sub-processors are required to have:\n\n- ISO 27001\n- SOC 2\n",
        "We share the following data with our sub-processors:\n\n- Name\n- IP address\n",
        "Sub-processors are in these places:\n\n- Germany\n- France\n",
        "You can object by:\n\n- Fax\n- Post\n",
        "We protect your data as follows:\n\n- Encryption\n- Access control\n",
        "## Security of our sub-processors\n\n- ISO 27001\n- SOC 2\n",
    ],
)
def test_other_lists_of_such_pages_are_left_alone(text):
    assert not SupplierTableExtractor().recognizes(document(f"# Alder sub-processors\n\n{text}"))


def test_a_text_leads_to_the_lists_of_its_section_alone_and_names_the_customer_of_all():
    text = "# Sub-processors\n\nAlder Ltd uses the following sub-processors to provide\nthe service and to support all of its customers:\n\n- Oak - files\n- Fir - mail\n\nOur staff:\n\n- Jane Doe\n\n## Optional\n\n- Elm - chat\n"
    assert told(text) == [("Alder Ltd", name, "active") for name in ("Oak", "Fir", "Elm")]


def test_items_that_were_added_some_day_are_suppliers():
    text = "# Alder sub-processors\n\n- Oak - payments (added May 2024)\n- Fir - hosting (added 2023)\n"
    assert [use[1] for use in told(text)] == ["Oak", "Fir"]


CARDS = "<h1>Alder Subprocessors</h1><h2>Oak Web Services</h2><p>Cloud infrastructure</p><h2>Fir Inc.</h2><p>Bank connections</p><h2>Elm</h2><p>United States</p><p>Email</p><h2>Subscribe to updates</h2><p>Enter your email.</p>"


def test_cards_without_labels():
    assert told(CARDS) == [("Alder", name, "active") for name in ("Oak Web Services", "Fir Inc.", "Elm")]
    services = [use.service for item in read(CARDS) for use in item.uses_vendor]
    assert services == ["Cloud infrastructure", "Bank connections", "Email"]


@pytest.mark.parametrize(
    "text",
    [
        CARDS.replace("Fir Inc.", "Fir"),
        CARDS.replace("Elm", "Owner"),
        CARDS.replace("Alder Subprocessors", "Subprocessor policy of Alder"),
        CARDS.replace("Fir Inc.", "Alder Inc."),
        CARDS.replace("Bank connections", "We are friends").replace("Cloud infrastructure", "See below"),
    ],
)
def test_other_headings_with_a_line_below_are_no_cards(text):
    assert not SupplierTableExtractor().recognizes(document(text))


def test_prose_with_commas_is_no_table_of_suppliers():
    text = "# Alder Subprocessors\n\nWe use third party subprocessors, such as cloud providers, to run our products.\n\n## Basecamp\n\n* Oak, x. y\n"
    found = list(SupplierTableExtractor().extract(document(text)))
    assert [type(item) for item in found] == [Defect]


ROLES = """<h1>Alder Subprocessors</h1><div role="table"><div role="row"><div role="columnheader"><span>Subprocessor</span></div><div role="columnheader">Purpose</div></div>
<div role="rowgroup"><div role="row"><div role="cell"><div>Oak</div></div><div role="cell"><p>files<ul><li>One – x<li>Two – y</ul></div></div>
<div role="row"><div role="cell">Fir &amp; Co</div><div role="cell">mail</div></div></div></div>"""


def test_tables_that_are_drawn_by_roles():
    assert told(ROLES) == [("Alder", name, "active") for name in ("Oak", "Fir & Co")]
    drawn = ROLES.replace("</h1>", "</h1><table><tr><td>x</table>")
    assert not SupplierTableExtractor().recognizes(document(drawn.replace("<li>", "")))


def test_damaged_pages_never_make_it_fail_and_quotes_hold():
    for mutant in mutants([ROLES, CARDS, CSV, GROUP.format("Affiliates")], 100, seed=3):
        for item in SupplierTableExtractor().extract(document(mutant)):
            proofs = [] if isinstance(item, Defect) else [proof for use in item.uses_vendor for proof in use.evidence]
            assert all(mutant[slice(*proof.span)] == proof.quote for proof in proofs)


@pytest.mark.parametrize(
    ("lead", "customer"),
    [
        ("In May 2024 Alder engaged the following sub-processors:", "Alder"),
        ("Effective May 2024 the sub-processors below are engaged by Alder.", "Alder"),
        ("Sub-processors for Free Plan:", None),
        ("Company: Confidential", None),
        ("Company: Alder Ltd", "Alder Ltd"),
    ],
)
def test_texts_that_name_the_customer(lead, customer):
    found = titled_customer([Text(lead, (0, 1), LEAD)])
    assert (found and found[0]) == customer


@pytest.mark.parametrize("heading", ["Required sub-processors", "Subscription billing sub-processors"])
def test_kinds_of_lists_are_lists(heading):
    assert len(told(f"# Alder sub-processors\n\n## {heading}\n\n- Oak – files\n- Fir – mail\n")) == 2


@pytest.mark.parametrize(
    ("lead", "status"),
    [
        ("We no longer use the following sub-processors:", "ended"),
        ("Alder plans to engage the following sub-processors:", "unknown"),
        ("Alder uses the following sub-processors when customers change their plan:", "active"),
    ],
)
def test_a_text_above_tells_the_state_of_what_it_leads_to(lead, status):
    for below in (
        "- Oak – files\n- Fir – mail\n",
        "| Sub-processor | Purpose |\n|--|--|\n| Oak | files |\n| Fir | mail |\n",
    ):
        text = f"# Alder sub-processors\n\n{lead}\n\n{below}\n## Core\n\n{TABLE}"
        assert {use[1]: use[2] for use in told(text)} == {"Oak": status, "Fir": status, "Cedar": "active"}


@pytest.mark.parametrize(
    ("heading", "header", "row"),
    [
        ("Contact", "Role | Name", "DPO | Jane Roe"),
        ("Certifications", "Name | Purpose", "Seal II | Security"),
        ("Cookies", "Name | Provider | Purpose", "_oak | Fern | Counting"),
    ],
)
def test_other_tables_of_a_page_list_no_suppliers(heading, header, row):
    other = f"## {heading}\n\n| {header} |\n{'|--' * (header.count('|') + 1)}|\n| {row} |\n"
    assert [use[1] for use in told(f"# Alder sub-processors\n\n{TABLE}\n{other}")] == ["Cedar"]


@pytest.mark.parametrize("heading", ["Infrastructure", "Germany", "Former", "Voice vendors", "Updated June 2025"])
def test_those_below_headings_of_kinds_states_and_places_do(heading):
    other = f"## {heading}\n\n| Name | What for |\n|--|--|\n| Fern | CDN |\n"
    assert [use[1] for use in told(f"# Alder sub-processors\n\n{TABLE}\n{other}")] == ["Cedar", "Fern"]


def test_nor_is_one_left_out_whose_header_is_that_of_another_or_that_is_alone():
    table = "| Name | Purpose |\n|--|--|\n| Fern {} | CDN |\n"
    text = "# Alder sub-processors\n\n## Anything\n\n" + table.format(1)
    assert [use[1] for use in told(text)] == ["Fern 1"]
    text = f"# Alder sub-processors\n\n{table.format(1)}\n## Anything\n\n{table.format(2)}"
    assert [use[1] for use in told(text)] == ["Fern 1", "Fern 2"]
    text = f"# Alder sub-processors\n\n{TABLE}\n## Anything\n\n{table.replace('Name', 'Company').format(3)}"
    assert [use[1] for use in told(text)] == ["Cedar", "Fern 3"]


def test_a_log_of_changes_below_the_list_is_read():
    log = "## Change history\n\n| Date | Company | Change |\n|--|--|--|\n| 2025-01-01 | Fern | Removed |\n"
    assert told(f"# Alder sub-processors\n\n{TABLE}\n{log}")[1] == ("Alder", "Fern", "ended")


_PAGE = "# Sub-processors of Alder\n\n| Sub-processor | Purpose |\n|---|---|\n| Oak GmbH | hosting |\n\n"


@pytest.mark.parametrize(
    "table",
    [
        "## Cookies\n\n| Cookie | Set by | Purpose |\n|---|---|---|\n| _a | Elm LLC | counts |\n| _b | Fern Inc. | ads |\n",
        "## Certificates\n\n| Certificate | Auditor | Date |\n|---|---|---|\n| SOC 2 | Elm LLP | 2024 |\n| ISO | Fern GmbH | 2024 |\n",
        "## Data\n\n| Data category | Purpose |\n|---|---|\n| names | mail |\n| cards | payment |\n",
        "## Versions\n\n| Version | Date | Description |\n|---|---|---|\n| 1 | 2024 | first |\n| 2 | 2025 | Elm Inc. came |\n",
        "## Customers\n\n| Customer | Purpose |\n|---|---|\n| Elm GmbH | mail |\n| Fern SAS | sms |\n",
        "## Measures\n\n| Measure | Description |\n|---|---|\n| Backup | daily |\n| Locks | doors |\n",
    ],
)
def test_a_table_of_something_else_is_left_out_without_a_word(table):
    (listing,) = SupplierTableExtractor().extract(Document("t.md", _PAGE + table, "0"))
    assert listing.uses_vendor[0].supplier == "Oak GmbH"


@pytest.mark.parametrize(
    "heading", ["", "## Other\n\n", "## Sub-processor changes\n\n", "## Infrastructure sub-processors\n\n"]
)
@pytest.mark.parametrize(
    "header",
    [
        "Subprocessor type | Description | Notice period", "Subprocessors by region | Count", "Sub-processor category | Purpose", "Sub-processor location | Chosen",
        "Unterauftragnehmer-Kategorie | Beschreibung", "Auditor | Standard | Description", "Version | Date | Description", "Library | License holder | Use",
        "Shareholder | Share | Role", "Reference | Industry | Description", "Region | Represented by | Role", "Importer | Exporter | Description of transfer",
        "Firm we hired | Purpose", "Run by | Where", "Certificate | Issued by | Scope", "Name and role | E-mail | Responsibility", "Name & contact | E-mail | Function",
        "Name and description | Expiry | Purpose", "Name, e-mail address | Purpose | Retention", "Name, date of birth, address | Purpose | Retention",
    ],
)  # fmt: skip
def test_nor_is_a_word_said_of_tables_whose_columns_name_no_suppliers(heading, header):
    row = " | ".join(["Elm GmbH", "Fern SAS", "mail"][: header.count("|") + 1])
    table = f"{heading}| {header} |\n|{'---|' * (header.count('|') + 1)}\n| {row} |\n| {row.replace('Elm', 'Ash')} |\n"
    (listing,) = SupplierTableExtractor().extract(Document("t.md", _PAGE + table, "0"))
    assert [use.supplier for use in listing.uses_vendor] == ["Oak GmbH"]


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Alder sub-processors\nlayout: page\n---\n",
        "---\ntitle: Sub-processors | Alder\n---\n\nAll that we use.\n\n## Current\n\n",
        "---\ntitle: Sub-processors\ncompany: Alder\nkind: list\n---\n# Sub-processors\n\n",
        "---\ndescription: Third-party sub-processors that Alder uses\n---\n",
        "# alder sub-processors\n\nQuestions: legal@alder.example\n\n",
    ],
)
@pytest.mark.parametrize("listed", [TABLE, "## Current sub-processors\n\n- Cedar – CDN\n- Fir, Inc. – mail\n"])
def test_the_front_matter_of_a_page_or_its_address_tells_whose_it_is(head, listed):
    assert ("alder", "Cedar", "active") in [(whose.casefold(), *rest) for whose, *rest in told(f"{head}{listed}")]


def test_the_front_matter_of_a_page_is_no_heading_and_lists_nothing():
    text = f"---\ntitle: Alder\ntags:\n  - sub-processors\n  - Oak, Inc.\nkind: former sub-processors\n---\n{TABLE}\nAlder uses these sub-processors:\n\n- Elm – mail\n- Fir, Inc. – CDN\n"
    assert told(text) == [("Alder", "Elm", "active"), ("Alder", "Fir, Inc.", "active")]


@pytest.mark.parametrize(
    "listed",
    [
        "<table><tr><th>Sub-processor<th>Purpose<tr><td>Elm, Inc.<td>mail</table>",
        "<div><p>The sub-processors:</p><ul><li>Elm, Inc. – mail</li><li>Oak – CDN</li></ul></div>",
    ],
)
def test_the_front_matter_of_a_page_in_html_tells_whose_it_is(listed):
    text = f"---\nlayout: page\ntitle: Sub-processors | Alder\n---\n<h2>Sub-processors that we use</h2>\n{listed}\n"
    assert told(text)[0] == ("Alder", "Elm, Inc.", "active")
