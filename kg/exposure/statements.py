"""What the canonical graph holds as plain values: nodes, and statements between two of them with the claims they rest on."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from kg.checks import worded
from kg.errors import KGError
from kg.model import Basis, Certainty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

ORGANIZATIONS = frozenset({"organization", "vendor"})
_CERTAINTY_RANK: dict[str, int] = {name: rank for rank, name in enumerate(Certainty)}
_BASIS_RANK: dict[str, int] = {name: rank for rank, name in enumerate(Basis)}
_OF_A_SERVICE = ("suspended", "ended", "active", "unknown")
_OF_SERVICES = ("suspended", "active", "ended", "unknown")
_OF_A_PATH = ("ended", "suspended", "unknown", "active")
"""States of relationships, the one that counts first: among the last terms of one service, among services, and along a path."""
BEST = len(_OF_A_PATH)
"""The strength of what does not weaken a path."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The light copy of a claim: its IRI, and what it says of its own standing."""

    iri: str
    certainty: str
    basis: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """A supply relationship behind a `usesVendor` edge."""

    iri: str
    status: str
    service: str
    valid_from: date | None
    valid_until: date | None

    def holds_on(self, when: date) -> bool:
        """Return whether the relationship is in force on a day; its interval is half-open, and open where undated."""
        return (self.valid_from is None or self.valid_from <= when) and (
            self.valid_until is None or when < self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its IRI, kind and label, its other names, identifiers, and printed properties.

    `former_names` are those of the aliases that it no longer has: another organization may have one of them now.
    `sector` is the label of the sector that its industry belongs to, "" where no industry of the scheme is known.
    """

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    former_names: tuple[str, ...] = ()
    sector: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the JSON object by which answers name it."""
        return {"iri": self.iri, "label": self.label}

    @property
    def order(self) -> tuple[str, str]:
        """Return its place among nodes that are listed by name; of one name the first by IRI."""
        return self.label.casefold(), self.iri

    def printed(self, name: str) -> str:
        """Return the value of one of its properties, "" where it has none; of several values the last."""
        return dict(self.properties).get(name, "")

    @property
    def days(self) -> tuple[str, str]:
        """Return the first and the last day on which an incident can have happened, "" where that is not known."""
        told = dict(self.properties)
        return told.get("earliest", ""), told.get("latest", "")

    @property
    def span(self) -> tuple[date, date] | None:
        """Return the earliest and the latest day of an incident, None where it has no date."""
        first, last = self.days
        return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None

    @property
    def denied(self) -> bool:
        """Return whether all that is told of an incident says that it did not happen."""
        return {value for name, value in self.properties if name == "certainty"} == {Certainty.DENIED}


def told_apart(nodes: Iterable[Node]) -> dict[str, str]:
    """Return IRI -> label; where several have one label, an identifier or the last part of the IRI stands behind it."""
    each = {node.iri: node for node in nodes}
    met = Counter(node.label for node in each.values())
    return {iri: node.label if met[node.label] == 1 else f"{node.label} ({_mark(node)})" for iri, node in each.items()}


def _mark(node: Node) -> str:
    """What a node is found by and no other of its label."""
    return node.identifiers[0] if node.identifiers else node.iri.rsplit("/", 1)[-1]


def name_of(given: Any) -> str:
    """Return the text by which something is looked up: a name as it is given, of a node its IRI.

    Raises:
        KGError: it is neither.
    """
    if isinstance(given, Node):
        return given.iri
    if not isinstance(given, str):
        raise KGError(f"{worded(given)} is no name: give a text (a name, identifier or IRI) or a node")
    return given


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement: source node, type (a property's local name), target node, and its claims."""

    source: str
    type: str
    target: str
    claims: tuple[Claim, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    @property
    def claim_iris(self) -> list[str]:
        """Return the IRIs of its claims."""
        return [claim.iri for claim in self.claims]

    @property
    def certainty(self) -> str:
        """Return the strongest certainty that any claim gives the statement, "" where it has no claim."""
        return min(
            (claim.certainty for claim in self.claims), key=lambda word: _CERTAINTY_RANK.get(word, 9), default=""
        )

    @property
    def basis(self) -> str:
        """Return the strongest basis of any claim: stated before implied before inferred."""
        return min((claim.basis for claim in self.claims), key=lambda b: _BASIS_RANK.get(b, 9), default="inferred")

    @property
    def deciding(self) -> tuple[Relationship, ...]:
        """Return the relationships whose state is that of the statement.

        Of several terms of one service they are the last; where these differ, those that depart from active. What names
        no service is of every one; where it does not outlast all, only of those that last as long. Of several services those count that last longest, since whoever ends one contract
        and keeps another still uses the vendor; of these one that is suspended counts first, one that has ended last.
        """
        services: dict[str, list[Relationship]] = defaultdict(list)
        for one in self.relationships:
            services[one.service].append(one)
        of_all = services.pop("", []) if len(services) > 1 else []
        over = [one for one in of_all if one.status == "ended" and not one.valid_until]
        named = max((_lasts(one) for told in services.values() for one in told), default=date.min)
        last: set[Relationship] = set()
        for told in services.values():
            end = max(map(_until, told))
            of_it = [*told, *(one for one in of_all if one not in over and not end < _until(one) <= named)]
            end = max(map(_until, of_it))
            terms = _of_state([one for one in of_it if _until(one) == end], _OF_A_SERVICE)
            last.update(over if over and terms[0].status in {"active", "unknown"} else terms)
        longest = max(map(_lasts, last), default=None)
        return tuple(
            _of_state([one for one in self.relationships if one in last and _lasts(one) == longest], _OF_SERVICES)
        )

    @property
    def status(self) -> str:
        """Return the state of the relationships that decide, "unknown" where there are none."""
        return next((one.status for one in self.deciding), "unknown")

    @property
    def strength(self) -> int:
        """Return how good its state is along a path: the greater the better, `BEST` for what is no state of supply."""
        return _OF_A_PATH.index(self.status) if self.type == "usesVendor" else BEST

    @property
    def until(self) -> date | None:
        """Return the day from which on it is not in force any more, None where not all relationships that decide have one."""
        days = [one.valid_until for one in self.deciding]
        return None if None in days else max(filter(None, days), default=None)

    @property
    def spans(self) -> list[tuple[date | None, date | None]]:
        """Return the times with breaks between them in which any of its relationships was in force: since when, until when.

        None is where one is open. One that has ended on a day that nobody tells is not open; its end is left to those of the
        others, if it began before. One that was over before it began is told only where there is no other.
        """
        last = max((one.valid_until for one in self.relationships if one.valid_until), default=date.max)
        told: list[tuple[date, date]] = []
        for one in self.relationships:
            begin = one.valid_from or date.min
            told.append((begin, one.valid_until or (last if one.status == "ended" and begin < last else date.max)))
        found: list[tuple[date, date]] = []
        for begin, end in sorted([one for one in told if one[0] < one[1]] or told[:1]):
            since, until = found.pop() if found and begin <= found[-1][1] else (begin, end)
            found.append((since, max(until, end)))
        return [(begin if begin > date.min else None, end if end < date.max else None) for begin, end in found]

    @property
    def term(self) -> tuple[date | None, date | None]:
        """Return the day on which the first of its relationships began and that on which the last was over, None where one is open there."""
        spans = self.spans
        return (spans[0][0], spans[-1][1]) if spans else (None, None)

    def holds_on(self, when: date) -> bool:
        """Return whether the statement holds on a day: what has no relationships always does."""
        return not self.relationships or any(one.holds_on(when) for one in self.relationships)

    def on(self, when: date) -> Edge:
        """Return the statement with the relationships alone that are in force on a day."""
        return replace(self, relationships=tuple(one for one in self.relationships if one.holds_on(when)))


def state_along(path: Iterable[Edge]) -> tuple[str, date | None]:
    """Return the state of a path, and the day from which on it is not in force any more, None for no such day.

    The weakest of its supply relations decides, for who is supplied through one that has ended is not supplied: ended,
    suspended, unknown, active. Of several in that state the first to be over counts; where one of them has ended on a
    day that nobody tells, so has the path. That one organization is part of another is no state of supply.
    """
    supplies = [edge for edge in path if edge.type == "usesVendor"]
    weakest = min((edge.strength for edge in supplies), default=_OF_A_PATH.index("unknown"))
    state, days = _OF_A_PATH[weakest], [edge.until for edge in supplies if edge.strength == weakest]
    return state, None if state == "ended" and None in days else min(filter(None, days), default=None)


def _until(one: Relationship) -> date:
    """The day from which on a relationship is not in force any more; nobody tells of it of one that is open."""
    return one.valid_until or date.max


def _lasts(one: Relationship) -> date:
    """How long a relationship lasts; one that has ended on a day that nobody tells, not as long as any other."""
    return one.valid_until or (date.min if one.status == "ended" else date.max)


def _of_state(told: list[Relationship], states: tuple[str, ...]) -> list[Relationship]:
    """The relationships in the state that counts first."""
    first = min((one.status for one in told), key=states.index, default="")
    return [one for one in told if one.status == first]


def standing(edges: Iterable[Edge]) -> dict[str, tuple[str, str, str]]:
    """Return claim (an IRI) -> its subject, certainty and basis, of all that some statements rest on."""
    return {claim.iri: (edge.source, claim.certainty, claim.basis) for edge in edges for claim in edge.claims}


def neighbours(edges: Iterable[Edge]) -> dict[str, set[str]]:
    """Return node -> those that an edge joins it to, in either direction."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        found[edge.source].add(edge.target)
        found[edge.target].add(edge.source)
    return found


def distances(steps: Mapping[str, Iterable[str]], start: str, most: int) -> dict[str, int]:
    """Return node -> how many steps it is from the start, of those that are no farther than `most`."""
    found, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for there in steps.get(here, ()) if found[here] < most else ():
            if there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


@dataclass(frozen=True, slots=True)
class Exposure:
    """One kind of data that an incident exposed: the words, the concept's slug, the certainty."""

    text: str
    concept: str
    certainty: str


class Surroundings(Protocol):
    """What a question about a few nodes asks of a graph: a `projection.Projection` has it, and so has `around.Around`."""

    @property
    def nodes(self) -> Mapping[str, Node]:
        """IRI -> node."""

    def out(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that leave a node."""

    def into(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that reach a node."""

    def exposures(self, incident: str) -> list[Exposure]:
        """Return the data that an incident exposed."""

    def leaving(self, nodes: Collection[str]) -> list[Edge]:
        """Return the edges of any type that leave some nodes."""
