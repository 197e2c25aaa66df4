"""Addresses of a printed list: parted, cleaned, dated, of a kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.references import references, source_type


def told(text):
    return [(found.url, found.seen.edtf if found.seen else None) for found in references(text)]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (
            "http://a.example/x, http://b.example/y;http://c.example/z\nhttps://d.example",
            ["http://a.example/x", "http://b.example/y", "http://c.example/z", "https://d.example"],
        ),
        (
            "http://e.example/0,1518,677280,00.html; (see http://f.example/a_(b)).",
            ["http://e.example/0,1518,677280,00.html", "http://f.example/a_(b)"],
        ),
        (
            "http://t.example/translate?u=http://www.s.example/x,1",
            ["http://t.example/translate?u=http://www.s.example/x,1"],
        ),
        (
            "https://e.example/a;jsessionid=1?x=2, https://b.example",
            ["https://e.example/a;jsessionid=1?x=2", "https://b.example"],
        ),
        ("www.a.example/x and http://a.example/x/", ["http://www.a.example/x"]),
        ("\"https://k.example/a\",'https://l.example'", ["https://k.example/a", "https://l.example"]),
        ("http://localhost/x http:// http://[::1]/ http://a..b/ TEST", []),
        ("February 12, 2013", []),
    ],
)
def test_addresses_are_parted_and_cleaned(text, urls):
    assert [url for url, _ in told(text)] == urls


def test_the_day_it_was_read_stands_behind_it():
    text = "http://a.example/x (20130822) http://b.example/y [2014-01-02]; http://c.example (20131341)"
    assert told("http://d.example/x.cms? (20140605)") == [("http://d.example/x.cms", "2014-06-05")]
    assert told(text) == [
        ("http://a.example/x", "2013-08-22"),
        ("http://b.example/y", "2014-01-02"),
        ("http://c.example", None),
    ]
    found = next(references(text))
    assert text[found.start : found.end] == "http://a.example/x"
    assert text[found.start : found.until] == "http://a.example/x (20130822)"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://news.example.com/a", "article"),
        ("https://www.oag.state.md.us/idtheft/notice.pdf", "filing"),
        ("https://doj.nh.gov/consumer/security-breaches/x.pdf", "filing"),
        ("https://www.cisa.gov/news", "government"),
        ("https://ico.gov.uk/x", "government"),
        ("https://twitter.com/x/1", "social"),
        ("https://nottwitter.com/x", "article"),
        ("http://pastebin.com/1", "leak-site"),
        ("ftp://a.example", ""),
        ("http://[bad", ""),
    ],
)
def test_the_kind_of_a_source_is_told_by_its_host(url, kind):
    assert source_type(url) == kind


@given(st.text("htp:/w.a,; ()20130822|\n"))
def test_every_address_stands_in_the_text(text):
    for found in references(text):
        assert found.url.endswith(text[found.start : found.end])
        assert found.start < found.end <= found.until <= len(text)
