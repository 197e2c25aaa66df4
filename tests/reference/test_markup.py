"""Anchors that never meet, and texts with words of code in them."""

from __future__ import annotations

import re

import pytest

from kg.reference.markup import anchor, prose


def test_two_texts_never_share_an_anchor():
    texts = ["a", "a.", ".a", "A", "a/b", "a.2F.b", "a_b", "at.classes", "", "ä", "31-33"]
    anchors = [anchor(text) for text in texts]
    assert len(set(anchors)) == len(texts)
    assert all(re.fullmatch(r"[\w.-]*", one, re.ASCII) for one in anchors)
    assert anchor("31-33") == "31-33"
    assert anchor("usesVendor") == "usesVendor"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("`direct` tells", "<code>direct</code> tells"),
        ("a `b` and `c`", "a <code>b</code> and <code>c</code>"),
        ("an odd ` stays", "an odd ` stays"),
        ("`` is nothing", "`` is nothing"),
        ("`<b>` & <i>", "<code>&lt;b&gt;</code> &amp; &lt;i&gt;"),
        ("a\u202eb `c\u202ed`", "ab <code>cd</code>"),
    ],
)
def test_words_between_backquotes_are_code_and_everything_is_escaped(text, html):
    assert prose(text) == html
