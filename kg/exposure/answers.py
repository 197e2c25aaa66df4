"""The answers of the exposure questions: as JSON values, and as the rows of a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.dates import date_words
from kg.exposure.disputes import disputes_at
from kg.exposure.statements import ORGANIZATIONS, state_along
from kg.exposure.structure import DEFAULT_DEPTH, blast_radius, unaffected
from kg.query import Table, Tabular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kg.exposure.disputes import Dispute
    from kg.exposure.statements import Edge, Node, Surroundings
    from kg.exposure.structure import Event, Exposed


def nodes_of(around: Surroundings, found: Iterable[Exposed]) -> dict[str, Node]:
    """Return what the statements of some results are about, by IRI."""
    edges = (edge for one in found for edge in (*one.path, *one.harm, *one.spared))
    return {iri: around.nodes[iri] for edge in edges for iri in (edge.source, edge.target)}


def _hop(nodes: Mapping[str, Node], edge: Edge) -> dict[str, Any]:
    return {
        "customer": nodes[edge.source].label,
        "supplier": nodes[edge.target].label,
        "status": edge.status,
        "basis": edge.basis,
        "services": sorted({r.service for r in edge.relationships if r.service}),
        "claims": edge.claim_iris,
    } | ({} if edge.type == "usesVendor" else {"type": edge.type})


def _event(event: Event) -> dict[str, Any]:
    told = dict(event.incident.properties)
    return {
        "iri": event.incident.iri,
        "title": event.incident.label,
        "role": event.role,
        "certainty": event.edge.certainty,
        "date": told.get("date"),
        "earliest": told.get("earliest"),
        "latest": told.get("latest"),
        "data_types": [{"text": d.text, "concept": d.concept, "certainty": d.certainty} for d in event.data_types],
        "claims": event.edge.claim_iris,
    }


class _Answer(Tabular):
    """What is exposed, or exposes, one by one."""

    __slots__ = ()
    nodes: dict[str, Node]
    exposed: list[Exposed]

    def __iter__(self) -> Iterator[Exposed]:
        return iter(self.exposed)

    def __len__(self) -> int:
        return len(self.exposed)

    def labels(self, found: Exposed) -> list[str]:
        """Return the labels along a result's path, from the customer to the vendor."""
        return [self.nodes[iri].label for iri in (found.path[0].source, *(edge.target for edge in found.path))]

    def _cells(self, found: Exposed) -> tuple[Any, ...]:
        """What a row begins with: a status has the day from which on the path is not in force any more, where that is known."""
        named = f"{found.node.label} (unnamed group)" if found.node.kind == "group" else found.node.label
        status, until = state_along(found.path)
        return found.tier, named, found.word, found.certainty, f"{status}, until {until}" if until else status


@dataclass(frozen=True, slots=True, repr=False)
class ExposureAnswer(_Answer):
    """The vendors an organization depends on, with what happened there; what left it alone is told apart.

    Those that no document names are listed apart too, and are not counted: each may be one that is named. A status is that of
    the whole path, its weakest hop's: see `Exposed.status`. `nodes` are those that its statements are about, by IRI.
    `disputed` are the incidents there that affected the organization according to one document, and did not according to
    another.
    """

    nodes: dict[str, Node]
    organization: Node
    exposed: list[Exposed]
    unnamed: list[Exposed]
    disputed: Sequence[Dispute] = ()

    def __repr__(self) -> str:
        return f"<ExposureAnswer {self.organization.label}: {self.table().first()}>"

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of `kg exposure`."""
        return {
            "organization": self.organization.as_dict(),
            "exposures": [{"vendor": found.node.as_dict(), **self._one(found)} for found in self.exposed],
            "unnamed": [{**_group(found.node), **self._one(found)} for found in self.unnamed],
            **_disputed(self.disputed),
        }

    def _one(self, found: Exposed) -> dict[str, Any]:
        return {
            "tier": found.tier,
            "path": self.labels(found),
            "hops": [_hop(self.nodes, edge) for edge in found.path],
            "status": found.status,
            "basis": found.path[-1].basis,
            "exposure": found.exposure,
            "certainty": found.certainty or None,
            "incidents": [_event(event) for event in found.events],
            "unaffected": [
                {
                    "incident": {"iri": edge.source, "title": self.nodes[edge.source].label},
                    "claims": edge.claim_iris,
                }
                for edge in found.spared
            ],
            "claims": found.claims,
        }

    def table(self) -> Table:
        """Return one row a vendor, then one for each that is not named."""
        columns = ("tier", "vendor", "exposure", "certainty", "status", "incidents", "data", "path")
        rows: list[tuple[Any, ...]] = []
        for found in (*self.exposed, *self.unnamed):
            titles = "; ".join(f"{e.incident.label}{_when(e)}" for e in found.events)
            data = "; ".join(dict.fromkeys(d.text for event in found.events for d in event.data_types))
            rows.append((*self._cells(found), titles, data, " > ".join(self.labels(found))))
        return Table(columns, rows)

    def plot(self, path: str | Path) -> Path:
        """Write a histogram of the tiers as .svg, .png or .pdf and return its path.

        Raises:
            KGError: there is no named vendor to draw.
            MissingExtraError: matplotlib is not installed.
        """
        from kg.exposure.plots import tier_histogram  # noqa: PLC0415 - optional

        return tier_histogram(self.organization.label, self.exposed, path)


def _when(event: Event) -> str:
    date = date_words(event.incident.printed("date"))
    return f" ({date})" if date else ""


@dataclass(frozen=True, slots=True, repr=False)
class BlastRadiusAnswer(_Answer):
    """Who is exposed through a vendor; unnamed groups and the unaffected are listed apart.

    A status is that of the whole path, as in `ExposureAnswer`. With a `value` of organizations by IRI, what is exposed is
    worth the sum of theirs; groups are worth nothing. `nodes` are those that its statements are about, by IRI. `disputed` are
    those of whom documents of one incident say both that it affected them and that it did not.
    """

    nodes: dict[str, Node]
    vendor: Node
    depth: int | None
    exposed: list[Exposed]
    unnamed: list[Exposed]
    unaffected: list[tuple[Node, Edge]]
    value: Mapping[str, float] | None = None
    disputed: Sequence[Dispute] = ()

    def worth(self) -> dict[str, Any]:
        """Return the value exposed, its share of all that was given, and how many of the exposed have no value; {} without."""
        if self.value is None:
            return {}
        known = [self.value[one.node.iri] for one in self.exposed if one.node.iri in self.value]
        total, found = math.fsum(self.value.values()), math.fsum(known)
        return {
            "value": found,
            "value_share": found / total if total else None,
            "without_value": len(self.exposed) - len(known),
        }

    def _worth_of(self, found: Exposed) -> dict[str, Any]:
        return {} if self.value is None else {"value": self.value.get(found.node.iri)}

    def __repr__(self) -> str:
        return f"<BlastRadiusAnswer {self.vendor.label}: {self.table().first()}>"

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON object of `kg blast-radius`; with values, what is exposed is told beside the count."""
        return {
            "vendor": self.vendor.as_dict(),
            "depth": self.depth,
            "count": len(self.exposed),
            **self.worth(),
            "exposed": [
                {
                    "organization": found.node.as_dict(),
                    "tier": found.tier,
                    "path": self.labels(found),
                    "status": found.status,
                    "exposure": found.exposure,
                    "certainty": found.certainty or None,
                    **self._worth_of(found),
                    "claims": found.claims,
                }
                for found in self.exposed
            ],
            "unnamed": [{**_group(found.node), "tier": found.tier, "claims": found.claims} for found in self.unnamed],
            "unaffected": [
                {"organization": node.as_dict(), "claims": edge.claim_iris} for node, edge in self.unaffected
            ],
            **_disputed(self.disputed),
        }

    def table(self) -> Table:
        """Return one row an organization, then one a group, then one for each that was not affected."""
        columns = ("tier", "organization", "exposure", "certainty", "status", "path")
        rows: list[tuple[Any, ...]] = [
            (*self._cells(found), " > ".join(self.labels(found)), *self._worth_of(found).values())
            for found in (*self.exposed, *self.unnamed)
        ]
        more = () if self.value is None else ("value",)
        spared = tuple(None for _ in more)
        rows += [(None, node.label, "not affected", edge.certainty, "", "", *spared) for node, edge in self.unaffected]
        return Table((*columns, *more), rows)


def reached_through(
    around: Surroundings,
    vendor: Node,
    depth: int | None = DEFAULT_DEPTH,
    *,
    only: str | None = None,
    valid_on: date | None = None,
    members: Collection[str] | None = None,
    follow: Collection[str] = (),
    value: Mapping[str, float] | None = None,
) -> BlastRadiusAnswer:
    """Return who is exposed through a vendor; keywords are those of `KnowledgeGraph.blast_radius`, with values by IRI.

    `members` are the organizations (IRIs) to keep to; all, and unnamed groups, if None.
    """
    spared, disputed = unaffected(around, vendor.iri), disputes_at(around, vendor.iri)
    found = blast_radius(around, vendor.iri, depth, valid_on=valid_on, follow=follow)
    if members is not None:
        spared = [(node, edge) for node, edge in spared if node.iri in members]
        disputed = [one for one in disputed if one.party.iri in members]
        found = [one for one in found if one.node.iri in members]
    found = [one for one in found if only in (None, one.exposure) and one.word != "not affected"]
    return BlastRadiusAnswer(nodes_of(around, found), vendor, depth, *named_and_unnamed(found), spared, value, disputed)


def disputed_among(found: Iterable[Exposed], disputes: Iterable[Dispute]) -> list[Dispute]:
    """Return the disputes about incidents that some results tell of."""
    told = {edge.source for one in found for edge in (*one.spared, *(event.edge for event in one.events))}
    return [one for one in disputes if one.incident.iri in told]


def _disputed(disputes: Iterable[Dispute]) -> dict[str, Any]:
    """What JSON tells of disputes, where there are any."""
    told = [
        {"organization": one.party.as_dict(), "incident": {"iri": one.incident.iri, "title": one.incident.label}, "claims": one.claims}
        for one in disputes
    ]  # fmt: skip
    return {"disputed": told} if told else {}


def named_and_unnamed(found: Collection[Exposed]) -> tuple[list[Exposed], list[Exposed]]:
    """Return the organizations among what was reached, and the unnamed groups."""
    named = [one for one in found if one.node.kind in ORGANIZATIONS]
    return named, [one for one in found if one.node.kind == "group"]


def _group(node: Node) -> dict[str, Any]:
    return {"label": node.label, "low": _bound(node, "at least"), "high": _bound(node, "at most")}


def _bound(node: Node, name: str) -> int | None:
    return next((int(value) for key, value in node.properties if key == name), None)
