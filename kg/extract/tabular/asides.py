"""Rows that tell of their table and of nothing in it: footnotes, and totals of the rows above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.tabular.row import Row

LABEL = regex(
    r"(?:(?:foot)?notes?|n\.?b\.?|remarks?|comments?|sources?|updated|disclaimer|legend|hinweise?|anmerkung(?:en)?|quellen?|stand|legende|aktualisiert"
    r"|remarques?|mise à jour|notas?|observaciones|fuentes?|fonti?|opmerking(?:en)?|bron(?:nen)?)\s?:",
    re.IGNORECASE,
)
"""What a note begins with."""
_DATED = regex(
    r"(?:this list was )?last (?:updated?|reviewed|modified|changed|revised)\b|as of (?=[^,;]{0,25}\d|today\b|now\b)|(?:zuletzt|letzte) (?:aktualisiert|aktualisierung|änderung|geändert)\b"
    r"|dernière (?:mise à jour|modification)\b|última actualización\b|ultimo aggiornamento\b|laatst (?:bijgewerkt|gewijzigd)\b",
    re.IGNORECASE,
)
_MARKED = regex(r"(?:[*†‡¹²³]{1,3}|\[?\d{1,2}[\])])\s*(?=\S)")
_TOTAL = regex(
    r"(?:grand |sub|overall )?(?:[ -]?totals?|sum|summe|zwischensumme|gesamt(?:summe|zahl)?|insgesamt|suma|somme|totale?s?|totaal|razem|summa|count|anzahl)"
    r"(?:[ :]{1,2}(?:of|in|for|the|number|count|all|people|persons?|individuals|residents|victims|affected|reported|records|customers|clients|patients|users|organi[sz]ations|companies"
    r"|firms|incidents|breaches|notifications|notices|rows|entries|suppliers|vendors"
    r"|der|de|des|personen|betroffene[nr]?|opfer|vorfälle|victimes|personnes|concernées|afectad[oa]s|personas|incidentes)){0,4}(?:[ :.]{0,3}|:? \W?\d[\d.,\s]{0,20})",
    re.IGNORECASE,
)
_NUMBER = regex(r"[\d.,'’\s%€$£()~+-]{1,40}")
_TAIL = regex(r" [a-zß-ÿ]{5,30}[.!]\Z")
"""What a short sentence ends in ("Subject to change."), and no name."""
_OF_THE_PAGE = regex(
    r"\S@\S{1,100}\.[a-z]{2}|\ball rights reserved\b|\A(?:©|\(c\)|copyright )\s?\d{4}|\A(?:generated|exported|downloaded|printed) (?:from|by|on|at|with|via)\b",
    re.IGNORECASE,
)
"""What the line below a table says of the page or its publisher, and no name does: an address for questions, a copyright, what made the page."""
_MANY_WORDS = 6
"""Of a sentence."""


def is_total(text: str) -> bool:
    """Return whether a text is a word for a sum, and says no more than of what."""
    return _TOTAL.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Return whether a text is a number as totals print them, or a share, or a sum of money."""
    return _NUMBER.fullmatch(text) is not None


def footer(row: Row, columns: Mapping[str, int]) -> str:
    """Return why a row is none of its table: it is a note below it, or counts it; "" for any other.

    Args:
        row: the row.
        columns: field -> column; of a row that has a name in "supplier" besides its "customer" the first cell is no note.
    """
    told = [cell for cell in row.told if cell]
    if not told:
        return ""
    first = told[0]
    supplier = row.cell(columns.get("supplier"))
    if (LABEL.match(first) or _DATED.match(first)) and (
        not supplier or first in {supplier, row.cell(columns.get("customer"))}
    ):
        return "is a note of the table"
    if len(told) == 1:
        alone = len(row.header) > 1 and _is_remark(first)
        return (
            "is a note of the table" if alone else "counts the rows" if first[-1].isdigit() and is_total(first) else ""
        )
    return "counts the rows" if is_total(first) and all(map(is_number, told[1:])) else ""


def _is_remark(text: str) -> bool:
    """Whether the only cell of a row is a footnote, or a sentence."""
    words = text.split()
    if len(words) > 1 and _OF_THE_PAGE.search(text):
        return True
    if (mark := _MARKED.match(text)) and (text[mark.end()].islower() or len(words) > _MANY_WORDS):
        return True
    if len(words) > 1 and _TAIL.search(text) and not split_legal_form(text)[1]:
        return True
    return len(words) > _MANY_WORDS and text.endswith((".", "!", "?")) and not split_legal_form(text)[1]
