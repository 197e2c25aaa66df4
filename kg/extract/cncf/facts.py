"""What the catalogue's words stand for: types of compromise, the parties of a title and how sure it is."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kg.extract.cncf.words import is_event, is_service
from kg.extract.happening import certainty
from kg.extract.parts import between
from kg.model import IncidentType, Party, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.cncf.names import Titled
    from kg.model import Certainty, Evidence

KNOWN_TYPES = regex(
    r"\b(?:dev(?:eloper|elopment)? tool(?:ing|s|chain)?|negligence|publishing infrastructure|source code|trust and signing|malicious maintainers?"
    r"|attack chaining|chaining|fake toolchain|watering[- ]hole(?: attack)?|typo-?squat(?:ting|s|ted)?|social engineering|(?:spear[- ])?phishing"
    r"|outdated dependenc(?:y|ies)|dependency confusion|account takeover|protestware|package signing)\b",
    re.IGNORECASE,
)
"""Types of compromise as prose has them."""
_ALSO = (
    ("insider", regex(r"insider", re.IGNORECASE)),
    ("phishing", regex(r"phishing|social engineering", re.IGNORECASE)),
    ("account-takeover", regex(r"account takeover", re.IGNORECASE)),
    ("vulnerability", regex(r"outdated dependenc", re.IGNORECASE)),
)
"""Types of incident, besides the attack on a supply chain, that the words of a type tell of."""
_MAINTAINER = regex(r"malicious maintainer", re.IGNORECASE)
"""A type that the catalogue gives both to maintainers who did harm and to those whose accounts others did it with."""
_DOER = r"(?:an?|the|its|his|her|their)\s(?:own\s|original\s|new\s)?(?:owner|maintainer|developer|author)s?\b(?!['’])"
_MAINTAINED_BY = (
    (
        "insider",
        regex(
            rf"\brogue\b|\bsabotag\w+\s(?:his|her|their)\sown\b|\battained\smaintainer\sstatus\b"
            rf"|\b(?:sabotaged|performed|carried\sout|concealed|inject\w+|insert\w+|introduced|planted)\b[^.]{{0,80}}\bby\s{_DOER}",
            re.IGNORECASE,
        ),
    ),
    (
        "account-takeover",
        regex(
            r"\bhijack\w*|\bposing\sas\b|\baccounts?\s(?:takeover|compromise)\b|\b(?:compromised|stolen)\s(?:\w+\s)?accounts?\b"
            r"|\baccounts?\b[^.,;]{0,60}\b(?:was|were|been|being)\s(?:compromised|hacked|stolen|taken\sover)\b",
            re.IGNORECASE,
        ),
    ),
)
"""Types of incident that words about a malicious maintainer tell of: who the maintainer was."""
_BYSTANDER = regex(r"(?:negligence|typo-?squat\w*|dependency confusion)\Z", re.IGNORECASE)
"""Types of compromise in which nobody's systems were broken into."""
_DOER_DOUBTED = regex(
    r"\b(?i:(?:allegedly|possibly|suspected) (?:to (?:be|have been) )?(?:(?:the )?work of|(?:carried out )?by|linked to))\b.*"
    r"|\b[Ss]uspected (?P<who>[A-Z]\S*) (?=(?P<did>[a-z-]+(?: [a-z-]+)??) (?:on|against|at|of) )"
)
"""Doubt of who did what happened for certain ("suspected to be work of Lazarus", "Suspected Lazarus attack on Alder")."""


def types(printed: Iterable[tuple[str, Evidence]], around: Sequence[Evidence]) -> tuple[IncidentType, ...]:
    """Return the types of incident that printed types of compromise are; every one is an attack on a supply chain.

    Args:
        printed: the types of compromise, each with its place.
        around: what else is told of the compromise, which says whether a malicious maintainer was one.
    """
    told = list(printed)
    found = {"supply-chain-attack": told}
    for concept, words in _ALSO:
        found[concept] = [(text, proof) for text, proof in told if words.search(text)]
    if any(_MAINTAINER.search(text) for text, _ in told):
        for concept, words in _MAINTAINED_BY:
            said = ((whole, match) for whole in around if (match := words.search(whole.quote)))
            found[concept] += [(" ".join(match[0].split()), between(whole, *match.span())) for whole, match in said]
    return tuple(
        IncidentType(concept, said[0][0], tuple(dict.fromkeys(proof for _, proof in said)))
        for concept, said in found.items()
        if said
    )


def parties(named: Iterable[Titled], printed: Iterable[str], proof: Evidence) -> dict[str, Party]:
    """Return name -> party of a title; where the types tell of no break-in, nobody that it names was broken into."""
    words = [text.strip(" .`\"'*") for text in printed if text]
    stood_by = bool(words) and all(map(_BYSTANDER.match, words))
    found: dict[str, Party] = {}
    for one in named:
        role = Role.OTHER if stood_by and one.role is Role.BREACHED else one.role
        evidence = replace(proof, basis=one.basis, confidence=one.confidence)
        found.setdefault(one.name, Party(one.name, role, one.unnamed, evidence=(evidence,)))
    return found


def sureness(title: str, names: Iterable[str]) -> Certainty:
    """Return how sure a title is that what it tells of happened, whoever did it.

    Args:
        title: the title.
        names: whom it names.
    """
    known = list(names)
    joined = re.sub(r"\b(supply|near) (?=chain|miss)", r"\1-", title, flags=re.IGNORECASE)
    outright = _DOER_DOUBTED.sub(lambda doubt: "" if _is_of_doer(doubt, known) else doubt[0], joined)
    words = ("breach" if is_event(word.strip(":,;.")) else word for word in outright.split())
    told = " ".join(word for word, _ in groupby(words))
    # What is planted in something befell it, as a breach does that is one of it.
    return certainty(told.replace("breach in ", "breach of "), known)


def _is_of_doer(doubt: re.Match[str], known: list[str]) -> bool:
    """Whether a doubt is of a doer: a name behind it is none that the event befell, no service and no event, and it did something."""
    who = doubt["who"]
    if not who:
        return True
    return not (who in known or is_service(who) or is_event(who)) and all(map(is_event, doubt["did"].split()))
