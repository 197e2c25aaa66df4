"""What a Markdown text tells is its words, without marks, menus, addresses, code and what programs are told."""

from __future__ import annotations

import time

import pytest

from kg.extract.prose import ProseExtractor
from kg.extract.prose.page import prose
from kg.extract.reading import document
from tests.mutants import proofs

HIT = (
    "Alder Bank said on 4 May 2024 that names of 12,000 customers were stolen from its payroll provider, Birch Systems."
)


def lines(text):
    """The lines of a text that are not blank, without the white space around them."""
    page = prose(document("a.md", text.encode()))
    return [line.strip() for line in page.words.text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Bank hit by thieves in the spring of the year, says a letter\nThe bank paid.", ["Bank hit by thieves in the spring of the year, says a letter", "The bank paid."]),
        ("The bank, which has branches in all of the towns of the north, paid\n## What it paid\nA lot.", ["The bank, which has branches in all of the towns of the north, paid", "What it paid", "A lot."]),
        ("- the names of those who have an account with the bank\n- their addresses", ["the names of those who have an account with the bank", "their addresses"]),
        ("A letter of the bank, which has branches in all towns, says\nthat it paid.", ["A letter of the bank, which has branches in all towns, says that it paid."]),
        ("> Bank hit\n> ====\n>\n> - It [paid](https://a.example/b_(c)).", ["Bank hit", "It paid."]),
        ("[![Our newsletter](https://a.example/n.png)](https://a.example/join)\n\nIt paid.", ["It paid."]),
        ("It paid[^1], says [a letter][2] of the [***bank***](/b \"c\").[^note]\n\n[^1]: https://a.example/1\n[^note]: In a call.\n[2]: https://a.example/2 'A letter'", ["It paid, says a letter of the bank.", "In a call."]),
        ("See [a letter of\nthe bank](https://a.example).", ["See a letter of", "the bank."]),
        ("* [Home](/)\n* [Jobs](/jobs)\n\n[About](/about) | [Terms](/terms)\n\nIt paid.\n\n- [Bank hit](https://a.example)\n\nMore.", ["It paid.", "Bank hit", "More."]),
        ("Tags: [[bank]] [[theft]]\n\nSee [[theft|what was taken]].\n\nLink: <https://a.example/1>\n**URL:** [https://a.example](https://a.example)", ["See what was taken."]),
        ('It paid.<br>\n{: .large }\n<p style="margin:0">Nobody &#8220;knows&#8221; why<a href="/b"> More</a></p>\n<!-- more -->\n<iframe\nsrc="/c">\n</iframe>\n{{< toc >}}', ["It paid.", "Nobody “knows” why More"]),
        ("~~~\nbank = 1\n~~~\n\nIt paid \\[all\\].\\\nSo it says.\n\n***\n\n| Who | What |\n|:---|---|\n| Bank | names |", ["It paid [all].", "So it says.", "| Who | What |", "| Bank | names |"]),
        ('<p>The post <a href="/b">Bank hit</a> appeared first on <a href="/">The Courier</a>.</p>\n\n**_It paid._** A snake_case_word.', ["It paid. A snake_case_word."]),
    ],
)  # fmt: skip
def test_what_is_no_prose_is_not_read(text, told):
    assert lines(text) == told


def test_quotes_stand_in_the_text_as_it_is():
    text = f"# Bank **hit**\n\n* [Home](/)\n* [Jobs](/jobs)\n\n{HIT.replace('Birch Systems', '[Birch **Systems**](https://a.example)[^1]')}\n\n[^1]: https://a.example\n"
    (incident,) = ProseExtractor().extract(document("a.md", text.encode()))
    assert {party.name for party in incident.parties} == {"Alder Bank", "Birch Systems"}
    assert all(text[slice(*proof.span)] == proof.quote for proof in proofs(incident))


@pytest.mark.parametrize(
    "piece",
    [
        "https://a",
        "[",
        "[[",
        "[a](",
        "<",
        "<!--",
        "{{",
        "`",
        "```\n",
        "> ",
        "- [a](b) ",
        "![",
        "*_",
        "\\",
        "|-",
        "[^a]: ",
    ],
)
def test_reading_marks_without_an_end_takes_time_as_its_length(piece):
    took = []
    for times in (4_000, 16_000):
        begun = time.perf_counter()
        lines(piece * (times // len(piece)))
        took.append(time.perf_counter() - begun)
    assert took[1] < 10 * took[0] + 0.5
