"""Identifiers of organizations, as cells of their own print them."""

import pytest

from kg.extract.identifiers import identifier, lei

LEI = "529900D6BF99LW9R2E68"


@pytest.mark.parametrize(
    "text",
    [
        LEI,
        LEI.lower(),
        f" LEI {LEI}",
        f"LEI: {LEI}",
        f"lei-code {LEI}",
        "5299 00D6 BF99 LW9R 2E68",
        f"https://search.gleif.org/#/record/{LEI}",
    ],
)
def test_an_lei(text):
    assert identifier("lei", text) == f"lei:{LEI}"
    assert lei(text) == LEI


@pytest.mark.parametrize(
    "text", ["n/a", "-", "unknown", "HRB 12", LEI[:-1], f"{LEI}0", "0" * 20, f"{LEI} {LEI}", "", "LEI"]
)
def test_no_lei(text):
    assert identifier("lei", text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Q552581",
        "q552581",
        "https://www.wikidata.org/wiki/Q552581",
        "http://www.wikidata.org/entity/Q552581",
        "wd:Q552581",
        "wikidata.org/wiki/Q552581",
    ],
)
def test_an_item_of_wikidata(text):
    assert identifier("wikidata", text) == "wikidata:Q552581"


@pytest.mark.parametrize("text", ["SAP", "Q", "Q0", "P31", "https://en.wikipedia.org/wiki/SAP", "Q1 2024"])
def test_no_item_of_wikidata(text):
    assert identifier("wikidata", text) == ""


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("SAP.com", "SAP SE", "sap.com"),
        ("https://www.sap.com/", "SAP SE", "sap.com"),
        ("https://dbconnect.example/imprint", "DB Connect", "dbconnect.example"),
        ("gmail.com", "Birch Hosting", ""),
        ("mail.yahoo.co.jp", "Birch Hosting", ""),
        ("gmx.de", "GMX GmbH", "gmx.de"),
        ("web.de", "Web.de GmbH", "web.de"),
        ("mail.ru", "Mail.ru Group", "mail.ru"),
        ("mail.ru", "Mailrush", ""),
        ("yahoo.com", "Yahoo! Inc.", "yahoo.com"),
        ("https://www.linkedin.com/company/birch", "Birch", ""),
        ("none", "Birch", ""),
        ("Birch", "Birch", ""),
    ],
)
def test_a_domain(text, name, told):
    assert identifier("domain", text, name) == (f"domain:{told}" if told else "")


def test_another_scheme():
    assert (identifier("duns", " 31-622-1234 "), identifier("duns", "n/a")) == ("duns:31-622-1234", "")
