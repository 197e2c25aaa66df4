"""Which kinds of data the columns of a portal list or flag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.concepts import data_concept, kinds_in
from kg.extract.fields import is_placeholder
from kg.extract.owners import kinds_and_owners
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = frozenset({"unkn", "unk"})
"""Codes for data of which nothing is known."""
_PARTED = regex(r"[;\n]")
_PART = regex(r"[^;\n]*[^;\n\s][^;\n]*")
_COMBINED = regex(
    r"[^:;\n(]{0,80}\bin combination with(?: (?:any|one or more) of the following)?\s*:?\s*(?=\S)", re.IGNORECASE
)
"""Words of a form before the choices that were made in it."""
_JOIN = regex(r"\s+and\s+|\s?/\s?")
_CARD = regex(r"\b(?:credit|debit)\b.{0,20}\bn(?:umber|o|um)s?\b", re.IGNORECASE)


def kinds_listed(text: str) -> Iterator[tuple[int, int, str, set[str]]]:
    """Yield (start, end, concept, words for its owners) of every kind in a list, each once; semicolons and lines part it where there are any."""
    if not _PARTED.search(text):
        spans = list(kinds_and_owners(text))
    else:
        spans = [(*match.span(), "") for match in _PART.finditer(text)]
    found: dict[str, tuple[int, int, str, set[str]]] = {}
    for first, last, owner in spans:
        introduced = _COMBINED.match(text, first, last) if "ombination" in text else None
        for start, end in _halves(text, introduced.end() if introduced else first, last):
            told = text[start:end]
            blank = len(told) - len(told.lstrip())
            kind = told.strip()
            if kind and kind.casefold() not in _NOTHING and not is_placeholder(kind):
                place = start + blank
                *_, owners = found.setdefault(kind.casefold(), (place, place + len(kind), data_concept(kind), set()))
                owners.update({owner} - {""})
    yield from found.values()


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The kinds that "and", "or" and strokes join in one item, where each is one of its own; else the item."""
    item = text[start:end]
    told = [(first, last) for first, last, _ in kinds_in(item)] if " or " in item else []
    if len(told) > 1 and len({data_concept(item[first:last]) for first, last in told} - {""}) == len(told):
        return [(start + first, start + last) for first, last in told]
    if "(" in item or not (" and " in item or "/" in item):
        return [(start, end)]
    parts = list(gaps(_JOIN, item))
    kinds = [data_concept(item[first:last]) for first, last in parts]
    if all(kinds) and len(set(kinds)) == len(kinds):
        return [(start + first, start + last) for first, last in parts]
    return [(start, end)]


def flagged(name: str) -> str:
    """Return the concept of the data that a column flags; Massachusetts calls cards "Credit Debit Numbers"."""
    return data_concept(name) or (data_concept("payment card") if _CARD.search(name) else "")
