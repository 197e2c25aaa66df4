"""Secondary victims of a VERIS record: customers of the victim, its kin, or people; and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.counts import parse_count, whole_number
from kg.extract.fields import Value, is_placeholder
from kg.extract.passage import Passage
from kg.extract.relations import mention, relations, sentences
from kg.extract.veris import names
from kg.extract.veris.casting import PROSE, affiliation, belong, names_in, part
from kg.extract.veris.kin import Kin, kin_in_words, kin_of
from kg.extract.veris.names import name_key
from kg.model import Basis, Party, RecordCount, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.spans import Path
    from kg.extract.veris.casting import Cast
    from kg.extract.veris.names import Listed
    from kg.model import Evidence

_LISTED = Decimal("0.8")
"""That a secondary victim is a customer: the list holds others too."""
_SUPPORTED = Decimal("0.9")
_REVERSED = Decimal("0.7")
_VICTIMS: Path = ("victim", "secondary", "victim_id")
_AMOUNT: Path = ("victim", "secondary", "amount")
_UNLISTED = regex(r"[\d,]{1,20} (?:other )?secondary victims?")
"""What those are called here that are counted and not listed; a file that this package exported lists them so."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A secondary victim: where it stands, its name, what it is.

    `size`: of a group how many, None where nothing tells. `exact`: how many of all secondary victims it surely is, 0 where
    that is not known.
    """

    at: Path
    listed: Listed
    group: bool
    people: bool
    size: tuple[int | None, int | None] | None
    exact: int


def secondary(told: Cast) -> None:
    """Add the secondary victims: customers of the victim, its kin, or people."""
    amount = whole_number(told.record.get(*_AMOUNT)) or 0
    met = {name_key(name) for name in told.victims}
    entries, again = [], 0
    for at, listed in _listed(told, amount):
        if is_placeholder(listed.name):
            continue
        if name_key(listed.name) in met:  # the victim itself, or one that is listed twice
            again += 1
            continue
        met.add(name_key(listed.name))
        entries.append(_entry(at, listed))
    entries = _people_told(entries, amount, again)
    rest = _rest(entries, amount, again)
    for entry in entries:
        _secondary_victim(told, entry, 0 if entry.exact else rest, alone=len(entries) + again == 1)
    _amount(told, amount, entries, rest, again)


def _listed(told: Cast, amount: int) -> list[tuple[Path, Listed]]:
    """The names, parted so that they are as many as the record says, where they can be; a firm's name may hold commas."""
    found = names_in(told, _VICTIMS, 3)
    if not amount or len(found) == amount:
        return found
    pairs = names_in(told, _VICTIMS, 2)
    if len(pairs) == amount:
        return pairs
    whole = names_in(told, _VICTIMS, 0)
    joined = any("&" in listed.name or " and " in listed.name for _, listed in whole)
    return whole if joined and len(whole) == amount else found


def _entry(at: Path, listed: Listed) -> _Entry:
    unlisted = _UNLISTED.fullmatch(listed.name) is not None
    people = not unlisted and names.is_people(listed.name)
    group = unlisted or names.is_group(listed.name)
    if names.is_person(listed.name) or not (people or group):
        return _Entry(at, listed, group, people, (1, 1) if people else None, 1)
    counted = None if people else parse_count(listed.name)
    if counted is None:
        return _Entry(at, listed, group, people, None, 0)
    exact = counted.low or 0 if counted.low == counted.high else 0
    return _Entry(at, listed, group, people, (counted.low, counted.high), exact)


def _people_told(entries: list[_Entry], amount: int, again: int) -> list[_Entry]:
    """The entries, people as one of them where the list is nearly as long as the amount: then that counts what is listed."""
    missing = amount - again - sum(max(entry.exact, int(entry.people)) for entry in entries)
    if missing >= sum(not (entry.group or entry.people) for entry in entries):
        return entries
    return [replace(entry, exact=1) if entry.people else entry for entry in entries]


def _rest(entries: list[_Entry], amount: int, again: int) -> int:
    """How many of the amount are not accounted for by entries whose number is known, 0 where that tells nothing."""
    unclear = [entry for entry in entries if not entry.exact]
    if len(unclear) > 1 or any(entry.people or entry.size for entry in unclear):
        return 0
    rest = amount - again - sum(entry.exact for entry in entries)
    return rest if rest > len(unclear) else 0  # one for "Banks": what is counted is the list


def _secondary_victim(told: Cast, entry: _Entry, rest: int, *, alone: bool) -> None:
    """Add one; `rest`: how many a group is of which nothing else tells that."""
    vendor, listed, group, people = told.victims[0], entry.listed, entry.group, entry.people
    kin = _kin(told, listed, alone=alone)
    role = Role.AFFECTED_DOWNSTREAM if told.happened else Role.OTHER
    if kin:
        role = Role.SUPPLIER_ONLY if kin.kind == names.VENDOR else Role.OTHER
    proof = part(told, entry.at, listed, basis=Basis.IMPLIED, confidence=_LISTED)
    size = entry.size or ((rest, rest) if group and rest else None)
    proofs = (proof, told.proof(*_AMOUNT)) if size and not entry.size else (proof,)
    name = told.add(
        Party(listed.name, role, group or people, size, listed.industry, names.identifiers(listed.name), proofs)
    )
    if listed.kin and not _of_victim(told, listed):
        belong(told, name, entry.at, listed)
    if kin and kin.kind == names.VENDOR:
        told.tie(vendor, name, _kins_proof(told, kin, proof))
    elif kin and not (group or people or told.parties[name_key(vendor)].unnamed_group):
        told.affiliations.append(affiliation(name, vendor, kin.kind, _kins_proof(told, kin, proof)))
    elif not (kin or people):
        told.tie(name, vendor, *_support(told, name, vendor, proof))


def _kin(told: Cast, listed: Listed, *, alone: bool) -> Kin | None:
    if listed.kin and _of_victim(told, listed):
        return Kin(listed.kin)
    note = kin_in_words(told.record.get("victim", "secondary", "notes")) if alone else ""
    return kin_of(listed.name, told.victims, [text for _, text in told.prose(*PROSE)]) or (Kin(note) if note else None)


def _of_victim(told: Cast, listed: Listed) -> bool:
    """Whether what is printed of the kin of a secondary victim is said of the victim."""
    return not listed.of or name_key(listed.of) in set(map(name_key, told.victims))


def _kins_proof(told: Cast, kin: Kin, listed: Evidence) -> Evidence:
    """The words that say what a secondary victim is; where none do, its place in the list."""
    if kin.text < 0:
        return replace(listed, basis=Basis.INFERRED if kin.kind == names.LINKED else Basis.STATED)
    path, _ = told.prose(*PROSE)[kin.text]
    return told.record.evidence(*path, start=kin.start, end=kin.end, certainty=told.certainty, confidence=_REVERSED)


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


def _amount(told: Cast, amount: int, entries: list[_Entry], rest: int, again: int) -> None:
    """How many secondary victims there are: those that are not listed are a group of customers, or people; else a note tells it."""
    if not amount:
        return
    if entries and all(entry.people for entry in entries):
        told.counts.append(RecordCount(amount, amount, "people", told.certainty, (told.proof(*_AMOUNT),)))
    elif rest and all(entry.exact for entry in entries):
        proof = told.proof(*_AMOUNT)
        name = f"{rest:,} {'other ' if entries or again else ''}secondary victim{'s' if rest > 1 else ''}"
        role = Role.AFFECTED_DOWNSTREAM if told.happened else Role.OTHER
        group = told.add(Party(name, role, unnamed_group=True, count=(rest, rest), evidence=(proof,)))
        told.tie(group, told.victims[0], replace(proof, basis=Basis.IMPLIED, confidence=_LISTED))
    elif not rest and all(entry.exact for entry in entries):
        told.used.add(_AMOUNT)
