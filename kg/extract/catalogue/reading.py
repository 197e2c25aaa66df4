"""Breach catalogues in JSON: entity, month, year, summary, tags and links of each breach; "?" stands for what is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.counts import parse_count, whole_number
from kg.dates import parse_edtf, parse_field
from kg.extract.catalogue.fields import Catalogue
from kg.extract.catalogue.names import actors, entity
from kg.extract.catalogue.serving import serves
from kg.extract.concepts import incident_type
from kg.extract.domains import domain_of
from kg.extract.downstream import listed, reached, served
from kg.extract.fields import is_placeholder
from kg.extract.happening import LEAKED, UNTOUCHED, certainty
from kg.extract.json_in.record import leaves
from kg.extract.members import Members, incidents
from kg.extract.references import references
from kg.extract.relations import SUPPLIER
from kg.extract.tabular.row import plain
from kg.extract.vendors import tagged, through
from kg.model import (
    Basis,
    DateOf,
    Defect,
    Impact,
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.dates import PartialDate
    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.references import Reference
    from kg.extract.tabular.row_record import RowRecord
    from kg.model import Document, Evidence, Extracted

FEED = "catalogue"
_THROUGH_OTHERS = regex(r"third[ -]party|vendor|supplier|partner", re.IGNORECASE)
_RANSOM = regex(r"money\s*:\s*ransom", re.IGNORECASE)
_LOCKED = regex(r"\b(?:ransomware|(?:de|en)crypt\w*|locked|double[ -]extortion)\b", re.IGNORECASE)
"""What tells of ransomware beside extortion."""
_EXTORTED = regex(r"\b(?:extort(?:s|ed|ing|ion)?|blackmail(?:s|ed|ing)?)\b", re.IGNORECASE)
_TYPES = (
    ("motive", _RANSOM, "ransomware"),
    ("motive", regex(r"money\s*:\s*(?:extortion|blackmail)", re.IGNORECASE), "extortion"),
    ("motive", regex(r"espionage", re.IGNORECASE), "espionage"),
    ("motive", regex(r"supply[ -]?chain", re.IGNORECASE), "supply-chain-attack"),
    ("motive", regex(r"pii\b|money\s*:\s*(?:credit card|data sold)|hacktivism\s*:\s*press", re.IGNORECASE), "data-breach"),
    ("motive", regex(r"money\s*:\s*(?:bank transfer|fraud)", re.IGNORECASE), "fraud"),
    ("actor", regex(r"insider|internal", re.IGNORECASE), "insider"),
    ("initial-access", regex(r"phish|social engineer", re.IGNORECASE), "phishing"),
    ("initial-access", regex(r"misconfig", re.IGNORECASE), "misconfiguration"),
    ("initial-access", regex(r"(?:missing )?patch|vulnerab|injection|owasp\s*:\s*a0?6|zero[- ]day|0[- ]day|cve-", re.IGNORECASE), "vulnerability"),
    ("initial-access", regex(r"(?:compromised|stolen|hijacked).*\b(?:account|credential)|broken authentication", re.IGNORECASE), "account-takeover"),
    ("initial-access", regex(r"code change|supply[ -]?chain|dependency", re.IGNORECASE), "supply-chain-attack"),
    ("initial-access", _THROUGH_OTHERS, "third-party"),
    ("initial-access", regex(r"malware|trojan|backdoor", re.IGNORECASE), "malware"),
    ("summary", regex(r"\bransomware\b", re.IGNORECASE), "ransomware"),
    ("summary", regex(r"\bd?dos\b|denial[- ]of[- ]service", re.IGNORECASE), "denial-of-service"),
    ("summary", regex(r"\bsupply[- ]chain attack", re.IGNORECASE), "supply-chain-attack"),
    ("summary", regex(rf"\bthird[- ]party (?:{SUPPLIER}|software|service)", re.IGNORECASE), "third-party"),
    ("summary", regex(r"\b(?:data|personal|records?|databases?|files?|PII)\b.{0,60}\b(?:breach|expos|stol|leak|access|exfiltrat|publish|unsecured)|\bdata (?:breach|spill|leak)|\b(?:expos|stol|leak|access|exfiltrat|harvest)\w*\b.{0,60}\b(?:data|records|databases?|files|PII|credentials)\b", re.IGNORECASE), "data-breach"),
)  # fmt: skip
"""Tag or summary, its words, type of incident."""
_FOOTNOTES = regex(r"(?:\s?\[[^\[\]]{1,40}\])+\Z")
_A_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = regex(
    r"(?P<first>(?:19|20)\d\d)\s?(?P<mark>-|–|—|/|,|;|&|and|to|until|through|bis|und|à|et|y|e|en)\s?(?P<last>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_LISTING = frozenset({",", ";", "&", "and", "und", "et", "y", "e", "en"})
"""Marks between years of which only these are meant."""
_NUMBERS = regex(r"\d[\d.,]*")
_TIMES = frozenset({"year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours", "minutes"})


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every entry; one that says nothing and a repeated one are defects."""
    return incidents(document, _Entry)


class _Entry(Members, Catalogue):
    """One entry being read."""

    def __init__(self, record: JsonRecord | RowRecord) -> None:
        super().__init__(record)
        printed, self.summary = self.text("entity"), self.text("summary")
        self.printed = (_FOOTNOTES.sub("", printed) or printed) if printed.endswith("]") else printed
        self.who = entity(self.printed)
        self.vendors: list[str] = []
        self.tagged = ""
        self.clients: list[str] = []
        headline = self.printed if self.who.headline else ""
        self.certainty = certainty(f"{headline} {self.summary}".strip(), self.who.names, headline=headline)

    def path(self, *path: str | int) -> Path:
        """Return the path of a member; tags may be members of the entry itself."""
        if path[0] == "tags" and len(path) > 1 and "tags" not in self._names:
            return super().path(f"tags.{path[1]}")
        return super().path(*path)

    def identity(self) -> str:
        return f"{self._identifier()} {self.summary or super().identity()}"

    def _identifier(self) -> str:
        date = self._dates()
        told = (date[0].date.edtf if date else "", slug(self.printed or self.summary))
        records = "" if self.summary else self.text("records")
        return ".".join(filter(None, (*told, slug(records) if records else "")))

    def read(self) -> Incident | Defect:
        record = self.record
        if not self.printed and not self.summary:
            return Defect(record.place, "has neither entity nor summary")
        date = self._dates()
        if "://" in self.printed and not date and not domain_of(self.printed):
            return Defect(record.place, "is no entry: an address stands in what should be a name, and it has no date")
        title = self.printed if self.who.headline or not self.summary else f"{self.printed}: {self.summary}"
        proof = self.evidence("entity" if self.printed else "summary")
        people = {party.name: party for party in self._parties()}
        return Incident(
            id=self._identifier(),
            feed=FEED,
            number=record.number,
            title=title.strip(": "),
            certainty=self.certainty,
            types=tuple(self._types(proof)),
            parties=tuple(people.values()),
            uses_vendor=tuple(self._relationships(people)),
            record_counts=tuple(self._counts()),
            dates=date,
            impacts=tuple(self._impacts()),
            sources=tuple(self._sources()),
            notes=tuple(self._notes()),  # last: of what made a fact by now there is none
            evidence=(proof,),
        )

    def _dates(self) -> tuple[IncidentDate, ...]:
        """The year and the month as far as they are known; a month may be a word, and years may be several."""
        year, month = self.text("year"), self.text("month")
        what = DateOf.REPORTED if plain(self.heading("summary")) == "story" else DateOf.OCCURRED  # when the story broke
        if date := parse_field(self.text("date")):
            whole = parse_field(_of_year(date.edtf, year)) if date.edtf.startswith("XXXX") else None
            proofs = (self.evidence("date"), *((self.evidence("year"),) if whole else ()))
            return (IncidentDate(whole or date, what, proofs),)
        if not re.fullmatch(r"(?:19|20)\d\d", year):
            found = _years(_FOOTNOTES.sub("", year)) if _A_YEAR.search(year) and not year.isdigit() else ()
            return tuple([IncidentDate(one, what, (self.evidence("year"),)) for one in found])
        paths = [("year",)]
        edtf = year
        if re.fullmatch(r"0?[1-9]|1[0-2]", month):
            edtf, paths = f"{year}-{int(month):02d}", [("year",), ("month",)]
        elif month and (named := parse_field(f"{month} {year}")):
            edtf, paths = named.edtf, [("year",), ("month",)]
        proof = tuple(self.evidence(*path) for path in paths)
        return (IncidentDate(parse_edtf(edtf), what, proof),)

    def _parties(self) -> Iterator[Party]:
        """Whom the entry is about, whose customers they are, who did it, and who else the summary tells of."""
        vendors, sector = list(self._vendors()), self._known("sector")
        self.vendors = [vendor.name for vendor in vendors]
        hit_there = any(vendor.role is Role.BREACHED for vendor in vendors)
        for name in self.who.names:
            role = Role.AFFECTED_DOWNSTREAM if hit_there or self.who.suppliers else Role.BREACHED
            domain = domain_of(name)
            identifiers = (f"domain:{domain}",) if domain and not self.who.unnamed else ()
            proof = (self.within("entity", name),)
            yield Party(name, role, self.who.unnamed, self.who.number, sector, identifiers, proof)
        for name in self.who.suppliers:
            role = Role.BREACHED if self.who.there else Role.SUPPLIER_ONLY
            yield Party(name, role, evidence=(self.within("entity", name),))
        yield from vendors
        if len(self.who.names) == 1 and not self.who.unnamed:
            named = listed(self.summary, self.who.names, customers=True)
            theirs = (one for one in served(self.summary) if serves(self.summary, one.start, one.end, self.who.names))
            for one in (*named, *theirs):
                name = self.summary[one.start : one.end]
                if name not in {*self.who.names, *self.vendors, *self.clients}:
                    self.clients.append(name)
                    yield reached(name, self.within("summary", name), one)
        _, attackers = actors(self.text("tags", "actor"))
        for name in attackers:
            if name not in self.who.names:
                yield Party(name, Role.ATTACKER, evidence=(self.evidence("tags", "actor"),))

    def _vendors(self) -> Iterator[Party]:
        """The suppliers that the summary or a tag says it came through: hit themselves where it happened there."""
        met = set(self.who.suppliers)
        tag = self.text("tags", "initial-access")
        told = _THROUGH_OTHERS.search(tag) is not None
        attackers = actors(self.text("tags", "actor"))[1] if told else []
        for start, end, named, hit in through(self.summary, self.who.names, attackers, told=told):
            name = self.summary[start:end]
            proof = (self.within("summary", name),)
            role = Role.BREACHED if hit else Role.SUPPLIER_ONLY
            met.add(name)
            yield Party(name, role, unnamed_group=not named, count=None if named else (1, 1), evidence=proof)
        found = tagged(tag) if tag == self.get("tags", "initial-access") else None
        if found and (name := tag[slice(*found)]) not in {*met, *self.who.names}:
            self.tagged = name
            proof = (self.told("tags", "initial-access", start=found[0], end=found[1]),)
            yield Party(name, Role.SUPPLIER_ONLY, evidence=proof)

    def _relationships(self, people: Mapping[str, Party]) -> Iterator[SupplyRelationship]:
        """Customers of the suppliers that the entity or the summary tells of; of the entity, whom it serves."""
        about = [people[name] for name in self.who.names]
        suppliers = [people[name] for name in (*self.who.suppliers, *self.vendors)]
        pairs = [(customer, supplier) for customer in about for supplier in suppliers]
        pairs += [(people[name], supplier) for name in self.clients for supplier in about]
        for customer, supplier in pairs:
            if supplier.name == self.tagged:
                proof = supplier.evidence[0]
            else:
                proof = self.told("entity" if supplier.name in self.who.suppliers else "summary")
            yield SupplyRelationship(customer.name, supplier.name, evidence=(replace(proof, basis=Basis.IMPLIED),))

    def _types(self, proof: Evidence) -> Iterator[IncidentType]:
        """The types that tags and summary tell of; an attack of no told kind where they tell of none."""
        found: dict[str, tuple[str, list[Evidence]]] = {}
        told = f"{self.printed} {self.summary}"
        extorted = _EXTORTED.search(told) and not _LOCKED.search(told)  # the motive alone leaves open which it was
        for key, words, kind in _TYPES:
            concept = "extortion" if words is _RANSOM and extorted else kind
            path = (key,) if key == "summary" else ("tags", key)
            text = self.text(*path)
            if words.search(text) and (words.search(taken := UNTOUCHED.sub("", text)) or LEAKED.search(taken)):
                found.setdefault(concept, (text, []))[1].append(self.told(*path, basis=Basis.IMPLIED))
        for at, method in leaves(self.get("method"), ("method",)):  # one, or a list
            if isinstance(method, str) and not is_placeholder(method.strip()):
                concept = incident_type(method)
                concept = "data-breach" if concept == "other" else concept
                found.setdefault(concept, (clean(method), []))[1].append(self.evidence(*at))
        for concept, (text, proofs) in found.items():
            yield IncidentType(concept, text, tuple(proofs))
        if not found:
            yield IncidentType("cyber-attack", self.printed or self.summary, (proof,))

    def _counts(self) -> Iterator[RecordCount]:
        """The counts of the two members that hold one; 0 stands for none and for not known alike, and makes no fact."""
        members: tuple[tuple[tuple[str, ...], str], ...] = (
            (("tags", "impacted-user-count"), "people"),
            (("records",), "records"),
        )
        for path, unit in members:
            text = self.text(*path)
            count = parse_count(text) if unit == "records" or len(_NUMBERS.findall(text)) == 1 else None
            if count and (count.low or count.high) and count.unit not in _TIMES:
                yield RecordCount(count.low, count.high, count.unit or unit, self.certainty, (self.evidence(*path),))

    def _impacts(self) -> Iterator[Impact]:
        if cost := whole_number(self.text("tags", "cost-usd")):
            yield Impact(f"{cost} US dollars", "financial", evidence=(self.evidence("tags", "cost-usd"),))

    def _known(self, key: str) -> str:
        """A text that says something; its member makes a fact then."""
        if text := self.said(key):
            self.used.add(self.path(key))
        return text

    def _sources(self) -> Iterator[Source]:
        """What is linked; the publisher that is named is that of the first link, and of others at the same site."""
        publisher = self.said("publisher")
        met: set[str] = set()
        first = ""
        for one, path in self._linked():
            first = first or domain_of(one.url)
            proof = self.evidence(*path, start=one.start, end=one.end)
            if one.url in met:
                continue
            met.add(one.url)
            if publisher and domain_of(one.url) == first:
                yield Source(publisher, one.url, one.type, evidence=(proof, self.evidence("publisher")))
            else:
                yield Source("", one.url, one.type, evidence=(proof,))
        if publisher and not met:
            yield Source(publisher, evidence=(self.evidence("publisher"),))

    def _linked(self) -> Iterator[tuple[Reference, Path]]:
        """The addresses of an entry, and the members that hold them."""
        for key in ("links", "more"):
            links = self.get(key)
            if isinstance(links, str):
                yield from ((one, (key,)) for one in references(links))
            for at, link in enumerate(links if isinstance(links, list) else []):
                path: Path = (key, at) if isinstance(link, str) else (key, at, "url")
                text = link if isinstance(link, str) else link.get("url") if isinstance(link, dict) else None
                yield from ((one, path) for one in (references(text) if isinstance(text, str) else ()))

    def _notes(self) -> Iterator[Note]:
        """The summary, which is read for facts and kept whole, and every field that made no fact."""
        self.used -= {self.path("summary"), self.path("tags", "actor")}
        if not self.who.rest and not self.who.headline:
            self.used.add(self.path("entity"))
        else:
            self.used.discard(self.path("entity"))
        for path, value in leaves(self.record.value):
            if isinstance(value, str) and is_placeholder(value.strip()):
                self.used.add(path)
        yield from self.notes()


def _of_year(edtf: str, year: str) -> str:
    """A date without a year as one of a year, of which its day may be the last two digits ("Sept 23" beside "2023")."""
    return re.sub(rf"(-\d\d)-{year[2:]}\Z", r"\1", edtf.replace("XXXX", year)) if _A_YEAR.fullmatch(year) else ""


def _years(text: str) -> Sequence[PartialDate]:
    """The dates of a year that is told in other words: "2019-2020", "2014 and 2015", "2019.0", "early 2021"."""
    if match := _YEARS.fullmatch(text):
        first, last = int(match["first"]), int(match["last"])
        if first >= last:
            return ()
        if match["mark"].casefold() in _LISTING and last > first + 1:
            return (parse_edtf(match["first"]), parse_edtf(match["last"]))
        return (parse_edtf(f"{first}/{last}"),)
    found = parse_field(text.removesuffix(".0"))
    return (found,) if found else ()
