"""Where a document says that it is from is the first source of its incidents, and its day one on which they were reported."""

from __future__ import annotations

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.prose.page import prose
from kg.extract.reading import document
from kg.model import DateOf
from tests.mutants import proofs

HIT = (
    "Alder Bank said on 4 May 2024 that names of 12,000 customers were stolen from its payroll provider, Birch Systems."
)
MORE = "The company runs the pay of forty thousand people in the region. Nobody could say on Monday how long the work would take."
PAGE = "<!doctype html>{}<html><head><title>Bank hit</title>{}</head><body><article><h1>Bank hit</h1><p>{}</p><p>{}</p></article>{}</body></html>"
URL = "https://news.example/2024/bank-hit"
CANONICAL = f'<link rel="canonical" href="{URL}">'
DATA = '<script type="application/ld+json">{}</script>'
ARTICLE = '{"@type": "NewsArticle", "url": "%s", "datePublished": "2024-05-06T08:00:00Z", "publisher": {"name": "The Courier"}}'


def page(head="", before="", behind=""):
    return PAGE.format(before, head, HIT, MORE, behind)


def told(text, name):
    """The address, the publisher and the day of a document."""
    found = prose(document(name, text.encode())).imprint
    for one in (found.address, found.publisher):
        assert one is None or text[slice(*one.span)].strip() != ""
    return (
        found.address and found.address.text,
        found.publisher and found.publisher.text,
        found.day and found.day[0].edtf,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (page(CANONICAL), (URL, None, None)),
        (page("<link href='/bank-hit' rel='canonical'>"), (None, None, None)),
        (page('<link rel="canonical" href="file:///home/me/bank.html">'), (None, None, None)),
        (page('<link rel="canonical" href="https://news.example/">'), (None, None, None)),
        (page(f'<meta property="og:url" content="{URL}"><link rel="canonical" href="/a">'), (URL, None, None)),
        (page('<meta property="og:site_name" content="Smith &amp; Sons">'), (None, "Smith & Sons", None)),
        (page('<meta property="og:site_name" content="https://news.example">'), (None, None, None)),
        (page('<meta name="article:published_time" content="2024-05-06T08:00:00+02:00">'), (None, None, "2024-05-06")),
        (page('<meta name="article:published_time" content="6/5/2024">'), (None, None, None)),
        (page('<meta name="article:modified_time" content="2024-05-08">'), (None, None, None)),
        (page(before=f"<!-- saved from url=(0034){URL} -->"), (URL, None, None)),
        (page(CANONICAL, f"<!-- saved from url=(0034){URL}?saved -->"), (URL, None, None)),
        (page(behind=f'<meta property="og:url" content="{URL}">'), (None, None, None)),
        (page(DATA.format(ARTICLE % URL)), (URL, "The Courier", "2024-05-06")),
        (page(behind=DATA.format('{"@graph": [{"@type": "Organization"}, %s]}' % (ARTICLE % URL))), (URL, "The Courier", "2024-05-06")),
        (page(DATA.format(f"[{ARTICLE % URL}, {ARTICLE % (URL + '2')}]")), (None, None, None)),
        (page(DATA.format(ARTICLE % "https:\\/\\/news.example\\/bank-hit")), ("https://news.example/bank-hit", "The Courier", "2024-05-06")),
        (page(DATA.format(f"[{ARTICLE % URL}, {ARTICLE % URL}]")), (URL, "The Courier", "2024-05-06")),
        (page(DATA.format('{"@type": "BlogPosting", "publisher": "The Courier"}')), (None, "The Courier", None)),
        (page(DATA.format((ARTICLE % URL).replace("NewsArticle", "JobPosting"))), (None, None, None)),
        (page('<meta property="og:site_name" content="null">'), (None, None, None)),
        (page('<meta property="article:published_time" content="1970-01-01T00:00:00+00:00">'), (None, None, None)),
        (page(DATA.format('{"@type": "NewsArticle", "publisher": {"name": "\\ud800"}')), (None, None, None)),
        (page(DATA.format('{"@type": "NewsArticle", "publisher": {"name": "\\ud800"}}')), (None, None, None)),
    ],
)  # fmt: skip
def test_where_a_page_is_from(text, expected):
    pytest.importorskip("trafilatura")
    assert told(text, "a.html") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"---\ntitle: Bank hit\nsource: {URL}\npublisher: 'The Courier'\ndate: 2024-05-06\n---\n\n{HIT}", (URL, "The Courier", "2024-05-06")),
        (f'---\r\nurl: "{URL}"\r\nsource: The Courier\r\npublished: May 6, 2024\r\n---\r\n\r\n{HIT}', (URL, "The Courier", "2024-05-06")),
        (f"---\nsource: ../posts/bank.md\ndate: 2024\n---\n\n{HIT}", (None, None, None)),
        (f"---\nsource: posts/bank.md\n---\n\n{HIT}", (None, None, None)),
        (f"---\ntitle: x\nauthor:\n  url: {URL}\n  source: Unsplash\ndate: 1970-01-01\n---\n\n{HIT}", (None, None, None)),
        (f"---\nurl: {URL} # canonical\npublisher: The Courier # or its agency\ndate: '2024-05-06' # day\n---\n\n{HIT}", (URL, "The Courier", "2024-05-06")),
        *((f"---\npublisher: {nobody}\nsource: N/A\n---\n\n{HIT}", (None, None, None)) for nobody in ("null", "FALSE", "rss", "Untitled", "|\n  The Courier", ">-", "[a, b]", "{a: b}", "*it", "&it x", '"The', "The\n  Courier")),
        (f"---\n# made by a program\npublisher: The Courier\n---\n\n{HIT}", (None, "The Courier", None)),
        (f'+++\ntitle = "Bank hit"\nurl = "{URL}"\ndate = 2024-05-06T08:00:00Z # day\ntags = ["a"]\n\n[extra]\npublisher = "The Courier"\n+++\n\n{HIT}', (URL, None, "2024-05-06")),
        (f'+++\r\ndate = "2024-05-06"\r\npublisher = "The Courier"\r\n+++\r\n{HIT}', (None, "The Courier", "2024-05-06")),
        (f"# Bank hit\n\n## Metadata\n- Author: Ann Alder\n- **Source:** The Courier\n- URL: {URL}\n- Date: May 6, 2024 5:56 pm\n\n{HIT}", (URL, "The Courier", "2024-05-06")),
        (f"# Bank hit\n\n+ Source: The Courier\n+ Link: [article]({URL})\n\n{HIT}", (URL, "The Courier", None)),
        (f"# Bank hit\n\n- Source: a letter\n- Date: 2024-05-04\n\n{HIT}", (None, None, None)),
        (f"{HIT}\n\nURL: {URL}", (None, None, None)),
        (f"{HIT}\n\nSource: {URL}, {URL}2", (None, None, None)),
        (f"{HIT}\n\nSource: {URL}.", (URL, None, None)),
        (f"Source: {URL}\n\n{HIT}", (URL, None, None)),
        (f"{HIT}\n\nSource: {URL}\n\n{MORE}\n\nSource: {URL}/other", (None, None, None)),
        (f"{HIT} The source: {URL}", (None, None, None)),
        (HIT, (None, None, None)),
    ],
)  # fmt: skip
def test_where_a_text_is_from(text, expected):
    assert told(text, "a.md") == expected


def test_the_document_itself_is_what_its_incidents_rest_on():
    text = f"---\nsource: {URL}\npublisher: The Courier\ndate: 2024-05-06\n---\n\n{HIT} The Courier first reported the theft, The Courier said."
    (incident,) = ProseExtractor().extract(document("a.md", text.encode()))
    assert [(one.publisher, one.url, one.type) for one in incident.sources] == [("The Courier", URL, "article")]
    assert [one.date.edtf for one in incident.dates if one.what is DateOf.REPORTED] == ["2024-05-06"]
    for proof in proofs(incident):
        assert text[slice(*proof.span)] == proof.quote != ""


@pytest.mark.parametrize(
    ("told", "day", "edtf"),
    [
        ("4 May", "2024-05-06", "2024-05-04"),
        ("4 May", "2024-05-04", "2024-05-04"),
        ("20 December", "2024-01-03", "2023-12-20"),
        ("February 29", "2024-12-01", "2024-02-29"),
        ("4 May 2022", "2024-05-06", "2022-05-04"),
    ],
)
def test_a_date_without_a_year_is_the_last_before_the_day_of_its_document(told, day, edtf):
    text = f"---\ndate: {day}\n---\n\nOn {told} hackers broke into Birch Systems, which runs the pay of Alder Bank."
    (incident,) = ProseExtractor().extract(document("a.md", text.encode()))
    (date,) = (one for one in incident.dates if one.what is DateOf.OCCURRED)
    assert date.date.edtf == edtf
    assert [proof.quote for proof in date.evidence] == [told] + [day] * (told[-4:] != "2022")
    assert all(text[slice(*proof.span)] == proof.quote for proof in proofs(incident))


FRONT = "description: Hackers broke into Elm Pay, a supplier of Cedar Foods."


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (f"---\n{FRONT}\n---\n", "a.md"),
        (f'---\n"title": "Bank hit"\n{FRONT}\n---\n', "a.md"),
        (f"---\n# made by a program\n{FRONT}\n---\n", "a.md"),
        (f"---\n\n{FRONT}\n---\n", "a.md"),
        (f"---\n- {FRONT}\n---\n", "a.md"),
        ("---\n---\n", "a.md"),
        ("---\n\n---\n", "a.md"),
        ('+++\n[extra]\nnote = "Hackers broke into Elm Pay, a supplier of Cedar Foods."\n+++\n', "a.md"),
        (f"---\ntitle: Bank hit\n{FRONT}\n---\n", "a.txt"),
        (f"Source: {URL}\n\n", "a.txt"),
        (f"*Source:* <{URL}>\r\n", "a.md"),
    ],
)
def test_what_stands_at_the_head_is_not_read_as_prose(head, name):
    assert prose(document(name, (head + HIT).encode())).words.text == HIT


@pytest.mark.parametrize(
    ("text", "name"), [(f"---\nBreaking: {HIT}\n---\n{MORE}", "a.txt"), (f"---\n\n{HIT}\n\n---\n{MORE}", "a.md")]
)
def test_prose_between_two_rules_is_read(text, name):
    assert HIT in prose(document(name, text.encode())).words.text


def test_the_front_matter_of_a_page_is_none_of_its_words():
    pytest.importorskip("trafilatura")
    text = f"---\nlayout: post\n---\n<div><p>{HIT}</p><p>{MORE}</p></div>"
    assert prose(document("a.html", text.encode())).words.text == f"{HIT}\n{MORE}\n"


MAIL = "From: Alder Bank <press@alder.example>\nTo: news@courier.example\nSubject: Theft of data\n at a supplier\nDate: Mon, 6 May 2024 09:10:00 +0200\n\n"


def test_an_e_mail_is_called_by_its_subject_and_its_head_is_no_prose():
    text = MAIL.replace("\n at a supplier", " at a supplier") + HIT
    (incident,) = ProseExtractor().extract(document("a.txt", text.encode()))
    assert incident.title == "Theft of data at a supplier"
    assert [one.publisher for one in incident.sources] == ["Alder Bank"]
    assert ("2024-05-06", DateOf.REPORTED) in [(one.date.edtf, one.what) for one in incident.dates]
    assert prose(document("a.txt", text.encode())).words.text == HIT


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("From: press@alder.example\nSubject: Theft\n\n", None),
        ('From: "Alder Bank" <press@alder.example>\nSubject: Theft\n\n', "Alder Bank"),
        ("From: =?utf-8?q?Alder?= <press@alder.example>\nSubject: =?utf-8?q?Theft?=\n\n", None),
        (
            "---------- Forwarded message ---------\nFrom: Alder Bank <press@alder.example>\nDate: 6 May 2024\n\n",
            "Alder Bank",
        ),
    ],
)
def test_who_sent_an_e_mail_published_it_where_it_is_named_plainly(head, publisher):
    found = prose(document("a.txt", (head + HIT).encode()))
    assert found.words.text == HIT
    assert (found.imprint.publisher and found.imprint.publisher.text) == publisher


@pytest.mark.parametrize(
    "head", ["FROM: The board\nTO: All staff\nRE: Theft\n\n", "Title: Theft\nDate: 6 May 2024\n\n"]
)
def test_a_memo_is_read_with_its_first_lines(head):
    found = prose(document("a.txt", (head + HIT).encode()))
    assert found.words.text == head + HIT
    assert found.imprint == (None, None, None)


@pytest.mark.parametrize("behind", ["Summary: " + HIT, "Update: " + HIT + "\n" + MORE, HIT])
def test_the_head_of_an_e_mail_ends_where_its_lines_are_no_headers(behind):
    found = prose(document("a.txt", f"From: soc@alder.example\nDate: 6 May 2024\nX-Spam: no\n{behind}".encode()))
    assert found.words.text == behind


def test_an_e_mail_to_very_many_has_a_head():
    everyone = ", ".join(f"Reader {number} <reader{number}@courier.example>" for number in range(900))
    found = prose(document("a.txt", f"From: soc@alder.example\nTo: {everyone}\nSubject: Theft\n\n{HIT}".encode()))
    assert found.words.text == HIT


def test_an_e_mail_in_html_is_read_as_a_page():
    pytest.importorskip("trafilatura")
    text = MAIL + f"<html><body><p>{HIT}</p><p>{MORE}</p></body></html>"
    (incident,) = ProseExtractor().extract(document("a.txt", text.encode()))
    assert {party.name for party in incident.parties} == {"Alder Bank", "Birch Systems"}
    assert [one.publisher for one in incident.sources] == ["Alder Bank"]
    for proof in proofs(incident):
        assert text[slice(*proof.span)] == proof.quote != ""
