from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kg.errors import DocumentError
from kg.exposure.portfolio import Portfolio, Substitutability, domain_of, is_lei, money, read_portfolio
from kg.model import Defect

LEI = "5493001KJTIIGC8Y1R12"


def portfolio(tmp_path, text, name="mine.csv"):
    (tmp_path / name).write_text(text, "utf-8")
    return read_portfolio(tmp_path / name)


def test_a_list_with_everything(tmp_path):
    text = (
        "Vendor,Website,LEI,Function,Criticality,Substitutability,Annual spend\n"
        f'Oak  Hosting*,https://www.Oak.example/about,{LEI},core banking,High,Not substitutable,"€1,200,000.50"\n'
        "Elm,elm.example,,mail,low,easy,\n"
        "Ash,,,payroll,tier 2,,USD 5k\n"
    )
    found = portfolio(tmp_path, text)
    assert found.defects == ()
    first, second, third = found.entries
    assert (first.row, first.name, first.domain, first.lei, first.function) == (
        1,
        "Oak Hosting",
        "oak.example",
        LEI,
        "core banking",
    )
    assert (first.critical, first.substitutability) == (True, Substitutability.NOT_SUBSTITUTABLE)
    assert (first.spend, first.currency) == (Decimal("1200000.50"), "EUR")
    assert (second.critical, second.substitutability, second.spend) == (False, Substitutability.EASY, None)
    assert (third.critical, third.criticality, third.spend, third.currency) == (None, "tier 2", 5000, "USD")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("b_05.01.csv", "c0010,c0050,c0090,c0100"),
        ("mine.csv", "B_05.01.0010,B_05.01.0050,B_05.01.0090,B_05.01.0100"),
        ("mine.csv", "b_05.01.c0010,b_05.01.c0050,b_05.01.c0090,b_05.01.c0100"),
        (
            "mine.csv",
            "Identification code of ICT third-party service provider,Legal name of the ICT third-party service provider,Currency of the amount reported,Total annual expense or estimated cost of the ICT third-party service provider",
        ),
    ],
)
def test_the_columns_of_the_register_of_providers(tmp_path, name, header):
    (one,) = portfolio(tmp_path, f"{header}\n{LEI},Oak,eba_CU:EUR,1000\n", name).entries
    assert (one.lei, one.name, one.currency, one.spend) == (LEI, "Oak", "EUR", 1000)


def test_columns_of_several_templates_joined(tmp_path):
    text = (
        "B_05.01.0050,B_06.01.0030,B_06.01.0050,B_07.01.0050\n"
        "Oak,payments,eba_BT:x28,eba_ZZ:x960\nOak,mail,eba_BT:x29,eba_ZZ:x962\nElm,mail,eba_BT:x21,\n"
    )
    found = portfolio(tmp_path, text).entries
    assert [(e.name, e.function, e.critical, e.substitutability) for e in found] == [
        ("Oak", "payments", True, Substitutability.HIGHLY_COMPLEX),
        ("Oak", "mail", False, Substitutability.EASY),
        ("Elm", "mail", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "begin", "end", "over"),
    [
        ("Lieferant;Funktion;Vertragsbeginn;Vertragsende;Status\nOak;Post;01.02.2020;31.12.2022;gekündigt\n", "2020-02-01", "2022-12-31", True),
        ("Vendor,Start date,End date\nOak,01/02/2020,31/12/2022\n", "2020-02-01", "2022-12-31", False),
        ("Vendor,Since,Valid until\nOak,2020,never\n", "2020-01-01", None, False),
        ("Fournisseur,Date de fin,Statut\nOak,12/2022,actif\n", None, "2023-01-01", False),
        ("Vendor,Termination date,End date\nOak,2021-05-01,2025-12-31\n", None, "2021-05-01", False),
        ("Vendor,Function\nOak,hosting (until May 2021)\n", None, "2021-06-01", False),
        ("LEI,Status\n5493001KJTIIGC8Y1R12,Inactive\n", None, None, True),
        ("Vendor,Certificate expiry,Next review date,Critical\nOak,2022-12-31,2023-01-01,yes\n", None, None, False),
    ],
)  # fmt: skip
def test_the_term_of_a_vendor_is_read_as_lists_of_suppliers_are(tmp_path, text, begin, end, over):
    (one,) = portfolio(tmp_path, text).entries
    assert (one.valid_from and str(one.valid_from), one.valid_until and str(one.valid_until), one.over) == (
        begin,
        end,
        over,
    )


def test_a_term_that_cannot_be_read_is_told_apart_and_the_vendor_kept(tmp_path):
    found = portfolio(tmp_path, "Vendor,Contract start,Contract end\nOak,2022-01-01,2020-01-01\nElm,,45/2020\n")
    assert [(one.name, one.valid_from, one.valid_until) for one in found.entries] == [
        ("Oak", None, None),
        ("Elm", None, None),
    ]
    assert found.defects == ()
    assert found.undated == (
        Defect("row 1", "ends (2020-01-01) no later than it begins (2022-01-01)"),
        Defect(
            "row 2, Contract end", "the end '45/2020' is no date that can be read; the relationship is kept without it"
        ),
    )


@pytest.mark.parametrize("name", ["Assessment status", "Review status", "Risk status", "DPA status"])
def test_a_state_of_something_else_is_none_of_the_vendor(name, tmp_path):
    (oak,) = portfolio(tmp_path, f"Vendor,Function,{name}\nOak,mail,Closed\n").entries
    assert oak.holds_on(date(2026, 1, 1))


def test_a_vendor_is_used_from_its_first_day_to_its_end(tmp_path):
    text = "Vendor,Since,Until,Status\nOak,2020-01-01,2021-01-01,terminated\nElm,,,terminated\nAsh,,2021-01-01,\n"
    oak, elm, ash = portfolio(tmp_path, text).entries
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1), None]
    assert [oak.holds_on(day) for day in days] == [False, True, True, False, True]
    assert [elm.holds_on(day) for day in days] == [False, False, False, False, True]
    assert [ash.holds_on(day) for day in days] == [True, True, True, False, True]


def test_another_code_than_the_lei_is_no_lei(tmp_path):
    found = portfolio(tmp_path, f"c0010,c0020,c0050\nDE123,EUID,Oak\n{LEI},eba_qCO:qx2000,Elm\n", "b_05.01.csv")
    assert [(e.name, e.lei) for e in found.entries] == [("Oak", ""), ("Elm", LEI)]
    assert found.defects == ()


def test_a_code_means_nothing_without_its_template(tmp_path):
    with pytest.raises(DocumentError, match=r"mine\.csv, line 1: no column names the vendors; there are c0010, c0050"):
        portfolio(tmp_path, "c0010,c0050\na,b\n")


def test_what_cannot_be_used_is_told(tmp_path):
    text = f"name,lei,spend,substitutability\nOak,123,much,maybe\n,,5,\nElm,,,\nElm,,,\n,{LEI},,\n"
    found = portfolio(tmp_path, text)
    assert [entry.name for entry in found.entries] == ["Oak", "Elm", ""]
    assert found.defects == (
        Defect("row 1", "123 is no LEI"),
        Defect("row 1", "'much' is no amount"),
        Defect("row 1", "'maybe' is no substitutability"),
        Defect("row 2", "names no vendor"),
        Defect("row 4", "repeats row 3"),
    )
    assert isinstance(found, Portfolio)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1200", 1200, ""), ("1,200", 1200, ""), ("1.200.000,50", "1200000.50", ""), ("1,200,000.5", "1200000.5", ""),
        ("12.5", "12.5", ""), ("£2.5m", 2_500_000, "GBP"), ("3 million EUR", 3_000_000, "EUR"), ("1'000 CHF", 1000, "CHF"), ("0", 0, ""),
        ("", None, ""), ("n/a", None, ""), ("-5", None, ""), ("1 or 2", None, ""),
    ],
)  # fmt: skip
def test_amounts(text, amount, currency):
    found, unit = money(text)
    assert (found, unit) == (None if amount is None else Decimal(amount), currency)


def test_identifiers():
    assert is_lei(LEI)
    assert not is_lei(LEI[:-1] + "3")
    assert not is_lei("")
    assert [domain_of(text) for text in ("https://www.a-b.example:443/x", "A.EXAMPLE", "me@a.example", "no domain", "", "localhost")] == [
        "a-b.example", "a.example", "a.example", "", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    ["Lieferant", "Name des Lieferanten", "Lieferantenname", "Nom du fournisseur", "Proveedor", "Naam leverancier", "Fornitore", "Firma", "Our vendors"],
)  # fmt: skip
def test_the_vendors_in_other_languages(tmp_path, title):
    found = portfolio(tmp_path, f"{title};LEI;Domain\nOak;;oak.example\n")
    assert [(one.name, one.domain) for one in found.entries] == [("Oak", "oak.example")]
    assert [one.name for one in portfolio(tmp_path, f"{title}\nOak\n").entries] == ["Oak"]


def test_a_list_in_german(tmp_path):
    text = (
        "Lieferant;Funktion;Kritikalität;Jahresausgaben\n"
        "Oak;Hosting;kritisch;1.250.000,00 €\nElm;Kantine;unkritisch;(80)\nTotal;Tanken;;\nSumme;;;1.250.000,00 €\n"
    )
    found = portfolio(tmp_path, text)
    assert [(one.name, one.function, one.critical, one.spend, one.currency) for one in found.entries] == [
        ("Oak", "Hosting", True, Decimal("1250000.00"), "EUR"),
        ("Elm", "Kantine", False, None, ""),
        ("Total", "Tanken", None, None, ""),
    ]
    assert found.defects == (Defect("row 2", "'(80)' is no amount"), Defect("row 4", "'Summe' sums up the rows"))


@pytest.mark.parametrize("title", ["Lieferantennummer", "Supplier ID", "Vendor owner", "Business"])
def test_what_tells_of_vendors_without_naming_them(tmp_path, title):
    with pytest.raises(DocumentError, match=f"no column names the vendors.*; there are {title}, LEI"):
        portfolio(tmp_path, f"{title};LEI;Domain\nOak;;oak.example\n")


@pytest.mark.parametrize("title", ["Spend EUR", "Annual spend (EUR)", "Kosten in EUR", "Spend €", "Annual cost TEUR"])
def test_a_heading_may_name_the_currency_and_an_lei_be_printed_as_one(tmp_path, title):
    (one,) = portfolio(tmp_path, f"Vendor;LEI;{title}\nOak;LEI 5299 00T8BM49AURSDO55;250.000\n").entries
    assert (one.lei, one.spend) == ("529900T8BM49AURSDO55", Decimal(250000))
