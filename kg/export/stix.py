"""STIX 2.1: one bundle that STIX tools take, and that the extractor of this package reads again.

Organizations and groups are identities, attackers threat actors; an incident has the incident core extension with its
determination, types and confidentiality impacts, and an event object for when it happened. Statements are relationships
with the confidence that their certainty stands for, their days, and their quotes as external references. Identifiers are
made of the IRIs, and times of dates in the graph, so that the same graph gives the same bytes. STIX wants to know to the
millisecond when every object was made: an incident on the day it was reported, else on the day it happened, what has no
date at the beginning of 1970. Labels give the dates that object and event do not tell as they are known ("reported:2026-04",
"reported:unknown", "occurred:2026-03~", "disclosed:2026-05-02"), and what a relationship has no member for ("claimed",
"status:ended", "basis:implied", "service:hosting"). Our extractor takes their word, and that of the roles.

What STIX cannot hold, or the extractor does not take back: aliases and former names, the numbers that feeds give to parties,
industries but the first, and how they are spelt, counts of records and of members of groups, sensitivity, responses, impacts
and techniques, what exposed data rests on, whose it is, and that it is only claimed or surer than its incident, of what type
sources are, that an incident is incomplete or told differently elsewhere; of the roles of one party in one incident all but
the gravest; of several relationships between the same two which has which state, service and days; a denial that is about a
statement and not about the incident is nothing, nor is harm downstream to whom the incident is said to have left alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from kg.dates import parse_edtf
from kg.export.rows import edge_row, node_row, services, web_address
from kg.extract.stix.marks import BASIS, CITED, FIRST, MARK, SERVICE, STATUS, dated
from kg.model import DateOf
from kg.patterns import regex
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.selection import Selection
    from kg.exposure import Edge, Node

_CORE: Final = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
_EVENT: Final = "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e"
_KINDS: Final = {
    "organization": "identity", "vendor": "identity", "group": "identity", "threat-actor": "threat-actor", "incident": "incident",
}  # fmt: skip
_TIES: Final = {
    "usesVendor": "uses", "breached": "breached", "affectsDownstream": "affects-downstream", "attacker": "attributed-to",
    "reporter": "reported-by", "investigator": "investigated-by", "regulator": "regulated-by", "subOrganizationOf": "subsidiary-of",
    "productOf": "product-of", "linkedTo": "affiliated-with", "other": "related-to", "supplier_only": "involves-supplier",
    "customer_unaffected": "spares",
}  # fmt: skip
"""Type of a statement -> type of the relationship."""
_CONFIDENCE: Final = {"confirmed": 95, "suspected": 50, "claimed": 30, "denied": 0}
_DETERMINED: Final = {
    "confirmed": "confirmed",
    "suspected": "suspected",
    "claimed": "suspected",
    "denied": "false-positive",
}
_STATUS: Final = {"ongoing": "open", "closed": "closed"}
_LOST: Final = {
    "confirmed": "confirmed-loss",
    "suspected": "suspected-loss",
    "claimed": "suspected-loss",
    "denied": "none",
}
_FIDELITY: Final = {4: "year", 7: "month"}
_SECTOR = regex(r"[^a-z0-9]+")
_NO_DAY: Final = "1970-01-01"


def stix(selection: Selection) -> str:
    """Return the bundle as JSON."""
    nodes = selection.projection.nodes.values()
    objects = [*_things(selection, nodes), *_relationships(selection)]
    # STIX allows no empty list.
    held = {"objects": objects} if objects else {}
    bundle = {"type": "bundle", "id": _id("bundle", *(one["id"] for one in objects)), **held}
    return json.dumps(bundle, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _id(kind: str, *of: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE_URL, ' '.join(of))}"


def _ref(node: Node) -> str:
    return _id(_KINDS[node.kind], node.iri)


def _object(kind: str, ref: str, day: str, **members: Any) -> dict[str, Any]:
    """An object with the members that have a value, made on a day."""
    moment = f"{day or _NO_DAY}T00:00:00.000Z"
    told = {"type": kind, "spec_version": "2.1", "id": ref, "created": moment, "modified": moment}
    return told | {key: value for key, value in members.items() if value not in ("", [], {}, None)}


def _things(selection: Selection, nodes: Any) -> Iterator[dict[str, Any]]:
    days, feeds = _Days(selection), dict(selection.pairs(BKG["feed"]))
    for node in nodes:
        row = node_row(node)
        references = [
            {"source_name": scheme, "external_id": value}
            for scheme, _, value in (identifier.partition(":") for identifier in node.identifiers) if value
        ]  # fmt: skip
        if node.kind == "incident":
            yield from _incident(selection, node, days, feeds.get(node.iri, ""))
        elif node.kind == "threat-actor":
            yield _object("threat-actor", _ref(node), "", name=node.label)
        elif node.kind in _KINDS:
            sectors = [_SECTOR.sub("-", word.casefold()).strip("-") for word in row["industry"].split("; ")]
            yield _object(
                "identity", _ref(node), "", name=node.label, identity_class="class" if node.kind == "group" else "organization",
                sectors=[sector for sector in sectors if sector], external_references=references,
            )  # fmt: skip


class _Days:
    """The dates of incidents, as printed: what happened on it -> incident -> dates, that of the incident first."""

    def __init__(self, selection: Selection) -> None:
        self.printed: dict[str, dict[str, list[str]]] = {}
        main = set(selection.pairs(REUSED["dct:date"]))
        for what in DateOf:
            told = self.printed.setdefault(what, {})
            for iri, date in sorted(selection.pairs(BKG[what]), key=lambda pair: pair not in main):
                told.setdefault(iri, []).append(date)

    def first(self, what: DateOf, node: Node) -> str:
        """Return the date of an incident, of several the first in their order, "" where none is known."""
        return next(iter(self.printed[what].get(node.iri, ())), "")

    def made(self, node: Node) -> str:
        """Return the day that the object of an incident is made on."""
        reported = self.first(DateOf.REPORTED, node)
        told = parse_edtf(reported).earliest if reported else None
        return told.isoformat() if told else node_row(node)["earliest"]

    def labels(self, node: Node) -> list[str]:
        """Return the dates of an incident that its object and its event do not say as they are known."""
        said: dict[str, str] = {DateOf.REPORTED: self.made(node)}
        if occurred := self.first(DateOf.OCCURRED, node):
            # A day, a month or a year is how its first day begins.
            said[DateOf.OCCURRED] = str(parse_edtf(occurred).earliest)[: len(occurred)]
        known = {what: told.get(node.iri, []) for what, told in self.printed.items()}
        known[DateOf.REPORTED] = known[DateOf.REPORTED] or ["unknown"]
        return [f"{dated(what)}{date}" for what, told in known.items() for date in told if told != [said.get(what)]]


def _incident(selection: Selection, node: Node, days: _Days, feed: str) -> Iterator[dict[str, Any]]:
    """The incident, and its event where it is known when it happened."""
    row, day = node_row(node), days.made(node)
    event = _happened(node, days, day)
    core = {
        "extension_type": "property-extension",
        "determination": _DETERMINED.get(row["certainty"], "suspected"),
        "investigation_status": _STATUS.get(row["investigation"], ""),
        "incident_types": [value for name, value in node.properties if name == "type"],
        "confidentiality_impacts": [
            {
                "information_type": told.concept,
                "loss_type": _LOST.get(told.certainty, "suspected-loss"),
                "description": told.text,
            }
            for told in selection.projection.exposed.get(node.iri, ())
        ],
        "events": [{"event_ref": event["id"]}] if event else [],
    }
    yield _object(
        "incident", _ref(node), day, name=node.label, confidence=_CONFIDENCE.get(row["certainty"]),
        labels=[*(["claimed"] if row["certainty"] == "claimed" else []), *days.labels(node)],
        external_references=_cited(selection, node, feed),
        extensions={_CORE: {key: value for key, value in core.items() if value}},
    )  # fmt: skip
    if event:
        yield event


def _happened(node: Node, days: _Days, made: str) -> dict[str, Any] | None:
    printed = days.first(DateOf.OCCURRED, node)
    told = parse_edtf(printed) if printed else None
    if told is None or told.earliest is None:
        return None
    fidelity = _FIDELITY.get(len(printed.rstrip("~?%")), "day")
    until = {"end_time": f"{told.latest}T23:59:59.000Z", "end_time_fidelity": fidelity} if told.latest else {}
    return _object(
        "event", _id("event", node.iri), made, status="occurred", event_types=["other"],
        start_time=f"{told.earliest}T00:00:00.000Z", start_time_fidelity=fidelity, **until,
        extensions={_EVENT: {"extension_type": "new-sdo"}},
    )  # fmt: skip


def _cited(selection: Selection, node: Node, feed: str) -> list[dict[str, str]]:
    """What the incident is called elsewhere, behind it the feed that calls it so, and the sources that it cites."""
    givers = [MARK, feed] if feed else [MARK]
    cited = [{"source_name": giver, "external_id": name} for name in node.identifiers for giver in givers]
    first = {edge.target for edge in selection.projection.out("firstReportedBy", node.iri)}
    for edge in selection.projection.out("citesSource", node.iri):
        source = selection.projection.nodes[edge.target]
        url = web_address(source.printed("url"))
        said = FIRST if source.iri in first else CITED
        cited.append({"source_name": source.label, **({"url": url} if url else {}), "description": said})
    return cited


def _relationships(selection: Selection) -> Iterator[dict[str, Any]]:
    nodes = selection.projection.nodes
    for edge in selection.projection.edges:
        ends = (nodes[edge.source], nodes[edge.target])
        told = not _denied(edge, ends[0]) and not selection.overruled(edge)
        if edge.type in _TIES and all(end.kind in _KINDS for end in ends) and told:
            yield _relationship(selection, edge, *ends)


def _labels(edge: Edge, row: dict[str, str]) -> list[str]:
    """What a relationship of STIX has no member for, where it is not what one without labels is taken for."""
    certainty, basis, status = row["certainty"], row["basis"], row["status"]
    return [
        *([certainty] if certainty not in {"", "confirmed"} else []),
        *([f"{BASIS}{basis}"] if basis not in {"", "stated"} else []),
        *([f"{STATUS}{status}"] if status not in {"", "active"} else []),
        *(f"{SERVICE}{service}" for service in services(edge)),
    ]


def _denied(edge: Edge, source: Node) -> bool:
    """Whether harm is denied in an incident that itself is not: there is no relationship that says so."""
    return edge.certainty == "denied" and source.printed("certainty") != "denied"


def _relationship(selection: Selection, edge: Edge, source: Node, target: Node) -> dict[str, Any]:
    row = edge_row(selection, edge)
    said = {"role": edge.type, **{name: row[name] for name in ("exposure", "basis", "status", "services")}}
    quotes = [
        {"source_name": quote.source or quote.document, "description": quote.words, "external_id": quote.iri}
        | ({"url": url} if (url := web_address(quote.url)) else {})
        for quote in selection.quotes(edge.claim_iris)
    ]
    begin, end = row["valid_from"], row["valid_until"]
    return _object(
        "relationship", _id("relationship", edge.source, edge.type, edge.target), begin, relationship_type=_TIES[edge.type],
        source_ref=_ref(source), target_ref=_ref(target), confidence=_CONFIDENCE.get(edge.certainty),
        labels=_labels(edge, row),
        description="; ".join(f"{name}: {value}" for name, value in said.items() if value), external_references=quotes,
        start_time=f"{begin}T00:00:00.000Z" if begin else "",
        stop_time=f"{end}T00:00:00.000Z" if end and end > begin else "",
    )  # fmt: skip
