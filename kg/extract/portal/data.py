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

    from kg.model import Span

_NOTHING = frozenset({"unkn", "unk"})
"""Codes for data of which nothing is known."""
_PARTED = regex(r"[;\n]")
_PART = regex(r"[^;\n]*[^;\n\s][^;\n]*")
_COMBINED = regex(
    r"[^:;\n(]{0,80}\bin combination with(?: (?:any|one or more) of the following)?\s*:?\s*(?=\S)", re.IGNORECASE
)
"""Words of a form before the choices that were made in it."""
_JOIN = regex(r"\s+and\s+|\s?/\s?")
_CATEGORY = regex(
    r'"{1,2}(?P<kind>[^"{}\[\]]{1,80})"{1,2}: ?\{"{1,2}Affected"{1,2}: ?"{1,2}(?P<told>\w{1,20})"{1,2}, ?"{1,2}Examples"{1,2}: ?\[(?P<examples>[^\[\]]*)\]'
)
_EXAMPLE = regex(r'"{1,2}(?P<kind>[^"]+)"{1,2}')
_CARD = regex(r"\b(?:credit|debit)\b.{0,20}\bn(?:umber|o|um)s?\b", re.IGNORECASE)


def kinds_listed(text: str) -> Iterator[tuple[int, int, str, set[str]]]:
    """Yield (start, end, concept, words for its owners) of every kind in a list, each once; semicolons and lines part it where there are any."""
    if is_record(text):
        spans = [(*span, "") for span in _affected(text)]
    elif not _PARTED.search(text):
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


def is_record(text: str) -> bool:
    """Return whether a cell holds a record of every category of data, those too that were not affected, as the chronology of the Privacy Rights Clearinghouse has it."""
    return text.startswith("{") and _CATEGORY.search(text) is not None


def _affected(text: str) -> Iterator[Span]:
    """The characters of what a record gives as examples of the categories that were affected, of the category where it gives none."""
    for match in _CATEGORY.finditer(text):
        if match["told"].casefold() == "yes":
            examples = [one.span("kind") for one in _EXAMPLE.finditer(text, *match.span("examples"))]
            yield from examples or [match.span("kind")]


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
