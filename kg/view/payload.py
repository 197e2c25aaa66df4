"""A page as plain data: what the template prints and what the script in the page reads, one and the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.errors import KGError
from kg.view.palette import OUTLINES, edge_order, edge_styles, in_words, node_order, node_styles
from kg.view.safe import Cleaner, link, visible_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.view.page import Edge, Node, Page, Quote

Record = dict[str, Any]


def payload(page: Page) -> Record:
    """Return the page's records, sorted, cleaned, with nodes, kinds and quotes referred to by index.

    The keys: title, note, documents, focus (an index or None), hidden (characters taken out), nodeKinds, edgeKinds,
    nodes, edges, quotes. Every address stands twice: `url` as given, to read, and `link`, empty unless it is safe.

    Args:
        page: what to show.

    Raises:
        KGError: an id is used twice, or an edge or the focus names a node that is not there.
    """
    nodes = sorted(page.nodes, key=lambda node: (node_order(node.kind), node.label, node.id))
    at = _index("node", (node.id for node in nodes))
    _check(page, at)
    edges = sorted(page.edges, key=lambda edge: (edge_order(edge.kind), at[edge.source], at[edge.target], edge.id))
    _index("edge", (edge.id for edge in edges))
    quotes = {quote: number for number, quote in enumerate(dict.fromkeys(q for edge in edges for q in edge.quotes))}
    node_kinds = {kind: number for number, kind in enumerate(sorted({node.kind for node in nodes}, key=node_order))}
    edge_kinds = {kind: number for number, kind in enumerate(sorted({edge.kind for edge in edges}, key=edge_order))}
    clean = Cleaner()
    content = {
        "title": clean(page.title) or "Untitled page",
        "note": clean(page.note),
        "documents": [clean(name) for name in page.generated_from],
        "focus": at.get(page.focus),
        "nodeKinds": _node_kinds(nodes, clean),
        "edgeKinds": _edge_kinds(edges, clean),
        "nodes": [_node(node, node_kinds[node.kind], clean) for node in nodes],
        "edges": [_edge(edge, edge_kinds[edge.kind], at, quotes, clean) for edge in edges],
        "quotes": [_quote(quote, clean) for quote in quotes],
    }
    return {**content, "hidden": clean.removed}


def _index(what: str, ids: Iterable[str]) -> dict[str, int]:
    """Return the place of each id."""
    places: dict[str, int] = {}
    for at, one in enumerate(ids):
        if places.setdefault(one, at) != at:
            raise KGError(f"the page has two {what}s with the id {one!r}")
    return places


def _check(page: Page, at: dict[str, int]) -> None:
    """Raise for an end or a focus that is not on the page."""
    for edge in page.edges:
        for end in (edge.source, edge.target):
            if end not in at:
                raise KGError(f"the page's edge {edge.id!r} names a node that is not on the page: {end!r}")
    if page.focus and page.focus not in at:
        raise KGError(f"the page's focus is not on the page: {page.focus!r}")


def _node_kinds(nodes: list[Node], clean: Cleaner) -> list[Record]:
    """Return the node kinds, the most important first, with their look and count."""
    counts = Counter(node.kind for node in nodes)
    styles = node_styles(counts)
    return [
        {
            "kind": visible_id(kind),
            "label": clean(in_words(kind)),
            "count": counts[kind],
            **asdict(styles[kind]),
            "outline": OUTLINES.get(styles[kind].shape, ""),
        }
        for kind in sorted(counts, key=node_order)
    ]


def _edge_kinds(edges: list[Edge], clean: Cleaner) -> list[Record]:
    """Return the edge kinds, the most important first, with their look and count."""
    counts = Counter(edge.kind for edge in edges)
    styles = edge_styles(counts)
    words: dict[str, set[str]] = {}
    for edge in edges:
        words.setdefault(edge.kind, set()).add(edge.label)
    return [
        {
            "kind": visible_id(kind),
            # The words its edges all use are what the reader will look for; a mixed kind has only its name.
            "label": clean(min(words[kind]) if len(words[kind]) == 1 else "").strip() or clean(in_words(kind)),
            "count": counts[kind],
            **asdict(styles[kind]),
        }
        for kind in sorted(counts, key=edge_order)
    ]


def _node(node: Node, kind: int, clean: Cleaner) -> Record:
    """Return one node."""
    return {
        "id": visible_id(node.id),
        "label": clean(node.label).strip() or visible_id(node.id),
        "kind": kind,
        "aliases": [clean(alias) for alias in node.aliases],
        "properties": [[clean(name), clean(value)] for name, value in node.properties],
        "url": clean(node.url),
        "link": link(node.url),
        "tier": node.tier,
    }


def _edge(edge: Edge, kind: int, at: dict[str, int], quotes: dict[Quote, int], clean: Cleaner) -> Record:
    """Return one edge."""
    return {
        "id": visible_id(edge.id),
        "source": at[edge.source],
        "target": at[edge.target],
        "kind": kind,
        "label": clean(edge.label).strip() or in_words(clean(edge.kind)),
        "certainty": clean(edge.certainty),
        "basis": clean(edge.basis),
        "exposure": edge.exposure if edge.exposure in {"confirmed", "potential"} else "",
        "status": clean(edge.status),
        "date": clean(edge.date),
        "quotes": [quotes[quote] for quote in edge.quotes],
    }


def _quote(quote: Quote, clean: Cleaner) -> Record:
    """Return one quote."""
    texts = {name: value for name, value in asdict(quote).items() if isinstance(value, str)}
    return {
        **{name: clean(value) for name, value in texts.items()},
        "claim": visible_id(quote.claim),
        "link": link(quote.url),
        "span": list(quote.span) if quote.span else None,
    }
