"""Dates of supplier lists: in which order their numbers stand, and what the end of a purpose tells of since and until when."""

from __future__ import annotations

import json

import pytest

from kg.extract.suppliers.columns import columns
from kg.extract.suppliers.extractor import SupplierTableExtractor
from kg.extract.suppliers.remarks import dated_tail, validity
from kg.model import Defect, Document


def told(text, name="t.md"):
    found = Document(name, text, "0")
    assert SupplierTableExtractor().recognizes(found)
    return [
        (use.supplier, use.service, use.valid_from and use.valid_from.edtf, use.valid_until and use.valid_until.edtf)
        for one in SupplierTableExtractor().extract(found)
        if not isinstance(one, Defect)
        for use in one.uses_vendor
    ]


def table(title, header, *rows):
    lines = [header, ["--"] * len(header), *rows]
    return f"# {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ("Sous-traitants de Alder SAS", ("Sous-traitant", "Finalité", "Depuis")),
        ("Subencargados de Alder, S.L.", ("Subencargado", "Servicio", "Fecha de inicio")),
        ("Subprocessadores da Alder Ltda", ("Nome", "Service", "Start date")),
        ("Sub-responsabili di Alder S.r.l.", ("Sub-responsabile", "Servizio", "Data inizio")),
        ("Subverwerkers van Alder B.V.", ("Subverwerker", "Doel", "Ingangsdatum")),
        ("Unterauftragnehmer der Alder GmbH", ("Unterauftragnehmer", "Zweck", "Seit")),
        ("Unterauftragnehmer der Alder GmbH", ("Name", "Service", "Start date")),
    ],
)
@pytest.mark.parametrize("printed", ["01/06/2021", "01-06-2021"])
def test_a_list_in_a_language_whose_publishers_print_the_day_first_has_it_first(title, header, printed):
    assert [one[2] for one in told(table(title, header, ("Oak", "mail", printed)))] == ["2021-06-01"]


@pytest.mark.parametrize(
    "header",
    [
        ("Sub-processor", "Purpose", "Since"),
        ("Sub-processor / Sous-traitant", "Purpose / Finalité", "Since / Depuis"),
        ("Sub-processor", "Service", "Added on"),
    ],
)
def test_a_list_in_english_does_not_tell_the_order_also_beside_another_language(header):
    text = table("Alder Sub-processors", header, ("Oak", "mail", "01/06/2021"), ("Elm", "mail", "06/06/2021"))
    assert [one[2] for one in told(text)] == [None, "2021-06-06"]
    (reason,) = [
        one.reason for one in SupplierTableExtractor().extract(Document("t.md", text, "0")) if isinstance(one, Defect)
    ]
    assert reason.startswith("the begin '01/06/2021' may have the day or the month first;")
    text = table("Alder, Inc. Sub-processors", header, ("Oak", "mail", "01/06/2021"))
    assert [one[2] for one in told(text)] == ["2021-01-06"]


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Customer,Vendor,Service,Go-live,Country\nAlder Ltd,Oak Ltd,mail,06/04/2022,United Kingdom\n", None),
        ("Customer,Vendor,Start date\nAlder LLC,Oak,06/04/2022\n", "2022-06-04"),
        ("Customer,Vendor,Start date,Spend (USD)\nAlder,Oak,06/04/2022,9\n", "2022-06-04"),
        ("Customer,Vendor,Start date,Spend (GBP)\nAlder,Oak,06/04/2022,9\n", "2022-04-06"),
        ("Customer,Vendor,Start date,Notes\nAlder,Oak,,Added 06/04/2022\n", None),
        ("Customer,Vendor,Start date,End date\nAlder,Oak,06/04/2022,12/31/2025\n", "2022-06-04"),
    ],
)
def test_whose_list_it_is_tells_the_order_of_its_dates(text, since):
    assert told(text, "t.csv")[0][2] == since


def test_a_day_above_12_tells_more_than_the_language():
    title, header = "Unterauftragnehmer der Alder GmbH", ("Unterauftragnehmer", "Zweck", "Seit")
    text = table(title, header, ("Oak", "mail", "01/06/2021"), ("Elm", "mail", "01/31/2021"))
    assert [one[2] for one in told(text)] == ["2021-01-06", "2021-01-31"]


@pytest.mark.parametrize(("other", "since"), [("31/12/2022", "2021-03-12"), ("12/31/2022", "2021-12-03")])
def test_a_day_above_12_tells_it_for_the_other_tables_of_the_page(other, since):
    text = table("Alder sub-processors", ("Sub-processor", "Since"), ("Oak", "12/03/2021"))
    text += "\n" + table("Former sub-processors", ("Sub-processor", "Until"), ("Elm", other))
    assert [one[2:] for one in told(text)] == [(since, None), (None, "2022-12-31")]


@pytest.mark.parametrize(
    "header", ["Kunde;Lieferant;Seit", "Cliente;Fornecedor;Data de início", "Cliente;Fornitore;Data inizio"]
)
def test_columns_of_csv_in_other_languages(header):
    assert told(f"{header}\nAlder GmbH;Oak GmbH;01/06/2021\n", "t.csv")[0][2] == "2021-06-01"


@pytest.mark.parametrize(
    ("members", "dates"),
    [
        ({"removedAt": "2024-01-31"}, (None, "2024-01-31")),
        ({"addedAt": "2023-08-01"}, ("2023-08-01", None)),
        ({"startDate": "2023-08-01", "endDate": "2024-01-31"}, ("2023-08-01", "2024-01-31")),
        ({"started_at": "2023-08-01", "ended_at": "2024-01-31"}, ("2023-08-01", "2024-01-31")),
        ({"effectiveDate": "2023-08-01"}, ("2023-08-01", None)),
    ],
)
def test_members_of_json_that_tell_since_and_until_when(members, dates):
    listed = [{"name": "Elm", "purpose": "mail"}, {"name": "Oak", "purpose": "files", **members}]
    found = told(json.dumps({"company": "Alder", "subprocessors": listed}), "t.json")
    assert [one[2:] for one in found] == [(None, None), dates]


def test_records_of_several_makes_in_one_list():
    listed = [
        {"name": "Oak", "addedAt": "2023-08-01", "removedAt": "2024-01-31"},
        {"name": "Elm", "start_date": "2023-08-01", "end_date": "2024-01-31"},
    ]
    found = told(json.dumps({"company": "Alder", "subprocessors": listed}), "t.json")
    assert [one[2:] for one in found] == [("2023-08-01", "2024-01-31")] * 2


@pytest.mark.parametrize(
    ("name", "field"),
    [("Einsatz ab", "since"), ("Dal", "since"), ("À compter du", "since"), ("Fino al", "until"), ("Até", "until"),
     ("removedAt", "until"), ("Offboarding date", "until"), ("Lab", None), ("Data deleted at", None)],
)  # fmt: skip
def test_headers_that_tell_since_or_until_when(name, field):
    found = columns(("Sub-processor", "Purpose", name))
    assert {one for one in ("since", "until") if one in found} == ({field} if field else set())


@pytest.mark.parametrize(
    ("purpose", "left", "dates"),
    [
        ("hosting (UK), until 30 June 2022", "hosting (UK)", (None, "2022-06-30")),
        ("data warehouse, since 1 March 2021", "data warehouse", ("2021-03-01", None)),
        ("since March 2021", "", ("2021-03", None)),
        ("mail; used until June 30, 2022.", "mail", (None, "2022-06-30")),
        ("mail, since 2019, until May 2021", "mail", ("2019", "2021-05")),
        ("Hosting, bis 03/04/2022", "Hosting", (None, "2022-04-03")),
        ("hébergement, depuis le 1er mars 2021", "hébergement", ("2021-03-01", None)),
        ("hosting, from 1 May 2031", "hosting", ("2031-05-01", None)),
        ("archive of mails, up to 2020", None, (None, None)),
        ("records of trades, from 2015", None, (None, None)),
        ("Elm Server 2019, Ash 2020", None, (None, None)),
        ("logs kept until 2024", None, (None, None)),
        ("mail (until 2022), files", None, (None, None)),
        ("hosting, until further notice", None, (None, None)),
    ],
)
def test_the_end_of_a_purpose_may_tell_since_or_until_when(purpose, left, dates):
    rest, found = dated_tail(purpose)
    since = next((one.since.edtf for one in found if one.since), None)
    until = next((one.until.edtf for one in found if one.until), None)
    assert (rest, (since, until)) == (purpose if left is None else left, dates)


def test_items_of_a_list_tell_it_behind_the_purpose_or_the_name():
    text = "## Alder Ltd sub-processors\n\n- **Oak** — hosting (UK), until 30 June 2022\n- **Elm, Inc.** — files, since 1 March 2021\n- Ash since 2019\n- Fir - mail\n"
    assert told(text) == [
        ("Oak", "hosting (UK)", None, "2022-06-30"), ("Elm, Inc.", "files", "2021-03-01", None),
        ("Ash", "", "2019", None), ("Fir", "mail", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize("remark", ["bis auf weiteres", "ab Werk", "depuis Paris", "Tot", "Desde Siempre S.A.", "bis"])
def test_words_of_other_languages_before_no_date_tell_nothing(remark):
    assert validity(remark) is None


@pytest.mark.parametrize(
    ("cell", "since", "until"),
    [
        ("Added 2023-02-20", "2023-02-20", None),
        ("Effective 1 June 2025", "2025-06-01", None),
        ("(Effective April 1, 2026)", "2026-04-01", None),
        ("(April 2026)", "2026-04", None),
        ("(with the others)", None, None),
        ("Will be added 2026-01-01", "2026-01-01", None),
        ("2020-02-01 – 2024-12-31", "2020-02-01", "2024-12-31"),
        ("2019-03-01 (removed 2025-01-31)", "2019-03-01", "2025-01-31"),
        ("removed 13/02/2020", None, "2020-02-13"),
        ("between May and October 2025", "2025-05/2025-10", None),
        ("2019-03-01 (with the others)", None, None),
        ("Added to the contract in 2020", None, None),
        ("in use since 2020", "2020", None),
        ("live until 2025-06-30", None, "2025-06-30"),
        ("until 2025-06-30", None, "2025-06-30"),
        ("effective until 2025-06-30", None, "2025-06-30"),
    ],
)
def test_words_around_the_date_of_a_cell(cell, since, until):
    text = table("Alder sub-processors", ("Sub-processor", "Purpose", "Added"), ("Oak", "mail", cell))
    assert told(text) == [("Oak", "mail", since, until)]


def test_words_around_a_date_leave_the_order_of_its_table():
    rows = (("Oak", "mail", "13/02/2020"), ("Elm", "chat", "Added 03/02/2020"))
    assert told(table("Alder sub-processors", ("Sub-processor", "Purpose", "Added"), *rows))[1][2] == "2020-02-03"


def test_what_will_be_added_is_not_used_yet():
    assert str(validity("Will be added 2026-01-01").status) == "unknown"


@pytest.mark.parametrize(
    ("heading", "lead", "since", "until"),
    [
        (
            "Upcoming sub-processors",
            "The following sub-processor will be engaged from 1 August 2025:",
            "2025-08-01",
            None,
        ),
        ("New sub-processors, effective August 1, 2025", "", "2025-08-01", None),
        ("Sub-processors added on 1 August 2025", "", "2025-08-01", None),
        ("Sub-processors removed on 31 March 2024", "", None, "2024-03-31"),
        ("Former sub-processors (until 2023)", "", None, "2023"),
        ("Upcoming sub-processors as of 1 May 2025", "", None, None),
        ("Sub-processors added since 1 May 2025", "", None, None),
        ("Current sub-processors, effective 1 May 2025", "", None, None),
        ("Former sub-processors, as of 1 May 2025", "", None, None),
    ],
)
def test_the_day_in_the_heading_of_those_who_came_or_went(heading, lead, since, until):
    text = f"<h1>Alder sub-processors</h1><h2>{heading}</h2><p>{lead}</p><table><tr><th>Sub-processor<th>Service<tr><td>Oak<td>mail</table>"
    assert told(text, "t.html") == [("Oak", "mail", since, until)]


@pytest.mark.parametrize(
    "text",
    [
        "Alder Sub-processors,\nLast updated: 25/06/2025,\nSub-processor,Since\nOak,01/06/2021\n",
        "Customer,Supplier,Since\nAlder plc,Oak,01/06/2021\nFern plc,Oak,02/06/2021\n",
        "Customer,Supplier,Since,Spend (GBP)\nAlder,Oak,01/06/2021,5\n",
    ],
)
def test_the_day_of_the_list_pounds_and_public_limited_companies_tell_that_the_day_is_first(text):
    assert told(text, "t.csv")[0][2] == "2021-06-01"


@pytest.mark.parametrize("since", ["26/03/2020", "03/26/2020"])
@pytest.mark.parametrize(
    "cells",
    [
        "Oak, removed 03/04/2025|mail|",
        "Oak (removed 03/04/2025, data deleted)|mail|",
        "Oak|mail, until 03/04/2025|",
        "Oak|mail (until 03/04/2025)|",
        "Oak|mail|Removed 03/04/2025",
    ],
)
def test_days_in_names_and_remarks_have_the_order_of_the_table(cells, since):
    text = f"# Alder sub-processors\n\n|Name|Purpose|Status|Since|\n|--|--|--|--|\n|{cells}|{since}|\n"
    wanted = "2025-04-03" if since.startswith("26") else "2025-03-04"
    assert told(text, "t.md") == [("Oak", "mail", "2020-03-26", wanted)]


def test_two_days_behind_a_name_have_the_order_of_the_table():
    text = "# Alder sub-processors\n\n|Name|Purpose|Since|\n|--|--|--|\n|Oak, added 05/03/2025, removed 03/06/2025|mail||\n|Elm|mail|26/03/2020|\n"
    assert told(text, "t.md")[0] == ("Oak", "mail", "2025-03-05", "2025-06-03")


@pytest.mark.parametrize(("last", "since"), [("06/25/2025", "2021-01-06"), ("06/05/2025", None)])
def test_without_them_nothing_tells_the_order(last, since):
    text = f"Alder Sub-processors,\nLast updated: {last},\nSub-processor,Since\nOak plc,01/06/2021\n"
    assert told(text, "t.csv")[0][2] == since
    assert told("Customer,Supplier,Since\nAlder plc,Oak,01/06/2021\nFern,Oak,02/06/2021\n", "t.csv")[0][2] is None


@pytest.mark.parametrize(
    ("cell", "until", "status"),
    [
        ("10/31/2023 (terminated)", "2023-10-31", "ended"),
        ("Terminated 10/31/2023", "2023-10-31", "ended"),
        ("12/31/2025 (renews by itself)", None, "active"),
        ("Expires 12/31/2025", "2025-12-31", "active"),
        ("until 12/31/2025", "2025-12-31", "active"),
    ],
)
def test_words_in_a_column_of_ends(cell, until, status):
    found = Document("t.csv", f"Customer,Vendor,Contract End Date\nAlder,Oak,{cell}\n", "0")
    (use,) = [use for one in SupplierTableExtractor().extract(found) for use in one.uses_vendor]
    assert (use.valid_until and use.valid_until.edtf, str(use.status)) == (until, status)


@pytest.mark.parametrize(
    ("cells", "dates"),
    [
        (("01.02.19", "30.06.25"), ["2019-02-01", "2025-06-30"]),
        (("13/02/19", "30/06/25"), ["2019-02-13", "2025-06-30"]),
        (("24-05-01", "25-01-15"), [None, None]),
        (("01/02/19", "02/03/25"), [None, None]),
        (("01.01.20", "31.12.99"), ["2020-01-01", None]),
        (("19/02/13", "25/03/31"), [None, None]),
        (("19/02/13", "25/03/30"), ["2013-02-19", "2030-03-25"]),
        (("22/04/01", "25/03/30"), [None, None]),
        (("01/02/19", "30/06/25"), ["2019-02-01", "2025-06-30"]),
        (("01/02/19", "06/30/25"), ["2019-01-02", "2025-06-30"]),
        (("31/12/08", "25/03/30"), [None, "2030-03-25"]),
        (("12/02/01", "25/03/30"), [None, "2030-03-25"]),
    ],
)
def test_years_of_two_digits_are_read_where_they_can_be_but_one_date(cells, dates):
    text = f"Customer,Supplier,Service,Contract start,Contract end\nAlder,Oak,mail,{','.join(cells)}\n"
    assert list(told(text, "t.csv")[0][2:]) == dates


@pytest.mark.parametrize(
    "never",
    [
        "31. Dez 99", "31. Dez. 99", "31-Dez-99", "31 Dec 99", "31-déc-99", "31-Dec-99", "31 dic 99", "31. Dezember 99", "Dez 99", "31-Dec-9999", "99991231", "31.12.49",
        "12/31/99", "31.12.3000", "0-Jan-00", "00-Jan-00", "1/0/00", "1/0/1900", "00.01.1900",
    ],
)  # fmt: skip
def test_a_day_that_programs_print_for_never_ends_nothing_and_is_not_told(never):
    text = f"Customer,Supplier,Service,Contract start,Contract end\nAlder,Oak,mail,2020-02-01,{never}\n"
    assert told(text, "t.csv") == [("Oak", "mail", "2020-02-01", None)]
    assert not notices(f"Alder,Oak,mail,2020-02-01,{never}\n")


@pytest.mark.parametrize(("cell", "until"), [("30. Dez 99", "1999-12-30"), ("31-Dec-25", "2025-12-31"), ("31.Dez.23", "2023-12-31")])  # fmt: skip
def test_other_days_in_short_are_read(cell, until):
    text = f"Customer,Supplier,Service,Contract start,Contract end\nAlder,Oak,mail,,{cell}\n"
    assert told(text, "t.csv") == [("Oak", "mail", None, until)]


def notices(rows, header="Customer,Supplier,Service,Contract start,Contract end"):
    found = SupplierTableExtractor().extract(Document("t.csv", f"{header}\n{rows}", "0"))
    return [(one.place, one.reason) for one in found if isinstance(one, Defect)]


def test_a_begin_and_an_end_that_cannot_be_read_are_told_and_the_row_stays():
    rows = "Alder,Oak,mail,2019-02-01,31.13.2025\nAlder,Elm,chat,01/02/19,2025-06-30\n"
    why = "is no date that can be read; the relationship is kept without it"
    assert notices(rows) == [
        ("row 1, Contract end", f"the end '31.13.2025' {why}"),
        (
            "row 2, Contract start",
            "the begin '01/02/19' may have the day or the month first; the relationship is kept without it",
        ),
    ]
    text = f"Customer,Supplier,Service,Contract start,Contract end\n{rows}"
    assert told(text, "t.csv") == [("Oak", "mail", "2019-02-01", None), ("Elm", "chat", None, "2025-06-30")]


def test_a_row_of_several_suppliers_is_told_of_once_and_one_that_gives_nothing_not_at_all():
    assert [place for place, _ in notices('Alder,"Oak; Elm",mail,,31.13.2025\n')] == ["row 1, Contract end"]
    assert [place for place, _ in notices("Alder,Alder,mail,,31.13.2025\n")] == ["row 1"]


@pytest.mark.parametrize(
    "cell",
    [
        "unbefristet", "auf unbestimmte Zeit", "laufend", "siehe Vertrag", "Kein Enddatum", "bis auf Weiteres", "open", "Open-ended", "ongoing", "evergreen",
        "auto-renew", "12/31/2025 (renews by itself)", "indefinite", "No", "see MSA", "n/a", "-", "tbd", "31.12.9999", "9999-12-31T00:00:00", "0000-00-00",
        "à durée indéterminée", "terminated", "–", "—", "prazo indeterminado", "USA", "90 days", "0001-01-01", "31.12.99", "soon", "x",
        "rolling 12 months", "noch 18 Monate", "T1",
    ],
)  # fmt: skip
def test_words_and_days_for_no_end_are_none_to_be_told(cell):
    assert not notices(f"Alder,Oak,mail,2019-02-01,{cell}\n")


@pytest.mark.parametrize(
    "cell",
    [
        "2025-02-30",
        "Terminated 31.13.2025",
        "31.13.2025 (laufend)",
        "Jun-25",
        "05/06/25",
        "Q1 25",
        "1Q25",
        "FY25",
        "Jan 1, 24",
        "30. Juni",
        "x" * 200,
    ],
)
def test_an_end_that_may_be_one_is_told(cell):
    ((place, reason),) = notices(f'Alder,Oak,mail,2019-02-01,"{cell}"\n')
    assert place == "row 1, Contract end"
    assert len(reason) < 200


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("until", "Laufzeitende|Vertragsablauf|Ablaufdatum|Kündigung zum|Ende Vertrag|Ende der Laufzeit|Vertragsende (Datum)|Laufzeit (bis)|End of contract|Valid till|Gekündigt am"),
        ("since", "Gültig von|Laufzeit von|Laufzeit (von)|Vertragsanfang|Vertrag gültig von|Commencement|Laufzeitbeginn|Start of contract|Vertragsbeginn (Datum)"),
        (None, "Von|Ablauf|Kündigung|Kündigungsfrist|ISO 27001 (bis)|Data kept till|Zertifikat Ablaufdatum|Sprint (start)|Preis gültig von|SLA end of term"),
    ],
)  # fmt: skip
def test_ordinary_headers_of_the_begins_and_ends_of_contracts(field, names):
    for name in names.split("|"):
        found = columns(("Customer", "Supplier", "Service", name))
        assert {one: at for one, at in found.items() if one in {"since", "until"}} == ({field: 3} if field else {}), (
            name
        )


def test_from_is_a_begin_beside_an_end_alone():
    assert told("Kunde;Lieferant;Von;Bis\nAlder GmbH;Oak;01.02.2019;30.06.2025\n", "t.csv") == [
        ("Oak", "", "2019-02-01", "2025-06-30")
    ]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("ends", "until"),
    [
        (("2026-12-31", "2025-06-30"), "2025-06-30"),
        (("2026-12-31", ""), "2026-12-31"),
        (("", "2025-06-30"), "2025-06-30"),
        (("2024-12-31", "2025-06-30"), "2024-12-31"),
        (("2026-12-31", "Terminated 2025-06-30"), "2025-06-30"),
        (("2026-12-31", "No"), "2026-12-31"),
    ],
)
@pytest.mark.parametrize(
    "names",
    [("Contract end", "Terminated on"), ("Contract end", "Termination date"), ("Vertragsende", "Gekündigt zum")],
)
def test_a_day_of_termination_goes_before_the_agreed_end(names, ends, until, turned):
    both = list(zip(names, ends, strict=True))[:: -1 if turned else 1]
    text = "Customer,Supplier,Service,{},{}\nAlder,Oak,mail,{},{}\n".format(*(one[0] for one in both), *(one[1] for one in both))  # fmt: skip
    assert told(text, "t.csv") == [("Oak", "mail", None, until)]
    found = SupplierTableExtractor().extract(Document("t.csv", text, "0"))
    assert not [note for one in found for note in one.notes if note.key in names]


def test_a_day_of_notice_does_not_stand_for_an_end_that_is_there():
    text = "Kunde,Lieferant,Gekündigt am,Vertragsende\nAlder GmbH,Oak,2025-03-31,2025-12-31\n"
    assert told(text, "t.csv") == [("Oak", "", None, "2025-12-31")]


def test_a_termination_that_is_no_date_is_told():
    header = "Customer,Supplier,Service,Contract end,Terminated on"
    assert [place for place, _ in notices("Alder,Oak,mail,2026-12-31,31.13.2025\n", header)] == ["row 1, Terminated on"]


@pytest.mark.parametrize(
    ("header", "cells", "dates"),
    [
        ("Onboarding date,Termination date,ISO certificate expiry", "2020-01-01,,2024-05-01", ["2020-01-01", None]),
        ("Audit (Beginn),Audit (Ende),Vertragsbeginn,Vertragsende", "2021-01-01,2022-02-02,2023-03-03,2028-04-04", ["2023-03-03", "2028-04-04"]),
        ("Certificate expiry,Start date,End date", "2021-01-01,2022-02-02,2023-03-03", ["2022-02-02", "2023-03-03"]),
        ("Vertragsbeginn,Gekündigt am,Vertragsende", "2020-01-01,2024-05-05,", ["2020-01-01", "2024-05-05"]),
        ("Vertragsbeginn,Kündigungsdatum,Zertifikat gültig bis", "2020-01-01,2024-05-05,2029-12-31", ["2020-01-01", "2024-05-05"]),
    ],
)  # fmt: skip
def test_dates_of_something_else_do_not_stand_for_those_of_the_contract(header, cells, dates):
    assert list(told(f"Customer,Supplier,{header}\nAlder,Oak,{cells}\n", "t.csv")[0][2:]) == dates


@pytest.mark.parametrize(
    ("begin", "end", "days"),
    [
        ("2024-01-01 (renewed)", "2025-12-31 (renewable)", ("2024-01-01", None)),
        ("01.02.2024 (verlängert)", "31.12.2025, verlängert bis 31.12.2027", ("2024-02-01", "2027-12-31")),
        ("2024-01-01 (auto-renews)", "2025-12-31 (extended until 2027-12-31)", ("2024-01-01", "2027-12-31")),
        ("2024-01-01", "auto-renews 2026-01-01", ("2024-01-01", None)),
        ("2019-03-01 (auto-renewed; ended 2025-01-31)", "", ("2019-03-01", "2025-01-31")),
        ("2019-03-01 (renewed until 2025-01-31)", "", ("2019-03-01", "2025-01-31")),
        ("2019-03-01 (renewed March 1, 2024)", "", ("2019-03-01", None)),
        ("2024-01-01", "31 Dec 2025 / extended to 31 Dec 2027", ("2024-01-01", "2027-12-31")),
    ],
)
def test_a_begin_that_is_renewed_stays_and_an_end_that_is_put_off_is_the_later_one(begin, end, days):
    header, row = "Customer,Supplier,Contract start,Contract end", f'Alder,Birch,"{begin}","{end}"\n'
    assert [one[2:] for one in told(f"{header}\n{row}", "t.csv")] == [days]
    assert notices(row, header) == []


@pytest.mark.parametrize(
    "end",
    [
        "2025-12-31 (not extended to 2027-12-31)", "2025-12-31 (may be extended until 2027-12-31)", "2024-06-30 (was to be extended until 2025-06-30)",
        "31.12.2025 (nicht verlängert bis 31.12.2027)", "2025-12-31, option extended to 2027-12-31",
    ],
)  # fmt: skip
def test_an_end_that_only_may_be_put_off_or_is_not_is_told_and_not_read(end):
    header, row = "Customer,Supplier,Contract start,Contract end", f'Alder,Birch,2024-01-01,"{end}"\n'
    assert [one[2:] for one in told(f"{header}\n{row}", "t.csv")] == [("2024-01-01", None)]
    assert [place for place, _ in notices(row, header)] == ["row 1, Contract end"]


def test_an_end_that_will_be_put_off_is_not_put_off():
    text = 'Kunde,Lieferant,Beginn,Ende\nAlder,Birch,01.02.2024,"31.12.2025 (wird verlängert bis 31.12.2027)"\n'
    assert [one[2:] for one in told(text, "t.csv")] == [("2024-02-01", None)]


@pytest.mark.parametrize(
    ("begin", "day"), [("31-Dec-99", "1999-12-31"), ("31. Dez 99", "1999-12-31"), ("31-Dec-9999", None), ("0-Jan-00", None), ("0001-01-01", None)]
)  # fmt: skip
def test_a_begin_is_never_on_the_day_for_never(begin, day):
    header, row = "Customer,Supplier,Contract start,Contract end", f"Alder,Birch,{begin},2025-12-31\n"
    assert [one[2:] for one in told(f"{header}\n{row}", "t.csv")] == [(day, "2025-12-31")]
    assert notices(row, header) == []


def test_days_above_twelve_alone_are_days_where_a_year_in_front_would_end_a_row_before_it_begins():
    rows = "Alder,Oak,15/03/20,14/03/25\nAlder,Elm,28/01/19,27/01/29\nAlder,Ash,20/11/05,19/11/25\n"
    found = told(f"Customer,Supplier,Contract start,Contract end\n{rows}", "t.csv")
    assert [one[2:] for one in found[:2]] == [("2020-03-15", "2025-03-14"), ("2019-01-28", "2029-01-27")]


def test_a_month_with_two_figures_that_may_be_a_day_or_a_year_is_told():
    header, row = "Customer,Supplier,Contract start,Contract end", "Alder,Birch,Jan 24,Dec 25\n"
    assert [one[2:] for one in told(f"{header}\n{row}", "t.csv")] == [(None, None)]
    assert [place for place, _ in notices(row, header)] == ["row 1, Contract start", "row 1, Contract end"]
