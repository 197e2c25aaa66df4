"""Sections of pages that list suppliers: former and planned ones, kinds of them, logs of changes, a card for each."""

from __future__ import annotations

import pytest
from documents import mutants

from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.titled import titled_customer
from kg.extract.suppliers.titles import is_kind, state
from kg.extract.tabular.row import LEAD, Text
from kg.model import Defect, Document, Listing

TABLE = "| Sub-processor | Purpose |\n|--|--|\n| Cedar | CDN |\n"
GONE = "| Sub-processor | Purpose | Removal date |\n|--|--|--|\n| Elm | mail | 2024-06-30 |\n"
PAGE = """<html><head><title>Alder</title></head><body><h1>Alder, Inc. – Subprocessors</h1>
<h2>Current subprocessors</h2><table><tr><th>Name<th>Service<tr><td>Oak<td>files</table>
<h2>Upcoming subprocessors</h2><table><tr><th>Name<th>Service<th>Effective date<tr><td>Fir<td>search<td>February 1, 2026</table>
<h2>Former subprocessors</h2><table><tr><th>Name<th>Service<th>Removed on<tr><td>Elm<td>mail<td>June 30, 2024</table></body></html>"""
CARDS = """<html><head><title>Trust</title></head><body><h1>Alder Subprocessors</h1>
<div><h3>Oak &amp; Co</h3><p><strong>Purpose:</strong> files</p><p>Location: Ireland</p><a href="/">Privacy</a></div>
<div><h3>Fir</h3><p><strong>Purpose</strong></p><p>search</p></div>
<div><h3>Elm</h3><dl><dt>Purpose</dt><dd>mail</dd></dl></div><h3>Questions?</h3><p>Write to us.</p></body></html>"""
HEADED = """# Sub-processors

Alder Ltd uses the following sub-processors:

## Current

### Oak, Inc.

- **Purpose:** files
- **Added:** 2019-04-01

### Fir
Purpose: search

## No longer used

### Elm
- Purpose: mail
- Removed: 2024-03-01
"""


def document(text):
    return Document("list", text, "0" * 64)


def read(text):
    assert SupplierTableExtractor().recognizes(document(text))
    return list(SupplierTableExtractor().extract(document(text)))


def told(text):
    uses = [use for item in read(text) if isinstance(item, Listing) for use in item.uses_vendor]
    return [
        (use.customer, use.supplier, str(use.status), (use.valid_until or use.valid_from) and (use.valid_until or use.valid_from).edtf)
        for use in uses
    ]  # fmt: skip


def reasons(text):
    return [item.reason for item in read(text) if isinstance(item, Defect)]


@pytest.mark.parametrize(
    ("word", "status", "until"),
    [("Removed", "ended", "2024-06-30"), ("Former", "ended", "2024-06-30"), ("Deprecated", "ended", "2024-06-30"),
     ("Previous", "ended", "2024-06-30"), ("Upcoming", "unknown", None), ("Planned", "unknown", None), ("Pending", "unknown", None),
     ("Current and former", "unknown", None), ("Current", "active", None)],
)  # fmt: skip
def test_a_heading_that_tells_a_state_is_no_customer(word, status, until):
    text = f"# Alder Subprocessors\n\n{TABLE}\n## {word} subprocessors\n\n{GONE}"
    assert told(text) == [("Alder", "Cedar", "active", None), ("Alder", "Elm", status, until)]


def test_states_in_a_page():
    assert told(PAGE) == [
        ("Alder, Inc.", "Oak", "active", None),
        ("Alder, Inc.", "Fir", "unknown", "2026-02-01"),
        ("Alder, Inc.", "Elm", "ended", "2024-06-30"),
    ]


@pytest.mark.parametrize(
    ("heading", "status", "day"),
    [
        ("Removed on 1 June 2025", "ended", "2025-06-01"), ("Removed 2025-06-01", "ended", "2025-06-01"), ("Removed in 2025", "ended", "2025"),
        ("Removed - 1 June 2025", "ended", "2025-06-01"), ("Terminated on 2025-06-01", "ended", "2025-06-01"),
        ("Discontinued as of June 1, 2025", "ended", "2025-06-01"), ("No longer active as of 1 June 2025", "ended", None),
        ("Entfernt am 1. Juni 2025", "ended", "2025-06-01"), ("Removals", "ended", None), ("Ended", "ended", None), ("Ended 2025", "ended", "2025"),
        ("Removed on 1 June 2025 sub-processors", "ended", None), ("Former as of 1 June 2025", "ended", None),
        ("Upcoming from 1 January 2027", "unknown", "2027-01-01"), ("Upcoming - 1 January 2027", "unknown", "2027-01-01"),
        ("Planned for 2027", "unknown", "2027"), ("To be added on 1 January 2027", "unknown", "2027-01-01"),
        ("Sub-processors to be added", "unknown", None), ("Upcoming as of 2025-01-10", "unknown", None),
        ("Added in 2025", "active", "2025"), ("Current as of 1 June 2025", "active", None), ("Planned removals", "active", None),
        ("Changes in 2025", "active", None), ("Current and former 2025", "unknown", None),
        ("Removed (1 June 2025)", "ended", "2025-06-01"), ("Removed (effective June 1, 2025)", "ended", "2025-06-01"),
        ("Upcoming (from 1 January 2027)", "unknown", "2027-01-01"), ("Removed (last updated 1 June 2025)", "ended", None),
        ("Removed on 03/04/2025", "ended", "2025-03-04"), ("Future - 03/04/2027", "unknown", "2027-03-04"),
        ("Supprimés le 03/04/2025", "ended", "2025-04-03"), ("Eliminados el 03/04/2025", "ended", "2025-04-03"), ("Verwijderd op 03/04/2025", "ended", "2025-04-03"),
        ("Entfernt (03/04/2025)", "ended", "2025-04-03"), ("Geplant: 03/04/2027", "unknown", "2027-04-03"), ("Nouveaux le 03/04/2025", "active", "2025-04-03"),
    ],
)  # fmt: skip
def test_a_state_with_a_day_is_one(heading, status, day):
    assert told(f"# Alder Subprocessors\n\n## {heading}\n\n{TABLE}") == [("Alder", "Cedar", status, day)]


@pytest.mark.parametrize("since", ["25/03/2020", "03/25/2020"])
@pytest.mark.parametrize(
    "heading", ["Removed on {}", "Removed ({})", "Sub-processors removed on {}", "Upcoming from {}", "New – {}"]
)
def test_the_day_of_a_heading_has_the_order_of_the_page(heading, since):
    first = f"# Alder Subprocessors\n\n| Name | Purpose | Since |\n|--|--|--|\n| Oak | mail | {since} |\n"
    text = f"{first}\n## {heading.format('03/04/2025')}\n\n{TABLE}"
    assert told(text)[1][3] == ("2025-04-03" if since.startswith("25") else "2025-03-04")


def test_a_state_holds_for_the_parts_of_its_section_and_not_for_the_next():
    below = f"# Alder Subprocessors\n\n## Former subprocessors\n\n### Infrastructure\n\n{TABLE}"
    assert told(below) == [("Alder", "Cedar", "ended", None)]
    assert told(below.replace("###", "##")) == [("Alder", "Cedar", "active", None)]


def test_one_that_came_back_or_went_is_told_in_both_states():
    text = f"# Alder Subprocessors\n\n{TABLE}\n## Former\n\n{TABLE}"
    assert told(text) == [("Alder", "Cedar", "active", None), ("Alder", "Cedar", "ended", None)]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Former subprocessors", "former"), ("Subprocessors (no longer in use)", "former"), ("No longer used", "former"),
        ("Ehemalige Unterauftragnehmer der Nordwerk GmbH", "former"), ("Anciens sous-traitants", "former"),
        ("Upcoming Alder Subprocessors", "upcoming"), ("Geplante Subunternehmer", "upcoming"), ("Sous-traitants actuels", "current"),
        ("Added and removed subprocessors", "mixed"), ("Planned Parenthood Subprocessors", ""), ("Retired Teachers Fund Subprocessors", ""),
        ("Alder Removals Subprocessors", ""), ("Alder Removals – Subprocessors", ""), ("Subprocessor removals", "former"),
        ("Current subprocessors", "current"), ("Sub-processors", ""), ("Our past", ""),
    ],
)  # fmt: skip
def test_states_in_titles(title, found):
    assert state(title) == found


def test_kinds_in_titles():
    kinds = ("Core", "Optional (only if switched on)", "AI providers", "Hosting & storage")
    assert all(map(is_kind, kinds))
    assert not any(map(is_kind, ("Your rights", "Contact", "Security", "Alder", "", "Cedar Payments")))


@pytest.mark.parametrize(
    ("title", "customer"),
    [
        ("Overzicht subverwerkers", None), ("Overview of subprocessors", None), ("Registro de subencargados", None),
        ("Aperçu des sous-traitants", None), ("AI Subprocessors", None), ("Customer Support Subprocessors", None),
        ("Where our subprocessors process data", None), ("Alder's former subprocessors", "Alder"),
        ("Upcoming Alder Subprocessors", "Alder"), ("Planned Parenthood Subprocessors", "Planned Parenthood"),
        ("Bank of America Subprocessors", "Bank of America"), ("Subverwerkers van Grachtsoft B.V.", "Grachtsoft B.V."),
        ("Grachtsoft maakt gebruik van de volgende subverwerkers", "Grachtsoft"),
        ("Die Nordwerk GmbH setzt die folgenden Unterauftragnehmer ein:", "Nordwerk GmbH"),
        ("La société Lumière SAS fait appel aux sous-traitants suivants :", "Lumière SAS"),
    ],
)  # fmt: skip
def test_words_of_a_title_name_nobody(title, customer):
    found = titled_customer([Text(title, (0, len(title)), 1)])
    assert (found and found[0]) == customer


@pytest.mark.parametrize(
    ("lead", "customer"),
    [
        ("Dunmore Analytics Ltd uses the following sub-processors:", "Dunmore Analytics Ltd"),
        ("Dunmore Analytics Ltd (“Dunmore”, “we”) uses the sub-processors listed here.", "Dunmore Analytics Ltd"),
        ("To provide the services, Alder engages these sub-processors.", "Alder"),
        ("As of May 1, 2024, Alder uses the following subprocessors:", "Alder"),
        ("Alder, Inc. and its affiliates use the following sub-processors:", "Alder, Inc."),
        ("The sub-processors below are used by Alder Ltd to provide the service.", "Alder Ltd"),
        ("Verwerker: Zuidas Payroll B.V.", "Zuidas Payroll B.V."),
        ("At Alder, we use the following sub-processors to run our services.", "Alder"),
        ("This page tells of the subprocessors that Alder Inc. engages.", "Alder Inc."),
        ("The sub-processors Alder uses are listed below.", "Alder"),
        ("We use the following sub-processors:", None),
        ("Cedar works with vendors.", None),
        ("Each Sub-processor engages sub-processors.", None),
        ("The Company engages the following sub-processors.", None),
        ("Der Auftragnehmer setzt folgende Unterauftragnehmer ein:", None),
        ("Cedar uses its own sub-processors.", None),
        ("Please write to us about the sub-processors of Alder.", None),
    ],
)
def test_a_text_above_a_table_may_name_the_customer(lead, customer):
    page = f"<html><h1>Sub-processors</h1><p>{lead}</p><p>Last updated in May.</p><table><tr><th>Sub-processor<th>Purpose<tr><td>Oak<td>files</table>"
    for text in (page, f"# Sub-processors\n\n{lead}\n\n{TABLE}"):
        assert [use[0] for use in told(text)] == ([customer] if customer else [])


def test_a_heading_has_the_whole_of_a_short_name():
    titles = [Text("Grachtsoft gebruikt deze subverwerkers:", (0, 1), LEAD), Text("Subverwerkers van Grachtsoft B.V.", (0, 2), 1)]  # fmt: skip
    assert titled_customer(titles) == ("Grachtsoft B.V.", titles[1])
    assert titled_customer([titles[0], Text("Elm | Subprocessors", (0, 3), 1)]) == ("Grachtsoft", titles[0])


def test_a_text_above_does_not_make_a_list_of_suppliers():
    text = "# Alder privacy\n\nAlder uses sub-processors.\n\n| Provider | Cookie |\n|--|--|\n| Oak | _o |\n"
    assert not SupplierTableExtractor().recognizes(document(text))


LISTS = """# Alder Subprocessors

### Core

- Oak – files
- Fir – search

### Optional (only if switched on)

- Cedar – CDN

### No longer used

- Elm – mail (until 2023-06-30)
"""


def test_lists_below_kinds_and_states():
    page = "<h1>Alder Subprocessors</h1><h2>Current</h2><ul><li>Oak – files<li>Fir – search<li>Cedar – CDN</ul><h2>No longer used</h2><ul><li>Elm – mail (until 2023-06-30)</ul>"
    for text in (LISTS, page):
        assert told(text) == [*(("Alder", name, "active", None) for name in ("Oak", "Fir", "Cedar")), ("Alder", "Elm", "ended", "2023-06-30")]  # fmt: skip
    assert [note.value for note in read(LISTS)[2].notes] == ["Optional (only if switched on)"]


@pytest.mark.parametrize(
    "text",
    [
        "# Sub-processors of Alder\n\n## Your rights\n- Access\n- Erasure\n- Portability\n",
        "# Alder Subprocessors\n\n## Support\n- E-mail: a@b.example\n- Phone: 1\n- Address: x\n",
        "# Alder Subprocessors\n\n## Core\n- Oak – files\n- Fir – search\n",
        "# How we choose subprocessors\n\n## Core\n- Oak – files\n- Fir – search\n- Elm – mail\n",
        "# Alder Subprocessors\n\n## Oak\n- Purpose: files\n\n## Fir\n- Purpose: mail\n",
        "# Alder Subprocessors\n\n## Cookies\nPurpose: x\n\n## Log data\nPurpose: y\n\n## Billing data\nPurpose: z\n",
        "# Vendors affected by Alder\n\n## Oak\nRole: x\n\n## Fir\nRole: y\n\n## Elm\nRole: z\n",
        "# Alder\n\n## Oak\nPurpose: x\n\n## Fir\nPurpose: y\n\n## Elm\nPurpose: z\n\nAlder has subprocessors.\n",
    ],
)
def test_other_sections_are_left_alone(text):
    assert not SupplierTableExtractor().recognizes(document(text))


def test_what_is_left_of_a_page_is_said():
    log = f"# Alder Subprocessors\n\n{TABLE}\n## Change log\n\n| Date | Change |\n|--|--|\n| 2025-01-15 | Added Oak |\n| 2025-01-15 | Removed Elm |\n"
    assert reasons(log) == ["tells in words how suppliers came and went, which is not read"]
    lists = "# Alder Subprocessors\n\n- Oak\n- Fir\n\n## Changes\n- 2024-03-01: Added Oak\n- Removed Elm\n\n## Widgets\n- Gear – x\n- Wheel – y\n"
    assert reasons(lists) == [
        "tells in words how suppliers came and went, which is not read",
        "its heading does not say that it lists suppliers",
    ]


def test_a_card_for_each_supplier():
    assert told(CARDS) == [("Alder", name, "active", None) for name in ("Oak & Co", "Fir", "Elm")]
    assert [use.service for item in read(CARDS) for use in item.uses_vendor] == ["files", "search", "mail"]
    assert [(note.key, note.value) for note in read(CARDS)[0].notes] == [("Location", "Ireland")]


def test_a_heading_for_each_supplier():
    assert told(HEADED) == [
        ("Alder Ltd", "Oak, Inc.", "active", "2019-04-01"),
        ("Alder Ltd", "Fir", "active", None),
        ("Alder Ltd", "Elm", "ended", "2024-03-01"),
    ]


def test_damaged_pages_never_make_it_fail_and_quotes_hold():
    for mutant in mutants([PAGE, CARDS, HEADED, LISTS], 100, seed=11):
        for item in SupplierTableExtractor().extract(document(mutant)):
            proofs = [] if isinstance(item, Defect) else [proof for use in item.uses_vendor for proof in use.evidence]
            assert all(mutant[slice(*proof.span)] == proof.quote for proof in proofs)


def test_a_column_of_dates_ends_what_was_removed_on_them_and_nothing_else():
    text = "# Alder {} subprocessors\n\n| Sub-processor | Purpose | Date |\n|--|--|--|\n| Elm | mail | 2024-06-30 |\n"
    assert told(text.format("removed")) == [("Alder", "Elm", "ended", "2024-06-30")]
    assert told(text.format("former")) == [("Alder", "Elm", "ended", None)]


def test_a_piece_of_a_page_is_a_page():
    text = "<h1>Sub-processors of Alder</h1><table><tr><th>Sub-processor<th>Purpose<tr><td>Oak<td>files</table>"
    assert told(text) == [("Alder", "Oak", "active", None)]
    assert told(f'<h1 align="center">Alder</h1>\n<table><tr><td>x</table>\n\n# Alder subprocessors\n\n{TABLE}') == [("Alder", "Cedar", "active", None)]  # fmt: skip


def test_pages_of_many_headings_are_read_in_time():
    text = "# Sub-processors of Alder\n" + f"## Part\nAlder uses sub-processors\n\n{TABLE}\n" * 500
    assert len(read(text)) == 500


def test_a_heading_in_the_banner_of_a_page_counts_and_its_lists_do_not():
    text = "<header><ul><li>Home<li>Subprocessors</ul><h1>Alder Subprocessors</h1></header><h2>Core</h2><ul><li>Oak – files<li>Fir – search<li>Elm – mail</ul>"
    assert [use[1] for use in told(text)] == ["Oak", "Fir", "Elm"]


def test_one_former_supplier_is_enough():
    assert told("# Alder Subprocessors\n\n" + TABLE + "\n## No longer used\n\n- Elm – mail\n") == [
        ("Alder", "Cedar", "active", None),
        ("Alder", "Elm", "ended", None),
    ]


ROWS = ("Payment providers", "", ""), ("Oak", "cards", "US"), ("FORMER SUB-PROCESSORS", "", ""), ("Elm", "mail", "US"), ("Active", "", ""), ("Elm", "mail", "US"), ("Affiliates", "", ""), ("Ash K.K.", "help", "JP"), ("Fern", "", "")  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Alder sub-processors,,\nSub-processor,Purpose,Location\n" + "\n".join(map(",".join, ROWS)),
        "# Alder sub-processors\n\n|Sub-processor|Purpose|Location|\n|--|--|--|\n"
        + "".join(f"|{'|'.join(row)}|\n" for row in ROWS),
        "<h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<th>Location"
        + "".join(f"<tr><td><b>{row[0]}</b><td>{row[1]}<td>{row[2]}" for row in ROWS)
        + "</table>",
    ],
)
def test_a_row_that_is_nothing_but_a_kind_or_a_state_heads_those_below(text):
    assert [use[1:3] for use in told(text)] == [("Oak", "active"), ("Elm", "ended"), ("Elm", "active")]
    sections = [[note.value for note in item.notes if note.key == "section"] for item in read(text)]
    assert sections == [["Payment providers"], ["FORMER SUB-PROCESSORS"], ["Active"], ["Affiliates"], ["Affiliates"]]


def test_a_state_over_all_columns_holds_as_one_in_a_row():
    text = "<h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<tr><td colspan=2>Former<tr><td>Oak<td>mail</table>"
    assert told(text) == [("Alder", "Oak", "ended", None)]


INNER = "Removed on 03/04/2025", "Upcoming from 1 January 2027", "Added (25/03/2025)", "Active"


@pytest.mark.parametrize(
    "text",
    [
        "# Alder sub-processors\n\n|Sub-processor|Purpose|\n|--|--|\n" + "".join(f"|**{one}**| |\n|Oak|mail|\n" for one in INNER),
        "<h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose" + "".join(f"<tr><td colspan=2>{one}<tr><td>Oak<td>mail" for one in INNER) + "</table>",
        "<h1>Alder sub-processors</h1><h2>Former</h2><table><tr><th>Sub-processor<th>Purpose" + "".join(f"<tr><td colspan=2>{one}<tr><td>Oak<td>mail" for one in INNER) + "</table>",
    ],
)  # fmt: skip
def test_a_heading_inside_a_table_tells_the_day_as_one_above_it_does(text):
    assert [use[2:] for use in told(text)[:3]] == [("ended", "2025-04-03"), ("unknown", "2027-01-01"), ("active", "2025-03-25")]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "since"),
    [
        ("Hinzugefügt am 05.06.2025", "2025-06-05"), ("Neu ab 05.06.2025", "2025-06-05"), ("Neu seit 05.06.2025", "2025-06-05"), ("Aktuell", None),
        ("Ajoutés le 05/06/2025", "2025-06-05"), ("Añadidos el 05/06/2025", "2025-06-05"), ("Nuevos desde el 05/06/2025", "2025-06-05"),
        ("Aggiunti il 05/06/2025", "2025-06-05"), ("Toegevoegd op 05/06/2025", "2025-06-05"), ("Nieuw vanaf 05/06/2025", "2025-06-05"),
        ("Additions", None), ("Additions: 5 June 2025", "2025-06-05"), ("Additions effective 5 June 2025", "2025-06-05"), ("Onboarded on 5 June 2025", "2025-06-05"),
        ("Introduced on 5 June 2025", "2025-06-05"), ("Engaged from 5 June 2025", "2025-06-05"), ("Approved on 5 June 2025", None), ("Announced 5 June 2025", None),
    ],
)  # fmt: skip
def test_what_was_added_is_active_below_its_heading(heading, since):
    rows = f"|**Removed on 3 April 2025**| |\n|Oak|mail|\n|**{heading}**| |\n|Elm|mail|\n"
    inside = told(f"# Alder sub-processors\n\n|Sub-processor|Purpose|\n|--|--|\n{rows}")
    assert inside == [("Alder", "Oak", "ended", "2025-04-03"), ("Alder", "Elm", "active", since)]
    assert told(f"# Alder sub-processors\n\n## {heading}\n\n{TABLE}") == [("Alder", "Cedar", "active", since)]


@pytest.mark.parametrize("name", ["Fjord (until 2 April 2025)", "Fjord (2 April 2025)", "Studio 2020", "Nova", "Neu"])
def test_a_supplier_of_whom_nothing_else_is_told_ends_no_section(name):
    rows = f"|**Removed on 3 April 2025**| |\n|{name}| |\n|Elm|mail|\n"
    uses = told(f"# Alder sub-processors\n\n|Sub-processor|Purpose|\n|--|--|\n{rows}")
    assert [use[2] for use in uses[1:]] == ["ended"]
    assert len(uses) == 2


def test_the_text_below_a_heading_tells_the_day_before_it():
    text = "<h1>Alder sub-processors</h1><h2>Removed in 2024</h2><p>These were removed on 31 March 2024:</p><table><tr><th>Sub-processor<th>Purpose<tr><td>Oak<td>mail</table>"
    assert told(text) == [("Alder", "Oak", "ended", "2024-03-31")]


@pytest.mark.parametrize("label", ["Customer", "Company", "Organization", "Client"])
def test_a_label_above_a_table_in_csv_names_the_customer(label):
    assert told(f"{label}: Alder,,\n\nSub-processor,Purpose\nOak,mail\n")[0][:2] == ("Alder", "Oak")
