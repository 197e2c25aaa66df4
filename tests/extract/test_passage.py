"""Passages keep the way back to the document through every layer of decoding."""

from __future__ import annotations

import dataclasses
import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.passage import Passage, PassageBuilder, composed, unescape_html, unquoted

ENTITIES = ["&amp;", "&quot;", "&#x27;", "&#39;", "&eacute;", "&nGt;", "&#128512;", "&#1;"]
# Where every entity has its semicolon, the standard library and this reader agree.
WHOLE = st.lists(st.sampled_from([*ENTITIES, "a", "é", " ", "\n", "&", ";", "😀"]), max_size=30).map("".join)
PIECES = st.lists(st.sampled_from([*ENTITIES, "a", "é", " ", "\n", "&", ";", "#", "amp", "😀"]), max_size=30).map(
    "".join
)


def build(*parts: tuple[str, int, int]) -> Passage:
    builder = PassageBuilder()
    for text, begin, end in parts:
        builder.add(text, begin, end)
    return builder.passage(0)


def test_text_as_it_stands_is_mapped_character_for_character():
    passage = Passage.of("Meta", start=10)
    assert (passage.text, len(passage)) == ("Meta", 4)
    assert [passage.span(i, i + 1) for i in range(4)] == [(10, 11), (11, 12), (12, 13), (13, 14)]
    assert passage.span(1, 3) == (11, 13)


def test_an_atomic_run_is_quoted_whole():
    passage = build(("a", 0, 1), ("\n", 1, 3), ("b", 3, 4))
    assert passage.span(1, 2) == (1, 3)
    assert passage.span(0, 2) == (0, 3)
    two = build(("\u226b\u20d2", 5, 10))
    assert [two.span(0, 1), two.span(1, 2), two.span(0, 2)] == [(5, 10)] * 3


@pytest.mark.parametrize(("at", "place"), [(0, 0), (1, 1), (2, 3), (3, 4)])
def test_an_empty_range_has_a_place(at, place):
    assert build(("a", 0, 1), ("\n", 1, 3), ("b", 3, 4)).span(at, at) == (place, place)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (2, 1), (0, 4), (4, 4)])
def test_a_range_outside_is_an_error(start, end):
    with pytest.raises(IndexError, match="3 characters"):
        Passage.of("abc").span(start, end)


def test_an_empty_passage_has_a_place():
    assert Passage.of("", 7).span(0, 0) == (7, 7)
    assert Passage.of("abc", 7).slice(2, 2).span(0, 0) == (9, 9)
    assert Passage.join([Passage.of("", 4), Passage.of("", 9)]).span(0, 0) == (4, 4)


def test_it_cannot_be_changed():
    passage = Passage.of("abc")
    with pytest.raises(dataclasses.FrozenInstanceError):
        passage.text = "x"
    assert not hasattr(passage, "__dict__")


def test_slices_keep_their_places():
    passage = build(("ab", 0, 2), ("\n", 2, 4), ("cd", 4, 6))
    part = passage.slice(1, 4)
    assert part.text == "b\nc"
    assert [part.span(i, i + 1) for i in range(3)] == [(1, 2), (2, 4), (4, 5)]
    assert part.slice(1, 2).span(0, 1) == (2, 4)


def test_parts_need_not_be_neighbours():
    passage = Passage.join([Passage.of("Proprietary ", 10), Passage.of("training", 30)])
    assert passage.text == "Proprietary training"
    assert passage.span(12, 20) == (30, 38)
    assert passage.span(8, 14) == (18, 32)
    assert passage.span(12, 12) == (30, 30)


def test_parts_must_be_in_the_order_of_the_document():
    with pytest.raises(ValueError, match="order"):
        Passage.join([Passage.of("b", 5), Passage.of("a", 2)])
    with pytest.raises(ValueError, match="nothing"):
        Passage.join([])


def test_strip():
    passage = build((" ", 0, 1), ("\n", 1, 3), ("ab", 3, 5), ("\t", 5, 7)).strip()
    assert (passage.text, passage.span(0, 2)) == ("ab", (3, 5))
    blank = Passage.of("  \n", 4).strip()
    assert (blank.text, blank.span(0, 0)) == ("", (7, 7))


def test_replaced():
    passage = Passage.of("one\ntwo", 5).replaced([(3, 4, " "), (4, 7, "2")])
    assert passage.text == "one 2"
    assert passage.span(3, 4) == (8, 9)
    assert passage.span(4, 5) == (9, 12)
    assert Passage.of("b").replaced([(0, 0, "a")]).text == "ab"


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("&amp; &quot;x&quot; &#x27; &#39; &lt;", "& \"x\" ' ' <"),
        ("&eacute;&nGt;&#128512;", "é\u226b\u20d2😀"),
        ("&amp;quot;", "&quot;"),
        ("AT&T, Q&A; R&amp D", "AT&T, Q&A; R& D"),
        ("?id=1&copy=2&lang=en&amp;x&lt", "?id=1&copy=2&lang=en&x<"),
        ("&#0; &#xD800; &#x110000;", "\ufffd \ufffd \ufffd"),
        ("&nosuch; &#; &#x; &" + "#" + "9" * 5000 + ";", "&nosuch; &#; &#x; &#" + "9" * 5000 + ";"),
    ],
)
def test_one_level_of_entities_is_decoded(text, decoded):
    assert unescape_html(Passage.of(text)).text == decoded


@pytest.mark.parametrize("text", ["", "plain", "AT&T & Co"])
def test_nothing_to_decode_gives_the_same_object(text):
    passage = Passage.of(text)
    assert unescape_html(passage) is passage


def test_two_levels_lead_back_to_the_document():
    text = "a &amp;quot;b&amp;quot; c"
    passage = unescape_html(unescape_html(Passage.of(text)))
    assert passage.text == 'a "b" c'
    start, end = passage.span(2, 5)
    assert text[start:end] == "&amp;quot;b&amp;quot;"
    assert [passage.span(i, i + 1) for i in (0, 3, 6)] == [(0, 1), (12, 13), (24, 25)]


def test_an_entity_over_two_parts_covers_both():
    passage = unescape_html(Passage.join([Passage.of("x&am", 10), Passage.of("p;y", 30)]))
    assert passage.text == "x&y"
    assert passage.span(1, 2) == (11, 32)


@given(WHOLE, st.integers(0, 5))
def test_decoding_what_stands_at_a_characters_place_gives_the_character(text, start):
    passage = unescape_html(Passage.of(text, start))
    assert passage.text == html.unescape(text)
    previous = start
    for i, character in enumerate(passage.text):
        begin, end = passage.span(i, i + 1)
        assert previous <= begin < end <= start + len(text)
        assert character in html.unescape(text[begin - start : end - start])
        previous = begin


@given(PIECES, st.data())
def test_slices_agree_with_the_whole(text, data):
    passage = unescape_html(unescape_html(Passage.of(text, 3)))
    start = data.draw(st.integers(0, len(passage)))
    end = data.draw(st.integers(start, len(passage)))
    part = passage.slice(start, end)
    assert part.text == passage.text[start:end]
    assert [part.span(i, i + 1) for i in range(len(part))] == [passage.span(i, i + 1) for i in range(start, end)]
    rejoined = Passage.join([passage.slice(0, start), part, passage.slice(end, len(passage))])
    assert rejoined.text == passage.text
    assert [rejoined.span(i, i + 1) for i in range(len(rejoined))] == [
        passage.span(i, i + 1) for i in range(len(passage))
    ]


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        (r"a\nb\t\\\'\"", "a\nb\t\\'\""),
        (r"\x41\u00e9\U0001F600\101\N{BULLET}", "Aé😀A•"),
        (r"\ud83d\ude00 \uD83D\uDE00", "😀 😀"),
        (r"https:\/\/x", "https://x"),
        ("a\\\nb\\\r\nc", "abc"),
        (r"\d \% \8", r"\d \% \8"),
        ("\\٣", "\\٣"),
    ],
)
def test_escapes_of_strings(text, decoded):
    builder = PassageBuilder()
    assert builder.add_escaped(text, 0) is None
    assert builder.passage(0).text == decoded


@pytest.mark.parametrize("escape", [r"\x4", r"\u12", r"\U0011000", r"\U00110000", r"\N{NO SUCH NAME}", r"\N{"])
def test_a_malformed_escape_stays_and_is_reported(escape):
    builder = PassageBuilder()
    assert builder.add_escaped(f"ab{escape}!", 100) == 102
    assert builder.passage(0).text == f"ab{escape}!"


@pytest.mark.parametrize(
    "escape",
    [
        "\\",
        r"\x",
        r"\x4",
        r"\u",
        r"\u00e",
        r"\U0001F60",
        r"\N",
        r"\N{BUL",
        r"\1",
        r"\10",
        r"\ud83d",
        r"\ud83d" + "\\",
        r"\ud83d\ude0",
    ],
)
def test_a_cut_escape_is_left_out(escape):
    builder = PassageBuilder()
    builder.add_escaped(f"ab\\n{escape}", 0, cut=True)
    assert builder.passage(0).text == "ab\n"


@pytest.mark.parametrize(
    "text", ["&" * 1_000_000, "&a" * 500_000, "&amp;" * 200_000, "&#" * 500_000, "&" + "a" * 1_000_000]
)
def test_hostile_text_is_decoded_in_linear_time(text):
    start = time.process_time()
    passage = unescape_html(Passage.of(text))
    passage.span(len(passage) // 2, len(passage) // 2)
    assert time.process_time() - start < 10


def test_a_letter_and_its_accents_become_one_character_and_what_is_not_seen_none():
    text = "Mo\u0308hring Lohn\u00adpro\u200b x\u030c"
    passage = composed(Passage.of(text))
    assert passage.text == "M\u00f6hring Lohnpro x\u030c"
    assert passage.span(1, 2) == (1, 3)
    assert text[slice(*passage.span(8, 15))] == "Lohn\u00adpro"
    assert composed(passage).text == passage.text
    plain = Passage.of("plain")
    assert composed(plain) is plain


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("A%20%26%20B", "A & B"),
        ("A%20%C3%A9", "A é"),
        ("A%26B", "A%26B"),
        ("100% A", "100% A"),
        ("A%20%FF", "A \ufffd"),
    ],
)
def test_escapes_of_addresses_are_decoded_where_a_blank_is_one(text, decoded):
    found = unquoted(Passage.of(text))
    assert found.text == decoded
    assert found.span(0, len(decoded)) == (0, len(text))
