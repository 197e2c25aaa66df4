"""Rows and cells of a supplier table that name nobody: footers, totals, strikes, and words such as "none"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.tabular.markdown_table import plain_text
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.tabular.row import Row

_NOBODY = frozenset(
    word.strip()
    for word in """
    none|none at present|none currently|currently none|no subprocessors|no sub-processors|no vendors|no suppliers|nil|null|n/a|n.a|na|n.v.t|nvt|tbd|tba|tbc|to be determined
    to be confirmed|to be announced|not applicable|not available|nobody|no one|keine|keiner|kein|keine angabe|k.a|k. a|entfällt|nicht zutreffend|nicht anwendbar|niemand|derzeit keine
    aucun|aucune|néant|sans objet|non applicable|à définir|ninguno|ninguna|no aplica|por determinar|nessuno|nessuna|non applicabile|da definire
    geen|niet van toepassing|nog te bepalen|nenhum|nenhuma|não aplicável|brak|nie dotyczy|ingen|inga
    """.strip().replace("\n", "|").split("|")
)  # fmt: skip
_NONE = frozenset(
    "none keine keiner keinen kein aucun aucune ninguno ninguna ningún nessuno nessuna nessun geen nenhum nenhuma ingen inga".split()
)
_SUPPLIERS = frozenset(
    """
    subprocessors subprocessor sub-processors sub-processor vendors suppliers providers third parties unterauftragnehmer unterauftragsverarbeiter
    subunternehmer dienstleister sous-traitants sous-traitant fournisseurs prestataires subencargados proveedores sub-responsabili subresponsabili fornitori
    subverwerkers leveranciers subcontratantes fornecedores
    """.split()
)
_FURTHER = _SUPPLIERS | frozenset(
    """
    currently at present the moment this time now other others further more additional yet so far
    derzeit momentan aktuell zurzeit zur zeit bislang bisher weitere weiteren weiterer anderen
    autre autres actuellement à ce jour pour l'instant otro otros más actualmente por el momento en este altro altri attualmente al
    andere verdere momenteel op dit outro outros mais atualmente de
    """.split()
)
"""Words beside "none" that name nobody either."""
_MOST_NONE = 7
"""Words that say so."""
_AROUND = " .-–—()[]*"
_FOOTER = regex(
    r"(?:(?:notes?|n\.?b\.?|remarks?|comments?|sources?|updated|disclaimer|legend|footnotes?|hinweise?|anmerkung(?:en)?|quellen?|stand|aktualisiert"
    r"|remarques?|mise à jour|notas?|observaciones|fuentes?|fonti?|opmerking(?:en)?|bron(?:nen)?)\s?:"
    r"|(?:this list was )?last (?:updated?|reviewed|modified|changed|revised)\b|as of (?=[^,;]{0,25}\d|today\b|now\b)|(?:zuletzt|letzte) (?:aktualisiert|aktualisierung|änderung|geändert)\b"
    r"|dernière (?:mise à jour|modification)\b|última actualización\b|ultimo aggiornamento\b|laatst (?:bijgewerkt|gewijzigd)\b)",
    re.IGNORECASE,
)
_MARKED = regex(r"(?:[*†‡¹²³]{1,3}|\[?\d{1,2}[\])])\s*(?=\S)")
_TOTAL = regex(
    r"(?:(?:grand |sub[ -]?)?totals?|sum|summe|gesamt(?:summe)?|insgesamt|suma|somme|totale?|totaal|count|anzahl)(?: (?:suppliers|vendors|count|number))?:?",
    re.IGNORECASE,
)
_NUMBER = regex(r"[\d.,\s%€$£()-]{1,40}")
_TAIL = regex(r" [a-zß-ÿ]{5,30}[.!]\Z")
"""What a short sentence ends in ("Subject to change."), and no name."""
_MANY_WORDS = 6
"""Of a sentence."""


def says_nobody(cell: str) -> bool:
    """Return whether a cell says that there is none, or that it is not known yet."""
    told = cell.strip(_AROUND).casefold()
    if told in _NOBODY:
        return True
    words = told.split(maxsplit=_MOST_NONE)
    if len(words) < _TWO or words[0] not in _LEADING:
        return False
    if words[0] == "no":
        return not _SUPPLIERS.isdisjoint(words) and _FURTHER.issuperset(words[1:])
    return not _NONE.isdisjoint(words) and all(word in _NONE or word in _FURTHER for word in words)


_LEADING = _NONE | _FURTHER | {"no"}
_TWO = 2


def footer(row: Row, columns: Mapping[str, int]) -> str:
    """Return why a row is none of the table: it is a note below it, or counts it; "" for any other."""
    told = [cell for cell in row.told if cell]
    if not told:
        return ""
    first = told[0]
    supplier = row.cell(columns.get("supplier"))
    if _FOOTER.match(first) and (not supplier or first in {supplier, row.cell(columns.get("customer"))}):
        return "is a note of the table"
    if len(told) == 1:
        alone = len(row.header) > 1 and _is_remark(first)
        return "is a note of the table" if alone else ""
    return "counts the rows" if _TOTAL.fullmatch(first) and all(map(_NUMBER.fullmatch, told[1:])) else ""


def _is_remark(text: str) -> bool:
    """Whether the only cell of a row is a footnote, or a sentence."""
    words = text.split()
    if (mark := _MARKED.match(text)) and (text[mark.end()].islower() or len(words) > _MANY_WORDS):
        return True
    if len(words) > 1 and _TAIL.search(text) and not split_legal_form(text)[1]:
        return True
    return len(words) > _MANY_WORDS and text.endswith((".", "!", "?")) and not split_legal_form(text)[1]


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
