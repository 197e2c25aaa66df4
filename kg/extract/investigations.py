"""How far an investigation is, from the words for the state of an incident in several languages."""

from __future__ import annotations

import re

from kg.model import InvestigationStatus
from kg.patterns import regex

_GOING = (
    r"(?:ongoing|active|aktiv|in progress|under (?:investigation|review|way)|underway|(?:being|currently) investigated|investigating|open|reopened|unresolved|incomplete"
    r"|offene?[rns]?|laufende?[rns]?|läuft|laufen|andauernde?[rns]?|dauer[nt] an|in (?:bearbeitung|untersuchung|ermittlung|prüfung|klärung)|wird (?:noch )?(?:untersucht|ermittelt|geprüft|bearbeitet)|ungelöst"
    r"|en cours|ouverte?s?|en (?:curso|investigación|proceso|revisión)|abiert[oa]s?|pendientes?|in corso|apert[oaie]|em (?:curso|andamento|investigação|análise)|abert[oa]s?|pendentes?"
    r"|lopende?|loopt|in (?:onderzoek|behandeling))"
)
_CLOSED = (
    r"(?:closed|completed?|concluded|resolved|finished|solved"
    r"|abgeschlossene?[rns]?|geschlossene?[rns]?|beendet|erledigt|behoben|gelöst|eingestellt"
    r"|clos|cl[oô]tur[ée]e?s?|termin[ée]e?s?|résolue?s?|ferm[ée]e?s?|cerrad[oa]s?|conclu[ií]d[oa]s?|resuelt[oa]s?|finalizad[oa]s?|terminad[oa]s?|chius[oaie]|conclus[oaie]|risolt[oaie]"
    r"|encerrad[oa]s?|fechad[oa]s?|resolvid[oa]s?|afgesloten|gesloten|afgerond|opgelost|voltooid)"
)
_NOT = r"(?:not|never|nicht|non|pas|no|niet|não)(?: (?:yet|been|fully|completely|ganz|vollständig|encore|ancora|todavía|aún|ainda|nog|está|foi|è))*+"
_ITS = r"(?:(?:the |an )?(?:investigation|incident|case|ermittlung(?:en)?|untersuchung|vorfall|enquête|investigación|indagine)(?: (?:is|was|still|has been|ist|est|está))*+:? )?(?:still |noch |toujours |aún |ancora |nog )?"
_MORE = r"(?: \([^()]{1,60}\))?\.?"
_IS_ONGOING = regex(
    rf"{_ITS}(?:{_GOING}|contained|pending|{_NOT} {_CLOSED})(?: (?:investigation|ermittlung|untersuchung|enquête|investigación|indagine)(?:en|s)?)?{_MORE}",
    re.IGNORECASE,
)
_IS_CLOSED = regex(rf"{_ITS}{_CLOSED}{_MORE}", re.IGNORECASE)
_GOES_ON = regex(r"\b(?:ongoing|contained|active|in progress|under investigation|open)\b", re.IGNORECASE)
_IS_OVER = regex(r"\b(?:closed|completed?|concluded|resolved)\b", re.IGNORECASE)


def investigation_status(text: str) -> InvestigationStatus | None:
    """Return how far an investigation is, None where a text says anything else, or more."""
    words = " ".join(text.replace("_", " ").replace("-", " ").split())
    if _IS_ONGOING.fullmatch(words):
        return InvestigationStatus.ONGOING
    return InvestigationStatus.CLOSED if _IS_CLOSED.fullmatch(words) else None


def status_among(text: str) -> InvestigationStatus | None:
    """Return how far an investigation is by one English word among others; what goes on yet goes before what is closed."""
    if _GOES_ON.search(text):
        return InvestigationStatus.ONGOING
    return InvestigationStatus.CLOSED if _IS_OVER.search(text) else None
