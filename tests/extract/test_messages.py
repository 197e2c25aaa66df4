"""E-mail messages are read decoded: their main headers and their text."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from kg.errors import UnreadableError
from kg.extract.prose.page import prose
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
    assert read(page).endswith("\n\n<html><p>Möhre</p>\n</html>")


PAGE = f'<div dir="ltr"><p>{TEXT}</p><p>Nobody could say on Monday how long the work would take.</p></div>'
FOOTER = "--\nPress mailing list\nhttps://lists.example/press"


def sent(kind, *parts):
    """A message of several parts, each the head of the part and its text."""
    head = f'From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="BB"\n\n'
    return (head + "".join(f"--BB\nContent-Type: {of}\n\n{text}\n" for of, text in parts) + "--BB--\n").encode()


@pytest.mark.parametrize(
    "raw",
    [
        sent("alternative", ("text/plain", ""), ("text/html; charset=utf-8", PAGE)),
        sent("alternative", ("text/plain", "Please open https://b.example/view"), ("text/html; charset=utf-8", f"<style>{TEXT * 9}</style>{PAGE}")),
        sent("mixed", ("text/html; charset=utf-8", PAGE), ("text/plain", FOOTER)),
        sent("mixed", ("text/plain", "Dear all,"), ("image/png; name=a.png", "x"), ("text/plain; charset=utf-8", TEXT)),
        sent("mixed", ("text/plain", "See below"), ("message/rfc822", f"From: c@d.example\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}")),
        sent("mixed", ("text/html; charset=utf-8", PAGE), ('text/plain; name="notes.txt"', "Elm Pay was hacked.")),
        sent("mixed", ("text/plain; charset=utf-8", TEXT), ("text/html; name=b.html", "Elm Pay was hacked.")),
        f"From: a@b.example\nSubject: x\nContent-Type: text/markdown; charset=utf-8\n\n{TEXT}".encode(),
        f"From: a@b.example\nSubject: x\nContent-Disposition: attachment\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}".encode(),
        *(f"From: a@b.example\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n{before}{PAGE}".encode() for before in ('<meta charset="utf-8">', "<style>p {margin: 0}</style>", "<!-- 2 -->", "\ufeff")),
        f"From: a@b.example\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<b>{TEXT}</b><br>{FOOTER}".encode(),
        f'From: a@b.example\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<div dir="ltr">{TEXT}</div>'.encode(),
    ],
)  # fmt: skip
def test_the_text_of_a_message_is_read_wherever_it_stands(raw):
    pytest.importorskip("trafilatura")
    said = prose(document("a.eml", raw)).words.text
    assert TEXT in said
    assert "Elm Pay" not in said


def test_what_is_attached_is_the_text_of_a_message_only_where_it_has_no_other():
    made = message("", "")
    made.add_attachment(TEXT, filename="a.txt", cte="base64")
    assert read(made).endswith(TEXT)


def test_a_plain_form_is_taken_however_much_longer_the_page_is():
    pytest.importorskip("trafilatura")
    page = f"{PAGE}{'<p>The Courier Morning Briefing. You get this because you asked for it.</p>' * 20}"
    said = prose(
        document("a.eml", sent("alternative", ("text/plain; charset=utf-8", TEXT), ("text/html; charset=utf-8", page)))
    )
    assert "Briefing" not in said.words.text


@pytest.mark.parametrize(
    "raw",
    [
        b"From: the board\nVictim: Alder Bank\nSummary: Names were stolen.\n\nMore follows.",
        b"Subject: Alder Bank\n\nNames were stolen.",
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="C"\n\nNames were stolen.',
    ],
)
def test_what_has_no_sender_or_no_text_is_read_as_it_stands(raw):
    assert read(raw) == raw.decode()


@pytest.mark.parametrize("before", [b"\n\n", b"\xef\xbb\xbf"])
def test_what_stands_before_a_message_is_no_hindrance(before):
    assert read(before + bytes(message(cte="base64"))).endswith(TEXT)


def test_an_encoding_that_is_unknown_is_no_hindrance():
    raw = b"From: a@b.example\nSubject: =?none?q?x?=\nContent-Type: text/plain; charset=none\n\nM\xc3\xbcller"
    assert read(raw) == "From: a@b.example\nSubject: =?none?q?x?=\n\nMüller"
    assert read(raw.replace(b"\xc3\xbc", b"\xfc")).endswith("Müller")


def test_a_header_in_the_letters_of_windows_is_read():
    raw = b"From: M\xfcller Presse <a@b.example>\nSubject: x\n\ny"
    assert read(raw).startswith("From: Müller Presse <")


def test_another_document_is_left_as_it_is():
    assert read(TEXT.encode()) == TEXT
    assert "=C3=BC" in read(message(cte="quoted-printable"), "a.txt")


def test_a_message_with_a_nul_is_refused():
    with pytest.raises(UnreadableError, match="NUL"):
        read(b"From: a@b.example\n\na\0b")
