"""The breach list of Have I Been Pwned, in its older and its current fields.

Not every entry is a breach of somebody: combined lists, logs of malware and collections have no domain, and name an
organization only where their description says that the data are its.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.counts import whole_number
from kg.dates import find_dates, parse_field
from kg.extract.concepts import data_concept
from kg.extract.domains import domain_of
from kg.extract.hibp.fields import BreachList, is_elsewhere
from kg.extract.hibp.others import extorters, services
from kg.extract.markup import plain_html
from kg.extract.members import Members, incidents
from kg.extract.references import references, source_type
from kg.extract.vendor_names import is_one, key_of
from kg.extract.vendors import through
from kg.model import (
    Basis,
    Certainty,
    DataExposure,
    DateOf,
    Defect,
    Incident,
    IncidentDate,
    IncidentType,
    Note,
    Party,
    RecordCount,
    Role,
    Source,
    SupplyRelationship,
)
from kg.names import clean, slug
from kg.patterns import regex
from kg.vocabulary import matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.dates import PartialDate
    from kg.extract.json_in.records import JsonRecord
    from kg.extract.tabular.row_record import RowRecord
    from kg.model import Document, Evidence, Extracted

FEED = "hibp"
_QUALIFIER = regex(r"\s*\([^()]{0,100}\)\s*\Z")
_SUFFIX = regex(
    r"\s+(?:(?:gmail|e-?mail|user|customer|forum)s?\s+)?(?:dumps?|e-?mails|spam\s+list|scraped\s+data|scrape|leaks?|data\s+(?:breach|leak|scrape)|combo\s?lists?|database|breach|hacks?)\Z",
    re.IGNORECASE,
)
_OUTSIDE = regex(r"(?:its|their)\s|.*\bthird[ -]party\b", re.IGNORECASE)
"""Who is no supplier else may be the breached, which a description likes to describe ("a breach of a hosting provider")."""
_CAME_BY = regex(
    r"\b(?:(?:breach|incident|compromise|attack|intrusion|hack)\s(?:at|through|via)|(?:compromised|hacked|hijacked|stolen)\s(?:[\w-]+\s){0,2}(?:accounts?|credentials?|logins?)\s(?:at|from|on|with))"
    r"\s(?:an?\s|its\s|their\s)?(?:[\w-]+\s){0,4}[\w-]+,?\s(?:called\s|named\s|\()?\Z",
    re.IGNORECASE,
)
"""What stands before a supplier by which it came, though that was not breached itself ("an account at their email provider Alder")."""
_SEVERAL = regex(r"\s+/\s+")
_HREF = regex(r"href\s*=\s*\\?[\"']([^\"'<>\\]{1,2000})", re.IGNORECASE)
_TYPES = (
    ("IsStealerLog", regex(r"\bstealer\b", re.IGNORECASE), "malware"),
    ("IsMalware", regex(r"\b(?:botnet|malware|trojan)\b", re.IGNORECASE), "malware"),
    ("IsSpamList", regex(r"\bspam\b|\bscrap(?:ed?|ing)\b", re.IGNORECASE), "data-leak"),
)
"""Flag, words of the title, type of incident."""
_DEFAULTS = {"IsActive": True}
"""What a flag says of nearly every entry; False for the others. Only what differs is told as a note."""
_FLAG = regex(r"[Ii]s[A-Z_]\w*\Z")


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every breach; one without a name and a repeated one are defects."""
    return incidents(document, _Breach)


class _Breach(Members, BreachList):
    """One entry being read."""

    def __init__(self, record: JsonRecord | RowRecord) -> None:
        super().__init__(record)
        if self.flag("IsFabricated"):
            self.certainty = Certainty.DENIED
        elif self.flag("IsVerified") is False:
            self.certainty = Certainty.SUSPECTED
        self.elsewhere = is_elsewhere(self._names)
        self.described = plain_html(self.text("Description"))
        self.title = self.text("Title") or self._spaced(self.text("Name"))

    def identity(self) -> str:
        return self.text("Name") or super().identity()

    def _spaced(self, name: str) -> str:
        """A name without blanks as the description begins with it ("AlderMail": "Alder Mail, a provider, was hacked"), itself where it does not."""
        letters = r"[\s.&'-]{0,3}".join(map(re.escape, name[:_LONGEST_NAME]))
        found = re.match(rf"(?:the\s)?({letters})(?!\w)", self.described, re.IGNORECASE)
        return found[1] if found and name else name

    def read(self) -> Incident | Defect:
        record = self.record
        name = self.text("Name")
        if not self.title:
            return Defect(record.place, "has neither Name nor Title")
        if max(len(self.title), len(name)) > _LONGEST_NAME:
            return Defect(record.place, f"has a name of more than {_LONGEST_NAME} characters")
        named = tuple(self.evidence(key) for key in ("Name", "Title") if self.text(key))
        proof = named[-1]
        people = tuple(self._told_of(proof))
        return Incident(
            id=name or slug(self.title),
            feed=FEED if name and not self.elsewhere else "",
            number=record.number,
            title=self.title,
            certainty=self.certainty,
            types=tuple(self._types(proof)),
            parties=(*people, *self._attackers(people)),
            uses_vendor=tuple(self._relationships(people)),
            data_types=tuple(self._data_types()),
            record_counts=tuple(self._counts()),
            dates=tuple(self._dates()),
            sources=tuple(self._sources()),
            notes=tuple(self._notes()),
            evidence=named,
        )

    def _types(self, proof: Evidence) -> Iterator[IncidentType]:
        """What sort of entry it is, by its flags and title; a breach of data otherwise."""
        met = set()
        for flag, words, kind in _TYPES:
            flagged = self.flag(flag) is True
            if (flagged or words.search(self.title)) and kind not in met:
                met.add(kind)
                told = self.told(flag, basis=Basis.IMPLIED) if flagged else proof
                yield IncidentType(kind, flag if flagged else self.title, (told,))
        if not met:
            yield IncidentType("data-breach", self.title, (proof,))

    def _told_of(self, proof: Evidence) -> Iterator[Party]:
        """Whose data they are, and where the description says that they were taken, if that was at a supplier."""
        theirs = list(self._parties(proof))
        found = through(self.described, [one.name for one in theirs]) if len(theirs) == 1 else []
        suppliers = [
            one for one in found if one.hit and (one.named or _OUTSIDE.match(self.described[one.start : one.end]))
        ] or [
            one for one in found if one.named and _CAME_BY.search(self.described, max(0, one.start - _NEAR), one.start)
        ]
        there = any(one.hit for one in suppliers)
        yield from (replace(one, role=Role.AFFECTED_DOWNSTREAM) if there else one for one in theirs)
        for start, end, named, hit in suppliers:
            name = self.described[start:end]
            role, count = Role.BREACHED if hit else Role.SUPPLIER_ONLY, None if named else (1, 1)
            yield Party(name, role, not named, count, evidence=(self.within("Description", name),))
        known = [key_of(self.described[one.start : one.end]) for one in suppliers] + [
            key_of(one.name) for one in theirs
        ]
        for name in services(self.described, theirs[0].name) if len(theirs) == 1 else ():
            if not any(is_one(key_of(name), other) for other in known):
                yield Party(name, Role.SUPPLIER_ONLY, evidence=(self.within("Description", name),))

    def _attackers(self, people: Sequence[Party]) -> Iterator[Party]:
        """The groups that the description names; that it was they is what they claim."""
        known = [key_of(one.name) for one in people]
        certainty = Certainty.CLAIMED if self.certainty is Certainty.CONFIRMED else self.certainty
        for name in extorters(self.described):
            if known and not any(is_one(key_of(name), other) for other in known):
                proof = replace(self.within("Description", name), certainty=certainty)
                yield Party(name, Role.ATTACKER, evidence=(proof,))

    def _relationships(self, people: Sequence[Party]) -> Iterator[SupplyRelationship]:
        for supplier in people[1:]:
            if people[0].role is Role.AFFECTED_DOWNSTREAM or supplier.role is Role.SUPPLIER_ONLY:
                proof = self.told("Description", basis=Basis.IMPLIED)
                yield SupplyRelationship(people[0].name, supplier.name, evidence=(proof,))

    def _parties(self, proof: Evidence) -> Iterator[Party]:
        """Who was breached; the domain is nobody's where the title joins several."""
        printed = self.text("Domain")
        domain = domain_of(printed)
        if domain:
            self.evidence("Domain")
        bare = clean(_QUALIFIER.sub("", self.title)) or self.title
        names = [clean(_SUFFIX.sub("", part)) or part for part in _SEVERAL.split(bare)]
        for name in dict.fromkeys(names):
            if domain or self._is_theirs(name):
                identifiers = (f"domain:{domain}",) if domain and len(names) == 1 else ()
                proofs = (proof, self.evidence("Domain")) if identifiers else (proof,)
                yield Party(name, Role.BREACHED, identifiers=identifiers, evidence=proofs)

    def _is_theirs(self, name: str) -> bool:
        """Whether the description of an entry without a domain says that the data come from somebody of this name."""
        said = re.escape(name)
        return re.search(
            rf"\b(?:from|of|at|by|listed)\s+(?:the\s+)?(?:[\w-]+\s+){{0,4}}{said}(?!\w)(?!\s+(?:and|as)\s+(?:a|an)\b)"
            rf"|(?<!\w){said}\s+(?:\w+\s+){{0,3}}(?:suffered|was\s+(?:among|breached|compromised|hacked|named|targeted|the\s+(?:target|victim))|had\s+(?:a|its|their|data)|disclosed|announced|confirmed)",
            self.described,
        ) is not None and not re.search(
            r"\bcombo\s?list|\b(?:stealer|separate|spam\s?bot)\b|\bcollection\s+of\b",
            f"{self.title} {self.described}",
            re.IGNORECASE,
        )

    def _data_types(self) -> Iterator[DataExposure]:
        known = matches("data-type", "hibp-data-class")
        sensitivity = "high" if self.flag("IsSensitive") else ""
        met = set()
        for text, proof in self._classes():
            if text and text.casefold() not in met:
                met.add(text.casefold())
                concept = known.get(text.casefold()) or data_concept(text)
                yield DataExposure(text, concept, self.certainty, sensitivity, evidence=(proof,))

    def _classes(self) -> Iterator[tuple[str, Evidence]]:
        """The classes of data: the texts of a list, or parts of one text."""
        classes = self.get("DataClasses")
        for at, printed in enumerate(classes if isinstance(classes, list) else []):
            yield clean(printed) if isinstance(printed, str) else "", self.evidence("DataClasses", at)
        for match in re.finditer(r"[^,;|\s\[\]'\"][^,;|\[\]'\"]*", classes) if isinstance(classes, str) else ():
            yield clean(match[0]), self.evidence("DataClasses", start=match.start(), end=match.end())

    def _counts(self) -> Iterator[RecordCount]:
        if number := whole_number(self.get("PwnCount")):
            yield RecordCount(number, number, "accounts", self.certainty, (self.evidence("PwnCount"),))

    def _dates(self) -> Iterator[IncidentDate]:
        """When it happened, no more exactly than the description knows it, and when it was added to the list."""
        # The other list tells the month, as the first day of it.
        if date := parse_field(self.text("BreachDate")[: len("2030-01") if self.elsewhere else None]):
            yield IncidentDate(self._as_known(date), DateOf.OCCURRED, (self.evidence("BreachDate"),))
        if added := parse_field(self.text("AddedDate")):
            yield IncidentDate(added, DateOf.REPORTED, (self.evidence("AddedDate"),))

    def _as_known(self, date: PartialDate) -> PartialDate:
        """The date of the breach; the first of a month stands for a longer time where the description says that it was about then."""
        if date.earliest is None or date.earliest.day != 1:
            return date
        told = (found.date for found in find_dates(self.described[:_BEGINNING]))
        around = next((t for t in told if t.earliest and t.latest and t.earliest <= date.earliest <= t.latest), None)
        return around if around and around.edtf.endswith("~") else date

    def _sources(self) -> Iterator[Source]:
        """The pages that description, attribution and disclosure point to, each once; the site of the breached is none."""
        met: set[str] = set()
        domain = domain_of(self.text("Domain"))
        for key in ("DisclosureUrl", "Description", "Attribution"):
            for url, start, end in self._links(key):
                bare, kind = url.rstrip("/"), source_type(url)
                theirs = domain_of(bare) == domain != ""
                if bare in met or not kind or (theirs and bare.count("/") < _DEEP):
                    continue
                met.add(bare)
                kind = "statement" if theirs or key == "DisclosureUrl" else kind
                yield Source("", url, kind, evidence=(self.evidence(key, start=start, end=end),))

    def _links(self, key: str) -> Iterator[tuple[str, int, int]]:
        """The addresses in a text of the entry, with their characters in it, decoded."""
        text = self.get(key)
        if not isinstance(text, str) or not text:
            return
        for match in _HREF.finditer(text):
            for one in references(plain_html(match[1])):
                yield one.url, match.start(1), match.end(1)
        if "<" not in text:
            for one in references(text):
                yield one.url, one.start, one.end

    def _notes(self) -> Iterator[Note]:
        """The description as text, flags that say something, and every field that made no fact."""
        if self.described:
            yield Note("Description", self.described, (self.evidence("Description"),))
        self.used |= {self.path("IsVerified"), self.path("IsFabricated")}
        for key in self.record.value:
            flagged = _FLAG.match(key) or (key,) == self.path("IsSensitive")
            if flagged and self.flag(key) is _DEFAULTS.get(key, False):
                self.used.add((key,))
        yield from self.notes()


_LONGEST_NAME = 400
_DEEP = 3
"""Slashes of an address that leads further than to a site."""
_NEAR = 200
"""Characters before a supplier in which it is told what happened by it."""
_BEGINNING = 300
"""Characters of a description in which it says when the breach was."""
