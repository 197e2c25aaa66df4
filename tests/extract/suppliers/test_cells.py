"""Cells that list several, that name nobody, or tell of a change; rows that are none; suppliers inside of their customers."""

from __future__ import annotations

import json

import pytest

from kg.dates import parse_field
from kg.extract.suppliers.columns import columns, is_supplier_table
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.several import suppliers_in
from kg.extract.suppliers.states import state
from kg.extract.tabular.table import tables
from kg.model import Defect, Document


def extracted(text, name="t.csv"):
    found = Document(name, text, "0")
    assert SupplierTableExtractor().recognizes(found)
    told = list(SupplierTableExtractor().extract(found))
    for one in told:
        for fact in () if isinstance(one, Defect) else (*one.parties, *one.uses_vendor, *one.notes):
            assert all(text[slice(*proof.span)] == proof.quote for proof in fact.evidence)
    return told


def uses(text, name="t.csv"):
    return [
        (use.customer, use.supplier, str(use.status), use.valid_from and use.valid_from.edtf, use.valid_until and use.valid_until.edtf)
        for one in extracted(text, name)
        if not isinstance(one, Defect)
        for use in one.uses_vendor
    ]  # fmt: skip


def pairs(text, name="t.csv"):
    return [use[:2] for use in uses(text, name)]


def reasons(text, name="t.csv"):
    return [one.reason for one in extracted(text, name) if isinstance(one, Defect)]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Oak, Elm, Fern", ["Oak", "Elm", "Fern"]),
        ("Oak, Elm and Fern", ["Oak", "Elm", "Fern"]),
        ("Oak Web Services, Inc., Elm LLC", ["Oak Web Services, Inc.", "Elm LLC"]),
        ("Oak; Elm", ["Oak", "Elm"]),
        ("Oak\nElm\nFern", ["Oak", "Elm", "Fern"]),
        ("Oak (mail, files), Elm, Fern", ["Oak (mail, files)", "Elm", "Fern"]),
        ("Oak, Inc.; Elm LLC; Fern", ["Oak, Inc.", "Elm LLC", "Fern"]),
    ],
)
def test_a_cell_may_list_several_suppliers(cell, names):
    assert list(suppliers_in(cell)) == names


@pytest.mark.parametrize(
    "cell",
    [
        "Oak",
        "Oak, Inc.",
        "Oak, Elm",
        "Smith, Jones & Co",
        "Baker, Elm, Ash & Fern, PC",
        "Oak, Elm, Fern LLP",
        "Oak Labs, Ireland Limited",
        "Oak, Oak Computer Services, Inc., An Elm Company",
        "Oak LLC, 12 Elm Parkway, Mountain View, CA 94043, USA",
        "Oak GmbH, Gunzenhausen, Bayern",
        "Oak, Dublin, Ireland",
        "Oak Works, Elmtown, NY",
        "Oak GmbH\nElmstr. 57\n56410 Montabaur",
        "Oak Web Services\nOak Cloud",
        "Sales, Marketing, Support",
        "Oak, Hosting, CDN",
        "Oak, formerly Acorn, Elm, Fern",
    ],
)
def test_a_cell_that_may_be_one_name_is_one(cell):
    assert suppliers_in(cell) == (cell,)


def test_two_names_are_two_where_the_column_speaks_of_several_for_each_customer():
    assert pairs('Client,Subprocessors\nAlder,"Oak, Elm"\n') == [("Alder", "Oak"), ("Alder", "Elm")]
    assert pairs('Client,Subprocessor\nAlder,"Oak, Elm"\n') == [("Alder", "Oak, Elm")]
    assert pairs('Alder subprocessors\nSubprocessors,Purpose\n"Oak, Elm",mail\n') == [("Alder", "Oak, Elm")]


def test_each_of_several_has_its_own_state_and_what_one_column_tells_of_one_is_a_note():
    text = 'Customer,Supplier,Supplier LEI\nAlder,"Oak (deprecated); Elm","549300ABCDEF12345678"\n'
    assert [use[1:3] for use in uses(text)] == [("Oak", "ended"), ("Elm", "active")]
    (one,) = extracted(text)
    assert all(not party.identifiers for party in one.parties)
    assert ("Supplier LEI", "549300ABCDEF12345678") in {(note.key, note.value) for note in one.notes}


def test_an_array_lists_several():
    told = [
        {"company": "Alder", "subprocessors": ["Oak", "Smith, Jones"]},
        {"company": "Birch", "subprocessors": ["Elm"]},
    ]
    assert pairs(json.dumps(told), "t.json") == [("Alder", "Oak"), ("Alder", "Smith, Jones"), ("Birch", "Elm")]


def test_a_log_of_changes_tells_since_and_until_when():
    text = "Date,Company,Subprocessor,Action\n2024-09-01,Alder,Oak,Removed\n2024-03-15,Alder,Elm,Added\n2021-02-01,Alder,Oak,Added\n2024-01-01,Alder,Fern,Updated\n"
    assert uses(text) == [
        ("Alder", "Oak", "ended", "2021-02-01", "2024-09-01"),
        ("Alder", "Elm", "active", "2024-03-15", None),
        ("Alder", "Oak", "ended", "2021-02-01", "2024-09-01"),
        ("Alder", "Fern", "active", None, None),
    ]
    assert {(note.key, note.value) for note in extracted(text)[3].notes} == {
        ("Date", "2024-01-01"),
        ("Action", "Updated"),
    }
    assert uses("Effective date,Customer,Supplier,Change\n2024-09-01,Alder,Oak,Removal\n")[0][2:] == (
        "ended", None, "2024-09-01",
    )  # fmt: skip


def test_a_supplier_that_is_added_again_was_removed_in_between():
    text = "Date,Company,Subprocessor,Action\n2021-01-01,Alder,Oak,Removed\n2022-01-01,Alder,Oak,Added\n"
    removed, added = ("ended", None, "2021-01-01"), ("active", "2022-01-01", None)
    assert [use[2:] for use in uses(text)] == [removed, added]
    text += "2020-01-01,Alder,Oak,Added\n2023-01-01,Alder,Oak,Removed\n2024,Alder,Oak,Added\n2022-06-01,Alder,Oak,Declined\n"
    first, second = ("ended", "2020-01-01", "2021-01-01"), ("ended", "2022-01-01", "2023-01-01")
    assert [use[2:] for use in uses(text)] == [first, second, first, second, ("active", "2024", None)]


def test_the_day_of_a_removal_is_not_since_when():
    text = "Effective date,Customer,Supplier,Change\n2024-09-01,Alder,Oak,Removed\n2023-09-01,Alder,Oak,Added\n"
    assert {use[2:] for use in uses(text)} == {("ended", "2023-09-01", "2024-09-01")}


@pytest.mark.parametrize(
    ("added", "removed"),
    [("15 March 2024", "March 2024"), ("15 March 2024", "2024"), ("March 2024", "2024"), ("March 2024", "March 2024"), ("March 2024", "20 March 2024")],
)  # fmt: skip
def test_days_told_loosely_are_of_one_term(added, removed):
    rows = [f"Alder,Oak,Added,{added}\n", f"Alder,Oak,Removed,{removed}\n"]
    for told in (rows, rows[::-1]):
        both = {use[2:] for use in uses("Customer,Supplier,Action,Date\n" + "".join(told))}
        assert both == {("ended", parse_field(added).edtf, parse_field(removed).edtf)}


def test_what_is_removed_in_a_month_may_be_added_again_in_it():
    text = "Customer,Supplier,Action,Date\nAlder,Oak,Added,2023-01-01\nAlder,Oak,Removed,March 2024\nAlder,Oak,Added,15 March 2024\n"
    assert [use[2:] for use in uses(text)] == [
        ("ended", "2023-01-01", "2024-03"), ("ended", "2023-01-01", "2024-03"), ("active", "2024-03-15", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Date,Supplier,Change,Effective,Customer\n2024-01-01,Oak,Added,2024-03-01,Alder\n2025-02-01,Oak,Removed,2025-04-01,Alder\n",
        "Date,Supplier,Change,Effective from,Customer\n2024-03-01,Oak,Added,,Alder\n2025-04-01,Oak,Removed,,Alder\n",
        "Date,Supplier,Change,Start date,End date,Customer\n2024-01-01,Oak,Added,2024-03-01,,Alder\n2025-02-01,Oak,Removed,,2025-04-01,Alder\n",
        "Supplier,Change,Date of notice,Effective date,Customer\nOak,Added,2024-01-01,2024-03-01,Alder\nOak,Removed,2025-02-01,2025-04-01,Alder\n",
        *(
            f"Date,Supplier,Change,{effect},Customer\n2024-01-01,Oak,Added,2024-03-01,Alder\n2025-02-01,Oak,Removed,2025-04-01,Alder\n"
            for effect in ("Valid from", "Start date", "In effect from", "Go-live date", "Gültig ab", "Effective on", "Effective as of", "Effective Date (UTC)", "Takes effect", "Date of effect", "Implementation date", "Fecha efectiva")
        ),
    ],
)  # fmt: skip
def test_a_term_is_of_the_days_of_effect_and_not_of_notice(text):
    assert [use[2:] for use in uses(text)] == [("ended", "2024-03-01", "2025-04-01")] * 2


@pytest.mark.parametrize("effect", ["Effective date", "Valid from"])
def test_a_removal_that_tells_since_when_too_ends_on_its_own_day(effect):
    text = f"Date,Customer,Supplier,Change,{effect}\n2025-02-01,Alder,Oak,Removed,2025-02-01\n"
    assert uses(text)[0][2:] == ("ended", None, "2025-02-01")
    text = "Date,Customer,Supplier,Change,Start date\n2025-02-01,Alder,Oak,Removed,2024-03-01\n"
    assert uses(text)[0][2:] == ("ended", "2024-03-01", "2025-02-01")


@pytest.mark.parametrize("effect", ["Effective date", "Valid from"])
@pytest.mark.parametrize("told", ["Immediately", "-", "TBD", "same day", "30 days after notice", "1 April"])
def test_where_no_day_of_effect_is_told_that_of_notice_is_taken(effect, told):
    text = f"Date,Customer,Supplier,Change,{effect}\n2024-02-01,Alder,Oak,Added,{told}\n2025-02-01,Alder,Oak,Removed,{told}\n2025-02-01,Alder,Elm,Added,2025-03-01\n"
    assert [use[2:] for use in uses(text)] == [
        *[("ended", "2024-02-01", "2025-02-01")] * 2, ("active", "2025-03-01", None),
    ]  # fmt: skip
    assert told in [note.value for note in extracted(text)[0].notes]


def test_the_days_of_some_other_change_are_notes():
    text = "Date,Customer,Supplier,Change,Effective date\n2024-01-01,Alder,Oak,Added,2024-03-01\n2024-05-01,Alder,Elm,Updated,2024-06-01\n"
    assert uses(text)[1][2:] == ("active", None, None)
    assert {(note.key, note.value) for note in extracted(text)[1].notes} == {
        ("Date", "2024-05-01"), ("Change", "Updated"), ("Effective date", "2024-06-01"),
    }  # fmt: skip


def test_a_state_beside_a_day_of_something_else_dates_nothing():
    assert uses("Customer,Supplier,Status,Date\nAlder,Oak,Active,2020-01-01\n")[0][2:] == ("active", None, None)
    assert uses("Customer,Supplier,Status\nAlder,Oak,Active since 2019\n")[0][2:] == ("active", "2019", None)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("gekündigt", "ended"),
        ("Beendet", "ended"),
        ("geplant", "unknown"),
        ("Prospective", "unknown"),
        ("résilié", "ended"),
        ("prévu", "unknown"),
        ("dado de baja", None),
        ("finalizado", "ended"),
        ("beëindigd", "ended"),
        ("aktiv", "active"),
        ("Removed (replaced by Elm)", "ended"),
        ("Terminated 2023", "ended"),
        ("Ended on 31 May 2023", "ended"),
        ("Off-boarded", "ended"),
        ("De-commissioned", "ended"),
        ("Not active", "ended"),
        ("Contract has been terminated", "ended"),
        ("Active vendor", "active"),
        ("In renewal", "active"),
        ("Planned for 2027", "unknown"),
        ("Terminated for what", None),
        ("Terminated - data deleted", "ended"),
        ("Paused — not deployed; no contract yet", "suspended"),
        ("Approved - not yet in use", None),
        ("Lapsed", "ended"),
        ("Non-renewed", "ended"),
    ],
)
def test_states_in_other_words(word, status):
    assert (state(word) and str(state(word).status)) == status


def test_a_state_in_words_that_are_not_known_is_unknown():
    cells = ("Pending approval", "Terminated 2023", "Legacy", "-", "✅", "", "tbd")
    text = "Customer,Supplier,Status\n" + "".join(f"Alder,Oak {at},{cell}\n" for at, cell in enumerate(cells, 1))
    assert [use[2:] for use in uses(text)] == [
        ("unknown", None, None),
        ("ended", None, "2023"),
        ("unknown", None, None),
        *[("active", None, None)] * 4,
    ]
    assert [note.value for one in extracted(text) for note in one.notes] == [
        "Pending approval",
        "Legacy",
        "-",
        "✅",
        "tbd",
    ]
    assert uses("Customer,Supplier,State\nAlder,Oak,Texas\n")[0][2] == "active"


def test_who_was_refused_is_no_supplier():
    assert reasons("Customer,Supplier,Status\nAlder,Oak,Rejected\nAlder,Elm,Approved\n") == ["is no supplier: Rejected"]


@pytest.mark.parametrize(
    "text",
    [
        "# Alder sub-processors\n\n- ~~Oak~~ – Hosting\n- Elm – Hosting\n",
        "# Alder sub-processors\n\n- ~~Oak – Hosting~~\n- Elm – Hosting\n",
        "# Alder sub-processors\n\n|Sub-processor|Purpose|\n|--|--|\n|~~Oak~~|mail|\n|Elm|~~mail~~|\n",
        "<html><h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<tr><td><s>Oak</s><td>x<tr><td>Elm<td><s>y</s></table>",
        '<html><h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<tr><td><del><a href="x">Oak</a></del><td>x<tr><td>Elm<td>y</table>',
        '<html><h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<tr><td><span style="text-decoration:line-through">Oak</span><td>x<tr><td>Elm<td>y</table>',
    ],
)
def test_what_is_struck_through_has_ended(text):
    assert [use[1:3] for use in uses(text, "t")] == [("Oak", "ended"), ("Elm", "active")]


def test_what_is_struck_in_part_has_not_ended():
    page = (
        "<html><h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose<tr><td><s>Oak</s> Elm<td>x</table>"
    )
    assert [use[2] for use in uses(page, "t")] == ["active"]


def test_footers_totals_and_words_for_none_name_nobody():
    text = (
        "Alder subprocessors\nSub-processor,Purpose\nOak,CDN\n,\nNotes: Countries as of last review.,\nSource: internal register,\n"
        "Last updated: 12/03/2024,\n* only EU,\n*Elm,\nTotal,2\nnone,\nTBD,mail\nNone Software,mail\nTotal Fern,mail\nWe tell you of every change to this list before it happens.,\n"
    )
    assert [supplier for _, supplier in pairs(text)] == ["Oak", "Elm", "None Software", "Total Fern"]
    note = "is a note of the table"
    assert reasons(text) == [
        note, note, note, note, "counts the rows", "names no supplier: none", "names no supplier: TBD", note,
    ]  # fmt: skip
    assert reasons("Kunde,Lieferant\nAlder,keine\nN/A,Oak\nAlder,Oak\n") == [
        "names no supplier: keine",
        "names no customer: N/A",
    ]
    assert reasons("Customer,Vendor,Spend\nAlder,Oak,1\n,Total,1\n") == ["counts the rows"]


@pytest.mark.parametrize(
    "line",
    [
        "Questions? Contact privacy@alder.example",
        "Total: 12",
        "© 2025 Alder Inc. All rights reserved",
        "(c) 2025 Alder",
        "Generated from Fern on 2025-07-01",
    ],
)
def test_what_is_said_of_the_page_below_a_table_names_nobody(line):
    text = f"Alder subprocessors\nSub-processor,Purpose\nOak,CDN\n{line},\nTotal,\nGenerated Data Ltd,\n"
    assert [supplier for _, supplier in pairs(text)] == ["Oak", "Total", "Generated Data Ltd"]


def test_what_looks_like_a_footer_beside_names_is_none():
    assert pairs("Comment,Customer,Supplier\nNote: pays late,c0001,c0002\nTotal,Alder,Oak\n") == [
        ("c0001", "c0002"),
        ("Alder", "Oak"),
    ]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Nr.,Customer,Subprocessor", True),
        ("Lfd. Nr.,Customer,Subprocessor,Optional?", True),
        ("Item No.,Customer,Subprocessor,Used by default?", True),
        ("Who is the customer,and who the vendor?", False),
        ("Our customer,our vendor,and that is it.", False),
        ("Customer, vendor and more.", False),
    ],
)
def test_headers_that_end_in_a_mark(header, wanted):
    (table,) = tables(Document("t", f"{header}\n", "0"))
    assert is_supplier_table(table) is wanted


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("Ingangsdatum", "Einddatum"),
        ("Vertragsbeginn", "Vertragsende"),
        ("Date d'ajout", "Date de retrait"),
        ("Fecha de alta", "Fecha de baja"),
        ("Gültig ab", "Gültig bis"),
    ],
)
def test_headers_of_days_in_other_languages(since, until):
    found = columns(("Customer", "Supplier", since, until))
    assert (found["since"], found["until"]) == (2, 3)


def test_a_service_provided_is_no_state():
    assert columns(("Subencargado", "Servicio prestado")) == {"supplier": 0, "service": 1}


LISTED = [{"name": "Oak", "purpose": "mail"}, {"name": "Elm", "purpose": "files"}]


@pytest.mark.parametrize(
    "told",
    [
        [{"customer": "Alder", "subprocessors": LISTED}, {"customer": "Birch", "subprocessors": [{"name": "Fern"}]}],
        [{"company": {"name": "Alder"}, "subprocessors": ["Oak", "Elm"]}, {"company": {"name": "Birch"}, "subprocessors": ["Fern"]}],
        {"Alder": [{"subprocessor": "Oak"}, {"subprocessor": "Elm"}], "Birch": [{"subprocessor": "Fern"}]},
        {"Alder": {"url": "x", "subprocessors": LISTED}, "Birch": {"url": "y", "subprocessors": ["Fern"]}},
    ],
)  # fmt: skip
def test_suppliers_inside_of_their_customers(told):
    wanted = [("Alder", "Oak"), ("Alder", "Elm"), ("Birch", "Fern")]
    assert pairs(json.dumps(told), "t.json") == wanted
    if isinstance(told, list):
        assert pairs("\n".join(map(json.dumps, told)), "t.jsonl") == wanted


def test_a_customer_that_is_an_object():
    told = {"company": {"id": 7, "name": "Alder"}, "subprocessors": LISTED}
    assert pairs(json.dumps(told), "t.json") == [("Alder", "Oak"), ("Alder", "Elm")]


@pytest.mark.parametrize(
    "told",
    [
        {"Alder": [{"name": "Oak"}], "Birch": [{"name": "Elm"}]},
        {"Infrastructure": [{"subprocessor": "Oak"}], "Customer Support": [{"subprocessor": "Elm"}]},
        {"page": {"subprocessors": [{"name": "Oak"}]}, "locale": "en"},
        {"EU": {"subprocessors": [{"name": "Oak"}]}, "US": {"subprocessors": [{"name": "Elm"}]}},
        [{"victim": "Alder", "vendors": [{"name": "Oak"}]}],
        [{"id": 1, "subprocessors": [{"name": "Oak"}]}, {"subprocessors": [{"name": "Elm"}]}],
    ],
)
def test_other_json_is_not(told):
    found = Document("t.json", json.dumps(told), "0")
    assert not list(filter(lambda one: not isinstance(one, Defect), SupplierTableExtractor().extract(found)))


LEI, OTHER = "529900T8BM49AURSDO55", "549300ABCDEF12345678"
TITLES = (
    "Contractual arrangement reference number;LEI of the entity making use of the ICT service(s);"
    "Identification code of the ICT third-party service provider;Type of ICT services"
)
CODES = "B_02.02.0010;B_02.02.0020;B_02.02.0030;B_02.02.0060"


@pytest.mark.parametrize(
    ("name", "text", "aside"),
    [
        ("r.csv", f"{TITLES}\n{CODES}\nC1;{LEI};{OTHER};S01\n", 1),
        ("r.csv", f"B_02.02;Contractual arrangements – Specific information;;\n{CODES}\nC1;{LEI};{OTHER};S01\n", 0),
        ("reports/b_02.02.csv", f"c0010,c0020,c0030,c0060\nC1,{LEI},{OTHER},S01\n", 0),
    ],
)
def test_the_register_below_its_titles_and_by_the_name_of_its_template(name, text, aside):
    assert pairs(text, name) == [(LEI, OTHER)]
    assert reasons(text, name) == aside * ["holds the codes of the columns"]
    assert not SupplierTableExtractor().recognizes(Document("t.csv", "c0010,c0020\nC1,C2\n", "0"))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Oak (SMS), Elm (voice)", ["Oak (SMS)", "Elm (voice)"]),
        ("Oak (SMS, mail), Elm Labs (voice, mail)", ["Oak (SMS, mail)", "Elm Labs (voice, mail)"]),
        ("Oak (SMS) and Elm (voice)", ["Oak (SMS)", "Elm (voice)"]),
        ("Oak (SMS) / Elm (voice)", ["Oak (SMS)", "Elm (voice)"]),
        ("Oak (formerly Acorn), Inc. (USA)", ["Oak (formerly Acorn), Inc. (USA)"]),
        ("Oak (US), Dublin (Ireland)", ["Oak (US), Dublin (Ireland)"]),
        ("Oak (mail (and files))", ["Oak (mail (and files))"]),
        ("Oak (mail), Elm", ["Oak (mail), Elm"]),
    ],
)
def test_two_names_with_a_bracket_behind_each_are_two(cell, names):
    assert list(suppliers_in(cell)) == names


def test_what_stands_behind_the_bracket_of_one_name_is_no_part_of_it():
    text = 'Customer,Supplier\nAlder,"Oak (payments), Radar"\nAlder,"Elm (formerly Acorn), Inc."\nAlder,"Ash (UK), Dublin, Ireland"\n'
    assert [use[1] for use in uses(text)] == ["Oak", "Elm, Inc.", "Ash"]
    notes = [{(note.key, note.value) for note in one.notes} for one in extracted(text)]
    assert ("remark", "Radar") in notes[0]
    assert ("place", "Dublin, Ireland") in notes[2]


@pytest.mark.parametrize(
    "cell",
    ["derzeit keine weiteren", "Keine weiteren Unterauftragnehmer", "None at this time", "No other sub-processors at present", "Actuellement aucun autre",
     "Momenteel geen andere", "Attualmente nessun altro", "Actualmente ninguno"],
)  # fmt: skip
def test_words_for_none_further_name_nobody(cell):
    assert reasons(f"Customer,Supplier\nAlder,Oak\nAlder,{cell}\n") == [f"names no supplier: {cell}"]


@pytest.mark.parametrize(
    "name",
    ["None of the Above LLC", "No Limits", "None Such Ltd", "Kein & Co", "At Present", "This Moment", "Notion", "Source Defense", "Total Wine", "New Relic",
     "Active Campaign", "Current", "Update AG", "Removed", "Optional", "Stand Out Ltd", "Sum", "Noted", "Other Vendors Ltd"],
)  # fmt: skip
def test_companies_called_like_words_for_states_or_notes_are_suppliers(name):
    header = "Customer,Supplier,Purpose,Status\n"
    assert uses(f"{header}Alder,{name},mail,Active\n") == [("Alder", name, "active", None, None)]
    assert uses(f"Alder Ltd subprocessors\nSubprocessor,Purpose\n{name},mail\n") == [
        ("Alder Ltd", name, "active", None, None)
    ]


def test_the_state_of_an_address_is_none_of_a_relationship():
    text = "Alder Ltd subprocessors\nSubprocessor,City,State,Country\nOak,Ensenada,Baja,Mexico\n"
    assert uses(text)[0][2] == "active"
    assert ("State", "Baja") in {(note.key, note.value) for note in extracted(text)[0].notes}
    text = "Alder Ltd subprocessors\nSubprocessor,State,Country\nOak,California,USA\n"
    assert ("State", "California") in {(note.key, note.value) for note in extracted(text)[0].notes}


def test_hover_styles_strike_nothing():
    page = "<h1>Alder sub-processors</h1><table><tr><th>Sub-processor<th>Purpose</tr><tr><td><a class='hover:line-through' href='/'>Oak</a><td>mail</tr></table>"
    assert uses(page, "t.html") == [("Alder", "Oak", "active", None, None)]


def test_what_is_removed_for_one_purpose_goes_on_for_the_others():
    text = "Customer,Supplier,Purpose,Action,Date\nAlder,Oak,Hosting,Added,2020-01-02\nAlder,Oak,Mail,Added,2021-01-02\nAlder,Oak,Mail,Removed,2022-01-02\n"
    assert [use[2:] for use in uses(text)] == [
        ("active", "2020-01-02", None), ("ended", "2021-01-02", "2022-01-02"), ("ended", "2021-01-02", "2022-01-02"),
    ]  # fmt: skip
    text = "Customer,Supplier,Purpose,Action,Date\nAlder,Oak,Hosting,Added,2020-01-02\nAlder,Oak,no longer needed,Removed,2022-01-02\n"
    ended = ("ended", "2020-01-02", "2022-01-02")
    assert [use[2:] for use in uses(text)] == [ended, ended]
    text += "Alder,Oak,Files,Added,2023-01-02\n"
    assert [use[2:] for use in uses(text)] == [ended, ended, ("active", "2023-01-02", None)]


def test_a_customer_called_like_the_words_of_a_note_is_one():
    assert pairs("Customer,Supplier\nAs Of Yet Ltd,Oak\nNoteworthy,Oak\n") == [
        ("As Of Yet Ltd", "Oak"),
        ("Noteworthy", "Oak"),
    ]
    assert (
        reasons("Customer,Supplier,Purpose\nAlder,Oak,mail\nAs of March 2024,,\nAs of 1.2.2024,,\n")
        == ["is a note of the table"] * 2
    )


def test_what_data_a_supplier_accesses_is_not_when_the_list_was_copied():
    assert "observed" not in columns(("Sub-processor", "Data accessed"))
    assert columns(("Sub-processor", "Last accessed"))["observed"] == 1


@pytest.mark.parametrize(
    "cell", ["#NV", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#WERT!", "#BEZUG!", "#¡VALOR!", "#####", "0"]
)
def test_what_a_formula_gives_that_failed_is_nobody(cell):
    assert reasons(f"Customer,Supplier\nAlder,{cell}\n{cell},Oak\n") == [
        f"names no supplier: {cell}",
        f"names no customer: {cell}",
    ]


@pytest.mark.parametrize("name", ["#paid", "0x", "#1 Hosting", "10", "#Yahoo!", "#WOW!"])
def test_names_that_look_like_it_are_names(name):
    assert pairs(f"Customer,Supplier\nAlder,{name}\n") == [("Alder", name)]


def test_an_error_in_a_column_of_dates_is_as_good_as_nothing():
    assert uses("Customer,Supplier,Since,Until\nAlder,Oak,#NV,#WERT!\n") == [("Alder", "Oak", "active", None, None)]
    assert not reasons("Customer,Supplier,Since,Until\nAlder,Oak,#NV,#WERT!\n")


@pytest.mark.parametrize("cell", ['="Okta"', '"=""Okta"""'])
def test_a_name_that_a_formula_makes_a_text_is_the_name(cell):
    assert pairs(f'Customer,="Supplier"\nAlder,{cell}\n') == [("Alder", "Okta")]


def vendors(cell, header="Vendor"):
    page = f"<html><h1>Birch Bank sub-processors</h1><table><tr><th>{header}<th>Purpose<tr><td>{cell}</td><td>x</td></table>"
    return [supplier for _, supplier in pairs(page, "t.html")]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("<ul><li>Oak</li><li>Elm</li></ul>", ["Oak", "Elm"]),
        ("<ol><li>Oak Inc.<li>Elm</ol>", ["Oak Inc.", "Elm"]),
        ("<ul><li>Oak<br>Inc.</li><li>Elm (logs)</li></ul>", ["Oak Inc.", "Elm"]),
        ("<p>Oak</p><p>Source code</p>", ["Oak Source code"]),
        ("<ul><li>Oak</li><li>Inc.</li></ul>", ["Oak Inc."]),
        ("<ul><li>Oak GmbH</li><li>Elmstr. 25</li><li>91710 Gunzenhausen</li></ul>", ["Oak GmbH"]),
        ("<ul><li>Oak GmbH, Germany</li><li>Elm SAS, France</li></ul>", ["Oak GmbH", "Elm SAS"]),
        ("<ul><li>Oak LLC</li><li>Germany</li></ul>", ["Oak LLC"]),
        ("<p>Oak, Inc.</p><p>Elm Boulevard</p>", ["Oak, Inc."]),
        ("<p>Oak, Inc.</p><p>410 Elm Avenue North<br>Seattle</p>", ["Oak, Inc."]),
        ("Oak<ul><li>Analytics</li><li>Firebird</li></ul>", ["Oak Analytics Firebird"]),
        ("<ul><li>Oak</li></ul>", ["Oak"]),
        ("Opal<br>Host", ["Opal Host"]),
        ("Oak<br>Elm<br>Ash", ["Oak", "Elm", "Ash"]),
        ("<del>Oak</del> Elm Host", ["Elm Host"]),
        ("Elm <strike>Oak</strike> Host", ["Elm Host"]),
        ("<ul><li><s>Ash</s></li><li>Oak</li><li>Elm</li></ul>", ["Oak", "Elm"]),
        ("<s>Oak</s><br><s>Elm</s><br><s>Ash</s>", ["Oak", "Elm", "Ash"]),
    ],
)
def test_list_items_of_a_page_are_several_and_what_is_struck_out_is_not_said(cell, names):
    assert vendors(cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ('Oak Inc. <span class="badge badge-new">New</span>', ["Oak Inc."]),
        ('Oak Host <em class="status-label"><i></i>Core</em>', ["Oak Host"]),
        ('<span class="tag">Oak</span> <span class="tag">Host</span>', ["Oak Host"]),
        ('Oak <span class="stage">Host</span>', ["Oak Host"]),
        ("Oak Inc.BETA", ["Oak Inc."]),
        ("Oak Beta", ["Oak Beta"]),
        ("Oak.io, Inc. Website: oak.io", ["Oak.io, Inc."]),
    ],
)
def test_a_badge_is_no_part_of_a_name(cell, names):
    assert vendors(cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Oak Inc.<br>Postbox", ["Oak Inc."]),
        ("Oak Inc.<br>(Postbox)", ["Oak Inc.", "Postbox"]),
        ("Oak Inc.<br>Elm (Ash, LLC)", ["Oak Inc.", "Elm", "Ash, LLC"]),
        ("Oak, Inc. and Elm (Ash, Inc.)", ["Oak, Inc.", "Elm", "Ash, Inc."]),
        ("Oak, Inc. and Elm", ["Oak, Inc.", "Elm"]),
        ("Oak, Inc. and Subsidiaries", ["Oak, Inc. and Subsidiaries"]),
        ("Oak Co. and Sons", ["Oak Co. and Sons"]),
        ("Oak, Inc. and Support Services", ["Oak, Inc. and Support Services"]),
    ],
)
def test_a_name_ends_behind_its_legal_form(cell, names):
    assert vendors(cell) == names


def test_a_line_that_the_list_has_elsewhere_is_a_name():
    text = 'Customer,Supplier\nAlder,"Oak Inc.\nPostbox"\nAlder,Postbox\n'
    assert pairs(text) == [("Alder", "Oak Inc."), ("Alder", "Postbox"), ("Alder", "Postbox")]


def test_suppliers_of_a_service_are_several_where_their_column_is_behind_it():
    page = "# Birch Bank sub-processors\n\n| {} | {} |\n| --- | --- |\n| {} | {} |\n"
    assert pairs(page.format("Service", "Sub-processors", "Mail", "Oakmail, Elmdrop"), "t.md") == [
        ("Birch Bank", "Oakmail"),
        ("Birch Bank", "Elmdrop"),
    ]
    assert len(pairs(page.format("Sub-processors", "Service", "Oakmail, Elmdrop", "Mail"), "t.md")) == 1


def test_customers_in_list_items_have_their_own_names():
    page = "<table><tr><th>Customer<th>Vendor<tr><td><ul><li>Birch Bank AG</li><li>Alder Labs</li></ul><td>Oak</table>"
    assert pairs(f"<html>{page}", "t.html") == [("Birch Bank AG", "Oak"), ("Alder Labs", "Oak")]


@pytest.mark.parametrize(
    ("note", "status", "until"),
    [
        ("Removed 12 May 2026", "active", "2026-05-12"),
        ("Removed - 12 May 2026", "active", "2026-05-12"),
        ("Until 1 March 2027", "active", "2027-03-01"),
        ("Beendet am 31.03.2025", "active", "2025-03-31"),
        ("No longer used", "ended", None),
        ("No longer in use. Data kept until 2027", "active", None),
        ("Nicht mehr eingesetzt", "ended", None),
        ("The free trial ended", "active", None),
        ("Support ended June 2025", "active", None),
        ("Removed from EU region 12 May 2026", "active", None),
        ("No longer used for EU customers", "active", None),
        ("Removed (EU only)", "active", None),
        ("Until June 2025: Elm", "active", None),
        ("Expired", "active", None),
    ],
)
def test_a_note_tells_the_end_where_it_says_nothing_else(note, status, until):
    assert uses(f"Company;Sub-processor;Purpose;Notes\nAlder;Oak;mail;{note}\n") == [
        ("Alder", "Oak", status, None, until)
    ]


def test_of_an_agreed_end_and_a_day_of_termination_in_the_state_the_earlier_holds():
    header = "Customer,Vendor,Status,Contract end\n"
    rows = ["Oak,Terminated early 2024-09-30,2024-12-31", "Elm,Terminated 2025-03-31,2024-12-31"]
    assert [use[4] for use in uses(header + "".join(f"Alder,{row}\n" for row in rows))] == ["2024-09-30", "2024-12-31"]


@pytest.mark.parametrize(
    ("change", "status"), [("To be removed", ""), ("Planned removal", ""), ("Removal", "Planned"), ("Removed", "")]
)
def test_what_is_to_be_removed_ends_on_its_day_and_has_not_ended(change, status):
    text = f"Company,Sub-processor,Change,Status,Effective date\nAlder,Oak,{change},{status},2027-02-28\n"
    assert uses(text) == [("Alder", "Oak", "ended" if change == "Removed" else "active", None, "2027-02-28")]
    page = f"# Alder Subprocessors\n\n## Upcoming changes\n\n| Subprocessor | Change | Effective date |\n|--|--|--|\n| Oak | {change} | 2027-02-28 |\n"
    assert uses(page, "t.md") == [("Alder", "Oak", "active", None, "2027-02-28")]


@pytest.mark.parametrize("supplier", ["supplier", "subprocessor"])
def test_the_name_of_a_supplier_may_stand_inside_of_an_object(supplier):
    listed = [{supplier: {"name": name, "country": "US"}, "purpose": "mail"} for name in ("Oak", "Elm", "Fern")]
    owned = [{"customer": {"name": "Alder"}, **one} for one in listed]
    assert pairs(json.dumps(owned), "t.json") == [("Alder", "Oak"), ("Alder", "Elm"), ("Alder", "Fern")]
    inner = [{"company": "Alder", "subprocessors": listed[:2]}, {"company": "Birch", "subprocessors": listed[2:]}]
    assert pairs(json.dumps(inner), "t.json") == [("Alder", "Oak"), ("Alder", "Elm"), ("Birch", "Fern")]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        # a note that is taken back, that begins before the begin, or tells of a product
        ("Customer,Vendor,Notes\nAlder,Oak,Terminated 2024-12-31. Reactivated 2025-06-01\n", ["Alder Oak active"]),
        ("Customer,Vendor,Notes\nAlder,Oak,Until 2024-12-31; auto-renews\n", ["Alder Oak active"]),
        ("Customer,Vendor,Notes\nAlder,Oak,Removed - error\n", ["Alder Oak active"]),
        ("Customer,Vendor,Notes\nAlder,Oak,Deprecated\n", ["Alder Oak active"]),
        ("Customer,Vendor,Notes\nAlder,Oak,Up to 2000\n", ["Alder Oak active"]),
        ("Customer,Vendor,Since,Notes\nAlder,Oak,2025-01-01,Until 2024-12-31\n", ["Alder Oak active 2025-01-01"]),
        # columns that may be of customers, and of answers, people or departments
        ("Company,Vendor,Financial entity\nAlder,Oak,No\n", ["Alder Oak active"]),
        ("Company,Vendor,Financial entity\nAlder,Oak,Birch Bank\n", ["Alder Oak active"]),
        ("Firma;Lieferant;Verantwortliche Stelle\nAlder;Oak;IT-Abteilung\n", ["Alder Oak active"]),
        ("# Alder sub-processors\n\n|Group member|Vendor|Use|\n|-|-|-|\n|All|Oak||\n", ["Alder Oak active"]),
        ("Client,Contractor,Subcontractor\nAlder,Yes,Oak\n", ["Alder Oak active"]),
        ("Client,Contractor,Subcontractor\nAlder,Jane Doe,Oak\n", ["Alder Oak active"]),
        (
            "Client,Contractor,Subcontractor\nAlder,,Oak\nAlder,Elm Ltd,Fern\n",
            ["Alder Oak active", "Alder Elm Ltd active", "Elm Ltd Fern active"],
        ),
        ("Customer,Managed service provider,Vendor\nAlder,Elm,Oak\n", ["Alder Oak active"]),
        # objects in records
        ('{"company":"Alder","subprocessors":[{"name":"Oak","provider":{"name":"Elm"}}]}', ["Alder Oak active"]),
        ('[{"customer":{"name":"Alder"},"vendor":{"name":"Oak"}}]', ["Alder Oak active"]),
        (
            '[{"customer":{"name":"Alder"},"vendor":{"name":"Elm"},"subprocessors":[{"name":"Oak"}]}]',
            ["Alder Oak active"],
        ),
        # days that something tells
        ("Customer,Vendor,Start (DD/MM/YYYY)\nAlder,Oak,03/04/2024\n", ["Alder Oak active 2024-04-03"]),
        ("Customer,Vendor,Start date,ZIP\nAlder,Oak,03/04/2024,73301\n", ["Alder Oak active 2024-03-04"]),
        ("Customer,Vendor,Start date,Country\nAlder,Oak,03/04/2024,USA\n", ["Alder Oak active 2024-03-04"]),
        ("Customer,Vendor,Start date,End date\nAlder,Oak,03/01/2024,05/01/2025\n", ["Alder Oak active 2024-03-01 2025-05-01"]),
        ("Customer,Vendor,Start date,End date\nAlder,Oak,01/03/2024,01/05/2025\n", ["Alder Oak active 2024-03-01 2025-05-01"]),
        ("Customer,Vendor,Status,End\nAlder,Oak,Terminated 09/10/2024,2025-01-01\n", ["Alder Oak ended 2025-01-01"]),
        ("Customer,Vendor,Action,Date\nAlder,Oak,To be removed,2027-01-31\n", ["Alder Oak active"]),
    ],
)  # fmt: skip
def test_what_may_be_meant_of_something_else_tells_nothing(text, used):
    name = "t.json" if text[0] in "[{" else "t.md" if text[0] == "#" else "t.csv"
    found = uses(text, name)
    assert [" ".join(str(one) for one in (*use[:3], *use[3:]) if one) for use in found] == used


def test_of_days_that_nothing_tells_the_order_of_one_is_told_and_each_is_kept():
    listing, *told = extracted("Customer,Vendor,Status,Start date,End date\nAlder,Oak,Ended 09/10/2024,03/04/2024,05/06/2025\n")  # fmt: skip
    assert len(told) == 1
    assert {note.value for note in listing.notes} >= {"Ended 09/10/2024", "03/04/2024", "05/06/2025"}


@pytest.mark.parametrize(
    "cell", ["Self-hosted", "Self-hosted (Elm Tracker)", "in house", "Selbst gehostet (Ulme)", "Autoalojado"]
)
def test_what_the_customer_runs_itself_has_no_supplier(cell):
    text = f"Customer,Sub-processor,Purpose\nAlder,{cell},errors\nAlder,Oak (self-hosted),mail\n"
    assert reasons(text) == [f"names no supplier: {cell}"]
    assert pairs(text) == [("Alder", "Oak")]


@pytest.mark.parametrize(
    "cell",
    [
        "E-mail delivery provider",
        "Hosting provider",
        "E-Mail-Zustelldienstleister",
        "AI vendors",
        "Support-Dienstleister",
    ],
)
def test_what_somebody_is_for_is_nobody(cell):
    text = (
        f"Customer,Sub-processor,Purpose\nAlder,{cell},mail\nAlder,Birch Vendors,x\nAlder,Cedar Hosting Providers,x\n"
    )
    assert reasons(text) == [f"names no supplier: {cell}"]
    assert pairs(text) == [("Alder", "Birch Vendors"), ("Alder", "Cedar Hosting Providers")]
