"""In what state a relationship is, as a cell says in a word or two, and whether the word tells of a change: "Removed" beside a day ended that day."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.fields import is_placeholder
from kg.extract.supplier_words import FIRST_MEANT, OF_ANOTHER, OF_THE_TERM, SUPPLIER
from kg.extract.suppliers.asides import says_nobody
from kg.extract.suppliers.remarks import RENEWED
from kg.extract.tabular.row import plain
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.tabular.row import Table

_ADDED = (
    "added|add|addition|new|onboarded|introduced|neu|hinzugefügt|hinzugekommen|aufgenommen|ajouté|ajoutée|ajout|nouveau|nouvelle|añadido|añadida|agregado|agregada|nuevo|nueva|alta"
    "|aggiunto|aggiunta|nuovo|nuova|toegevoegd|nieuw|adicionado|adicionada|novo|nova"
)
_REMOVED = (
    "removed|remove|removal|deleted|delete|deletion|dropped|offboarded|entfernt|gelöscht|weggefallen|supprimé|supprimée|suppression|retiré|retirée|retrait"
    "|eliminado|eliminada|retirado|retirada|baja|rimosso|rimossa|eliminato|eliminata|verwijderd|geschrapt|removido|removida"
)
_TO_BE_REMOVED = (
    "to be removed|will be removed|being removed|planned removal|planned for removal|removal planned|scheduled removal|scheduled for removal|removal scheduled|upcoming removal|pending removal"
    "|removal pending|to be deleted|to be discontinued|will be discontinued|to be terminated|to be offboarded|to be decommissioned|wird entfernt|zu entfernen|geplante entfernung|entfernung geplant"
    "|à supprimer|suppression prévue|retrait prévu|por eliminar|baja prevista|eliminación prevista|da rimuovere|rimozione prevista|te verwijderen|wordt verwijderd"
)
_REFUSED = (
    "rejected|declined|refused|denied|not approved|disapproved|abgelehnt|refusé|refusée|rejeté|rejetée|rechazado|rechazada|rifiutato|rifiutata|respinto|respinta|afgewezen"
    "|geweigerd|rejeitado|rejeitada"
)
_STATES = {
    RelationshipStatus.ACTIVE: "active|current|in use|live|approved|existing|enabled|yes|in production|in force|in place|in effect|operational|ongoing|valid|signed|renewed|in renewal|expiring"
    "|under contract|aktiv|aktuell|laufend|bestehend|im einsatz|in betrieb|in kraft|gültig|genutzt|actif"
    "|en cours|en service|en vigueur|activo|activa|vigente|en uso|attivo|attiva|in uso|in corso|in vigore|en vigor|em vigor|actief|lopend|in gebruik|ativo|ativa|em uso",
    RelationshipStatus.SUSPENDED: "suspended|paused|on hold|disabled|pausiert|ausgesetzt|ruhend|suspendu|suspendue|en pause|suspendido|suspendida|sospeso|sospesa"
    "|opgeschort|gepauzeerd|suspenso|suspensa",
    RelationshipStatus.ENDED: "ended|lapsed|non renewed|not renewed|inactive|not active|non active|former|exited|ceased|archived|terminated|discontinued|retired|deprecated|decommissioned|expired|closed|cancelled|canceled|obsolete|no longer used"
    "|no longer in use|no longer active|not in use|phased out|replaced|sunset|gekündigt|beendet|inaktiv|abgelaufen|ausgelaufen|archiviert|ehemalig|eingestellt|nicht mehr aktiv"
    "|nicht mehr im einsatz|résilié|résiliée|terminé|terminée|expiré|expirée|inactif|clôturé|clôturée|finalizado|finalizada|terminado|terminada|rescindido"
    "|rescindida|inactivo|inactiva|vencido|vencida|expirado|expirada|cessato|cessata|terminato|terminata|scaduto|scaduta|inattivo|inattiva|beëindigd|verlopen"
    "|inactief|opgezegd|gestopt|afgelopen|encerrado|encerrada|inativo|inativa",
    RelationshipStatus.UNKNOWN: "unknown|planned|pending|upcoming|coming soon|proposed|future|prospective|prospect|scheduled|under review|in review|under evaluation"
    "|in evaluation|in negotiation|geplant|in planung|vorgesehen|in prüfung|künftig|zukünftig|unbekannt|prévu|prévue|planifié|planifiée|à venir|en attente|inconnu"
    "|previsto|prevista|planificado|planificada|pendiente|futuro|próximamente|desconocido|pianificato|pianificata|in attesa|in arrivo|gepland|toekomstig"
    "|in behandeling|onbekend|planejado|planejada|pendente",
}  # fmt: skip
_AROUND = " .,;:!*•✓✔✅❌"
_BEHIND = regex(
    r"(?:\s*[(\[]|(?:\s*[,:–—-])?\s+(?:(?:in|on|at|as of|since|from|until|by|per|am|seit|zum|bis|ab|le|en|depuis|el|desde|op|sinds|dal) )?(?:[a-zäéû]{3,10}\.? )?\d).*\Z",
    re.DOTALL,
)
"""A bracket behind a word, or a day ("Terminated 2023")."""
_CONTRACT = regex(
    r"\A(?:contract|agreement|relationship|vendor|supplier|vertrag|contrat|contrato|contratto) (?:(?:is|has been|was|ist|wurde) )?(?=\S)| (?:contract|agreement|vendor|supplier)\Z"
)
"""Of what the word tells."""
_CLAUSE = regex(r"\s[–—-]\s")
"""Before what else is told of one that ended or rests ("Terminated - data deleted"); what is behind another state may take it back."""
_LONGEST = 120


class State(NamedTuple):
    """What a word says: a state, None where it is no supplier at all; and whether it tells that one was added or removed then."""

    status: RelationshipStatus | None
    change: str = ""


_KNOWN = {word: State(status) for status, words in _STATES.items() for word in words.split("|")}
_KNOWN |= {word: State(RelationshipStatus.ACTIVE, "added") for word in _ADDED.split("|")}
_KNOWN |= {word: State(RelationshipStatus.ENDED, "removed") for word in _REMOVED.split("|")}
_KNOWN |= {word: State(RelationshipStatus.ACTIVE, "removed") for word in _TO_BE_REMOVED.split("|")}
_KNOWN |= {word: State(None, "refused") for word in _REFUSED.split("|")}


@lru_cache(maxsize=4096)
def state(text: str) -> State | None:
    """Return what a cell says of the state of a relationship, None where it says nothing that is known."""
    if not text or len(text) > _LONGEST:
        return None
    told = _CONTRACT.sub("", " ".join(text.casefold().split()).strip(_AROUND))
    short = _BEHIND.sub("", told).strip(_AROUND)
    words = (word for whole in (told, short) for word in (whole, whole.replace("-", ""), whole.replace("-", " ")))
    if (found := next(filter(None, map(_KNOWN.get, words)), None)) is not None:
        return found
    held = _KNOWN.get(told.partition(" pending ")[0])
    if held and held.status is RelationshipStatus.SUSPENDED:
        return held
    head = _KNOWN.get(_CLAUSE.split(told, maxsplit=1)[0])
    return head if head and head.status in _OVER else None


_OVER = (RelationshipStatus.ENDED, RelationshipStatus.SUSPENDED)


_EFFECTIVE = regex(r"effecti|of effect|takes effect|remov|efectiva|d['’]effet")


def may_be_of_notice(said: State, header: str) -> bool:
    """Return whether the day in a column of that name may be the one on which it was told that a supplier is to be removed, and not that of its end."""
    to_come = said.change == "removed" and said.status is RelationshipStatus.ACTIVE
    return to_come and not _EFFECTIVE.search(plain(header))


_ANSWERS = {word: State(RelationshipStatus.ACTIVE) for word in "yes ja oui sí sì si sim y j true 1".split()}
_ANSWERS |= {word: State(RelationshipStatus.ENDED) for word in "no nein non não nee n false 0".split()}
_OF_STATES = frozenset(
    "status state stage phase lifecycle life cycle zustand stand vertragsstand lebenszyklus statut état etat situation stato situazione fase estado situación estatus situação toestand".split()
)
"""Words for a state in the names of columns."""
_SAYS_NOTHING_ELSE = (OF_THE_TERM - FIRST_MEANT) | _OF_STATES
_IS = regex(r"(?:is|are|currently|still|noch|est|encore|è|ancora|está|é|nog|tuttora) ")
_USED = regex(
    r"\b(?:active|current|ongoing|in use|aktiv|aktuell|laufend|im einsatz|genutzt|actif|en cours|activ[oa]|en uso|attiv[oa]|in uso|in corso|actief|lopend|in gebruik|ativ[oa]|em uso)\b"
)
"""What a relationship is no longer where the answer is no; without a contract in place, or before it is live, it may be one all the same."""
_WORD = regex(r"\w+")


def answer(text: str, header: str) -> State | None:
    """Return what a plain yes or no says in the column of that name, None where the name asks for no state ("Active?")."""
    told = _ANSWERS.get(" ".join(text.casefold().split()).strip(_AROUND))
    return told if told and _asks(header) else None


@lru_cache(maxsize=256)
def _asks(header: str) -> bool:
    """Whether the name of a column asks if a relationship holds ("Is active", "In use?")."""
    name = plain(header).rstrip(" ?")
    said = state(_IS.sub("", name, count=1) if _IS.match(name) else name)
    if said is None or said.status is not RelationshipStatus.ACTIVE or not _USED.search(name):
        return False
    return all(
        word in OF_THE_TERM or SUPPLIER.fullmatch(word) for word in _WORD.findall(name) if not _IS.match(f"{word} ")
    )


@lru_cache(maxsize=256)
def of_states(header: str) -> bool:
    """Return whether the name of a column says of nothing else than of a relationship in which state it is."""
    name = plain(header)
    words = _WORD.findall(SUPPLIER.sub(" ", name))
    if not words or OF_ANOTHER.search(name) or RENEWED.search(name):
        return False
    return _asks(header) or all(word in _SAYS_NOTHING_ELSE or state(word) for word in words)


def state_column(table: Table, free: Iterable[int]) -> int | None:
    """Return which of the columns tells the states of relationships, None for none of them.

    Its name says of nothing else. All that its cells hold are words for states, or answers where it asks; where the name
    has a word for them itself, half of the cells will do. Plain answers say nothing elsewhere.
    """
    free = [at for at in free if of_states(table.header[at])]
    named = {at: not _OF_STATES.isdisjoint(_WORD.findall(plain(table.header[at]))) for at in free}
    said, unsaid = Counter[int](), Counter[int]()
    for row in table.read() if free else ():
        for at in free:
            cell, name = row.cell(at), table.header[at]
            if not cell or is_placeholder(cell):
                continue
            if answer(cell, name) or (state(cell) and cell.casefold() not in _ANSWERS):
                said[at] += 1
            elif cell.casefold() not in _ANSWERS:
                unsaid[at] += 1
        if all(unsaid[at] and not named[at] for at in free):
            return None
    found = [at for at in free if said[at] and (said[at] >= unsaid[at] if named[at] else not unsaid[at])]
    return min(found, key=lambda at: not named[at], default=None)


def says_state(text: str) -> bool:
    """Return whether a cell of a column of states says one in words, known or not: a mark or a dash says none."""
    return "❌" in text or (any(map(str.isalnum, text)) and not says_nobody(text))


_NONE = (
    r"9999\d{4}|[0.:/t-][0.:/t -]*|0{1,2}\W{1,2}(?:0?1|(?:jan|ene|gen|sty)\w{0,5})\W{1,2}(?:19)?00|0?1/0{1,2}/(?:19)?00"
    r"|(?:[\w.,:/ -]{0,30}\W)?(?:9999|0001)(?:\D[\d.:/tz -]*)?"
)
_NO_DAY = regex(_NONE)
"""Days that stand for none, as programs print them: the last and the first of the calendar, and the day of a spreadsheet's 0."""
_FAR = regex(
    rf"{_NONE}|(?:[\w.,:/ -]{{0,30}}\W)?(?:2999|3000|2299)(?:\D[\d.:/tz -]*)?"
    r"|31[./]12[./](?:99|49)|12/31/(?:99|49)|(?:31\W{1,2})?(?:d[eéi][cz]|gru)\w{0,6}\W{1,2}[’']?(?:99|49)"
)
"""The same and far ones, also with the last two digits of the year alone, which stand for an end that never comes."""
_DATED = regex(
    r"\d{4}|\d[./-]\d|[^\W\d_]{3,9}\.?[ -](?:\d{1,2},? ['’]?)?\d{2}\b(?! ?(?:mon|day|tag|jour|week|woch|year|jahr|mes|maand|jaar))"
    r"|\b\d{1,2}\. ?[^\W\d_]{3}|\b(?:[qth][1-4]['’/ -]+|[1-4][qh]['’/ -]*|(?:fy|gj)['’ -]*)\d{2}\b",
    re.IGNORECASE,
)
"""What a text has that may be a date."""


def is_no_day(text: str, *, begin: bool = False) -> bool:
    """Return whether a cell has a day that stands for none: "never", or an empty cell of a spreadsheet; a `begin` is never "never"."""
    never = _NO_DAY if begin else _FAR
    return len(text) <= _LONGEST and never.fullmatch(text.strip().casefold()) is not None


def says_no_day(text: str) -> bool:
    """Return whether the cell of a begin or an end that gives no date is none in which one was to be told: words alone, or a day for "never"."""
    if len(text) > _LONGEST:
        return False
    told = " ".join(text.casefold().replace("-", " ").split())
    return not _DATED.search(text) or RENEWED.search(told) is not None or is_no_day(text)
