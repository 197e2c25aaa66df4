"""What lists of leak-site posts tell of the press: articles about a post, and attacks that only articles tell of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.dates import parse_field
from kg.extract.domains import own_domain
from kg.extract.leak_site.fields import Articles
from kg.extract.leak_site.hidden import CUT, MASK, is_withheld
from kg.extract.members import Members
from kg.extract.references import references, source_type
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Certainty,
    DateOf,
    Defect,
    Incident,
    IncidentDate,
    IncidentType,
    Party,
    Role,
    Source,
)
from kg.names import clean, slug
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.json_in.record import JsonRecord
    from kg.extract.tabular.row_record import RowRecord

FEED = "leak-site"
_MOST_ARTICLES = 100
_DOUBT = regex(
    r"\balleged(?:ly)?\b|\bclaims?\b|\bsuspected\b|\bpurported(?:ly)?\b|\bpossibl[ey]\b|\bpotential(?:ly)?\b|\bunconfirmed\b|\brumou?r(?:s|ed)?\b"
    r"|\bden(?:y|ies|ied|ying)\b|\brefut\w+|\bdisput\w+|\bno\s+(?:evidence|sign)\b|\bhoax\b|\bpresunt[oa]s?\b|\bsupuest[oa]s?\b|\bniegan?\b|\bsmentis\w+"
    r"|\bpr[ée]sum[ée]e?\b|\bpr[ée]tendue?s?\b|\bd[ée]ment\w*|\bmutmaßlich\w*|\bangeblich\w*|\bdementier\w+",
    re.IGNORECASE,
)
"""Words of a headline that leave open whether it happened."""
_PUBLISHER = ("source", "publisher", "name")


def articles(post: Members) -> Iterator[Source]:
    """Yield the articles that the member `press` lists: objects with an address and who published it, or addresses."""
    listed = post.get("press")
    if isinstance(listed, str):
        for one in references(listed):
            yield Source("", one.url, one.type, evidence=(post.evidence("press", start=one.start, end=one.end),))
    for at, item in enumerate(listed[:_MOST_ARTICLES] if isinstance(listed, list) else []):
        if isinstance(item, str) and source_type(item.strip()):
            yield Source("", item.strip(), source_type(item.strip()), evidence=(post.evidence("press", at),))
        elif isinstance(item, dict):
            yield from _article(post, at, item)


def _article(post: Members, at: int, item: Mapping[str, Any]) -> Iterator[Source]:
    """The article that an object tells of; who published it may be an address, and then is the article's."""
    texts = {name: value.strip() for name, value in item.items() if isinstance(value, str)}
    address = next((name for name in ("link", "url", "source") if source_type(texts.get(name, ""))), "")
    if not address:
        return
    told = (name for name in _PUBLISHER if texts.get(name) and not source_type(texts[name]))
    publisher = next(told, "")
    proof = [post.evidence("press", at, name) for name in (address, publisher) if name]
    yield Source(clean(texts.get(publisher, "")), texts[address], source_type(texts[address]), evidence=tuple(proof))


class Reported(Members, Articles):
    """An attack that articles tell of, and a group claims or nobody does."""

    def __init__(self, record: JsonRecord | RowRecord) -> None:
        super().__init__(record)
        if _DOUBT.search(self.text("title")):
            self.certainty = Certainty.SUSPECTED

    def read(self) -> Incident | Defect:
        """Return the attack, or that nobody is told to have been hit."""
        victim, title, place = self.said("victim"), self.said("title"), self.record.place
        if not victim:
            return Defect(place, "has no victim")
        proof = self.evidence("title" if title else "victim")
        return Incident(
            id="/".join(filter(None, ("press", slug(victim), self.text("date")))),
            feed=FEED,
            number=self.record.number,
            title=title or victim,
            certainty=self.certainty,
            types=(IncidentType("cyber-attack", title or victim, (proof,)),),
            parties=tuple(self._parties(victim)),
            dates=tuple(self._dates()),
            sources=tuple(self._sources()),
            notes=tuple(self.notes()),
            evidence=(proof,),
        )

    def _parties(self, victim: str) -> Iterator[Party]:
        """The victim, and the group as one that claims it."""
        hidden = any(pattern.search(victim) for pattern in (MASK, CUT)) or is_withheld(victim) or is_unnamed(victim)
        domain = "" if hidden else own_domain(self.said("domain"), victim)
        proof = [self.evidence(key) for key in ("victim", *(["domain"] if domain else []))]
        yield Party(
            victim, Role.BREACHED, hidden, identifiers=(f"domain:{domain}",) if domain else (), evidence=tuple(proof)
        )
        if gang := self.said("claim_gang"):
            claim = replace(self.evidence("claim_gang"), certainty=Certainty.CLAIMED)
            yield Party(gang, Role.ATTACKER, evidence=(claim,))

    def _dates(self) -> Iterator[IncidentDate]:
        """When it was told; the list does not say whether that is when it happened."""
        if date := parse_field(self.said("date") or self.said("added")):
            yield IncidentDate(date, DateOf.REPORTED, (self.evidence("date" if self.said("date") else "added"),))

    def _sources(self) -> Iterator[Source]:
        address, publisher = self.said("link"), self.said("source")
        if source_type(address):
            proof = (self.evidence("link"), *([self.evidence("source")] if publisher else []))
            yield Source(publisher, address, source_type(address), evidence=proof)
        if source_type(claim := self.said("claim_url")):
            yield Source("", claim, "leak-site", evidence=(self.evidence("claim_url"),))
