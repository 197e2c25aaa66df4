from __future__ import annotations

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
