"""Domains of companies, as values of name fields print them."""

from __future__ import annotations

import re

from kg.patterns import regex

_COMMON_ENDS = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|coop|aero|museum|jobs|mobi|travel|cat|asia|app|dev|cloud|online|site|store|shop|tech"
    "|group|agency|health|care|clinic|hospital|dental|law|legal|bank|finance|insurance|energy|solutions|services|systems|digital|global"
    "|world|consulting|school|academy|university|foundation|church|hotel|estate|construction|engineering|industries|express|media|design"
    "|studio|network|email|live|life|city|eco|farm|xyz|top|club|center|capital|partners|company|international|today|page|space|london|berlin"
)
"""Ends of domain names, besides those of two letters, that are taken for such beside other words."""
_HOST = r"(?:https?://)?(?:www\d?\.)?(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}"
_PATH = r")(?::\d{1,5})?(?:/[^\s)\]|,;]{0,300})?"
_LONGEST = 400
"""Characters of a text that may be a domain."""
DOMAIN = regex(rf"{_HOST}(?:[a-z]{{2}}|{_COMMON_ENDS}|xn--[a-z0-9-]{{2,59}}){_PATH}", re.IGNORECASE)
"""A domain beside other words; the group `host` is the domain itself."""
LONE_DOMAIN = regex(rf"{_HOST}[^\W\d_]{{2,24}}{_PATH}", re.IGNORECASE)
"""A whole text that looks like a domain."""
NO_DOMAIN = regex(
    r"(?:co|inc|corp|pvt|pte|pty|st|dr|mr|mrs|ms|jr|sr|no|vs)\.[a-z]{2,10}\Z|(?:.*\.)?(?:co|pvt|pte|pty|inc|corp)\.(?:ltd|inc|llc|limited)\Z|(?:[a-z]\.)+[a-z]{2,3}\Z"
    r"|.*\.(?:js|md|pdf|txt|zip|rar|docx?|xlsx?|csv|sql|7z)\Z",
    re.IGNORECASE,
)
"""A host that is an abbreviation or a file."""


def domain_of(text: str) -> str:
    """Return the domain of an address or a bare domain, without "www."; "" where a text is none."""
    match = LONE_DOMAIN.fullmatch(text.strip()) if len(text) < _LONGEST else None
    return match["host"].casefold() if match and not NO_DOMAIN.match(match["host"]) else ""
