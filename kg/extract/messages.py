"""E-mail messages as a mail program saves them (RFC 5322 and MIME): who wrote when to whom about what, and the text, decoded."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from html import escape, unescape
from typing import Final, NamedTuple

from kg.patterns import regex

_KEPT: Final = ("From", "To", "Date", "Subject")
_TEXTS: Final = ("text/plain", "text/html")
_STUB: Final = 80
_LEAST: Final = 0.15
_BRIEF: Final = 200
"""A plain text of so few letters, or of few that are so small a part of those of the page beside it, only points to that."""
_WHOLE_PAGE: Final = regex(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_UNSEEN: Final = regex(r"<(/?)(?:head|script|style)\b", re.IGNORECASE)
_TAG: Final = regex(r"<[^<>]*>")
_PARAGRAPH_END: Final = regex(r"\n[ \t]*\n")


class _Said(NamedTuple):
    """The text of a part of a message, and whether it is in HTML."""

    text: str
    is_page: bool


def message_text(data: bytes) -> str | None:
    """Return a message as one text: its main headers, a blank line, and its text; None for what is no message with a sender and a text.

    Of a text that is sent in two forms the plain one is taken, unless it says much less; what is attached is left out, but for
    messages that are passed on.

    Args:
        data: the bytes of the document.
    """
    try:
        message = message_from_bytes(data.removeprefix(BOM_UTF8).lstrip())
        headers = {key.title(): _decoded(str(value)) for key, value in reversed(list(message.raw_items()))}
        if "@" not in headers.get("From", ""):
            return None
        said = _said(message, is_whole=True) or _last_resort(message)
    except (MessageError, RecursionError, ValueError):
        return None
    if not said:
        return None
    lines = [f"{key}: {headers[key]}" for key in _KEPT if headers.get(key)]
    # A page is known by how it begins, wherever else its program began.
    text = said.text if not said.is_page or _WHOLE_PAGE.match(said.text) else f"<html>{said.text}</html>"
    return "\n".join([*lines, "", text])


def _said(part: Message, *, is_whole: bool = False) -> _Said | None:
    """What a part says, None where that is nothing; the whole message is not attached to anything."""
    kind = part.get_content_type()
    payload = part.get_payload()
    parts = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    if kind == "message/rfc822":
        return _said(parts[0], is_whole=True) if parts and parts[0].keys() else None
    if not is_whole and (part.get_content_disposition() == "attachment" or part.get_filename()):
        return None
    if part.get_content_maintype() == "multipart":
        found = [said for one in parts if (said := _said(one))]
        return _better(found) if kind == "multipart/alternative" else _joined(found)
    return _text_of(part) if kind in _TEXTS else None


def _better(found: list[_Said]) -> _Said | None:
    """Of the forms of one text the plain one, unless it says much less than the page does."""
    plain, pages = (_joined([one for one in found if one.is_page == is_page]) for is_page in (False, True))
    if not (plain and pages):
        return plain or pages
    said, shown = _letters(plain), _letters(pages)
    points_to_it = len(said) < min(_BRIEF, _LEAST * len(shown)) and said not in shown
    return pages if len(said) < _STUB or points_to_it else plain


def _joined(found: list[_Said]) -> _Said | None:
    """The texts one behind the other; beside a page, plain text is a part of it."""
    if not found:
        return None
    if not any(one.is_page for one in found):
        return _Said("\n\n".join(one.text.strip("\n") for one in found) if found[1:] else found[0].text, is_page=False)
    return _Said("\n".join(one.text if one.is_page else _as_page(one.text) for one in found), is_page=True)


def _as_page(text: str) -> str:
    return "".join(f"<p>{escape(one, quote=False)}</p>" for one in _PARAGRAPH_END.split(text))


def _letters(said: _Said) -> str:
    """The letters and digits of a text, its tags and what is not shown left out."""
    text = said.text
    if said.is_page:
        first, *others = _UNSEEN.split(text)
        text = unescape(
            _TAG.sub("", first + "".join(told for end, told in zip(others[::2], others[1::2], strict=True) if end))
        )
    return "".join(filter(str.isalnum, text))


def _last_resort(message: Message) -> _Said | None:
    """The first text of a message of some other kind."""
    for part in message.walk():
        is_attached = part.get_content_disposition() == "attachment"
        is_text = part.get_content_maintype() == "text" and (not is_attached or part.get_content_type() == "text/plain")
        if is_text and (said := _text_of(part)):
            return said
    return None


def _text_of(part: Message) -> _Said | None:
    """The text of a part, its lines ended as in any other text."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return None
    text = ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            text = data.decode(charset)
            break
        except (LookupError, ValueError):
            text = data.decode("utf-8", "replace")
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    return _Said(text, part.get_content_type() == "text/html") if text.strip() else None


def _decoded(value: str) -> str:
    """A header on one line; one that is encoded as nothing known stays as it is."""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        printed = raw.decode("utf-8")
    except ValueError:
        printed = raw.decode("cp1252", "replace")
    with suppress(MessageError, LookupError, ValueError):
        printed = str(make_header(decode_header(printed)))
    return " ".join(printed.split())
