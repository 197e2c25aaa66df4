"""E-mail messages are read decoded: their main headers and their text."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from kg.errors import UnreadableError
from kg.extract.reading import document

TEXT = "Names of 21,000 borrowers of Müller Bank, which is a customer of Kreditor, were copied on 3 March 2026 from the servers of the firm."


def message(text=TEXT, html="", **how):
    made = EmailMessage()
    made["From"], made["Subject"] = "Müller Presse <press@m.example>", "Vorfall bei der Müller Bank"
    made["X-Spam"] = "no"
    if text:
        made.set_content(text, **how)
    if html and text:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html", **how)
    return made


def read(data, name="a.eml"):
    return document(name, bytes(data)).text.strip()


@pytest.mark.parametrize(
    "how", [{"cte": "base64"}, {"cte": "quoted-printable"}, {"cte": "8bit"}, {"charset": "iso-8859-1"}]
)
def test_a_message_is_decoded_however_it_is_sent(how):
    head = "From: Müller Presse <press@m.example>\nSubject: Vorfall bei der Müller Bank\n\n"
    assert read(message(**how)) == head + TEXT
    assert read(message(**how), "b.EML") == head + TEXT


def test_the_plain_text_of_a_message_is_read_and_else_its_page():
    both, page = message(html="<p>Möhre</p>"), message("", "<p>Möhre</p>", cte="base64")
    assert "Möhre" not in read(both)
    assert read(page).endswith("\n\n<p>Möhre</p>")


def test_what_is_attached_is_no_text_of_a_message():
    made = message("", "")
    made.add_attachment(TEXT, filename="a.txt")
    with pytest.raises(UnreadableError, match="without text"):
        read(made)


def test_an_encoding_that_is_unknown_is_no_hindrance():
    raw = b"From: a@b.example\nSubject: =?none?q?x?=\nContent-Type: text/plain; charset=none\n\nM\xc3\xbcller"
    assert read(raw) == "From: a@b.example\nSubject: =?none?q?x?=\n\nMüller"
    assert read(raw.replace(b"\xc3\xbc", b"\xfc")).endswith("Müller")


def test_another_document_is_left_as_it_is():
    assert read(TEXT.encode()) == TEXT
    assert "=C3=BC" in read(message(cte="quoted-printable"), "a.txt")


def test_a_message_with_a_nul_is_refused():
    with pytest.raises(UnreadableError, match="NUL"):
        read(b"From: a@b.example\n\na\0b")
