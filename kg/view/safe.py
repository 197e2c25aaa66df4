"""Text from strangers made fit to show: hidden characters, addresses, JSON inside HTML."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote, urlsplit

from kg.patterns import regex

# Direction marks can make a name read as another; controls, lone surrogates and noncharacters are invalid in HTML.
_HIDDEN: Final = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ADDRESS: Final = regex(r"https?://[^\s\x00-\x20\x7f-\x9f\"'<>\\^`{|}]+", re.IGNORECASE)


class Cleaner:
    """Takes hidden characters out of text and counts what it took.

    Attributes:
        removed: how many characters have been taken out so far.
    """

    def __init__(self) -> None:
        self.removed = 0

    def __call__(self, text: str) -> str:
        """Return the text without direction marks, controls, lone surrogates and noncharacters; tab and newline stay."""
        if text.isprintable():
            return text
        shown, removed = _HIDDEN.subn("", text.replace("\r\n", "\n"))
        self.removed += removed
        return shown


def visible_id(text: str) -> str:
    """Return an identifier with hidden characters percent-encoded, so that two different ones stay different."""
    if text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: quote(match[0].encode("utf-8", "surrogatepass")), text)


def link(url: str) -> str:
    """Return the address when it is http or https with a host, otherwise ""."""
    if not _ADDRESS.fullmatch(url):
        return ""
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def source_hash(text: str) -> str:
    """Return what a content security policy calls an inline element of this text."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'"


def script_json(value: Any) -> str:
    """Return ASCII JSON that cannot end the script element it stands in.

    Args:
        value: what `json` can write, without NaN or infinity.

    Raises:
        ValueError: there is a NaN or an infinity.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
