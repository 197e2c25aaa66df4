"""Nodes and statements as flat rows of texts, the same names in every format that has rows or attributes.

Lists are joined by "; ", claims (IRIs) by blanks. What is not known is "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.dates import time_text
from kg.patterns import regex
from kg.view.safe import link

if TYPE_CHECKING:
    from kg.export.selection import Selection
    from kg.exposure import Edge, Node

_PRINTED = {
    "certainty": "certainty", "date": "date", "earliest": "earliest", "latest": "latest", "incident_types": "type",
    "investigation": "investigation", "industry": "industry", "at_least": "at least", "at_most": "at most", "url": "url",
    "conflict": "conflict",
}  # fmt: skip
"""Column -> name of the properties of a node that it holds."""
_BARE_PERCENT = regex(r"%(?![0-9A-Fa-f]{2})")
NODE_COLUMNS = ("id", "label", "type", "aliases", "former_names", "identifiers", *_PRINTED)
EDGE_COLUMNS = (
    "source", "type", "target", "exposure", "certainty", "basis", "status", "services", "valid_from", "valid_until", "in_force",
    "claims",
)  # fmt: skip


def node_row(node: Node) -> dict[str, str]:
    """Return the columns of `NODE_COLUMNS` of a node."""
    row = {
        "id": node.iri,
        "label": node.label,
        "type": node.kind,
        "aliases": "; ".join(node.aliases),
        "former_names": "; ".join(node.former_names),
        "identifiers": "; ".join(node.identifiers),
    }
    return row | {
        column: "; ".join(value for name, value in node.properties if name == printed)
        for column, printed in _PRINTED.items()
    }


def edge_row(selection: Selection, edge: Edge) -> dict[str, str]:
    """Return the columns of `EDGE_COLUMNS` of a statement.

    It is in force from its first day up to its last, as far as known, and in between where `in_force` says so:
    "2020-01-01/2021-01-01; 2023-05-01/..".
    """
    begin, end = edge.term
    return {
        "source": edge.source,
        "type": edge.type,
        "target": edge.target,
        "exposure": selection.harm(edge),
        "certainty": edge.certainty,
        "basis": edge.basis if edge.claims else "",
        "status": edge.status if edge.relationships else "",
        "services": "; ".join(services(edge)),
        "valid_from": begin.isoformat() if begin else "",
        "valid_until": end.isoformat() if end else "",
        "in_force": "; ".join(filter(None, (time_text(*told) for told in edge.spans))),
        "claims": " ".join(edge.claim_iris),
    }


def web_address(url: str) -> str:
    """Return an address of the web as a URI (RFC 3986), what may not stand in one escaped; "" for any other text."""
    return quote(_BARE_PERCENT.sub("%25", url), safe=":/?#@!$&'()*+,;=%-._~") if link(url) else ""


def services(edge: Edge) -> list[str]:
    """Return the services of the relationships behind a statement, each once, sorted."""
    return sorted({told.service for told in edge.relationships if told.service})
