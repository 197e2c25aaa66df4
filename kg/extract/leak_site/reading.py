"""Lists of posts on the leak sites of extortion groups: what intruders claim, never what is known.

Of each post the list has the title, the group and the day on which it was seen. A name with hidden letters or without
its end is nobody's name: its victim is told as unnamed, so that it is never taken for an organization that is called so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.dates import parse_field
from kg.extract.domains import own_domain
from kg.extract.formats import recognizes
from kg.extract.leak_site.fields import ACTORS, Articles, Posts, is_post
from kg.extract.leak_site.groups import grouped
from kg.extract.leak_site.press import Reported, articles
from kg.extract.leak_site.title import read_title
from kg.extract.members import Members, incidents, told_once
from kg.extract.passage import unescape_html, unquoted
from kg.extract.references import source_type
from kg.extract.tabular.row import plain
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    Certainty,
    DateOf,
    Defect,
    Incident,
    IncidentDate,
    IncidentType,
    Note,
    Party,
    Role,
    Source,
)
from kg.names import clean, slug
from kg.patterns import regex
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.record import JsonRecord
    from kg.extract.leak_site.groups import Group
    from kg.extract.leak_site.title import Named, Title
    from kg.extract.passage import Passage
    from kg.extract.tabular.row_record import RowRecord
    from kg.model import Document, Evidence, Extracted

FEED = "leak-site"
_MOST_LEVELS = 8
"""Times that HTML entities are decoded; a title is escaped once for every page it was copied through."""
_NOTHING = regex(
    r"(?:nan|<na>|n/d|others?|not\s(?:found|defined|set)|no\s(?:data|info|information|website|description))\Z",
    re.IGNORECASE,
)
"""What programs and lists print for no value, besides the usual words."""


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every post; one that names no victim and a repeated one are defects."""
    if recognizes(document, Posts):
        return incidents(document, _Post)
    if recognizes(document, Articles):
        return incidents(document, Reported)
    return told_once(_grouped(document)) if any(_grouped(document)) else incidents(document, _Post)


class _Post(Members, Posts):
    """One post being read."""

    def __init__(self, record: JsonRecord | RowRecord, above: Group | None = None) -> None:
        """Read a record; `above` is the name of the group that it stands under, if it does."""
        super().__init__(record)
        self.certainty, self.above = Certainty.CLAIMED, above

    def identity(self) -> str:
        group = self.above.name if self.above else str(self.get("group_name"))
        return digest(str(self.get("post_title")), group, str(self.get("discovered") or self.get("published")))

    def _group(self, **changes: Any) -> Evidence:
        """The evidence of the group: of its member, or of the key that the post stands under."""
        if self.above is None:
            return self.evidence("group_name", **changes)
        return replace(self.above.evidence, **{"certainty": self.certainty, **changes})

    def read(self) -> Incident | Defect:
        record = self.record
        group = clean(self.above.name) if self.above else self._told("group_name")
        said = self.text("post_title")
        if not (group or self.above) or not said or _NOTHING.match(said):
            return Defect(record.place, f"has no {self.heading('post_title' if group else 'group_name')}")
        title = self._decoded("post_title")
        told = read_title(title.text, group)
        if told.reason:
            return Defect(record.place, told.reason)
        proof = self.evidence("post_title")
        return Incident(
            id=self._id(told, group),
            feed=FEED,
            number=record.number,
            title=f"{clean(title.text)} (claimed{group and f' by {group}'})",
            certainty=self.certainty,
            incomplete=any(victim.cut for victim in told.victims),
            types=(IncidentType(self._type(), group, (self._group(basis=Basis.IMPLIED),)),),
            parties=tuple(self._parties(told, title, group)),
            affiliations=tuple(self._affiliations(told, proof)),
            dates=tuple(self._dates()),
            sources=tuple(self._sources(group)),
            notes=tuple(self._notes(told, proof)),
            evidence=(proof,),
        )

    def _type(self) -> str:
        """An attack with ransomware, unless all that is told is that there was somebody who did it."""
        called = plain(str(self.path("group_name")[0]))
        return "cyber-attack" if self.above is None and called in ACTORS else "ransomware"

    def _told(self, key: str) -> str:
        """A text that says something."""
        text = self.said(key)
        return "" if _NOTHING.match(text) else text

    def _decoded(self, key: str) -> Passage:
        """A text without HTML entities, however often they were escaped, and without the escapes of addresses."""
        passage = self.passage(key)
        for _ in range(_MOST_LEVELS):
            plain = unescape_html(passage)
            if plain.text == passage.text:
                break
            passage = plain
        return unquoted(passage)

    def _id(self, told: Title, group: str) -> str:
        """What the post is known by: the group and the victim; where letters of it are missing, the day as well."""
        names = [slug(victim.domain or victim.name) for victim in told.victims]
        hidden = any(map(_is_nobodys, told.victims)) or not group
        day = [self._told("discovered") or self._told("published") or str(self.record.number)] if hidden else []
        return "/".join([slug(group) or "unknown-group", "+".join(names), *day])

    def _parties(self, told: Title, title: Passage, group: str) -> Iterator[Party]:
        """The victims and the group; a victim whose name is not told in full is unnamed."""
        met: set[str] = set()
        sector = self._told("activity")
        if sector:
            self.used.add(self.path("activity"))
        for victim in told.victims:
            hidden = _is_nobodys(victim)
            identifiers = () if hidden else tuple(self._domains(victim, alone=len(told.victims) == 1))
            proof = (self._within(title, victim.name),)
            if victim.name not in met and victim.name != group:
                met.add(victim.name)
                bounds = (1, 1) if victim.hidden and " and " not in victim.name else None
                yield Party(victim.name, Role.BREACHED, hidden, bounds, sector, identifiers, proof)
            if victim.owner and victim.owner not in met:
                met.add(victim.owner)
                yield Party(victim.owner, Role.OTHER, evidence=(self._within(title, victim.owner),))
        if group:
            yield Party(group, Role.ATTACKER, evidence=(self._group(),))

    def _domains(self, victim: Named, *, alone: bool) -> Iterator[str]:
        """The victim's domain, of its title or of its own field; a field with another one stays a note."""
        fields = {key: own_domain(self._told(key), victim.name) for key in ("website", "domain")} if alone else {}
        domain = victim.domain or next(filter(None, fields.values()), "")
        if domain:
            self.used |= {self.path(key) for key, given in fields.items() if given == domain or not self._told(key)}
            yield f"domain:{domain}"

    def _within(self, title: Passage, name: str) -> Evidence:
        """The evidence of a name: its characters in the title where they stand as they are read."""
        at = title.text.casefold().find(name.casefold())
        whole = self.evidence("post_title")
        if at < 0 or len(title.text.casefold()) != len(title.text):
            return whole
        start, end = title.span(at, at + len(name))
        return replace(whole, quote=self.record.text[start:end], span=(start, end))

    def _affiliations(self, told: Title, proof: Evidence) -> Iterator[Affiliation]:
        for victim in told.victims:
            if victim.owner and not _is_nobodys(victim):
                yield Affiliation(victim.name, AffiliationKind.SUBSIDIARY, victim.owner, (proof,))
            if victim.former and not _is_nobodys(victim):
                yield Affiliation(victim.name, AffiliationKind.FORMER_NAME, victim.former, (proof,))

    def _dates(self) -> Iterator[IncidentDate]:
        """When the post was made and seen: that is when the claim was told, not when anything happened."""
        met = set()
        for key in ("published", "discovered"):
            date = parse_field(self._told(key))
            if date and date.edtf not in met:
                met.add(date.edtf)
                yield IncidentDate(date, DateOf.REPORTED, (self.evidence(key),))

    def _sources(self, group: str) -> Iterator[Source]:
        """The group's site, with the address of the post where there is one; and articles about it."""
        proof, address = self._group(), ""
        for key in ("post_url", "url", "link"):
            if source_type(self._told(key)):
                address, proof = self._told(key), self.evidence(key)
                break
        if self._type() == "ransomware":
            yield Source(f"{group} leak site".strip(), address, "leak-site", evidence=(proof,))
        elif address:
            yield Source("", address, source_type(address), evidence=(proof,))
        met = {address}
        for article in articles(self):
            if article.url not in met:
                met.add(article.url)
                yield article

    def _notes(self, told: Title, proof: Evidence) -> Iterator[Note]:
        for key, text in told.notes:
            yield Note(key, text, (proof,))
        for victim in told.victims:
            if victim.hidden:
                said = (
                    "letters are hidden" if victim.masked else "the end is cut off" if victim.cut else "it is not told"
                )
                yield Note("name", said, (proof,))
        yield from self.notes()


def _is_nobodys(victim: Named) -> bool:
    """Whether a victim is not told by its name."""
    return victim.hidden or is_unnamed(victim.name)


def _grouped(document: Document) -> Iterator[_Post | Defect]:
    """The posts of a document that stand under their group; none of any other."""
    for one in grouped(document, is_post):
        yield one if isinstance(one, Defect) else _Post(one[1], one[0])
