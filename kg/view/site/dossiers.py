"""What the pages of a site tell: of a vendor, of an incident, each put together from what stands around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.dates import date_words, parse_edtf
from kg.exposure.answers import reached_through
from kg.exposure.disputes import SPARED
from kg.exposure.structure import CERTAINTIES, happened_at
from kg.model import Certainty
from kg.view.contents import disputes
from kg.view.palette import edge_order, in_words
from kg.view.site.naming import Addresses
from kg.view.site.particulars import Particulars
from kg.view.site.picture import Drawer
from kg.view.site.records import Dossier, Exposures, Happening, Moment, Reached, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.evidence import Evidence
    from kg.exposure.answers import BlastRadiusAnswer
    from kg.exposure.disputes import Dispute
    from kg.exposure.projection import Projection
    from kg.exposure.statements import Node
    from kg.exposure.structure import Exposed
    from kg.store import GraphStore
    from kg.view.page import Edge, Page
    from kg.view.site.particulars import Account

_ROLES: Final = {"breached": "breached here", "affectsDownstream": "reached it from elsewhere"}
"""What an incident was to an organization; other roles are told in the words of the edge."""
_TOLD_ELSEWHERE: Final = frozenset({"earliest", "latest", "type", "at least", "at most", "url"})


class Library:
    """Everything the pages are made from, looked up once.

    Attributes:
        projection: nodes and edges.
        page: the same with quotes, as the interactive page shows it.
        addresses: where everything is told.
    """

    def __init__(self, projection: Projection, page: Page, store: GraphStore, evidence: Evidence) -> None:
        self.projection, self.page = projection, page
        self.addresses = Addresses(projection.nodes.values(), {node.id for node in page.nodes})
        self._drawer = Drawer(page)
        self._particulars = Particulars(store, evidence)
        self._around: dict[str, list[Edge]] = defaultdict(list)
        self._between: dict[tuple[str, str, str], Edge] = {}
        self._accounts: dict[str, Account] = {}
        self._radii: dict[str, BlastRadiusAnswer] = {}
        self._disputed: dict[str, list[Dispute]] = defaultdict(list)
        self._rows: dict[str, dict[str, Reached]] = {}
        for dispute in disputes(projection):
            self._disputed[dispute.incident.iri].append(dispute)
        for edge in page.edges:
            self._between[edge.source, edge.kind, edge.target] = edge
            for end in dict.fromkeys((edge.source, edge.target)):
                self._around[end].append(edge)

    def of_kind(self, kind: str) -> list[Node]:
        """Return the nodes of a kind, in the order of their IRIs."""
        return [node for node in self.projection.nodes.values() if node.kind == kind]

    def radius(self, vendor: str) -> BlastRadiusAnswer:
        """Return who is exposed through an organization (an IRI)."""
        if vendor not in self._radii:
            self._radii[vendor] = reached_through(self.projection, self.projection.nodes[vendor])
        return self._radii[vendor]

    def account(self, incident: str) -> Account:
        """Return the particulars of an incident (an IRI)."""
        if incident not in self._accounts:
            self._accounts[incident] = self._particulars.of(incident)
        return self._accounts[incident]

    def vendor(self, node: Node) -> Dossier:
        """Return what is told of a vendor."""
        told = list(self._happenings(node.iri))
        iris = list(dict.fromkeys(one.iri for one in told))
        incidents = [one for one in told if one.counts]
        return Dossier(
            node=node,
            facts=_facts(node),
            exposures=self._through_vendor(node.iri),
            incidents=incidents,
            elsewhere=[one for one in told if not one.counts],
            suppliers=self._suppliers(node.iri),
            data=self._data(dict.fromkeys(one.iri for one in incidents)),
            actions=[(iri, done) for iri in iris for done in self.account(iri).actions],
            timeline=_in_order((*self._dated(told), *self._relationships(node.iri))),
            sources=self._sources(iris),
            statements=_by_relation(self._around[node.iri]),
            picture=self._drawer.around(node.iri),
        )

    def incident(self, node: Node) -> Dossier:
        """Return what is told of an incident."""
        told = self.account(node.iri)
        breached = {edge.target: edge.certainty for edge in self.projection.out("breached", node.iri)}
        facts = _facts(node)
        if told.types:
            facts.insert(1, ("type", ", ".join(one.text for one in told.types)))
        return Dossier(
            node=node,
            facts=facts,
            exposures=self._through_incident(node.iri, _undenied(breached)),
            breached=breached,
            began_at=_undenied(breached),
            actions=[(node.iri, done) for done in told.actions],
            timeline=_in_order(Moment(one.text, one.kind, "", one.quotes) for one in told.dates),
            sources=self._sources([node.iri]),
            statements=_by_relation(self._told_in(node.iri, told, breached)),
            account=told,
            picture=self._drawer.around(node.iri),
        )

    def _through_vendor(self, vendor: str) -> Exposures:
        answer, rows = self.radius(vendor), self._reached(vendor)
        return Exposures(
            [rows[one.node.iri] for one in answer.exposed if one.exposure == "confirmed"],
            [rows[one.node.iri] for one in answer.exposed if one.exposure != "confirmed"],
            [rows[one.node.iri] for one in answer.unnamed],
            [spared.iri for spared, _ in answer.unaffected],
            answer.disputed,
        )

    def _reached(self, vendor: str) -> dict[str, Reached]:
        """Who is exposed through a vendor, by IRI, with the state of the path in the words of the answer's table."""
        if vendor not in self._rows:
            answer = self.radius(vendor)
            told = zip((*answer.exposed, *answer.unnamed), answer.table().dicts(), strict=False)
            self._rows[vendor] = {one.node.iri: _reached(one, str(row["status"])) for one, row in told}
        return self._rows[vendor]

    def _through_incident(self, incident: str, breached: list[str]) -> Exposures:
        """Who is named as affected, and who else depends on those that were breached."""
        spared = [edge.target for edge in self.projection.out(SPARED, incident)]
        ways: dict[str, Reached] = {}
        for vendor in breached:
            for iri, one in self._reached(vendor).items():
                if iri not in ways or one.order < ways[iri].order:
                    ways[iri] = one
        confirmed: list[Reached] = []
        potential: list[Reached] = []
        for edge in self.projection.out("affectsDownstream", incident):
            way = ways.pop(edge.target, None)
            # Who depends on the vendor may have been harmed whatever is denied; nobody else is exposed by a denial.
            if edge.target in spared or (edge.certainty == Certainty.DENIED and way is None):
                continue
            named = (
                Reached(edge.target, None, (), edge.certainty, "")
                if way is None
                else replace(way, certainty=edge.certainty)
            )
            (confirmed if edge.certainty == Certainty.CONFIRMED else potential).append(named)
        named_or_spared = {*spared, *breached}
        potential += [replace(way, certainty="") for iri, way in ways.items() if iri not in named_or_spared]
        return Exposures(
            sorted(filter(self._is_named, confirmed), key=self._rank),
            sorted(filter(self._is_named, potential), key=self._rank),
            sorted((one for one in (*confirmed, *potential) if not self._is_named(one)), key=self._rank),
            spared,
            self._disputed[incident],
        )

    def _is_named(self, one: Reached) -> bool:
        return self.projection.nodes[one.iri].kind != "group"

    def _rank(self, one: Reached) -> tuple[int, tuple[str, str]]:
        return one.order, self.projection.nodes[one.iri].order

    def _happenings(self, vendor: str) -> Iterator[Happening]:
        """The incidents that name an organization, the latest first."""
        nodes = self.projection.nodes
        counted = {(event.incident.iri, event.edge.type) for event in happened_at(self.projection, vendor)}
        edges = [
            edge for edge in self._around[vendor] if edge.target == vendor and nodes[edge.source].kind == "incident"
        ]
        for edge in sorted(edges, key=lambda edge: _latest_first(nodes[edge.source])):
            exposed = self.projection.exposed.get(edge.source, ())
            data = _strongest((one.text, one.certainty) for one in exposed) if edge.kind == "breached" else {}
            when = nodes[edge.source].printed("date")
            counts = (edge.source, edge.kind) in counted
            yield Happening(edge.source, when, _ROLES.get(edge.kind, edge.label), edge.certainty, data, counts)

    def _suppliers(self, vendor: str) -> list[str]:
        told = self.projection.out("usesVendor", vendor)
        direct = {edge.target for edge in told if edge.certainty != Certainty.DENIED} - {vendor}
        return sorted(direct, key=lambda iri: self.projection.nodes[iri].order)

    def _data(self, incidents: Iterable[str]) -> dict[str, tuple[dict[str, str], list[str]]]:
        """Kind of data -> words with the certainty of each, and incidents; what is denied was not exposed."""
        words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        places: dict[str, dict[str, None]] = defaultdict(dict)
        for iri in incidents:
            for one in self.account(iri).data:
                if one.certainty != Certainty.DENIED:
                    words[one.kind or one.text].append((one.text, one.certainty))
                    places[one.kind or one.text][iri] = None
        found = ((kind, (_strongest(told), list(places[kind]))) for kind, told in words.items())
        return dict(sorted(found, key=lambda item: (-len(item[1][1]), item[0].casefold())))

    def _dated(self, incidents: list[Happening]) -> Iterator[Moment]:
        told = dict.fromkeys((one.iri, one.role) for one in incidents)
        for iri, _ in told:
            for one in self.account(iri).dates:
                yield Moment(one.text, one.kind, iri, one.quotes)

    def _relationships(self, vendor: str) -> Iterator[Moment]:
        for edge in (*self.projection.into("usesVendor", vendor), *self.projection.out("usesVendor", vendor)):
            role, other = ("customer", edge.source) if edge.target == vendor else ("supplier", edge.target)
            for one in edge.relationships if edge.certainty != Certainty.DENIED else ():
                for day, what in ((one.valid_from, "became a"), (one.valid_until, "no longer a")):
                    if day:
                        yield Moment(day.isoformat(), f"{what} {role}:", other)

    def _sources(self, incidents: Iterable[str]) -> list[Source]:
        found: dict[str, bool] = {}
        for incident in incidents:
            reporters = {edge.target for edge in self.projection.out("firstReportedBy", incident)}
            for edge in self.projection.out("citesSource", incident):
                found[edge.target] = edge.target in reporters or found.get(edge.target, False)
        sources = []
        for iri, first in found.items():
            node = self.projection.nodes[iri]
            sources.append(Source(node.label, node.printed("url"), first))
        return sorted(sources, key=lambda source: (not source.first, source.name.casefold(), source.url))

    def _told_in(self, incident: str, told: Account, breached: Iterable[str]) -> Iterator[Edge]:
        """The edges of an incident that no other part of its page tells, and those that say how its parties depend."""
        for edge in self._around[incident]:
            if edge.kind != "citesSource" and not (edge.kind == "exposedDataType" and told.data):
                yield edge
                for vendor in breached:
                    if (used := self._between.get((edge.target, "usesVendor", vendor))) is not None:
                        yield used


def _undenied(told: Mapping[str, str]) -> list[str]:
    """Those (IRIs) of whom something is told with a certainty that is not a denial."""
    return [iri for iri, certainty in told.items() if certainty != Certainty.DENIED]


def _strongest(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each of some words with the strongest certainty that is told of it, in the order of the words."""
    found: dict[str, str] = {}
    for word, certainty in told:
        found[word] = min(certainty, found.get(word, certainty), key=_strength)
    return found


def _strength(certainty: str) -> int:
    return CERTAINTIES.index(certainty) if certainty in CERTAINTIES else len(CERTAINTIES)


def _reached(one: Exposed, status: str) -> Reached:
    """One row; its certainty is that of the harm alone: an incident may be certain where the harm is not."""
    path = (one.path[0].source, *(edge.target for edge in one.path))
    told = status.removeprefix("unknown").removeprefix(", ")
    return Reached(one.node.iri, one.tier, path, one.certainty if one.harm else "", told)


def _facts(node: Node) -> list[tuple[str, str]]:
    """What is known of a node itself, in the order in which it is printed."""
    told = [
        (in_words(name), date_words(value) if name == "date" else value)
        for name, value in node.properties if name not in _TOLD_ELSEWHERE
    ]  # fmt: skip
    # An industry is printed as it was told, which may be a number of some scheme.
    told += [("sector", node.sector)] if node.sector and node.sector not in dict(told).values() else []
    known = [name for name in node.aliases if name not in node.former_names]
    told += [("also known as", ", ".join(known))] if known else []
    told += [("formerly", ", ".join(node.former_names))] if node.former_names else []
    return told + [("identifier", ", ".join(node.identifiers))] * bool(node.identifiers)


def _by_relation(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """Relation in words -> edges, each once, those that matter most first."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted({edge.id: edge for edge in edges}.values(), key=lambda edge: (edge_order(edge.kind), edge.id)):
        found[edge.label].append(edge)
    return dict(found)


def _in_order(moments: Iterable[Moment]) -> list[Moment]:
    """Moments by day, each once; those without a day last."""
    return sorted(dict.fromkeys(moments), key=lambda moment: (_day(moment.when), moment.what, moment.about))


def _day(edtf: str) -> str:
    """The first day that a date can mean, fit for sorting."""
    try:
        when = parse_edtf(edtf)
    except ValueError:
        return "9999"
    return str(when.earliest or when.latest or "9999")


def _latest_first(node: Node) -> tuple[int, tuple[str, str]]:
    """A sort key: incidents by their last day, the latest first, those without one last."""
    latest = node.printed("latest").replace("-", "")
    return -int(latest) if latest.isdigit() else 0, node.order


def told_last(incidents: Iterable[Node]) -> list[Node]:
    """Return incidents, the latest first; those without a day are left out."""
    return sorted((one for one in incidents if _latest_first(one)[0]), key=_latest_first)
