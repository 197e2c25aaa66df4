"""The table that stands in the page for a reader without scripts: the most important relations and their evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final

from kg.view.palette import edge_order, in_words
from kg.view.payload import EXPOSURES
from kg.view.safe import Cleaner, link, visible_id

if TYPE_CHECKING:
    from kg.view.page import Edge, Node, Page, Quote

Record = dict[str, Any]
MOST: Final = 1000
"""Relations that are printed; all of them, with every quote, would be most of the page."""


def printed(page: Page) -> Record:
    """Return what the template prints: `edges` and the `nodes` at their ends, cleaned, and how many `more` there are.

    Confirmed exposure comes first, then potential, then the rest; within these, who uses whom before all, and the
    ends with the most relations before the others.

    Args:
        page: what to show; its edges have both ends on it.
    """
    clean = Cleaner()
    nodes = {node.id: node for node in page.nodes}
    degree = Counter(end for edge in page.edges for end in (edge.source, edge.target))

    def importance(edge: Edge) -> tuple[Any, ...]:
        exposed = EXPOSURES.index(edge.exposure) if edge.exposure in EXPOSURES else len(EXPOSURES)
        ends = nodes[edge.source].label, nodes[edge.target].label
        return exposed, edge_order(edge.kind), -degree[edge.source] - degree[edge.target], ends, edge.id

    edges = nsmallest(MOST, page.edges, key=importance)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    # A node without relations is on no row: on a small page it is listed all the same.
    shown = [node for node in page.nodes if node.id in ends or len(page.nodes) <= MOST]
    shown.sort(key=lambda node: (node.label, node.id))
    return {
        "edges": [_edge(edge, nodes, clean) for edge in edges],
        "nodes": [_node(node, clean) for node in shown],
        "more": {"edges": len(page.edges) - len(edges), "nodes": len(page.nodes) - len(shown)},
    }


def _edge(edge: Edge, nodes: dict[str, Node], clean: Cleaner) -> Record:
    """Return one row of the relations."""
    facts = {
        "exposure": edge.exposure if edge.exposure in EXPOSURES else "",
        "certainty": edge.certainty,
        "basis": edge.basis,
        "status": edge.status,
        "date": edge.date,
        "disputed": edge.disputed,
    }
    return {
        "source": _name(nodes[edge.source], clean),
        "label": clean(edge.label).strip() or in_words(clean(edge.kind)),
        "target": _name(nodes[edge.target], clean),
        "facts": [(name, clean(value)) for name, value in facts.items() if value],
        "quotes": [_quote(quote, clean) for quote in edge.quotes],
    }


def _node(node: Node, clean: Cleaner) -> Record:
    """Return one row of the nodes."""
    facts = [
        *node.properties,
        ("sector", node.sector),
        ("sole way for", str(node.sole_for) if node.sole_for else ""),
        ("in the portfolio", node.portfolio),
    ]
    return {
        "label": _name(node, clean),
        "kind": clean(in_words(node.kind)),
        "aliases": [clean(alias) for alias in node.aliases],
        "facts": [(clean(name), clean(value)) for name, value in facts if value],
        "url": clean(node.url),
        "link": link(node.url),
    }


def _quote(quote: Quote, clean: Cleaner) -> Record:
    """Return one quote."""
    texts = {name: clean(value) for name, value in asdict(quote).items() if isinstance(value, str)}
    return {**texts, "link": link(quote.url)}


def _name(node: Node, clean: Cleaner) -> str:
    """Return the name to show."""
    return clean(node.label).strip() or visible_id(node.id)
