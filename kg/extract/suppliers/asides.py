"""Cells of a supplier table that name nobody any more, or never did: struck through, or words such as "none"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.brackets import without_brackets
from kg.extract.fields import is_placeholder
from kg.extract.supplier_words import SUPPLIER
from kg.extract.suppliers.akin import PURPOSE
from kg.extract.tabular.markdown_table import plain_text
from kg.extract.tabular.row import plain
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.tabular.row import Row

_NOBODY = frozenset(
    word.strip()
    for word in """
    none at present|none currently|currently none|no subprocessors|no sub-processors|no vendors|no suppliers|to be determined|to be confirmed|to be announced|nobody|no one
    niemand|derzeit keine|nicht anwendbar|sans objet|à définir|por determinar|non applicabile|da definire|niet van toepassing|nog te bepalen|brak|nie dotyczy|ingen|inga
    """.strip().replace("\n", "|").split("|")
)  # fmt: skip
"""What lists of suppliers say beside the words that any table has for nothing."""
_OURSELVES = frozenset(
    word.strip()
    for word in """
    self-hosted|self hosted|selfhosted|in-house|in house|selbst gehostet|selbstgehostet|auto-hébergé|autohébergé|autoalojado|autogestito|zelf gehost
    """.split("|")
)
"""Who stands in the place of a supplier where there is none, whatever software a bracket names ("Self-hosted (Alder)")."""
_NONE = frozenset(
    "none keine keiner keinen kein aucun aucune ninguno ninguna ningún nessuno nessuna nessun geen nenhum nenhuma ingen inga".split()
)
_FURTHER = frozenset(
    """
    currently at present the moment this time now other others further more additional yet so far
    derzeit momentan aktuell zurzeit zur zeit bislang bisher weitere weiteren weiterer anderen
    autre autres actuellement à ce jour pour l'instant otro otros más actualmente por el momento en este altro altri attualmente al
    andere verdere momenteel op dit outro outros mais atualmente de
    """.split()
)
"""Words beside "none" and those for suppliers that name nobody either."""
_MOST_NONE = 7
"""Words that say so."""
_AROUND = " .-–—()[]*"


def says_nobody(cell: str) -> bool:
    """Return whether a cell says that there is none, or that it is not known yet."""
    told = cell.strip(_AROUND).casefold()
    if told in _NOBODY or is_placeholder(told) or without_brackets(cell).strip(_AROUND).casefold() in _OURSELVES:
        return True
    if _is_role(told):
        return True
    words = told.split(maxsplit=_MOST_NONE)
    if len(words) < _TWO or (words[0] != "no" and _NONE.isdisjoint(words)):
        return False
    rest, suppliers = SUPPLIER.subn(" ", plain(told))
    if words[0] == "no":
        return suppliers > 0 and _FURTHER.issuperset(rest.split()[1:])
    return all(word in _NONE or word in _FURTHER for word in rest.split())


_TWO = 2


_ROLES = tuple(
    "provider providers vendor vendors processor processors supplier suppliers dienstleister anbieter".split()
)


def _is_role(told: str) -> bool:
    """Whether a text in small letters says what somebody is for, and not who it is ("e-mail delivery provider", "zahlungsdienstleister")."""
    if not told.endswith(_ROLES):
        return False
    *before, last = plain(told).split()
    return all(word in PURPOSE or len(word) == 1 for word in before) and (
        bool(before) if last in _ROLES else last.endswith("dienstleister")
    )


_BEFORE = regex(
    r"<(?:s|del|strike)\b[^<>]{0,300}>\s*(?:<[^/<>][^<>]{0,300}>\s*)?\Z"
    r"|<\w{1,10}\b[^<>]{0,300}(?<!hover:)(?<!no-)line-through[^<>]{0,300}>\s*(?:<[^/<>][^<>]{0,300}>\s*)?\Z",
    re.IGNORECASE,
)
_ENDS = regex(r"</(?:s|del|strike)\s*>", re.IGNORECASE)
_TILDES = regex(r"[\s*_\[(-]{0,10}~~([^~]{1,500})~~")
_STRIKES = ("~~", "<s>", "<s ", "<del", "<strike", "line-through", "<S>", "<DEL", "<STRIKE")
_FAR = 700


@lru_cache(maxsize=1)  # each row of each list of a document asks
def may_strike(text: str) -> bool:
    """Return whether something in a document may be struck through."""
    return any(mark in text for mark in _STRIKES)


def is_struck(row: Row, column: int) -> bool:
    """Return whether a cell is struck through, all of it, in Markdown or on a page."""
    if not row.cell(column):
        return False
    start, end = row.spans[column]
    raw = row.source[start:end]
    if (match := _TILDES.match(raw)) is not None:
        return plain_text(match[1]).strip().startswith(row.cell(column))
    return not _ENDS.search(raw) and _BEFORE.search(row.source[max(0, start - _FAR) : start]) is not None
