"""What stands beside a name in the cell of an entity and is no part of the name: of which report it is, what happened, by what it is called in short."""

from __future__ import annotations

import re

from kg.patterns import regex

_WHICH = r"(?:(?:first|second|third|fourth|final|\d(?:st|nd|rd|th)) )?(?:supplement(?:als?)?|amend(?:ed|ment)|updated?|addend(?:um|a))\b"
_CUT = regex(r"[\s,]*\([^)]*\Z")
_REMARK = regex(
    r"(?:\s+[-–—]\s*|\s*[(\[])(?:(?:data|privacy|security|third[- ]party|vendor) )?(?:(?:breach|incident)(?: (?:case|report|number|no\.?))?(?:\s?#?\s?\d[\d-]*)?"
    r"|case(?: number| no\.?)?\s?#?\s?\d[\d-]*)[)\]]?\Z"
    rf"|\s{{0,9}}[(\[]{_WHICH}[^()\[\]]{{0,60}}[)\]]\Z|\s{{1,9}}[-–—]\s+{_WHICH}(?: (?:to|notice)\b[^()]{{0,60}})?\Z"
    r"|\s{0,9}(?:addendum|supplemental (?:notice|notification|filing))\Z"
    rf"|\A{_WHICH}[^:()]{{0,60}}:\s*(?=\S)",
    re.IGNORECASE,
)
"""Which of several reports of one entity it is ("Oak Plan - Breach Case#2", "Supplemental: Oak Plan")."""
_TELLING = ("breach", "incident", "case", "supplement", "amend", "update", "addend")
_EVENT = r"(?:breach|incident|vulnerability|attack)"
_HAPPENED = regex(
    rf"\s{{0,9}}(?:\([^()]{{0,200}}?\b{_EVENT}\b[^()]{{0,200}}\)|\[[^\[\]]{{0,200}}?\b{_EVENT}\b[^\[\]]{{0,200}}\])\s*\Z",
    re.IGNORECASE,
)
"""What happened ("Oak Bank [breach of its mail server]")."""
_IN_SHORT = regex(
    r"(?:\s{0,9}\((?:(?:collectively|hereinafter|hereafter|together),? )?(?:the )?[\"“][^()\"“”]{1,60}[\"”]\))+(?=\s*(?:;|\Z)|,?\s+(?:d/?b/?a|o/?b/?o|on behalf)\b)",
    re.IGNORECASE,
)
"""By what a filing calls it ("Oak Bank, Inc. (“Oak”)")."""


def uncut(cell: str) -> str:
    """Return a cell without a bracket that is cut off."""
    return _CUT.sub("", cell) if "(" in cell else cell


def without_remark(cell: str) -> str:
    """Return the cell of an entity without what tells of which of its reports it is."""
    lower = cell.lower()
    return _REMARK.sub("", cell) if any(map(lower.__contains__, _TELLING)) else cell


def bare(name: str) -> str:
    """Return a name without brackets that tell what happened and by what it is called in short."""
    return _IN_SHORT.sub("", _HAPPENED.sub("", name)) or name if "(" in name or "[" in name else name
