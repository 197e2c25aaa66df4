"""The customers in a cell of a column of customers, which may list several: "Acme; Globex, Initech" are three, "Smith, Jones & Co., Inc." is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.extract.suppliers.several import are_names
from kg.extract.tabular.row import plain
from kg.extract.unnamed import is_debris
from kg.names import clean, is_legal_form
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    import re

    from kg.model import Span

_PLURAL = regex(
    r"\b(?:customers|clients|controllers|buyers|purchasers|subscribers|tenants|used by|kunden|clientes|clienti|klanten|auftraggeber|opdrachtgevers)\b"
)
_BETWEEN = regex(r"[;\n|•]")
_SURELY = (regex(r"[;•]"), regex(r"\n"))
"""What parts names where no column says that there are several."""
_COMMA = regex(r",\s*(?:and\s+)?")
_AND = regex(r"\s+and\s+")
_BRACKETS = regex(r"\([^()]*\)|\[[^\[\]]*\]")
_MOST_WORDS = 6
_LONGEST = 20_000
"""Characters of a cell that is parted."""


def may_list(header: str) -> bool:
    """Return whether a column's name speaks of customers in the plural."""
    return _PLURAL.search(plain(header)) is not None


def customers_in(cell: str, *, plural: bool) -> dict[str, Span]:
    """Return name -> characters of the customers in a cell; `plural`: its column speaks of several.

    Semicolons, lines and bars part names; commas do where each part looks like a name of its own, and not where they stand
    before a legal form, a place or the last partner of a firm. Where the column speaks of one, semicolons and lines do, and
    only where each part looks like a name.
    """
    bare = _BRACKETS.sub(lambda match: "x" * len(match[0]), cell[:_LONGEST])  # what is in brackets parts nothing
    if plural:
        parts = [part for between in _cut(cell, bare, _BETWEEN) for part in _parted(cell, bare, *between)]
    else:
        parts = next((parts for mark in _SURELY if len(parts := _cut(cell, bare, mark)) > 1), [])
        if not parts or not are_names([cell[slice(*part)] for part in parts]):
            parts = [_trimmed(cell, 0, len(cell))]
    found: dict[str, Span] = {}
    for part in parts:
        found.setdefault(clean(cell[slice(*part)]), part)
    found.pop("", None)
    return found


def _cut(cell: str, bare: str, mark: re.Pattern[str]) -> list[Span]:
    """What stands between the marks of a cell."""
    edges = [0, *(at for match in mark.finditer(bare) for at in match.span()), len(cell)]
    parts = (_trimmed(cell, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [(start, end) for start, end in parts if start < end]


def _parted(cell: str, bare: str, start: int, end: int) -> list[Span]:
    """The names between two separators: those that commas part, or the whole."""
    whole = [(start, end)]
    if "," not in bare[start:end]:
        return whole
    parts: list[Span] = []
    for gap in gaps(_COMMA, bare, start, end):
        part = _trimmed(cell, *gap)
        text = cell[slice(*part)]
        if parts and (is_debris(text) or is_place(text) or is_legal_form(text)):
            parts[-1] = (parts[-1][0], part[1])
        elif text:
            parts.append(part)
    if len(parts) < _SEVERAL or _is_firm([cell[slice(*part)] for part in parts]):
        return whole
    first, last = parts[-1]
    if match := _AND.search(bare, first, last):
        parts[-1:] = [(first, match.start()), (match.end(), last)]
    return parts if all(_is_name(cell[slice(*part)]) for part in parts) else whole


_SEVERAL = 2


def _is_firm(parts: list[str]) -> bool:
    """Whether the parts are the partners of one firm ("Smith, Jones & Co."): single words before one with "&"."""
    return "&" in parts[-1] and all(len(part.split()) == 1 for part in parts[:-1])


def _is_name(text: str) -> bool:
    return (
        (text[:1].isupper() or text[:1].isdigit()) and len(text.split()) <= _MOST_WORDS and any(map(str.isalpha, text))
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",-–•*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end
