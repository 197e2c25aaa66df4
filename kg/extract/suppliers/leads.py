"""Texts that lead to a list, and say what it lists: suppliers, or something else that is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.supplier_words import SUPPLIER
from kg.extract.suppliers.titles import heads, is_kind, led_state, looked_at
from kg.extract.tabular.markdown_table import plain_text
from kg.extract.tabular.row import LEAD, LONGEST_LEAD, Text, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

ELSE = regex(
    r"\b(?:how|why|when|what|criteria|requirements?|obligations?|questions?|faq|choos\w*|select\w*|vett?\w*|assess\w*|chang\w*|object\w*|removed|former"
    r"|must|shall|should|ensur\w*|(?:is|are|be) required|required (?:to|by|for)|obliged|safeguards?|due diligence|oversight|notif(?:y|ied)|notifications? of|subscribe|liabilit\w*|categories|types? of"
    r"|kinds? of|data (?:is |are )?(?:processed by|shared with)|countries|measures|standards|rights|security (?:of|at|by)"
    r"|änder\w*|wechsel\w*|auswahl\w*|widerspr\w*|pflichten|kategorien|modifi\w*|sélection\w*|comment|catégories|cambios|categorías|modifiche|categorie|categorieën)\b"
)
"""In titles of lists that tell of suppliers and do not list them, or no longer."""
_FOLLOWING = regex(r"\bfollowing(?P<what>(?: (?!(?:with|to|for|by|from|of|that|which|when)\b)[^\s:.,;()]{1,40}){0,6})")
_SOMEBODY = regex(
    r"\b(?:compan(?:y|ies)|entit(?:y|ies)|organi[sz]ations?|firms?|part(?:y|ies)|partners|services|tools|businesses|affiliates|list|platforms|systems|products|solutions|apps|applications)\b"
)
_TO_WHAT = regex(r"\b(?:to|for|by|when|if|in|about|from|um|zu|für|pour|para|per|om|te)\s?[:：]?\Z")
"""What the text ends in that leads to what suppliers do, or where they are."""
_NOT = regex(r"\b(?:not|never|no longer|removed|former|stop\w*|ceas\w*|discontinu\w*|terminat\w*|replac\w*)\b")
_POINTS = regex(
    r"\b(?:these|they|following|below|list|we use|we (?:currently )?(?:work|engage)|current|folgende\w*|nachfolgend\w*|suivant\w*|siguientes|seguenti|volgende|onderstaande|as of|last updated)\b"
)
_SHORT = 2
"""Words of a text that says nothing of what it leads to."""
_DETAIL = regex(r"\b(?:contact|email|e mail|questions?|note|address|your|you)\b")


def leads_elsewhere(title: Text) -> bool:
    """Return whether a title is a text that leads to a list, and to one of something else than suppliers."""
    if title.level != LEAD:
        return False
    told = plain(title.text)
    if led_state(title):
        return False
    found = _FOLLOWING.search(told)
    if found and heads(found["what"]) and not _TO_WHAT.search(told) and not _NOT.search(told):
        return False
    if ELSE.search(told) or _NOT.search(told) or _TO_WHAT.search(told):
        return True
    if found and found["what"] and not (SUPPLIER.search(found["what"]) or _SOMEBODY.search(found["what"])):
        return True
    if heads(told) or SUPPLIER.search(told) or _POINTS.search(told):
        return False
    words = told.rstrip(" :：").split()
    return _DETAIL.search(told) is not None or (len(words) > _SHORT and not is_kind(title.text))


NOTHING = Text("", (0, 0), LEAD)


def titles_above(lead: Text, headings: Sequence[Text]) -> list[Text]:
    """Return what stands above a list, the nearest first; of texts, the one that leads to it."""
    led = leads(lead) or (len(lead.text) <= LONGEST_LEAD and lead.text.endswith((":", "：")))
    return [*([lead] if led else []), *looked_at(headings[::-1])]


def leads(lead: Text) -> bool:
    """Return whether a text speaks of sub-processors, and is short enough to lead to a list of them."""
    return 0 < len(lead.text) <= LONGEST_LEAD and heads(lead.text)


def led_by(above: Text, line: str, start: int) -> Text:
    """Return a line as a text that may lead to a list, with the lines of its paragraph above it; one that is too long leads to none."""
    begun = above.span[0] if above.text else start
    text = f"{above.text} {plain_text(line)}".strip()
    return Text(text[: LONGEST_LEAD + 1], (begun, start + len(line)), LEAD)
