"""Identifiers of organizations as cells of their own print them: one form for each, so that equal ones meet."""

from __future__ import annotations

import re

from kg.extract.domains import own_domain
from kg.extract.fields import is_placeholder
from kg.patterns import regex

_BEFORE_LEI = r"(?:https?://\S{1,200}/|lei(?:[ -]?code)?(?![a-z0-9])[\s:.-]{0,3})?"
_LEI = regex(rf"{_BEFORE_LEI}(?P<code>[a-z0-9](?:[ -]?[a-z0-9]){{17}}(?:[ -]?[0-9]){{2}})", re.IGNORECASE | re.ASCII)
_ITEM = regex(
    r"(?:(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/|wikidata:\s?|wd:)?(?P<item>q[1-9][0-9]{0,11})",
    re.IGNORECASE | re.ASCII,
)
_PARTED = regex("[ -]")


def identifier(scheme: str, text: str, name: str = "") -> str:
    """Return an identifier as "scheme:value", "" where a text is none.

    An LEI has 20 letters and digits, the last two of them digits; an item of Wikidata "Q" and digits, and may be an address
    of it; a domain may be an address, and is none where it is that of a page about somebody or of a provider of mail.
    Values of other schemes stay as they are printed.

    Args:
        scheme: "lei", "wikidata", "domain" or another.
        text: what is printed.
        name: whose it is said to be.
    """
    printed = text.strip()
    if is_placeholder(printed):
        return ""
    if scheme == "lei":
        value = lei(printed)
    elif scheme == "wikidata":
        item = _ITEM.fullmatch(printed)
        value = item["item"].upper() if item else ""
    else:
        value = own_domain(printed, name) if scheme == "domain" else printed
    return f"{scheme}:{value}" if value else ""


def lei(text: str) -> str:
    """Return the Legal Entity Identifier that a text is by its form, in capitals and in one piece; "" for none."""
    match = _LEI.fullmatch(text.strip())
    code = _PARTED.sub("", match["code"]).upper() if match else ""
    return code if len(set(code)) > 1 else ""
