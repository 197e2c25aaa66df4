"""The parties of one incident that a post tells of, and the relations between them, while they are put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.actions import KEY_FIRST
from kg.extract.post.deeds import deeds
from kg.extract.relations import mention
from kg.model import Affiliation, AffiliationKind, Certainty, Party, Role, SupplyRelationship
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.fields import Value
    from kg.extract.post.deeds import Deed
    from kg.extract.post.entities import Entity
    from kg.extract.post.prose import Group
    from kg.model import Evidence


@dataclass(slots=True)
class Cast:
    """The parties of one incident and the relations between them."""

    entities: list[Entity]
    members: dict[str, Party]
    vendors: list[str]
    customers: list[str]
    links: dict[tuple[str, str], SupplyRelationship] = field(default_factory=dict)
    counts: list[tuple[Value, str]] = field(default_factory=list)
    groups: Sequence[Group] = ()
    reporters: Sequence[tuple[str, Evidence, Evidence]] = ()
    """Unnamed groups that relied on somebody, and who reported first, as the prose tells."""
    subcontractors: list[str] = field(default_factory=list)
    """Those of the vendors that the list makes suppliers of another one of them."""
    untied: set[str] = field(default_factory=set)
    """Whom the list alone makes nobody's customer."""
    opening: str = ""
    """The title and the first sentence, which say what the post is about."""

    def parties(self, sure: Certainty, doubt: Certainty) -> tuple[Party, ...]:
        """Return the parties; those hit are so as surely as it happened, those affected downstream take on the text's doubt."""
        certainty = {Role.BREACHED: sure, Role.AFFECTED_DOWNSTREAM: doubt}
        return tuple(
            replace(party, evidence=tuple(replace(e, certainty=certainty[party.role]) for e in party.evidence))
            if certainty.get(party.role, Certainty.CONFIRMED) is not Certainty.CONFIRMED
            else party
            for party in self.members.values()
        )

    def breached(self) -> list[str]:
        """Return the names of the parties that were breached."""
        return [name for name, party in self.members.items() if party.role is Role.BREACHED]

    def listed(self) -> list[str]:
        """Return the names of the companies that the post lists."""
        return [entity.name for entity in self.entities if entity.role is not Role.ATTACKER]

    def affiliations(self) -> tuple[Affiliation, ...]:
        """Return the former names of the listed entities."""
        told = {entity.name: entity.former for entity in self.entities if entity.former and entity.name in self.members}
        return tuple(
            Affiliation(name, AffiliationKind.FORMER_NAME, proof.quote, (proof,)) for name, proof in told.items()
        )

    def known_as(self, name: str) -> str:
        """Return the name under which a party is listed, "" where it is not."""
        wanted = name_key(name)
        return next((known for known in self.members if name_key(known) == wanted), "")

    def add(self, party: Party) -> None:
        """Add a party; one of that name that is there already gains its evidence."""
        known = self.known_as(party.name) or party.name
        old = self.members.setdefault(known, party)
        new = tuple(proof for proof in party.evidence if proof not in old.evidence)
        self.members[known] = replace(old, evidence=old.evidence + new) if new else old

    def by_identifier(self, identifier: str) -> str:
        """Return the name of the party that has an identifier, "" where none has."""
        return next((name for name, party in self.members.items() if identifier in party.identifiers), "")

    def subject(self, text: str) -> str:
        """Return the party that a consequence fell on: the one the text begins with, or the only customer."""
        for name, party in self.members.items():
            if party.role is not Role.REGULATOR and (match := mention(name, text)) and match.start() == 0:
                return name
        named = [c for c in self.customers if not self.members[c].unnamed_group]
        if len(named) == 1 and any(mention(vendor, text) for vendor in self.vendors):
            return named[0]
        harmed = [entity.name for entity in self.entities if not entity.role]
        return harmed[0] if len(harmed) == 1 else ""

    def deeds(self, response: Value, shape: str) -> Iterator[Deed]:
        """Yield what the clauses of a response tell, which stands under the key `shape`."""
        served = dict.fromkeys(customer for customer, _ in self.links) or self.customers
        named = [name for name in served if not self.members[name].unnamed_group]
        only = named[0] if len(named) == 1 else ""
        return deeds(response, list(self.members), self.vendors, only, whole=shape in KEY_FIRST)
