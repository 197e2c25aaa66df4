"""Who is who in a VERIS record, and who is whose vendor.

`victim.secondary` makes the victim a vendor and the secondary victims its customers, unless they are its parents,
subsidiaries or people. `actor.partner` makes the victim a customer: where the partner alone acted, the failure began there,
and the victim was harmed through it. The schema had no name for a partner until 1.4: it stands in notes or in the summary.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.extract.fields import Value, is_placeholder
from kg.extract.passage import Passage
from kg.extract.relations import mention, relations, sentences
from kg.extract.unnamed import is_debris
from kg.extract.veris import names
from kg.extract.veris.names import name_key
from kg.extract.veris.vendor_phrases import own_name, vendors
from kg.model import Affiliation, AffiliationKind, Basis, Certainty, Party, RecordCount, Role, SupplyRelationship
from kg.vocabulary import industry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.record import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.veris.names import Kin, Listed
    from kg.extract.veris.table import VerisRow
    from kg.extract.veris.vendor_phrases import NamedVendor
    from kg.model import Evidence

_LISTED = Decimal("0.8")
"""That a secondary victim is a customer: the list holds others too."""
_SUPPORTED = Decimal("0.9")
_REVERSED = Decimal("0.7")
_NOTED = Decimal("0.6")
_HOSTED = frozenset(
    {"3rd party hosted", "3rd party managed", "External", "External - dedicated environment", "Partner"}
)
_RUN_BY = ("governance", "hosting", "management", "ownership")
_PROSE: tuple[Path, ...] = (("summary",), ("notes",), ("victim", "notes"), ("victim", "secondary", "notes"))


@dataclass(slots=True)
class Cast:
    """The parties of a record and what ties them, while they are being found.

    Attributes:
        record: the record.
        certainty: how sure it is that the incident happened; where it is denied, nobody is breached.
        victims: names of the parties that it happened to.
        used: paths of the members that have been told.
    """

    record: JsonRecord | VerisRow
    certainty: Certainty
    parties: dict[str, Party] = field(default_factory=dict)
    uses: list[SupplyRelationship] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    counts: list[RecordCount] = field(default_factory=list)
    victims: list[str] = field(default_factory=list)
    used: set[Path] = field(default_factory=set)

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


def cast(record: JsonRecord | VerisRow, certainty: Certainty) -> Cast:
    """Return who takes part in a record of this certainty."""
    told = Cast(record, certainty)
    for path in _each(record, "victim"):
        _victim(told, path)
    if not told.victims:
        _unnamed_victim(told)
    if told.victims and isinstance(record.get("victim", "secondary"), dict):
        _secondary(told)
    for path in _each(record, "actor", "partner"):
        _partner(told, path)
    if record.get("actor", "partner") is None:
        _mentioned_vendors(told)
    for path in _each(record, "actor", "external"):
        _attackers(told, path)
    return told


def _each(record: JsonRecord | VerisRow, *path: str) -> list[Path]:
    """The path of a member, or those of its elements where it is a list; none where it is not there."""
    value = record.get(*path)
    if isinstance(value, list):
        return [(*path, at) for at in range(len(value))]
    return [] if value is None else [path]


def _strings(record: JsonRecord | VerisRow, *path: str | int) -> list[tuple[Path, str]]:
    """A text, or the texts of a list, that say something, with their paths."""
    value = record.get(*path)
    found = [((*path, at), text) for at, text in enumerate(value)] if isinstance(value, list) else [(path, value)]
    return [(at, text) for at, text in found if isinstance(text, str) and not is_placeholder(text.strip() or "-")]


def _victim(told: Cast, path: Path) -> None:
    """The organization that it happened to."""
    inside = path if isinstance(told.record.get(*path), str) else (*path, "victim_id")
    industry = _industry(told, *path, "industry")
    for at, printed in _strings(told.record, *inside):
        for listed in names.listed(printed, 0):
            party = Party(
                listed.name, _victims_role(told), names.is_group(listed.name), None, industry or listed.industry,
                names.identifiers(listed.name), (_part(told, at, listed),),
            )  # fmt: skip
            told.victims.append(told.add(party))


def _unnamed_victim(told: Cast) -> None:
    """A victim that the record does not name, with what it says of it."""
    path: Path = ("victim", "industry") if ("victim", "industry") in told.used else ("victim",)
    if isinstance(told.record.get(*path), str | int | dict):
        proof = told.record.evidence(*path, certainty=told.certainty)
        industry = _industry(told, "victim", "industry")
        role = _victims_role(told)
        party = Party(
            "unnamed organization", role, unnamed_group=True, count=(1, 1), industry=industry, evidence=(proof,)
        )
        told.victims.append(told.add(party))


def _victims_role(told: Cast) -> Role:
    """Breached, unless it was the deed of a partner alone: then the failure began there."""
    actor = told.record.get("actor")
    alone = isinstance(actor, dict) and bool(actor.get("partner")) and not actor.keys() & {"external", "internal"}
    if not told.happened:
        return Role.OTHER
    return Role.AFFECTED_DOWNSTREAM if alone else Role.BREACHED


def _industry(told: Cast, *path: str | int) -> str:
    """The NAICS code at a path, "" where there is none; zeros say "unknown"."""
    value = told.record.get(*path)
    code = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    known = bool(industry_of(code))
    if known or (code and not code.strip("0")):
        told.used.add(path)
    return code if known else ""


def _part(told: Cast, path: Path, listed: Listed, **changes: Any) -> Evidence:
    """The evidence for one name of a printed value."""
    whole = listed.start == 0 and listed.end == len(told.record.get(*path))
    part = {} if whole else {"start": listed.start, "end": listed.end}
    return told.proof(*path, **part, **changes)


def _secondary(told: Cast) -> None:
    """The secondary victims: customers of the victim, its kin, or people."""
    path: Path = ("victim", "secondary", "victim_id")
    amount = told.record.get("victim", "secondary", "amount")
    found = _names(told, path, 3)
    if isinstance(amount, int) and len(found) < amount == len(pairs := _names(told, path, 2)):
        found = pairs
    met = {name_key(name) for name in told.victims}
    people = 0
    for at, listed in found:
        if is_placeholder(listed.name) or name_key(listed.name) in met:
            continue
        met.add(name_key(listed.name))
        people += names.is_people(listed.name)
        _secondary_victim(told, at, listed, alone=len(found) == 1)
    _amount(told, amount, len(met) - len(told.victims), people)


def _names(told: Cast, path: Path, least: int) -> list[tuple[Path, Listed]]:
    """The names in a list; an element that is only the end of a name is put back to it."""
    found: list[tuple[Path, Listed]] = []
    for at, printed in _strings(told.record, *path):
        if found and is_debris(printed):
            before = found[-1]
            found[-1] = before[0], replace(before[1], name=f"{before[1].name}, {printed.strip()}")
            told.used.add(at)
        else:
            found += [(at, listed) for listed in names.listed(printed, least)]
    return found


def _secondary_victim(told: Cast, at: Path, listed: Listed, *, alone: bool) -> None:
    vendor = told.victims[0]
    kin = _kin(told, listed, alone=alone)
    group, people = names.is_group(listed.name), names.is_people(listed.name)
    role = Role.AFFECTED_DOWNSTREAM if told.happened else Role.OTHER
    if kin:
        role = Role.SUPPLIER_ONLY if kin.kind == names.VENDOR else Role.OTHER
    proof = _part(told, at, listed, basis=Basis.IMPLIED, confidence=_LISTED)
    name = told.add(
        Party(
            listed.name, role, group or people, (1, 1) if names.is_person(listed.name) else None, listed.industry,
            names.identifiers(listed.name), (proof,),
        )
    )  # fmt: skip
    if kin and kin.kind == names.VENDOR:
        told.tie(vendor, name, _kins_proof(told, kin, proof))
    elif kin and not (group or people or told.parties[name_key(vendor)].unnamed_group):
        told.affiliations.append(_affiliation(name, vendor, kin.kind, _kins_proof(told, kin, proof)))
    elif not (kin or people):
        told.tie(name, vendor, *_support(told, name, vendor, proof))


def _kin(told: Cast, listed: Listed, *, alone: bool) -> Kin | None:
    if listed.kin and (not listed.of or name_key(listed.of) in set(map(name_key, told.victims))):
        return names.Kin(listed.kin)
    note = names.kin_in_words(told.record.get("victim", "secondary", "notes")) if alone else ""
    return names.kin(listed.name, told.victims, [text for _, text in told.prose(*_PROSE)]) or (
        names.Kin(note) if note else None
    )


def _kins_proof(told: Cast, kin: Kin, listed: Evidence) -> Evidence:
    """The words that say what a secondary victim is; where none do, its place in the list."""
    if kin.text < 0:
        return replace(listed, basis=Basis.INFERRED if kin.kind == names.LINKED else Basis.STATED)
    path, _ = told.prose(*_PROSE)[kin.text]
    return told.record.evidence(*path, start=kin.start, end=kin.end, certainty=told.certainty, confidence=_REVERSED)


def _affiliation(name: str, victim: str, kind: str, proof: Evidence) -> Affiliation:
    if kind == names.PARENT:
        return Affiliation(victim, AffiliationKind.SUBSIDIARY, name, (proof,))
    told = AffiliationKind.SUBSIDIARY if kind == names.SUBSIDIARY else AffiliationKind.LINKED
    return Affiliation(name, told, victim, (proof,))


def _support(told: Cast, customer: str, vendor: str, listed: Evidence) -> Iterator[Evidence]:
    """The place in the list; behind it the sentence that says so too, if there is one."""
    for path, text in told.prose(("summary",)):
        if not (mention(customer, text) and mention(vendor, text)):
            continue
        passage = told.record.passage(*path)
        outer = Passage.of(told.record.text)
        value = Value(passage.text, "", "", passage, outer, told.record.text)
        for relation in relations(sentences([value]), [customer], [vendor]):
            yield replace(listed, confidence=_SUPPORTED)
            yield replace(relation.evidence, place=told.record.place_of(*path), certainty=told.certainty)
            return
    yield listed


def _amount(told: Cast, amount: object, named: int, people: int) -> None:
    """How many secondary victims there are: those that are not named are a group of customers, or people."""
    if isinstance(amount, bool) or not isinstance(amount, int) or amount <= 0:
        return
    proof = told.proof("victim", "secondary", "amount")
    if people and people == named:
        told.counts.append(RecordCount(amount, amount, "people", told.certainty, (proof,)))
    elif amount > named:
        more = amount - named
        name = f"{more:,} {'other ' if named else ''}secondary victim{'s' if more > 1 else ''}"
        role = Role.AFFECTED_DOWNSTREAM if told.happened else Role.OTHER
        group = told.add(Party(name, role, unnamed_group=True, count=(more, more), evidence=(proof,)))
        told.tie(group, told.victims[0], replace(proof, basis=Basis.IMPLIED, confidence=_LISTED))


def _partner(told: Cast, path: Path) -> None:
    """The vendor whose deed or fault it was; the victims are its customers."""
    industry = _industry(told, *path, "industry")
    role = Role.BREACHED if told.happened else Role.OTHER
    partners = [
        Party(name, role, names.is_group(name), None, industry, names.identifiers(name), (proof,))
        for name, proof in _partners_names(told, path)
    ]
    for partner in partners or [_unnamed_partner(told, path, role, industry)]:
        name = told.add(partner)
        for victim in told.victims:
            told.tie(victim, name, *partner.evidence)


def _partners_names(told: Cast, path: Path) -> Iterator[tuple[str, Evidence]]:
    """A partner's names: from its field, else the first in its notes or the other texts."""
    printed = _names(told, (*path, "name"), 3)
    if printed:
        yield from ((listed.name, _part(told, at, listed)) for at, listed in printed)
        return
    known = tuple(told.victims)
    notes = (*path, "notes")
    for at, text in told.prose(notes, *_PROSE):
        found = (own_name(text, known) if at == notes else None) or next(vendors(text, known), None)
        if found:
            yield found.name, _words(told, at, found)
            return


def _unnamed_partner(told: Cast, path: Path, role: Role, industry: str) -> Party:
    named = [name for name in told.victims if not told.parties[name_key(name)].unnamed_group]
    name = f"unnamed partner of {named[0]}" if named else "unnamed partner"
    proof = told.record.evidence(*path, certainty=told.certainty)
    return Party(name, role, unnamed_group=True, count=(1, None), industry=industry, evidence=(proof,))


def _words(told: Cast, path: Path, found: NamedVendor) -> Evidence:
    """The evidence for a name in a text."""
    return told.record.evidence(
        *path, start=found.start, end=found.end, certainty=told.certainty, confidence=found.confidence
    )


def _mentioned_vendors(told: Cast) -> None:
    """Vendors that took no part: those that notes call a partner, or the one behind assets that a third party runs."""
    asset = told.record.value.get("asset")
    outside = isinstance(asset, dict) and any(
        not _HOSTED.isdisjoint(text for _, text in _strings(told.record, "asset", name))
        for name in _RUN_BY
        if name in asset
    )
    known = tuple(told.victims)
    for path, text in told.prose(("notes",), *([("summary",)] if outside else [])):
        for found in vendors(text, known):
            if found.confidence >= (Decimal("0.9") if path == ("notes",) else Decimal("0.8")):
                proof = _words(told, path, found)
                vendor = told.add(Party(found.name, Role.SUPPLIER_ONLY, evidence=(proof,)))
                for victim in told.victims:
                    told.tie(victim, vendor, proof)


def _attackers(told: Cast, path: Path) -> None:
    """The outsiders that are named; of notes, only those that are nothing but a name."""
    found = [(listed.name, _part(told, at, listed)) for at, listed in _names(told, (*path, "name"), 3)]
    for at, text in [] if found else told.prose((*path, "notes")):
        if name := names.alias(text):
            found.append((name, told.proof(*at, confidence=_NOTED)))
    for name, proof in found:
        if name_key(name) not in told.parties:
            told.add(Party(name, Role.ATTACKER, evidence=(proof,)))
