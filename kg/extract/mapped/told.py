"""What one value of a register of one's own says of somebody: whom it names, and whether that one was spared.

Columns for parties hold answers too ("yes", "in Prüfung"), say that there was nobody ("No customers affected"), or of
somebody that nothing befell it ("Alder Bank (not affected)").
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.counts import parse_count
from kg.extract.brackets import BRACKET
from kg.extract.mapped.certainty import NO, YES, certainty_of
from kg.extract.suppliers.asides import says_nobody
from kg.extract.suppliers.remarks import TRIM
from kg.extract.unnamed import is_unnamed
from kg.extract.untaken import OPEN, spared, without
from kg.names import clean, is_legal_form, split_legal_form
from kg.nouns import GENERAL_NOUNS, ORGANIZATION_NOUNS, PEOPLE
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Certainty

_HARMED = (
    r"(?:affected|impacted|hit|involved|concerned|exposed|compromised|breached|attacked|at risk|betroffen|beeinträchtigt|involviert|kompromittiert|angegriffen"
    r"|touchée?s?|concernée?s?|impactée?s?|affectée?s?|coinvolt[oaie]|colpit[oaie]|interessat[oaie]|afectad[oa]s?|implicad[oa]s?|getroffen|geraakt|betrokken|afetad[oa]s?)"
)
_SPARED = (
    rf"(?:(?:(?:was|were|is|are|ist|sind|war|waren|wurden?) )?(?:(?:not|nicht|non|pas|no|niet|não)(?: (?:yet|been))? {_HARMED}(?: (?:yet|worden))?|unaffected|unharmed|untouched|unbetroffen)"
    r"|(?:no|without) (?:impact|effect|harm)|(?:keine|ohne) auswirkung(?:en)?)"
)
_SPARED_ALONE = regex(rf"[\s(\[]*{_SPARED}[\s)\].!]*", 2)
_SPARED_REMARK = regex(
    rf"(?:confirmed |says |said )?{_SPARED}(?:(?:[,;]| (?:by|in) (?:the|this) | as of )[^()]*)?[.!]?", 2
)
"""The same in a bracket behind a name, which may go on."""
_SPARED_BEHIND = regex(rf"(?:\s*[,;:–—-])?\s+{_SPARED}[.!]?\Z", 2)
_SPARED_BEFORE = regex(
    rf"{_SPARED}\s*[:–—-]\s*(?=\S)|(?-i:not|except(?: for)?|excluding|nicht|außer)\s(?-i:(?=[A-Z0-9]))", 2
)
"""Only at the beginning of a value: "All clients except Birch Bank" names no one who was spared alone."""
_DENYING = regex(r"\b(?:not?|non|nicht|niet|não|pas|un|with|ohne|keine|exc|außer)", 2)
"""What any of them has; most names have not."""
_HIT = regex(
    rf"(?:(?:partly|partially|in part|teilweise|zum teil|partiellement|en partie|parzialmente|in parte|parcialmente|en parte|gedeeltelijk|deels)(?: {_HARMED})?|{_HARMED})[.!]?",
    2,
)
_NO = regex(r"(?:no(?!\.)|none|not|nobody|no one|without|neither|niemand|nicht|ohne|personne|nadie|ninguém)\b", 2)
_NONE_OF = regex(r"(?:keine?[rnms]?|aucune?|nessun[oa]?|ning[uú]n[oa]?|geen|nenhuma?)\b", 2)
"""Begins no name, whatever follows."""
_ABSENT = (
    GENERAL_NOUNS | ORGANIZATION_NOUNS | PEOPLE
    | frozenset("vendor supplier provider party parties customer client third impact evidence attacker claim group".split())
)  # fmt: skip
"""What a column for parties says that there was none of, in large letters too."""
_ANSWERS = frozenset(word for word in YES | NO if len(word) > 1)
_POINTS = regex(
    r"(?:please |bitte )?(?:(?:see|refer to) (?:the )?(?-i:[a-z])[^,;]{0,60}|(?:siehe|vgl\.?|cf\.?|voir|vedi|zie) [^,;]{1,60})"
    r"|(?:n/?a\s*[-–—/,]\s*)?(?:intern(?:al|o|e)?|in-?house|itself)",
    2,
)
"""What points elsewhere, or to oneself, and names nobody; not "See Tickets"."""
_MANY = regex(
    r"(?:all|alle|sämtliche|mehrere|einige|viele|diverse|verschiedene|weitere|zahlreiche|tous les|toutes les|plusieurs|tutti i|tutte le|diversi|alcuni|varios|varias|todos los|todas las|muchos"
    r"|meerdere|verschillende|enkele"
    r"|\d[\d.,]{0,11}(?:\s(?:tsd|tausend|mio|millionen?|mila|mille|milioni|millones|mil|miljoen|duizend)\.?)?)(?:\s(?:andere[rn]?|weitere[rn]?|unsere[rn]?|autres|altri|otros|onze))?"
    r"\s(?:kund(?:en|innen)|mandanten|nutzer|anwender|benutzer|firmen|unternehmen|gesellschaften|banken|sparkassen|kliniken|krankenhäuser|behörden|kommunen|patienten|mitarbeiter|personen|partner|lieferanten|dienstleister"
    r"|clients|clienti|clientes|klanten|entreprises|aziende|empresas|bedrijven|banques|banche|bancos|utilisateurs|utenti|usuarios|gebruikers)|alle|mehrere|diverse|einige|[\w-]{0,20}(?:kund(?:en|innen)|mandanten|nutzer|patienten|mitarbeiter)",
    2,
)
"""Many of whom none is named, in the languages that `is_unnamed` does not know."""
_NOT_ALL = regex(r"(?:not|nicht|pas|non|no|niet)\s(?=(?:all|alle|sämtliche|tous|toutes|tutt[ie]|tod[oa]s)\s)", 2)
"""Before many of whom some were spared; how many were not, no number behind it tells."""
_APART = regex(r"[;/]\s")
"""A comma is a part of many names ("Alder Bank, N.A.", "University of California, San Diego")."""
_CLOSING = frozenset(")]）")


class Told(NamedTuple):
    """What a value says of a party.

    Attributes:
        name: whom it names, "" for nobody.
        spared: whether it says that nothing befell that one, or, where it names nobody, the one before it.
        unnamed: whether the name stands for somebody whom nobody names.
        certainty: how sure a bracket says that it is, None where none does.
        more: whether the value says more than the name.
    """

    name: str = ""
    spared: bool = False
    unnamed: bool = False
    certainty: Certainty | None = None
    more: bool = True


@lru_cache(maxsize=16_384)
def party_told(text: str) -> Told:
    """Return what a value says of a party: its name is as printed but for what says, before or behind it, what befell it."""
    text = text.strip()
    denying = _DENYING.search(text) is not None
    if denying and _SPARED_ALONE.fullmatch(text):
        return Told(spared=True)
    if denying and (match := _NOT_ALL.match(text)) and _is_unnamed(text[match.end() :]):
        return Told(clean(text), unnamed=True, more=False)
    if names_nobody(text):
        return Told()
    rest, remark = _remarked(text[:-1] if text.endswith(").") else text)
    if not remark and not denying:
        name = clean(text)
        return Told(name, unnamed=_is_unnamed(name), more=False) if name else Told()
    spared = _SPARED_REMARK.fullmatch(remark) is not None
    certainty = certainty_of(remark) if remark and not spared else None
    if not (spared or certainty or _HIT.fullmatch(remark) or OPEN.match(remark)):
        # A place or a product ("Sparkasse (Köln)") tells one from another; behind an answer a bracket only says more.
        rest = text if not remark or not names_nobody(rest) else ""
    if denying:
        named = _SPARED_BEHIND.sub("", rest)
        spared, rest = spared or named != rest, named
    if rest != text and _names_several(rest):
        spared, certainty, rest = False, None, text
    if denying and (match := _SPARED_BEFORE.match(rest)):
        spared, rest = True, rest[match.end() :]
    name = clean(rest)
    return Told(name, spared, _is_unnamed(name), certainty, name != clean(text)) if name else Told()


def _remarked(text: str) -> tuple[str, str]:
    """A value without the bracket that ends it, and what stands in that; "" where none does, or several are apart in it."""
    if text[-1:] not in _CLOSING or not (found := list(BRACKET.finditer(text))) or found[-1].end() < len(text):
        return text, ""
    if any(one.end() < other.start() for one, other in pairwise(found)):
        return text, ""
    return text[: found[-1].start()].strip(TRIM), found[-1][1].strip()


def _names_several(name: str) -> bool:
    """Whether a value names several, of whom what is said behind them may mean the last."""
    return any(not is_legal_form(part.strip()) for part in _APART.split(BRACKET.sub("", name))[1:])


def _is_unnamed(name: str) -> bool:
    return is_unnamed(name) or _MANY.fullmatch(name) is not None


@lru_cache(maxsize=16_384)
def taken_told(text: str) -> tuple[str, bool]:
    """Return what a value says of data that was taken, without what it denies, and whether it says more; "" for an answer."""
    if _is_answer(text):
        return "", True
    left = spared(text, listed=True)
    return without(text, left), bool(left)


def _is_answer(text: str) -> bool:
    """Return whether a value answers yes or no, or that it is open yet."""
    told = text.strip(TRIM + ".!")
    return told.casefold() in _ANSWERS or OPEN.match(told) is not None


def names_nobody(text: str) -> bool:
    """Return whether a value of a column for parties is an answer, points elsewhere, or says that there was nobody."""
    told = text.strip(TRIM + ".!")
    if _is_answer(told) or told == "0" or says_nobody(told) or _POINTS.fullmatch(told):
        return True
    none = _NONE_OF.match(told) is not None
    if not (none or _NO.match(told)) or split_legal_form(told)[1]:
        return False
    words = told.split()[1:]
    return none or all(map(str.islower, words)) or words[0].casefold() in _ABSENT


def size_of(name: str) -> tuple[int | None, int | None] | None:
    """Return the bounds of how many an unnamed group is, None where its name tells no number."""
    count = None if _NOT_ALL.match(name) else parse_count(name)
    return (count.low, count.high) if count else None
