"""The parties of a VERIS record and what ties them, while they are being found; and the names that its members print."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kg.extract.fields import is_placeholder
from kg.extract.unnamed import is_debris
from kg.extract.veris import names
from kg.extract.veris.names import name_key
from kg.model import Affiliation, AffiliationKind, Certainty, Party, RecordCount, Role, SupplyRelationship

if TYPE_CHECKING:
    from kg.extract.json_in.record import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.veris.names import Listed
    from kg.extract.veris.table import VerisRow
    from kg.model import Evidence

_MOST_WORDS = 6
_FEWEST_LETTERS = 4
_PAIR = 2
PROSE: tuple[Path, ...] = (("summary",), ("notes",), ("victim", "notes"), ("victim", "secondary", "notes"))
"""Where a record tells in words what happened."""


@dataclass(slots=True)
class Cast:
    """The parties of a record and what ties them, while they are being found.

    Attributes:
        record: the record.
        certainty: how sure it is that the incident happened; where it is denied, nobody is breached.
        victims: names of the parties that it happened to.
        used: paths of the members that have been told.
        kept: those of them that say more than has been told, so that a note gives them too.
    """

    record: JsonRecord | VerisRow
    certainty: Certainty
    parties: dict[str, Party] = field(default_factory=dict)
    uses: list[SupplyRelationship] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    counts: list[RecordCount] = field(default_factory=list)
    victims: list[str] = field(default_factory=list)
    used: set[Path] = field(default_factory=set)
    kept: set[Path] = field(default_factory=set)

    @property
    def happened(self) -> bool:
        """Return whether the record says that there was an incident, surely or perhaps."""
        return self.certainty is not Certainty.DENIED

    def proof(self, *path: str | int, **changes: Any) -> Evidence:
        """Return the evidence for a member, which counts as used."""
        self.used.add(path)
        changes.setdefault("certainty", self.certainty)
        return self.record.evidence(*path, **changes)

    def add(self, party: Party) -> str:
        """Add a party, or its evidence to the one of that name; return the name it has among the parties."""
        known = self.parties.setdefault(name_key(party.name), party)
        if known is not party:
            told = tuple(proof for proof in party.evidence if proof not in known.evidence)
            self.parties[name_key(party.name)] = replace(
                known, industry=known.industry or party.industry, evidence=known.evidence + told
            )
        return known.name

    def tie(self, customer: str, supplier: str, *proofs: Evidence) -> None:
        """Add that one uses the other, which may be so though the incident is none; nobody uses itself."""
        if customer != supplier:
            sure = tuple(proof if self.happened else replace(proof, certainty=Certainty.SUSPECTED) for proof in proofs)
            self.uses.append(SupplyRelationship(customer, supplier, evidence=sure))

    def prose(self, *paths: Path) -> list[tuple[Path, str]]:
        """Return the texts at some paths that say something."""
        texts = ((path, self.record.get(*path)) for path in paths)
        return [(path, text) for path, text in texts if isinstance(text, str) and text.strip()]


def strings(record: JsonRecord | VerisRow, *path: str | int) -> list[tuple[Path, str]]:
    """Return a text, or the texts of a list, that say something, with their paths."""
    value = record.get(*path)
    if (
        isinstance(value, list)
        and len(value) >= _FEWEST_LETTERS
        and all(isinstance(text, str) and len(text) < _PAIR for text in value)
    ):
        return []  # a text that was taken for a list, letter by letter
    found = [((*path, at), text) for at, text in enumerate(value)] if isinstance(value, list) else [(path, value)]
    texts = [(at, text) for at, text in found if isinstance(text, str) and not is_placeholder(text.strip() or "-")]
    return [(at, text) for at, text in texts if not is_fields_name(text, at)]


def is_fields_name(text: str, path: Path) -> bool:
    """Return whether a text is only what its field is called, as in a template that nobody filled in ("industry")."""
    called = [step for step in path if isinstance(step, str)]
    return text.strip() in {called[-1], ".".join(called)}


def elements(record: JsonRecord | VerisRow, *path: str | int) -> list[Path]:
    """Return the paths of the elements of a list, none of anything else."""
    value = record.get(*path)
    return [(*path, at) for at in range(len(value))] if isinstance(value, list) else []


def names_in(told: Cast, path: Path, least: int) -> list[tuple[Path, Listed]]:
    """Return the names in a list; an element that is only the end of a name is put back to it."""
    found: list[tuple[Path, Listed]] = []
    for at, printed in strings(told.record, *path):
        if found and is_debris(printed):
            before = found[-1]
            found[-1] = before[0], replace(before[1], name=f"{before[1].name}, {printed.strip()}")
            told.used.add(at)
        else:
            found += [(at, listed) for listed in names.listed(printed, least)]
    return found


def part(told: Cast, path: Path, listed: Listed, **changes: Any) -> Evidence:
    """Return the evidence for one name of a printed value."""
    whole = listed.start == 0 and listed.end == len(told.record.get(*path))
    if listed.more:
        told.kept.add(path)
    characters = {} if whole else {"start": listed.start, "end": listed.end}
    return told.proof(*path, **characters, **changes)


def belong(told: Cast, name: str, at: Path, listed: Listed) -> None:
    """Add whose unit a party is by its printed name; where that names nobody, the whole value stays as a note.

    Args:
        told: what is known, with the party.
        name: the party.
        at: where it is printed.
        listed: its printed name, with what that says of its kin.
    """
    owner = listed.of
    sure = owner and (owner[0].isupper() or owner[0].isdigit()) and len(names.listed(owner, 2)) == 1
    if (
        not sure
        or len(owner.split()) > _MOST_WORDS
        or names.is_group(owner)
        or told.parties[name_key(name)].unnamed_group
    ):
        told.used.discard(at)
    elif name_key(owner) != name_key(name):
        proof = part(told, at, listed)
        owner = told.add(Party(owner, Role.OTHER, identifiers=names.identifiers(owner), evidence=(proof,)))
        told.affiliations.append(affiliation(name, owner, listed.kin, proof))


def affiliation(name: str, other: str, kind: str, proof: Evidence) -> Affiliation:
    """Return that a party is another's parent, its subsidiary, or of its kin."""
    if kind == names.PARENT:
        return Affiliation(other, AffiliationKind.SUBSIDIARY, name, (proof,))
    told = AffiliationKind.SUBSIDIARY if kind == names.SUBSIDIARY else AffiliationKind.LINKED
    return Affiliation(name, told, other, (proof,))
