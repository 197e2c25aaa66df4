"""Who is who in a VERIS record, and who is whose vendor.

`victim.secondary` makes the victim a vendor and the secondary victims its customers, unless they are its parents,
subsidiaries or people. `actor.partner` makes the victim a customer: where the partner alone acted, or the record says that
the attack was on it, the failure began there, and the victim was harmed through it. The schema had no name for a partner
until 1.4: it stands in notes or in the summary.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.veris import names
from kg.extract.veris.casting import PROSE, Cast, belong, elements, names_in, part, strings
from kg.extract.veris.names import name_key
from kg.extract.veris.secondary import secondary
from kg.extract.veris.vendor_phrases import own_names, vendors
from kg.extract.veris.whose import began_at, calls_vendor, is_bystander, is_victims, went_on
from kg.model import Certainty, Party, Role
from kg.vocabulary import industry_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.record import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.veris.table import VerisRow
    from kg.extract.veris.vendor_phrases import NamedVendor
    from kg.model import Evidence

_NOTED, _PHRASED, _LABELLED = Decimal("0.6"), Decimal("0.8"), Decimal("0.9")
_LONGEST_NAME = 200
_HOSTED = frozenset(
    "3rd party hosted|3rd party managed|External|External - dedicated environment|External Cloud Asset(s)|Partner".split(
        "|"
    )
)
_THEIR_OWN = frozenset({"3rd party owned", "Partner"})
_RUN_BY = ("governance", "hosting", "management", "ownership")


def cast(record: JsonRecord | VerisRow, certainty: Certainty) -> Cast:
    """Return who takes part in a record of this certainty."""
    told = Cast(record, certainty)
    for path in _each(record, "victim"):
        _victim(told, path)
    if not told.victims:
        _unnamed_victim(told)
    if told.victims and isinstance(record.get("victim", "secondary"), dict):
        secondary(told)
    partners = _each(record, "actor", "partner")
    vendors = [name for path in partners for name in _partner(told, path)] or _mentioned_vendors(told)
    owners = [] if vendors else _owner(told)
    if (vendors or owners) and told.happened:
        _placed(told, vendors or owners, partners, sure=bool(owners))
    for path in _each(record, "actor", "external"):
        _attackers(told, path)
    return told


def _each(record: JsonRecord | VerisRow, *path: str) -> list[Path]:
    """The path of a member, or those of its elements where it is a list; none where it is not there."""
    value = record.get(*path)
    return elements(record, *path) if isinstance(value, list) else [] if value is None else [path]


def _victim(told: Cast, path: Path) -> None:
    """The organization that it happened to."""
    inside = path if isinstance(told.record.get(*path), str) else (*path, "victim_id")
    industry = _industry(told, *path, "industry")
    for at, printed in strings(told.record, *inside):
        for listed in names.listed(printed, names.ONLY_FORMS):
            party = Party(
                listed.name, _victims_role(told), names.is_group(listed.name), None, industry or listed.industry,
                names.identifiers(listed.name), (part(told, at, listed),),
            )  # fmt: skip
            told.victims.append(told.add(party))
            if listed.kin:
                belong(told, told.victims[-1], at, listed)


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
    """The NAICS code at a path, or the words that stand for one, "" where there is none; zeros say "unknown"."""
    value = told.record.get(*path)
    code = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    known = bool(industry_of(code)) or (code[:1].isalpha() and strings(told.record, *path) != [])
    if known or (code and not code.strip("0")):
        told.used.add(path)
    return code if known else ""


def _partner(told: Cast, path: Path) -> list[str]:
    """The vendor whose deed or fault it was, by its name or names; the victims are its customers."""
    industry = _industry(told, *path, "industry")
    role = Role.BREACHED if told.happened else Role.OTHER
    partners = [
        Party(name, role, names.is_group(name), None, industry, names.identifiers(name), (proof,))
        for name, proof in _partners_names(told, path)
    ]
    found = []
    for partner in partners or [_unnamed_partner(told, path, role, industry)]:
        name = told.add(partner)
        found.append(name)
        if name in told.victims and told.happened:  # it began at one of those that the record calls its victims
            told.parties[name_key(name)] = replace(told.parties[name_key(name)], role=Role.BREACHED)
        for victim in told.victims:
            told.tie(victim, name, *partner.evidence)
    return found


def _partners_names(told: Cast, path: Path) -> Iterator[tuple[str, Evidence]]:
    """A partner's names: from its field, else those of its notes, or the first in the other texts."""
    printed = names_in(told, (*path, "name"), 3)
    if printed:
        yield from ((listed.name, part(told, at, listed)) for at, listed in printed)
        return
    known = tuple(told.victims)
    notes = (*path, "notes")
    for at, text in told.prose(notes, *PROSE):
        if at == notes and (itself := _itself(told, text)):
            yield itself, told.proof(*at)
            return
        took_part = (found for found in vendors(text, known) if not is_bystander(text, found))
        found = own_names(text, known) if at == notes else list(islice(took_part, 1))
        if found:
            yield from ((name.name, _words(told, at, name)) for name in found)
            return


def _itself(told: Cast, note: str) -> str:
    """The victim that a note on the partner consists of, "" where it says anything else."""
    said = name_key(note.strip(" .,;\t\r\n")) if len(note) <= _LONGEST_NAME else ""
    return next(
        (name for name in told.victims if said and name_key(name) == said and not told.parties[said].unnamed_group), ""
    )


def _unnamed_partner(told: Cast, path: Path, role: Role, industry: str) -> Party:
    named = [name for name in told.victims if not told.parties[name_key(name)].unnamed_group]
    name = f"unnamed partner of {named[0]}" if named else "unnamed partner"
    proof = told.record.evidence(*path, certainty=told.certainty)
    return Party(name, role, unnamed_group=True, count=(1, None), industry=industry, evidence=(proof,))


def _words(told: Cast, path: Path, found: NamedVendor) -> Evidence:
    """The evidence for a name in a text."""
    certainty = Certainty.SUSPECTED if found.guessed and told.happened else told.certainty
    return told.record.evidence(
        *path, start=found.start, end=found.end, certainty=certainty, confidence=found.confidence
    )


def _mentioned_vendors(told: Cast) -> list[str]:
    """Vendors that took no part: those that notes call a partner, or a summary the victim's, or behind assets that a third party runs."""
    known, named, outside = tuple(party.name for party in told.parties.values()), [], _is_outside(told, "cloud")
    for path, text in told.prose(("notes",), ("asset", "notes"), ("summary",)):
        noted = path[-1] == "notes"
        for found in vendors(text, known) if noted or outside or calls_vendor(text) else ():
            least = _LABELLED if noted else _PHRASED if outside else 1
            if found.confidence >= least or is_victims(text, found, told.victims):
                proof = _words(told, path, found)
                named.append(told.add(Party(found.name, Role.SUPPLIER_ONLY, evidence=(proof,))))
                for victim in told.victims:
                    told.tie(victim, named[-1], proof)
    return named


def _owner(told: Cast) -> list[str]:
    """A vendor that nobody names, where the record says that what was harmed is a partner's own."""
    said = [found for name in ("ownership", "governance") for found in strings(told.record, "asset", name)]
    owned = [path for path, text in said if text in _THEIR_OWN]
    if not (told.victims and owned) or any(text == "Victim" for _, text in said):
        return []
    partner = _unnamed_partner(told, owned[0], Role.SUPPLIER_ONLY, "")
    name = told.add(partner)
    for victim in told.victims:
        told.tie(victim, name, *partner.evidence)
    return [name]


def _is_outside(told: Cast, *more: str) -> bool:
    """Whether the assets are run by a third party, as the given fields tell too."""
    asset = told.record.value.get("asset")
    return isinstance(asset, dict) and any(
        not _HOSTED.isdisjoint(text for _, text in strings(told.record, "asset", name))
        for name in (*_RUN_BY, *more)
        if name in asset
    )


def _placed(told: Cast, vendors: list[str], partners: list[Path], *, sure: bool) -> None:
    """Make victims those that were harmed through a vendor, where an outsider attacked and the record says that it was the vendor.

    `sure`: whether a field of the record says so.
    """
    actor = told.record.get("actor")
    if not isinstance(actor, dict) or not actor.get("external") or actor.get("internal"):
        return
    texts = [text for _, text in told.prose(*PROSE, *((*path, "notes") for path in partners))]
    hosted = bool(partners) and _is_outside(told)
    for name in map(name_key, vendors):
        member = told.parties[name]
        called = "" if member.unnamed_group else member.name
        if sure or began_at(texts, called) or (hosted and not went_on(texts, called)):
            told.parties[name] = replace(member, role=Role.BREACHED)
            for victim in set(map(name_key, told.victims)) - set(map(name_key, vendors)):
                told.parties[victim] = replace(told.parties[victim], role=Role.AFFECTED_DOWNSTREAM)


def _attackers(told: Cast, path: Path) -> None:
    """The outsiders that are named; of notes, only those that are nothing but a name."""
    printed = [(at, names.band(listed)) for at, listed in names_in(told, (*path, "name"), 3)]
    found = [(listed.name, part(told, at, listed)) for at, listed in printed]
    for at, text in [] if found else told.prose((*path, "notes")):
        if name := names.alias(text):
            found.append((name, told.proof(*at, confidence=_NOTED)))
    for name, proof in found:
        if name_key(name) not in told.parties:
            told.add(Party(name, Role.ATTACKER, evidence=(proof,)))
