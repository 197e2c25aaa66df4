"""E-mail messages as a mail program saves them (RFC 5322 and MIME): who wrote when to whom about what, and the text, decoded."""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import TYPE_CHECKING, Final

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from email.message import Message

_KEPT: Final = ("From", "To", "Date", "Subject")
_TEXTS: Final = ("text/plain", "text/html")
"""Kinds of parts that are read, the better first."""


def message_text(name: str, data: bytes) -> str | None:
    """Return a message as one text: its main headers, a blank line, and its text, plain or else HTML; None for what is no message.

    Args:
        name: what the document is called.
        data: its bytes.

    Raises:
        UnreadableError: no part of the message is text, or its parts are nested too deep.
    """
    try:
        message = message_from_bytes(data)
        found = {part.get_content_type(): part for part in reversed(list(message.walk())) if _is_text(part)}
    except (MessageError, RecursionError, ValueError) as error:
        raise UnreadableError(name, "is no e-mail message that can be read") from error
    headers = {key.title(): _decoded(str(value)) for key, value in reversed(list(message.raw_items()))}
    if headers.keys().isdisjoint(_KEPT):
        return None
    part = next((found[kind] for kind in _TEXTS if kind in found), None)
    if part is None:
        raise UnreadableError(name, "is an e-mail message without text")
    lines = [f"{key}: {headers[key]}" for key in _KEPT if headers.get(key)]
    return "\n".join([*lines, "", _body(part)])


def _is_text(part: Message) -> bool:
    return part.get_content_type() in _TEXTS and part.get_content_disposition() != "attachment"


def _decoded(value: str) -> str:
    """A header on one line; one that is encoded as nothing known stays as it is."""
    printed = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(MessageError, LookupError, ValueError):
        printed = str(make_header(decode_header(printed)))
    return " ".join(printed.split())


def _body(part: Message) -> str:
    """The text of a part, its lines ended as in any other text."""
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    text = ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            text = data.decode(charset)
            break
        except (LookupError, ValueError):
            text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n")
