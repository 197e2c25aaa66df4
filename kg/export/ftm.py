"""FollowTheMoney: one entity a line, for Aleph and its relatives.

Organizations, events and sources are entities; every statement is a link of its own that holds its role, its certainty
(`status`), its quotes (`description`), who says so (`publisher`, `sourceUrl`) and its claims (`recordId`). Groups that
nobody names and attackers are LegalEntities, so that nobody counts them as organizations; kinds of data are Notes.

What FollowTheMoney cannot hold: where a quote stands, the extractor and its confidence, sensitivity and counts of
records; of several relationships between the same two which has which days.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.dates import parse_edtf
from kg.export.rows import edge_row, node_row, services, web_address
from kg.patterns import regex
from kg.view.safe import Cleaner
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.export.selection import Selection
    from kg.exposure import Edge, Node

_SCHEMAS = {
    "organization": "Organization", "vendor": "Organization", "group": "LegalEntity", "threat-actor": "LegalEntity",
    "incident": "Event", "source": "Article", "data-type": "Note",
}  # fmt: skip
_DOCUMENTED = frozenset({"citesSource", "firstReportedBy"})
_STRONG = {"lei": "leiCode", "wikidata": "wikidataId"}
_DATE = regex(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_ISSUES = {"group": "organizations that no document names", "threat-actor": "an attacker"}


def ftm(selection: Selection) -> str:
    """Return the entities as JSON Lines: things in the order of their IRIs, then links."""
    nodes = selection.projection.nodes
    entities = [_thing(node) for node in nodes.values()]
    entities += [_link(selection, edge) for edge in selection.projection.edges]
    return "".join(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n" for entity in entities)


def _id(*of: str) -> str:
    return f"breachkg-{digest(*of)}"


def _entity(name: str, schema: str, properties: dict[str, Iterable[str]]) -> dict[str, object]:
    """An entity with the properties that have values; hidden characters, which FollowTheMoney refuses, are taken out."""
    clean = Cleaner()
    told = {key: list(dict.fromkeys(clean(value) for value in values if value)) for key, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {key: values for key, values in told.items() if values}}


def _thing(node: Node) -> dict[str, object]:
    row, schema = node_row(node), _SCHEMAS[node.kind]
    told: dict[str, Iterable[str]] = {"name": [node.label], "notes": [node.iri]}
    urls = [web_address(value) for name, value in node.properties if name == "url"]
    if schema == "Event":
        told |= {
            "recordId": node.identifiers,
            "date": [_date(row["date"])],
            "startDate": [row["earliest"]],
            "endDate": [row["latest"]],
            "summary": [f"certainty: {row['certainty']}"],
            "keywords": (value for name, value in node.properties if name == "type"),
        }
    elif schema == "Article":
        told |= {"title": [node.label], "sourceUrl": urls}
    elif schema != "Note":
        told |= {
            "alias": (alias for alias in node.aliases if alias not in node.former_names),
            "previousName": node.former_names,
            "sector": (value for name, value in node.properties if name == "industry"),
            "website": urls,
            "summary": [_kind(node, row)],
            **{
                key: [value.partition(":")[2] for value in node.identifiers if value.startswith(f"{scheme}:")]
                for scheme, key in _STRONG.items()
            },
        }
    return _entity(_id(node.iri), schema, told)


def _date(printed: str) -> str:
    """A year, a month or a day as it is printed, of a season or a quarter its year: FollowTheMoney has no others."""
    if not _DATE.fullmatch(printed):
        return ""
    return printed[:4] if parse_edtf(printed).precision in {"season", "quarter"} else printed


def _kind(node: Node, row: dict[str, str]) -> str:
    """What a legal entity is, where it is no organization."""
    bounds = [f"{words} {row[name]}" for name, words in (("at_least", "at least"), ("at_most", "at most")) if row[name]]
    return ", ".join([_ISSUES[node.kind], *bounds]) if node.kind in _ISSUES else ""


def _link(selection: Selection, edge: Edge) -> dict[str, object]:
    row = edge_row(selection, edge)
    quotes = selection.quotes(edge.claim_iris)
    told: dict[str, Iterable[str]] = {
        "role": [edge.type],
        "status": [edge.certainty],
        "startDate": [row["valid_from"]],
        "endDate": [row["valid_until"]],
        "summary": [
            f"{name}: {value}"
            for name, value in (
                ("exposure", row["exposure"]), ("basis", row["basis"]), ("relationship", row["status"]),
                ("services", ", ".join(services(edge))),
            ) if value
        ],
        "description": (quote.words for quote in quotes),
        "publisher": (quote.source for quote in quotes),
        "sourceUrl": (web_address(quote.url) for quote in quotes),
        "recordId": (quote.iri for quote in quotes),
    }  # fmt: skip
    documented = edge.type in _DOCUMENTED and selection.projection.nodes[edge.target].kind == "source"
    ends = ("entity", "document") if documented else ("subject", "object")
    told |= {ends[0]: [_id(edge.source)], ends[1]: [_id(edge.target)]}
    schema = "Documentation" if documented else "UnknownLink"
    return _entity(_id(edge.source, edge.type, edge.target), schema, told)
