"""What a secondary victim is to the victim, where a text says so or the names do: its parent, its subsidiary, its vendor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.relations import NEGATED, mention
from kg.extract.veris.names import KIN, LINKED, PARENT, SUBSIDIARY, VENDOR, domain, kin_of_word, name_key
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Span

_KIN_WORD = regex(rf"\b{KIN}\b", re.IGNORECASE)
_MOST_OF_KIN = 8
"""Words of a note that tells what somebody is to the victim; a longer one tells of other things too."""
_REACH = 80
_PART = r"(?:subsidiary|subsidiaries|division|unit|brand|arm)"
_SERVANT = r"vendor|supplier|contractor|subcontractor|processor|business associate"
"""A provider alone is as often one of care."""
_COMPANY = r"(?:\s(?:company|corporation|corp|organi[sz]ation|firm|group|bank))?"
_BEFORE = (
    (PARENT, regex(rf"\b(?:parent|holding){_COMPANY},?\s(?:the\s)?\Z|\b(?:subsidiary|division|unit|brand|arm|affiliate)\sof\s(?:the\s)?\Z"
                        r"|\b(?:wholly\s)?owned\sby\s(?:the\s)?\Z", re.IGNORECASE)),
    (SUBSIDIARY, regex(rf"\b(?:its|their|’s|'s)\s(?:[\w-]+\s){{0,3}}{_PART},?\s(?:the\s)?\Z", re.IGNORECASE)),
    (LINKED, regex(r"\b(?:sister|affiliated?)(?:\s(?:company|site|organi[sz]ation|companies))?,?\s(?:the\s)?\Z", re.IGNORECASE)),
    (VENDOR, regex(rf"\b(?:its|their|a|an|third[- ]party|outside|’s|'s)\s(?:[\w-]+\s){{0,3}}(?:{_SERVANT}|service provider|hosting provider),?\s(?:the\s)?\Z", re.IGNORECASE)),
)  # fmt: skip
_SUBJECT = regex(
    r"(?P<name>[A-Z][\w&-]{0,40})[,(]?\s?(?:(?:is|was|are|were|which|also|now|an?|the|wholly|wholly-owned|owned|local|operating|former)\s){0,4}\Z"
)
"""Of whom it is said, before it."""
_OF_WHOM = regex(r"(?:\sof)?\s(?:the\s)?(?P<name>[A-Z][\w&-]{0,40})")
_PRONOUNS = frozenset("he it its she that the their these they this those which who".split())
_AFTER = (
    (PARENT, regex(r"\s*[,(]\s?(?:the|its|a|their)\s(?:[\w-]+\s){0,3}(?:parent|owner)\b(?!\sof\s(?:an?|the|this|that)\s(?!company|firm|victim|business)[a-z])|\s(?:owns|is\sthe\sparent)\b|[’']s\s(?:[\w-]+\s){0,3}"
                        r"(?:subsidiary|division|unit|brand|arm)\b", re.IGNORECASE)),
    (SUBSIDIARY, regex(rf"\s*[,(]\s?(?:the|its|a|an|both|all)\s(?:[\w-]+\s){{0,4}}{_PART}\b", re.IGNORECASE)),
    (VENDOR, regex(rf"\s*[,(]\s?(?:the|its|a|an|their)\s(?:[\w-]+\s){{0,4}}(?:{_SERVANT})\b(?!\sto\b)", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kin:
    """What a secondary victim is to the victim, and where a text says so: its number, and the characters; -1 for nowhere."""

    kind: str
    text: int = -1
    start: int = 0
    end: int = 0


def kin_of(name: str, victims: Sequence[str], texts: Sequence[str]) -> Kin | None:
    """Return what a secondary victim is to the victim by what the texts say or by its name, None where nothing tells."""
    for number, text in enumerate(texts):
        for start, end in _mentions(name, text):
            lead = max(0, start - _REACH)
            for told, pattern in _BEFORE:
                match = pattern.search(text[lead:start])
                if match and not _is_of_others(_SUBJECT.search(text, lead, lead + match.start()), victims):
                    return Kin(told, number, lead + match.start(), end)
            for told, pattern in _AFTER:
                match = pattern.match(text[end : end + _REACH])
                if match and not _is_of_others(_OF_WHOM.match(text, end + match.end()), victims):
                    return Kin(told, number, start, end + match.end())
    mine = _core(name)
    for victim in victims:
        shorter, longer = sorted((mine, _core(victim)), key=len)
        if shorter and longer[: len(shorter)] == shorter:
            return Kin(LINKED)
    return None


def _is_of_others(named: re.Match[str] | None, victims: Sequence[str]) -> bool:
    """Whether a text says of somebody else than the victims whose kin or vendor one is; where it names nobody, it is them."""
    if named is None or named["name"].lower() in _PRONOUNS:
        return False
    mine = name_key(named["name"]).split()
    return bool(mine) and not any(mine[0] in name_key(victim).split() for victim in victims)


def _mentions(name: str, text: str) -> Iterator[Span]:
    at = 0
    while match := mention(name, text, at):
        yield match.span()
        at = match.end()


def _core(name: str) -> list[str]:
    """The words of a name that tell: without legal form, without the ending of a domain."""
    site = domain(name)
    return name_key(site.split(".")[-2] if site else split_legal_form(name)[0]).split()


def kin_in_words(note: object) -> str:
    """Return what a note on the only secondary victim says that it is to the victim, "" where it says nothing of that."""
    if not isinstance(note, str) or len(note.split()) > _MOST_OF_KIN:
        return ""
    match = _KIN_WORD.search(note)
    return kin_of_word(match["kin"], of=False) if match and not NEGATED.search(note) else ""
