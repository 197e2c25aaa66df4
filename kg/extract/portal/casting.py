"""Who had which part in the breach that a row of a portal tells of, and who uses whom.

A business associate is a vendor. In a row of one it was breached itself, and covered entities are its customers. In a
row of a covered entity the vendor is named in a column of older files, in the account, or not at all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.extract.markup import plain_html
from kg.extract.portal.account import Struck, called, someones, struck
from kg.extract.portal.filing import Filing, read_filing
from kg.extract.portal.prose import associates, covered_entities, middle_of, speaks_of_associate
from kg.extract.portal.remarks import bare, uncut, without_remark
from kg.extract.portal.standing import former_of, has_ended, part_of
from kg.extract.portal.vendors import Vendor, Vendors, read_name, read_vendors
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    Certainty,
    Evidence,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import clean, split_legal_form
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.portal.standing import Part
    from kg.extract.tabular.row import Row
    from kg.model import Span

YES = frozenset({"true", "yes", "y", "1", "x"})
NO = frozenset({"false", "no", "n", "0"})
_ASSOCIATE = "business associate"
_UNNAMED_VENDOR = "unnamed business associate"
_UNNAMED_OTHER = "unnamed third party"
_UNNAMED_SUB = "unnamed subcontractor"
_UNNAMED_ENTITIES = "unnamed covered entities"
_UNNAMED_CUSTOMERS = "unnamed customers"
_UNNAMED_KEYS = frozenset(map(name_key, (_UNNAMED_VENDOR, _UNNAMED_OTHER)))
_SURE = Decimal("0.9")
"""Confidence in a name that a rule found in the account."""
_TOLD = regex(r"\b(?=[adfnstu])(?:d\.?/?b\.?/?a\b|doing business as|formerly|f/k/a|now known as|trading as|(?:subsidiary|division|unit) of|an? [^,()]{2,40} company\b)", re.IGNORECASE)  # fmt: skip
_BRANDED = (" d/b/a ", " dba ", " D/B/A ", " DBA ", " f/k/a ")
_NO_VENDORS = Vendors()
_AND_KIN = regex(r",? (?:and|&) (?:its|their) (?:affiliates|subsidiaries|affiliated)\b[a-z ]*\Z", re.IGNORECASE)
_REGION = regex(r"[^\W\d_][\w .'-]{1,40}")
_ASKING = regex(r"present|involved", re.IGNORECASE)
"""In the name of a column whose cells answer yes or no."""


def _alike(one: str, other: str) -> bool:
    """Whether two names may be of one organization: they share a word, or one begins with the letters or the initials of the other."""
    first, second = name_key(one).split(), name_key(other).split()
    forms = [{"".join(words), "".join(word[0] for word in words)} for words in (first, second)]
    pairs = [(a, b) for a in forms[0] for b in forms[1] if min(len(a), len(b)) > 1]
    return not set(first).isdisjoint(second) or any(a.startswith(b) or b.startswith(a) for a, b in pairs)


class Cast:
    """The parties of one row and what binds them.

    Attributes:
        names: the entities whose entry it is.
        title: the cell that names them.
        filing: for whom it was filed, where the cell tells of two.
        is_associate: whether it is the row of a business associate.
        listed: the vendors that a column names.
        told_vendors: whether the cell of that column made a fact.
        region: the state that the entities are in, "" where the row tells none or is of two.
    """

    def __init__(self, row: Row, cells: Mapping[str, str], places: Mapping[str, int]) -> None:
        """Read the cells of a row by their fields; one that names an entity is among them."""
        asked = read_vendors(cells["present"]) if "present" in cells and "associate" not in cells else _NO_VENDORS
        companies = any(split_legal_form(vendor.name)[1] for vendor in asked.named)
        answered = asked.named and _ASKING.search(row.header[places["present"]])
        if companies or ("associate" in places and asked != _NO_VENDORS and not answered):
            # Whether there was a vendor is asked for, and one is named with its legal form, for any word may be an answer
            # ("Suspected"); or there is a column for the name, which is blank, beside one of vendors.
            cells, places = {**cells, "associate": cells["present"]}, {**places, "associate": places["present"]}
        if "story" not in cells and struck(cells.get("types", "")):
            # What kind of breach it was may be told in words that name a vendor.
            cells, places = {**cells, "story": cells["types"]}, {**places, "story": places["types"]}
        self.row, self.cells, self.places = row, cells, places
        self.kind = cells.get("kind", "")
        self.is_associate = _ASSOCIATE in self.kind.casefold()
        self.parties: dict[str, Party] = {}
        self.uses: dict[tuple[str, str], SupplyRelationship] = {}
        self.affiliations: list[Affiliation] = []
        self.entity = self.evidence("entity")
        written = uncut(plain_html(cells["entity"]))
        cell = without_remark(written)
        self.filing = read_filing(cell, elsewhere=cells.get("own", "").casefold() in NO)
        listed = uncut(cells.get("associate", ""))
        self.listed = read_vendors(listed) if listed else _NO_VENDORS
        self.told_vendors = False
        state = cells.get("state", "")
        self.region = state if not self.filing and not self.is_associate and _REGION.fullmatch(state) else ""
        self.names: list[str] = []
        name = bare(self.filing.entity if self.filing else cell)
        self.names = self._entities(name)
        # Two reports of one day differ by the remark alone.
        self.title = clean(written) if name != written else next(iter(self.names), "")

    @property
    def tells_kind(self) -> bool:
        """Whether the cell that tells of what kind the entity is makes a fact: not where a vendor filed for another."""
        return not (self.filing and (self.filing.customers or self.filing.unnamed))

    def cell(self, field: str) -> str:
        """Return the text of a cell, "" for nothing."""
        return self.cells.get(field, "")

    def evidence(self, field: str, **changes: Any) -> Evidence:
        """Return a cell as evidence."""
        return self.row.evidence(self.places[field], **changes)

    def told(self, span: Span, certainty: Certainty = Certainty.CONFIRMED) -> Evidence:
        """Return some characters of the account as evidence: a rule found them."""
        return self.row.part(self.places["story"], *span, certainty=certainty, confidence=_SURE)

    def play(self) -> None:
        """Give everybody a part."""
        filing = self.filing
        if filing and filing.reporter:
            self._party(filing.reporter, Role.REPORTER, self.entity)
        if filing and (filing.customers or filing.unnamed):
            self._on_behalf(filing)
        elif filing and filing.vendors:
            self._through([(vendor, self.entity) for vendor in filing.vendors])
        elif self.is_associate:
            self._associate()
        else:
            self._covered()

    def _entities(self, cell: str) -> list[str]:
        """Names of the entities of the row; a cell may list several, and may be cut off."""
        found: list[str] = []
        for part in _AND_KIN.sub("", cell).split(";"):
            if _TOLD.search(part):
                name, told = read_name(part)
                self._affiliated(told, self.entity)
            else:
                name = clean(part.strip(" ,"))
            if name:
                found.append(name)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _affiliated(self, told: Sequence[tuple[str, AffiliationKind, str]], proof: Evidence) -> None:
        for party, kind, other in told:
            self.affiliations.append(Affiliation(party, kind, other, (proof,)))
            for name in (party,) if kind is AffiliationKind.FORMER_NAME else (party, other):
                self._party(name, Role.OTHER, proof)

    def _named(self, name: str, span: Span) -> str:
        """A name from the account without the brand that it is told with, which becomes a party of its own."""
        if not any(map(name.__contains__, _BRANDED)):
            return name
        first, told = read_name(name)
        self._affiliated(told, self.told(span))
        return first

    def _party(self, name: str, role: Role, proof: Evidence, *, group: bool = False) -> None:
        """Add a party; one that is told of already keeps the weightier role."""
        known = self.parties.get(name)
        if known is None or known.role is Role.OTHER:
            own = proof is self.entity and role is not Role.REPORTER and not self.is_associate and self.tells_kind
            own = own and not (self.filing and name in self.filing.vendors)
            self.parties[name] = Party(
                name,
                role,
                group,
                industry=self.kind if own else "",
                region=self.region if name in self.names else "",
                evidence=(proof,),
            )

    def _relate(self, customer: str, supplier: str, *proof: Evidence, ended: bool = False) -> None:
        status = RelationshipStatus.ENDED if ended else RelationshipStatus.ACTIVE
        self.uses[customer, supplier] = SupplyRelationship(customer, supplier, status=status, evidence=proof)

    def _on_behalf(self, filing: Filing) -> None:
        """A row that a vendor filed for its customers."""
        self._all(Role.BREACHED)
        for name in (*filing.customers, *([_UNNAMED_CUSTOMERS] if filing.unnamed else [])):
            self._party(name, Role.AFFECTED_DOWNSTREAM, self.entity, group=name == _UNNAMED_CUSTOMERS)
            self._relate(name, self.names[0], self.entity)

    def _associate(self) -> None:
        """The row of a business associate: it was breached, or its own vendor, and covered entities use it."""
        names, kind, story = self.names, self.evidence("kind"), self.cell("story")
        under = self._struck(set(map(name_key, names)))
        entities, more = covered_entities(story)
        if not under and (theirs := self._own_associates()):
            self._theirs(theirs, entities)
            return
        self._all(Role.AFFECTED_DOWNSTREAM if under else Role.BREACHED)
        self._chain(names[0], under)
        own = set(map(name_key, [*names, *(one.name for one in under)]))
        supplier = names[0]
        if (middle := middle_of(story)) and name_key(middle[0]) not in own:
            supplier = middle[0]
            own.add(name_key(supplier))
            self._party(supplier, Role.AFFECTED_DOWNSTREAM, self.told(middle[1]))
            self._relate(supplier, names[0], self.told(middle[1]), kind)
        customers = [(name, span) for name, span in entities if name_key(name) not in own]
        former = former_of(story, names[0])
        for customer, span in customers:
            told, name = self.told(span), self._named(customer, span)
            self._party(name, Role.AFFECTED_DOWNSTREAM, told)
            self._relate(name, supplier, told, kind, ended=former is not None and former in ("", name, customer))
        if (more or not customers) and name_key(_UNNAMED_ENTITIES) not in own:
            implied = self.evidence("kind", basis=Basis.IMPLIED)
            self._party(_UNNAMED_ENTITIES, Role.AFFECTED_DOWNSTREAM, implied, group=True)
            self._relate(_UNNAMED_ENTITIES, supplier, implied, ended=former == "")

    def _own_associates(self) -> list[tuple[str, Evidence, Part]]:
        """The business associates that were breached though their names share nothing with those of the row: they are the filer's own."""
        named = self._parts(
            associates(self.cell("story"), involved=False), set(map(name_key, self.names)), present=False
        )
        told = [one for one in named if one[2].breached]
        return [] if any(_alike(one[0], name) for one in named for name in (*self.names, self.cell("entity"))) else told

    def _theirs(self, vendors: Sequence[tuple[str, Evidence, Part]], entities: Sequence[tuple[str, Span]]) -> None:
        """A row that was filed as a business associate's by one whose own was breached: the covered entity that is named is its customer, else who filed."""
        self._all(Role.AFFECTED_DOWNSTREAM)
        customers = [(self._named(name, span), self.told(span)) for name, span in entities] or [
            (name, self.entity) for name in self.names
        ]
        for vendor, told, part in vendors:
            self._party(vendor, Role.BREACHED, told)
            for customer, proof in customers:
                self._party(customer, Role.AFFECTED_DOWNSTREAM, proof)
                self._relate(customer, vendor, told, ended=part.ended)

    def _chain(self, name: str, under: Sequence[Struck]) -> None:
        """Vendors of a vendor that were breached."""
        for one in under:
            told = self.told(one.span)
            self._party(one.name, Role.BREACHED, told)
            self._relate(name, one.name, told)

    def _covered(self) -> None:
        """The row of a covered entity: breached itself, or through a vendor, whom the portal or the account names."""
        own, present = set(map(name_key, self.names)), bool(self._saying())
        if column := [vendor for vendor in self.listed.named if name_key(vendor.name) not in own]:
            self._by_column(column)
            return
        story = self.cell("story")
        hit = self._struck(own)
        parts = self._parts(associates(story, involved=present), own, present=present)
        if present and not (hit or parts):
            parts = [one for one in self._parts(called(story), own, present=True) if one[2].breached]
        if hit or parts:
            self._in_account(parts, hit)
            return
        self._unnamed(own)

    def _struck(self, own: set[str]) -> list[Struck]:
        """The vendors to which, as the account says, something happened, but for the entity itself."""
        return [
            one._replace(name=self._named(one.name, one.span))
            for one in struck(self.cell("story"))
            if name_key(one.name) not in own
        ]

    def _parts(
        self, named: Sequence[tuple[str, Span]], own: set[str], *, present: bool
    ) -> list[tuple[str, Evidence, Part]]:
        """The vendors that the account names, but for the entity itself, each with the part that it had."""
        story = self.cell("story")
        return [
            (self._named(name, span), self.told(span), part_of(story, name, span, present=present))
            for name, span in named
            if name_key(name) not in own
        ]

    def _unnamed(self, own: set[str]) -> None:
        """The row of a covered entity whose vendor nobody names, if it had one."""
        field, story = self._saying(), self.cell("story")
        name = _UNNAMED_OTHER if "own" in self.cells else _UNNAMED_VENDOR
        if not own.isdisjoint(_UNNAMED_KEYS):
            self._all(Role.BREACHED)
        elif field:
            self._through([(name, self.evidence(field))], group=True)
            self.told_vendors |= field == "associate" and not self.listed.more
        elif span := someones(story):
            self._through([(_UNNAMED_OTHER, self.told(span))], group=True)
        else:
            self._all(Role.BREACHED)
            if span := speaks_of_associate(story):
                self._party(name, Role.SUPPLIER_ONLY, self.told(span), group=True)
                self._use(name, self.told(span), ended=has_ended(story))

    def _by_column(self, vendors: Sequence[Vendor]) -> None:
        """The entities were affected through the vendors that a column names."""
        proof = self.evidence("associate")
        self.told_vendors = True
        self._all(Role.AFFECTED_DOWNSTREAM)
        for vendor in vendors:
            if vendor.under:
                self._party(vendor.under, Role.AFFECTED_DOWNSTREAM, proof)
                self._relate(vendor.under, vendor.name, proof)
            self._party(vendor.name, Role.BREACHED, proof)
            self._affiliated(vendor.affiliations, proof)
            self._use(vendor.under or vendor.name, proof, ended=vendor.ended)

    def _in_account(self, parts: list[tuple[str, Evidence, Part]], hit: list[Struck]) -> None:
        """Vendors that the account names: who was breached, with a vendor of a vendor behind it, and who only stands by."""
        struck_keys = {name_key(one.name) for one in hit}
        between = [
            name
            for name, _, part in parts
            if name_key(name) not in struck_keys and any(one.sub or one.sentence == part.sentence for one in hit)
        ]
        known = {name_key(name) for name, _, _ in parts}
        direct = [] if between else [(one.name, self.told(one.span)) for one in hit if name_key(one.name) not in known]
        breached = [(name, proof) for name, proof, part in parts if part.breached or name_key(name) in struck_keys]
        through = bool(direct or breached or between) and not (hit and all(one.keys for one in hit))
        self._all(Role.AFFECTED_DOWNSTREAM if through else Role.BREACHED)
        for name, proof, part in parts:
            if name in between:
                self._party(name, Role.AFFECTED_DOWNSTREAM, proof)
            elif (name, proof) in breached and part.under and name_key(name) not in struck_keys:
                self._party(name, Role.AFFECTED_DOWNSTREAM, proof)
                self._party(_UNNAMED_SUB, Role.BREACHED, self.told(part.under), group=True)
                self._relate(name, _UNNAMED_SUB, self.told(part.under))
            else:
                self._party(name, Role.BREACHED if (name, proof) in breached else Role.SUPPLIER_ONLY, proof)
            self._use(name, proof, ended=part.ended)
        for name, proof in direct:
            self._party(name, Role.BREACHED, proof)
            self._use(name, proof, ended=former_of(self.cell("story"), name) is not None)
        if between:
            self._chain(between[0], [one for one in hit if name_key(one.name) not in known])

    def _all(self, role: Role) -> None:
        """The entities had this part."""
        for name in self.names:
            self._party(name, role, self.entity)

    def _use(self, vendor: str, proof: Evidence, *, ended: bool = False) -> None:
        """The entities use a vendor, or did."""
        for name in self.names:
            self._relate(name, vendor, proof, ended=ended)

    def _through(self, vendors: Sequence[tuple[str, Evidence]], *, group: bool = False) -> None:
        """The entities were affected through vendors that were breached."""
        self._all(Role.AFFECTED_DOWNSTREAM)
        for vendor, proof in vendors:
            self._party(vendor, Role.BREACHED, proof, group=group)
            self._use(vendor, proof, ended=group and has_ended(self.cell("story")))

    def _saying(self) -> str:
        """The field that says that a business associate had part, or that the breach was at somebody else's; "" where none does."""
        cells = self.cells
        if "own" in cells and cells["own"].casefold() in NO:
            return "own"
        if "present" in cells and cells["present"].casefold() in YES:
            return "present"
        return "associate" if self.listed.unnamed else ""
