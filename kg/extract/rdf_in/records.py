"""The records of a graph in breachkg's own vocabulary: what `kg.rdf.writing` does, undone.

Nothing is taken over as it is named there: the nodes are made anew, under the document that is read. Not told again are
facts that follow from others, what resolution decided, the type `Vendor`, and how precise the ends of a relationship were
before they became days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.rdf_in.details import Details, dated, implied
from kg.extract.rdf_in.said import BEGIN, ENDS, RECORD, Term, iri_of, place
from kg.model import (
    Action,
    Affiliation,
    AffiliationKind,
    Incident,
    InvestigationStatus,
    Listing,
    Note,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import clean
from kg.vocabulary import ID, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.dates import PartialDate
    from kg.extract.rdf_in.said import Said
    from kg.model import Proof

_AFFILIATED = {
    "org:subOrganizationOf": AffiliationKind.SUBSIDIARY,
    "productOf": AffiliationKind.PRODUCT,
    "formerName": AffiliationKind.FORMER_NAME,
    "org:linkedTo": AffiliationKind.LINKED,
}
_KINDS = {
    iri_of("Organization"): "party",
    iri_of("OrganizationGroup"): "group",
    iri_of("ThreatActor"): "threat-actor",
}
_UNTITLED = "untitled incident "


def records(said: Said, number: int, told: set[str]) -> Iterator[Incident | Listing]:
    """Yield the incidents of a graph, then the supply relationships and affiliations that none of them tells of.

    Args:
        said: the graph.
        number: how many records came before.
        told: the nodes that records tell of; they are added.
    """
    for node in said.typed("Incident"):
        number += 1
        reader = _Reader(said, node, told)
        yield replace(reader.incident(number), origin=said.origin(node))
        told |= reader.nodes
    for ties in _rows(said, told):
        number += 1
        reader = _Reader(said, ties[0], told)
        listing = reader.listing(ties, number)
        if listing:
            told |= reader.nodes
            days = sorted({day for tie in ties for _, day in dated(said, tie, "observed")}, key=str)
            for at, day in enumerate(days or [None]):
                number += at > 0
                shown = replace(listing, number=number, observed=day, origin=said.origin(_row(ties[0])))
                yield _bare(shown) if at else shown


def _rows(said: Said, told: set[str]) -> Iterator[list[str]]:
    """The relationships that no incident tells of, and organizations that belong to others, those of one row together."""
    rows: dict[str, list[str]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in said.typed("SupplyRelationship"):
        for customer in said.nodes(node, "customer"):
            for supplier in said.nodes(node, "supplier"):
                pairs[customer, supplier].append(node)
        if node not in told:
            rows[_row(node)].append(node)
    for (customer, supplier), nodes in pairs.items():
        # What a list claims of a relationship that incidents told of is the list's word, and no article's. Where it tells of
        # another one of both, too, one that has no days when that has would have some if incidents alone implied it.
        days = {node for node in nodes if any(map(said.about[node].get, (BEGIN, *ENDS)))}
        undated = [node for node in nodes if node in told - days]
        listed = nodes if told.issuperset(nodes) else undated if told.union(days).issuperset(nodes) else ()
        if listed and said.listed(customer, "usesVendor", supplier):
            rows[_row(listed[0])].append(listed[0])
    for node in list(said.about):
        belongs = (_told(node, name, term) for name in _AFFILIATED for term in said.about[node].get(iri_of(name), ()))
        if not told.issuperset(belongs) or any(
            (node, term.value) not in pairs for term in said.about[node].get(iri_of("usesVendor"), ())
        ):
            rows[_row(node)].append(node)
    yield from (rows[row] for row in sorted(rows, key=place))


def _bare(listing: Listing) -> Listing:
    """A listing of another day, without the words that have been told on the first."""
    uses = tuple(replace(told, evidence=()) for told in listing.uses_vendor)
    return replace(listing, uses_vendor=uses, affiliations=(), notes=())


def _told(node: str, name: str, term: Term) -> str:
    """What stands for a statement among the nodes that have been told of."""
    return f"{node} {name} {term.value}"


def _row(node: str) -> str:
    """What the nodes of one row of a list have in common; of other nodes only themselves."""
    match = RECORD.match(node)
    return match["record"] if match else node


class _Reader(Details):
    """One record being read."""

    def __init__(self, said: Said, node: str, told: set[str]) -> None:
        super().__init__(said, node)
        self.told = told
        self.maker = node  # of the claims that this record makes
        self.parties: dict[str, Party] = {}
        self.uses: dict[str, SupplyRelationship] = {}

    def incident(self, number: int) -> Incident:
        """Return the incident."""
        said, me = self.said, self.me
        identifier = said.text(me, "dct:identifier")
        feed = said.text(me, "feed")
        title = said.text(me, "rdfs:label")
        known = {identifier, f"{_UNTITLED}{number}"}
        status = said.slug(me, "investigationStatus", "investigation-status")
        if not identifier and not me.startswith((ID, "_:")):
            identifier = me
        self._roles()
        told = Incident(
            identifier, feed, number,
            "" if title in known or title.startswith(_UNTITLED) else title,
            said.certainty(me),
            incomplete=said.truth(me, "incomplete"),
            status=InvestigationStatus(status) if status in set(InvestigationStatus) else None,
            types=tuple(self.types()),
            dates=tuple(self.dates()),
            data_types=tuple(self.exposures()),
            record_counts=tuple(self.counts()),
            impacts=tuple(self.impacts()),
            assessments=tuple(self.assessments()),
            techniques=tuple(self.techniques()),
            sources=tuple(self.sources()),
            evidence=said.proof(me, "dct:identifier", Term(identifier, literal=True))[:1] if identifier else (),
        )  # fmt: skip
        for tie in self.under("supplyRelationship"):
            self._relationship(tie)
        return replace(
            told,
            responses=tuple(self._responses()),
            affiliations=tuple(self._affiliations(closed=True)),
            uses_vendor=tuple(self.uses.values()),
            parties=tuple(_sorted(self.parties.values())),
            notes=tuple(self._all_notes(me, *self.parties)),
        )

    def listing(self, nodes: list[str], number: int) -> Listing | None:
        """Return a row of a supplier list, None where its nodes have no names."""
        self.maker = ""
        for node in nodes:
            if self.said.about[node].get(iri_of("customer")):
                self._relationship(node)
            else:
                self._direct(node)
        affiliations = tuple(self._affiliations(closed=False))
        if not self.uses and not affiliations:
            return None
        notes = tuple(dict.fromkeys(self._all_notes(*self.uses, *self.parties)))
        return Listing(number, tuple(_sorted(self.parties.values())), tuple(self.uses.values()), notes, affiliations)

    def _party(self, node: str, role: Role, proof: Proof = ()) -> str:
        """Add an organization, a group or an attacker; its name, "" where it has none."""
        said = self.said
        name = clean(said.text(node, "rdfs:label"))
        types = {term.value for term in said.of(node, "rdf:type")}
        kind = next((_KINDS[iri] for iri in sorted(types) if iri in _KINDS), "party")
        if not name or (kind == "threat-actor") != (role is Role.ATTACKER):
            return ""
        self.nodes.add(node)
        known = self.parties.get(node)
        low, high = said.whole(node, "atLeast"), said.whole(node, "atMost")
        self.parties[node] = Party(
            name,
            role if known is None or known.role is Role.OTHER else known.role,
            unnamed_group=kind == "group",
            count=None if low is None and high is None else (low, high),
            industry=said.text(node, "industryText"),
            region=regions[0] if len(regions := said.texts(node, "region")) == 1 else "",  # in several: in none
            identifiers=tuple(self._identifiers(node)),
            evidence=known.evidence if known else proof,
        )
        return name

    def _identifiers(self, party: str) -> Iterator[str]:
        """The identifiers of a party that say of what register they are; the others are left."""
        for text in self.said.texts(party, "dct:identifier"):
            if ":" in text:
                yield text
            else:
                self.said.leave(party, "dct:identifier", Term(text, literal=True))

    def _roles(self) -> None:
        """Everyone who took part."""
        for name, role in (("breached", Role.BREACHED), ("affectsDownstream", Role.AFFECTED_DOWNSTREAM)):
            for node in self.under(name):
                if not self._party(node, role, self.said.proof(self.me, name, Term(node))):
                    self.said.leave(self.me, name, Term(node))
        for involved in self.under("involvement"):
            slug = self.said.slug(involved, "role", "party-role")
            for name in ("incident", "certainty"):  # told of by whose it is, and by its evidence
                self.said.of(involved, name)
            for node in self.said.nodes(involved, "party"):
                role = Role(slug) if slug in set(Role) else Role.OTHER
                if not self._party(node, role, self.said.proof(self.me, "involvement", Term(involved))):
                    self.said.leave(involved, "party", Term(node))
        self._affected()

    def _affected(self) -> None:
        """Whom the incident is only said to have harmed: downstream where it began at another, else it is left open how."""
        breached = any(party.role is Role.BREACHED for party in self.parties.values())
        for node in self.said.nodes(self.me, "affects"):
            if node in self.parties and self.parties[node].role is not Role.OTHER:
                continue
            role = Role.AFFECTED_DOWNSTREAM if breached else Role.OTHER
            if not self._party(node, role, implied(self.said.proof(self.me, "affects", Term(node)))) or not breached:
                self.said.leave(self.me, "affects", Term(node))

    def _responses(self) -> Iterator[Action]:
        for node in self.under("response"):
            said = self.said
            action = said.slug(node, "actionType", "action-type")
            actors = said.named(node, "actor") or [""]
            ties = [self.uses[one] for one in said.nodes(node, "targets") if one in self.uses]
            others = said.named(node, "targets", apart=self.uses)
            for actor in actors:
                own = [tie.supplier for tie in ties if tie.customer == actor or len(actors) == 1]
                yield Action(
                    said.text(node, "rdfs:label"),
                    "" if action == "other" else action,
                    said.text(node, "responseKey"),
                    actor,
                    next(iter(own or others), ""),
                    said.proof(self.me, "response", Term(node)),
                )

    def _relationship(self, node: str) -> None:
        """Add a supply relationship between two that have names."""
        said = self.said
        self.nodes.add(node)
        status = said.slug(node, "relationshipStatus", "relationship-status")
        unsaid = RelationshipStatus.UNKNOWN if said.of(node, "relationshipStatus") else RelationshipStatus.ACTIVE
        dated(said, node, "observed")  # told of by the listing
        self.nodes.update(said.nodes(node, "service"))
        # Whoever tells of an incident seldom tells since when: that it is as old as another follows from the other.
        follows = self.maker and any(said.begins_with_others(node, day) for day in said.of(node, "validFrom"))
        begin = self._day(node, "validFrom")
        told = SupplyRelationship(
            "", "", next(iter(said.named(node, "service")), ""),
            RelationshipStatus(status) if status in set(RelationshipStatus) else unsaid,
            None if follows else begin, self._day(node, "validUntil"),
        )  # fmt: skip
        for customer in said.nodes(node, "customer"):
            for supplier in said.nodes(node, "supplier"):
                if not self._tie(node, customer, supplier, told):
                    said.leave(node, "customer", Term(customer))
                    said.leave(node, "supplier", Term(supplier))
        if node not in self.uses:
            said.leave_all(node)

    def _day(self, node: str, name: str) -> PartialDate | None:
        """The first date of a property; other texts of it are left."""
        found = dated(self.said, node, name)
        for text, _ in found[1:]:
            self.said.leave(node, name, Term(text, literal=True))
        return found[0][1] if found else None

    def _direct(self, customer: str) -> None:
        """Add what an organization is said to use without more; what it belongs to is read with the parties."""
        self._party(customer, Role.OTHER)
        for supplier in self.said.nodes(customer, "usesVendor"):
            if not self._tie(f"{customer} {supplier}", customer, supplier, SupplyRelationship("", "")):
                self.said.leave(customer, "usesVendor", Term(supplier))

    def _tie(self, node: str, customer: str, supplier: str, told: SupplyRelationship) -> bool:
        """Add that one uses another, and return whether it is added: both have names, and are not the same."""
        claimed = _told(customer, "usesVendor", Term(supplier))
        maker = self.me if claimed in self.told else self.maker  # what lists claim is told once
        proof = self.said.proof(customer, "usesVendor", Term(supplier), maker=maker)
        names = [self._party(end, Role.OTHER) for end in (customer, supplier)]
        if not all(names) or customer == supplier:
            return False
        if not self.maker:
            self.nodes.add(claimed)
        one = f"{node} {customer} {supplier}" if node in self.uses else node  # it may be of several
        self.uses[one] = replace(told, customer=names[0], supplier=names[1], evidence=proof)
        return True

    def _affiliations(self, *, closed: bool) -> Iterator[Affiliation]:
        """What the parties belong to, as no record before said; only to one another where the record is closed."""
        for node in sorted(self.parties, key=place):
            for name, kind in _AFFILIATED.items():
                for term in sorted(self.said.of(node, name)):
                    told = _told(node, name, term)
                    if told in self.told or (closed and not term.literal and term.value not in self.parties):
                        continue
                    other = term.value if term.literal else self._party(term.value, Role.OTHER)
                    if other and term.literal == (kind is AffiliationKind.FORMER_NAME) and node != term.value:
                        self.nodes.add(told)
                        proof = self.said.proof(node, name, term)
                        yield Affiliation(self.parties[node].name, kind, other, proof)
                    else:
                        self.said.leave(node, name, term)

    def _all_notes(self, *first: str) -> Iterator[Note]:
        """The notes of some nodes, then those of the others that the record tells of."""
        others = self.nodes.difference(first)
        yield from (note for node in (*first, *sorted(others, key=place)) for note in self._notes(node))

    def _notes(self, subject: str) -> Iterator[Note]:
        """Notes, and what is said of the record in terms that have no place in it."""
        said = self.said
        for node in sorted(said.nodes(subject, "note"), key=place):
            self.nodes.add(node)
            key, value = said.text(node, "key"), said.text(node, "rdf:value")
            yield Note(key, value, said.proof(subject, "note", Term(node)))
            yield from self._rest(node)
        yield from self._rest(subject)

    def _rest(self, subject: str) -> Iterator[Note]:
        whose = f"{self.parties[subject].name}: " if subject in self.parties else ""
        for predicate, term in self.said.rest(subject):
            derived = predicate == iri_of("observedUntil") and self.said.ends_with_others(subject, term)
            if predicate != iri_of("referent") and not derived:
                yield Note(f"{whose}{compact(predicate)}", term.value)


def _sorted(parties: Iterable[Party]) -> list[Party]:
    """Parties in the order in which they are named in the text, as far as it is known."""
    return sorted(parties, key=lambda party: ([proof.place for proof in party.evidence[:1]], party.name))
