"""Which kinds of incident the words of STIX stand for: types of the incident and of its events, labels, types of reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.stix.objects import indices, text
from kg.model import IncidentType
from kg.patterns import regex
from kg.vocabulary import concepts, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.stix.suite import Suite

_REPORT_OF = regex(r"\s(?:reports?|alerts?|notices?|posts?)\Z")
_NO_TYPE = frozenset({"cyber-attack", "other"})
"""What a report of an "incident" or of "attacks" would be of."""
_TYPES = {
    "data-breach": "data-exfiltration unauthorized-release unauthorized-access-information",
    "denial-of-service": "packet-flood email-flooding exploit-tool-exhausting-resources exploit-framework-exhausting-resources",
    "phishing": "dissemination-phishing-emails aggregation-information-phishing-schemes hosting-phishing-sites",
    "malware": "known-malware infected-by-known-malware worm-spreading dissemination-malware-email",
    "cyber-attack": "compromised-system unauthorized-access-system exploit sql-injection xss control-system-bypass",
    "account-takeover": "theft-access-credentials",
    "supply-chain-attack": "supply-chain-vendor",
    "third-party": "supply-chain-customer",
}
_TYPE = {word: slug for slug, words in _TYPES.items() for word in words.split()}


def incident_types(suite: Suite) -> tuple[IncidentType, ...]:
    """Return the types of an incident, each once, and count their words as told; a word that is none stays a note."""
    found: dict[str, IncidentType] = {}
    for path, record in _words(suite):
        if slug := _slug(text(record, *path).casefold()):
            proof = record.evidence(*path, certainty=suite.certainty)
            found.setdefault(slug, IncidentType(slug, proof.quote, (proof,)))
            suite.used |= {path} if record is suite.event else set()
    return tuple(found.values())


def _words(suite: Suite) -> Iterator[tuple[Path, JsonRecord]]:
    """Where a type of the incident may be said."""
    yield from suite.words
    for key in ("incident_type", "labels", "report_types"):
        yield from (((key, at), suite.event) for at in indices(suite.event, key))
        if isinstance(suite.event.get(key), str):
            yield (key,), suite.event


def _slug(word: str) -> str:
    """The type that a word in lower case stands for, "" where it is none."""
    if word in concepts("incident-type"):
        return word
    known, said = phrases("incident-type"), re.sub(r"[-_]", " ", word)
    of = known.get(_REPORT_OF.sub("", said), "")
    return _TYPE.get(word) or known.get(said) or (of if of not in _NO_TYPE else "")
