"""Records that have fields as well as prose: what their prose adds to them. The fields go before it wherever both tell a thing.

Feeds hide the vendor there: a list of companies does not say who used whom, a sentence beside it does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from kg.counts import same_group
from kg.extract.certainties import least
from kg.extract.fields import spanning
from kg.extract.lexicon import classes
from kg.extract.llm.joining import added, exposed
from kg.model import EXPOSED, Certainty, Incident, Role
from kg.names import key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.extract.fields import Value
    from kg.extract.prose.telling import Prove
    from kg.model import DataExposure, Defect, Evidence, Extracted, Party, RecordCount

_LINE: Final = regex(r"[^\r\n]+")
_ENDS: Final = regex(r"[.!?…]['\"”’)\]]*\s*\Z")
_UNCOUNTED: Final = (None, (1, 1), (1, None))
_LEAST: Final = 3
"""Letters that a name has at least that may be short for another."""
_TRADES: Final = frozenset({"COMPANY", "KIND", "VENDOR"})
"""Classes of words for what a company is, which may stand before its name."""
_Fact = TypeVar("_Fact", "Party", "DataExposure", "RecordCount")
_Doubtful = TypeVar("_Doubtful", "DataExposure", "RecordCount")


def supplemented(
    records: Iterable[tuple[Extracted, Sequence[Value]]],
    tell: Callable[[str, Prove], tuple[Iterable[Incident], Iterable[Defect]]],
) -> Iterator[Extracted]:
    """Yield records, each incident with what its prose adds to it.

    Args:
        records: the records, each with the passages that tell of it in prose.
        tell: gives the incidents of a text, and what went wrong, by what gives the evidence for characters of it.
    """
    for record, passages in records:
        if not isinstance(record, Incident) or not passages:
            yield record
            continue
        account = _Account(passages)
        found, defects = tell(account.text, account.prove)
        yield from defects
        told = list(found)
        same = next((one for one in told if exposed(one) & exposed(record)), told[0] if len(told) == 1 else None)
        yield record if same is None else _joined(record, same)


class _Account:
    """The sentences of several passages as one text, with the way back to each."""

    def __init__(self, passages: Sequence[Value]) -> None:
        self._parts: list[tuple[int, Value, int]] = []
        lines: list[str] = []
        length = 0
        for number, value in enumerate(passages):
            for match in _LINE.finditer(value.text):
                # A headline writes every word as a name is written; an address tells nothing.
                if "://" not in match[0] and _ENDS.search(match[0]):
                    self._parts.append((length, value.part(*match.span()), number))
                    lines.append(match[0])
                    length += len(match[0]) + 1
        self.text = "\n".join(lines)

    def prove(self, start: int, end: int) -> Evidence:
        """Return the evidence for characters of the text; of those in two passages, for what stands in the second."""
        touched = [(at, part, number) for at, part, number in self._parts if at < end and at + len(part.text) > start]
        last = touched[-1][2]
        pieces = [
            part.part(max(0, start - at), min(len(part.text), end - at))
            for at, part, number in touched
            if number == last
        ]
        return pieces[0].evidence() if len(pieces) == 1 else spanning(pieces)


def _joined(own: Incident, told: Incident) -> Incident:
    """A record with what its prose has beyond it; of kinds of data, numbers and dates only such as no field tells."""
    renamed = _no_surer(_Naming(own, told).incident(), own.certainty)
    dated = {date.what for date in own.dates}
    acts = {act.action for act in own.responses}
    # What a post tells in its article and again in a summary is counted once.
    counts = {(count.low, count.high, count.unit): count for count in reversed(renamed.record_counts)}
    return added(
        _recast(own, renamed),
        replace(
            renamed,
            data_types=() if own.data_types else renamed.data_types,
            record_counts=() if own.record_counts else tuple(reversed(counts.values())),
            dates=tuple(date for date in renamed.dates if date.what not in dated),
            responses=tuple(act for act in renamed.responses if act.action not in acts),
        ),
    )


def _no_surer(told: Incident, certainty: Certainty) -> Incident:
    """What the prose tells, as surely at most as the record tells that it happened."""
    if certainty is Certainty.CONFIRMED:
        return told

    def lowered(fact: _Fact) -> _Fact:
        proofs = tuple(replace(one, certainty=least(certainty, one.certainty)) for one in fact.evidence)
        return replace(fact, evidence=proofs)

    def doubted(fact: _Doubtful) -> _Doubtful:
        return replace(lowered(fact), certainty=least(certainty, fact.certainty))

    return replace(
        told,
        parties=tuple(lowered(party) if party.role in EXPOSED else party for party in told.parties),
        data_types=tuple(map(doubted, told.data_types)),
        record_counts=tuple(map(doubted, told.record_counts)),
    )


def _recast(own: Incident, told: Incident) -> Incident:
    """A record in which the prose tells that companies were hit through a vendor: they are its customers, unless they supply others."""
    hit = {key(party.name) for party in told.parties if party.role is Role.BREACHED and not party.unnamed_group}
    suppliers = {key(r.supplier) for r in own.uses_vendor}
    through = {key(r.customer) for r in told.uses_vendor if key(r.supplier) in hit} - suppliers
    spared = {key(party.name) for party in told.parties if party.role is Role.AFFECTED_DOWNSTREAM} & through
    parties = (
        replace(party, role=Role.AFFECTED_DOWNSTREAM)
        if party.role is Role.BREACHED and key(party.name) in spared
        else party
        for party in own.parties
    )
    return replace(own, parties=tuple(parties))


@dataclass(slots=True)
class _Naming:
    """The parties of the prose under the names that the record has for them; groups that are told already are left out."""

    own: Incident
    told: Incident

    def incident(self) -> Incident:
        """Return what the prose tells, in the names of the record."""
        names = {party.name: self._name(party) for party in self.told.parties}
        own = self._own_sites(names)
        parties = {
            name: replace(party, name=name)
            for party in self.told.parties
            if (name := names[party.name]) not in own and not self._is_vague(party)
        }
        known = parties.keys() | {party.name for party in self.own.parties}
        called = {told: name for told, name in names.items() if name in known}
        return replace(
            self.told,
            parties=tuple(parties.values()),
            uses_vendor=tuple(
                replace(r, customer=called[r.customer], supplier=called[r.supplier])
                for r in self.told.uses_vendor
                if {r.customer, r.supplier} <= called.keys() and called[r.customer] != called[r.supplier]
            ),
            responses=tuple(
                replace(act, actor=called.get(act.actor, ""), target=called.get(act.target, ""))
                for act in self.told.responses
            ),
        )

    def _own_sites(self, names: Mapping[str, str]) -> set[str]:
        """The companies that prose alone tells as customers of a company of which no field tells that it supplies anybody.

        A post about one company names its hotels, plants and branches; the customers of a vendor are listed.
        """
        if self.own.uses_vendor:
            return set()
        groups = {party.name for party in self.told.parties if party.unnamed_group}
        known = {party.name for party in self.own.parties}
        pairs = {(names[r.customer], names[r.supplier]) for r in self.told.uses_vendor if r.customer not in groups}
        return {customer for customer, supplier in pairs if supplier in known and customer not in known}

    def _name(self, party: Party) -> str:
        """How the record calls a party of the prose; its own name where the record does not know it."""
        alike = [
            own.name for own in self.own.parties if own.unnamed_group == party.unnamed_group and self._same(own, party)
        ]
        return alike[0] if len(alike) == 1 else party.name

    @staticmethod
    def _same(own: Party, party: Party) -> bool:
        one, other = key(own.name), key(party.name)
        if party.unnamed_group:
            return one == other or same_group(own.name, own.count, party.name, party.count)
        short, long = sorted((one, other), key=len)
        either = {key(part) for part in own.name.split("/")}
        named = {one, *either}
        return other in named or _bare(other) in named or (len(short) >= _LEAST and long.startswith(f"{short} "))

    def _is_vague(self, party: Party) -> bool:
        """Whether a group adds nothing: others of that role are told, by name or in the record, and no number says how many it was."""
        if not party.unnamed_group or party.count not in _UNCOUNTED:
            return False
        named = any(other.role is party.role and not other.unnamed_group for other in self.told.parties)
        return named or any(own.role is party.role for own in self.own.parties)


def _bare(name: str) -> str:
    """The key of a name without the common noun of a trade that it begins with, "" where it begins with none: "Publisher Alder Games".

    What is left has to be several words: one may be a name of its own ("Bureau Veritas", "Club Med").
    """
    first, _, rest = name.partition(" ")
    return "" if " " not in rest or _TRADES.isdisjoint(classes().get(first, ())) else rest
