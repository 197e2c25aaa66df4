"""The table of attacks on software supply chains that IQT Labs collected: what was compromised, how, and when.

What a row names is the supplier. A registry whose visitors were served something harmful was not itself broken into.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.dates import parse_field
from kg.extract.brackets import without_brackets
from kg.extract.certainties import least, no_surer
from kg.extract.downstream import downstream, reached, relied
from kg.extract.fields import is_placeholder
from kg.extract.parts import cited, part
from kg.extract.references import references
from kg.extract.registries import HOSTS, REGISTRIES
from kg.extract.supply_chain.columns import DATED, places
from kg.extract.supply_chain.standing import certainty
from kg.extract.tabular.row import day_first
from kg.extract.tabular.table import tables
from kg.model import Basis, DateOf, Defect, Incident, IncidentDate, IncidentType, Note, Party, Role
from kg.names import clean
from kg.patterns import regex
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Row
    from kg.model import Document, Evidence, Extracted

FEED = "iqt"
_BETWEEN = regex(r"\s*[,;\n]\s*(?:and\s+)?|\s+(?:and|&|/)\s+")
_SERVES_OTHERS = regex(
    rf"(?:{REGISTRIES}|{'|'.join(sorted(HOSTS))}|github actions|arch linux|ubuntu snap|wordpress|.*\b(?:play|store|market(?:place)?|hub|registry|repository|add-?ons|gallery))\Z",
    re.IGNORECASE,
)
"""Where others publish."""
_DESCRIBED = regex(
    r".*\b(?:apps?|applications?|handsets?|phones?|smartphones?|devices?|certificates?|software|sites?|websites?|sticks?|providers?|compan(?:y|ies)|vendors?"
    r"|routers?|extensions?|plugins?|packages?|librar(?:y|ies)|tools?|firmware|hardware|drivers?)\Z"
)
_LANGUAGE = regex(r"(?:java ?script|typescript|python|ruby|java|php|perl)\Z", re.IGNORECASE)
_HIT = r"(?:compromised|hacked|breached|hijacked|taken\s+over|broken\s+into|vulnerable)"
_CONCEPTS = (
    ("malware", ("malicious package", "malicious packages", "firmware implant")),
    ("account-takeover", ("account takeover",)),
)


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every row; a row that names and describes nothing and a repeated one are defects."""
    seen: dict[tuple[str, ...], str] = {}
    for table in tables(document):
        found, turned = places(table), day_first(table)
        for row in table if "technology" in found else ():
            yield row if isinstance(row, Defect) else _Attack(row, found, day_first=turned).read(seen)


class _Attack:
    """One row being read."""

    def __init__(self, row: Row, places: Mapping[str, int], *, day_first: bool) -> None:
        self.row, self.places, self.day_first = row, places, day_first
        self.notes: list[Note] = []
        self.known = {places[field] for field in (*DATED, "technology") if field in places}
        # The columns of ones and zeros, each a kind of attack.
        self.flags = {
            at: " ".join(row.name(at).replace("_", " ").split()).casefold()
            for at in range(len(row.cells))
            if at not in places.values() and row.cell(at) in {"0", "1"} and "number" not in row.name(at).casefold()
        }

    def read(self, seen: dict[tuple[str, ...], str]) -> Incident | Defect:
        """Return the incident of the row, or why it gives none; `seen` holds the rows met so far."""
        row = self.row
        technology, described = self._said("technology"), self._said("description")
        if not technology and not described:
            return Defect(row.place, "names no technology and describes nothing")
        first = seen.setdefault(tuple(map(str.strip, row.cells)), row.place)
        if first != row.place:
            return Defect(row.place, f"repeats {first}")
        sure = least(certainty(described), certainty(self._said("comments")))
        people = {party.name: no_surer(party, sure) for party in self._compromised(technology)}
        customers = {party.name: no_surer(party, sure) for party in self._reached(people) if party.name not in people}
        kind = self._said("kind") or self._said("category")
        proof = row.evidence(self.places["technology"]) if technology else row.evidence()
        dates = tuple(self._dates())
        self._rest()
        return Incident(
            id=digest(*map(str.strip, row.cells)),
            feed=FEED,
            number=row.number,
            title=": ".join(filter(None, (technology, kind))) or described[:_TITLE],
            certainty=sure,
            types=tuple(no_surer(one, sure) for one in self._types()),
            parties=(*people.values(), *customers.values()),
            uses_vendor=tuple(relied(people.values(), customers.values())),
            dates=dates,
            sources=tuple(cited(row.proof(self.places.get("reference")))),
            notes=tuple(self.notes),
            evidence=(proof,),
        )

    def _said(self, field: str) -> str:
        """The text of a field, "" where it says that it is not known."""
        text = " ".join(self.row.cell(self.places.get(field)).split())
        return "" if is_placeholder(text) else text

    def _told(self) -> set[str]:
        """The kinds of attack that the flags and the last category tell of."""
        said = {name for at, name in self.flags.items() if self.row.cell(at) == "1"}
        return said | set(re.split(r"\s*:\s*", self._said("kind").casefold())) - {""}

    def _compromised(self, technology: str) -> Iterator[Party]:
        told = without_brackets(technology) or technology
        for printed in filter(None, _BETWEEN.split(told)):
            name = clean(printed)
            whole = name == told
            bare = _bare(name)
            lured = self._said("kind").casefold() == "typosquatting"  # nobody's own software was changed
            served = (lured or _SERVES_OTHERS.match(bare)) and not self._is_hit(bare)
            role = Role.SUPPLIER_ONLY if served else Role.BREACHED
            unnamed = whole and (is_group_name(name) or _is_described(bare))
            if name and (whole or not is_placeholder(name)):
                yield Party(
                    bare, role, unnamed, evidence=(part(self.row.evidence(self.places["technology"]), printed),)
                )

    def _is_hit(self, name: str) -> bool:
        """Whether the description says of a registry that it was broken into, or could be."""
        said, text = re.escape(name), self._said("description")
        after = rf"(?<!\w){said}(?:,\s[^,.]{{0,60}},)?\s(?:(?:itself|was|were|is|has|had|been|being)\s){{1,3}}{_HIT}\b|(?<!\w){said},\s[^,.]{{0,80}},?\s{_HIT}\b"
        before = rf"\b(?:compromised|hacked|breached|broke\s+into)\s(?:the\s)?{said}(?!\w)(?!['’]s|\s(?:account|package|gem|app)s?\b)"
        return re.search(f"{after}|{before}", text, re.IGNORECASE) is not None

    def _reached(self, names: Iterable[str]) -> Iterator[Party]:
        text = self._said("description")
        for one in downstream(text, names):
            said = text[one.start : one.end]
            yield reached(clean(said), part(self.row.evidence(self.places["description"]), said), one)

    def _types(self) -> Iterator[IncidentType]:
        """An attack on a supply chain, and what else the kind of attack is; the cells that say so are the evidence."""
        field = next((name for name in ("kind", "category") if self._said(name)), "")
        proof = self.row.evidence(self.places[field]) if field else self.row.evidence()
        yield IncidentType("supply-chain-attack", self._said(field), (replace(proof, basis=Basis.IMPLIED),))
        told = self._told()
        for concept, kinds in _CONCEPTS:
            if told & set(kinds):
                flagged = [
                    self.row.evidence(at)
                    for at, name in self.flags.items()
                    if name in kinds and self.row.cell(at) == "1"
                ]
                yield IncidentType(concept, next(kind for kind in kinds if kind in told), tuple(flagged) or (proof,))

    def _dates(self) -> Iterator[IncidentDate]:
        for what in DateOf:
            text = self._said(what) if what in self.places else ""
            if not text:
                continue
            proof = self.row.evidence(self.places[what])
            if date := parse_field(text, day_first=self.day_first):
                yield self._lasted(date, proof) if what is DateOf.OCCURRED else IncidentDate(date, what, (proof,))
            else:
                self.notes.append(Note(self.row.name(self.places[what]), text, (proof,)))

    def _lasted(self, begin: PartialDate, proof: Evidence) -> IncidentDate:
        """When it occurred: from a date until the one on which it ended, where that is told."""
        end = parse_field(self._said("ended"), day_first=self.day_first)
        whole = parse_field(f"{begin.edtf}/{end.edtf}") if end and end.edtf != begin.edtf else begin
        if not end or not whole:
            return IncidentDate(begin, DateOf.OCCURRED, (proof,))
        self.known.add(self.places["ended"])
        return IncidentDate(whole, DateOf.OCCURRED, (proof, self.row.evidence(self.places["ended"])))

    def _rest(self) -> None:
        """Notes for everything that is no fact of its own: description, categories, the flags that are set, other columns."""
        linked = self.places.get("reference")
        for at, cell in enumerate(self.row.cells):
            text = " ".join(cell.split())
            skipped = at in self.known or (at in self.flags and text == "0") or not re.search(r"\w", text)
            if not skipped and not (at == linked and any(True for _ in references(text))):
                self.notes.append(Note(self.row.name(at), text, (self.row.evidence(at),)))


_TITLE = 120


def _bare(name: str) -> str:
    """A name without the language of the product behind it ("Adverline JavaScript")."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and _LANGUAGE.match(words[-1]) else name


def _is_described(name: str) -> bool:
    """Whether words tell of what kind a product is and not which one it is ("Android Handsets", "PDF editor application")."""
    words = name.split()
    return name.casefold() == "javascript" or (
        len(words) > 1 and _DESCRIBED.match(name.casefold()) is not None and _is_common(words)
    )


def _is_common(words: list[str]) -> bool:
    """Whether the noun at the end is a common one: written small, or behind what is no name of its own."""
    return words[-1].islower() or words[-1].casefold().endswith("s") or words[0].casefold() in {"digital", "usb", "web"}
