"""A page as plain data in columns, small enough for thousands of records: what the script in the page reads.

A column holds one value for each record. In a column of texts, a number stands for a place in `texts`, where every
text that is used more than once stands once; addresses that sort next to each other share their beginnings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import pairwise
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KGError
from kg.patterns import regex
from kg.view.layout import positions
from kg.view.palette import OUTLINES, edge_order, edge_style, in_words, line_look, node_order, node_style
from kg.view.safe import Cleaner, link, visible_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.view.page import Edge, Node, Page, Quote

Record = dict[str, Any]
_DAY: Final = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EXPOSURES: Final = ("confirmed", "potential")


class Texts:
    """Cleans texts and stores those that are used more than once only once.

    Attributes:
        clean: takes hidden characters out, and counts them.
    """

    def __init__(self) -> None:
        self.clean = Cleaner()
        self._columns: list[list[Any]] = []
        self._uses: Counter[str] = Counter()

    def column(self, values: Iterable[str]) -> list[Any]:
        """Return a column of texts; `table` later puts places instead of those that are used again."""
        cleaned: list[Any] = [self.clean(value) for value in values]
        self._uses.update(cleaned)
        self._columns.append(cleaned)
        return cleaned

    def table(self) -> list[str]:
        """Return the texts that are used more than once, the most used first; all columns now point into it."""
        table = [text for text, uses in self._uses.most_common() if uses > 1]
        places: dict[str, int] = {text: at for at, text in enumerate(table)}
        for column in self._columns:
            column[:] = [places.get(text, text) for text in column]
        return table


def payload(page: Page) -> Record:
    """Return the page's records, sorted and cleaned, in columns, with nodes, kinds and quotes referred to by index.

    Raises:
        KGError: an id is used twice, or an edge or the focus names a node that is not there.
    """
    nodes = sorted(page.nodes, key=lambda node: (node_order(node.kind), node.label, node.id))
    at = _index("node", (node.id for node in nodes))
    _check(page, at)
    edges = sorted(page.edges, key=lambda edge: (edge_order(edge.kind), at[edge.source], at[edge.target], edge.id))
    _index("edge", (edge.id for edge in edges))
    quotes = sorted(dict.fromkeys(quote for edge in edges for quote in edge.quotes), key=lambda quote: quote.claim)
    texts = Texts()
    content = {
        "title": texts.clean(page.title) or "Untitled page",
        "note": texts.clean(page.note),
        "documents": [texts.clean(name) for name in page.generated_from],
        "focus": at.get(page.focus),
        "part": page.part,
        "maxNodes": max(1, page.max_nodes),
        "nodeKinds": _node_kinds(nodes, texts.clean),
        "edgeKinds": _edge_kinds(edges, texts.clean),
        "doubts": sorted({line_look(edge.exposure, edge.certainty) for edge in edges} & {"doubted", "denied"}),
        "exposures": {word: sum(edge.exposure == word for edge in edges) for word in EXPOSURES},
        "nodes": {**_nodes(nodes, at, texts), **_places(nodes, edges, page.focus)},
        "edges": _edges(edges, at, {quote: number for number, quote in enumerate(quotes)}, texts),
        "quotes": _quotes(quotes, texts),
        "texts": texts.table(),
    }
    return {**content, "hidden": texts.clean.removed}


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
    return [
        {
            "kind": visible_id(kind),
            "label": clean(in_words(kind)),
            "count": counts[kind],
            **asdict(node_style(kind)),
            "outline": OUTLINES.get(node_style(kind).shape, ""),
        }
        for kind in sorted(counts, key=node_order)
    ]


def _edge_kinds(edges: list[Edge], clean: Cleaner) -> list[Record]:
    """Return the edge kinds, the most important first, with their look and count."""
    counts = Counter(edge.kind for edge in edges)
    words: dict[str, set[str]] = {}
    for edge in edges:
        words.setdefault(edge.kind, set()).add(edge.label)
    return [
        {
            "kind": visible_id(kind),
            # The words its edges all use are what the reader will look for; a mixed kind has only its name.
            "label": clean(min(words[kind]) if len(words[kind]) == 1 else "").strip() or clean(in_words(kind)),
            "count": counts[kind],
            **asdict(edge_style(kind)),
        }
        for kind in sorted(counts, key=edge_order)
    ]


def _nodes(nodes: list[Node], at: dict[str, int], texts: Texts) -> Record:
    """Return the columns of the nodes; aliases and properties are cut from one column each by their counts."""
    kinds = _numbered((node.kind for node in nodes), node_order)
    links = [link(node.url) for node in nodes]
    return {
        "id": _chained([visible_id(node.id) for node in nodes]),
        "label": texts.column(texts.clean(node.label).strip() or visible_id(node.id) for node in nodes),
        "kind": [kinds[node.kind] for node in nodes],
        "aliasCount": [len(node.aliases) for node in nodes],
        "aliases": texts.column(alias for node in nodes for alias in node.aliases),
        "propertyCount": [len(node.properties) for node in nodes],
        "properties": texts.column(word for node in nodes for pair in node.properties for word in pair),
        "link": texts.column(links),
        "url": texts.column("" if safe else node.url for node, safe in zip(nodes, links, strict=True)),
        "tier": _sparse((node.tier for node in nodes), None),
        "sector": texts.column(node.sector.strip() for node in nodes),
        "sole_for": _sparse((node.sole_for for node in nodes), 0),
        "portfolio": texts.column(node.portfolio for node in nodes),
        "since": texts.column(_day(node.since) for node in nodes),
        "until": texts.column(_day(node.until) for node in nodes),
        "left_alone_by": [
            (place, at[vendor]) for place, node in enumerate(nodes) for vendor in node.left_alone_by if vendor in at
        ],
    }


def _places(nodes: list[Node], edges: list[Edge], focus: str) -> Record:
    """Return the columns of the nodes' positions."""
    where = positions(
        [node.id for node in nodes],
        [(edge.source, edge.target) for edge in edges],
        focus=focus,
        tiers={node.id: node.tier for node in nodes},
    )
    return {"x": [where[node.id][0] for node in nodes], "y": [where[node.id][1] for node in nodes]}


def _edges(edges: list[Edge], at: dict[str, int], quotes: dict[Quote, int], texts: Texts) -> Record:
    """Return the columns of the edges; an id is null where it is source, kind and target with blanks between."""
    kinds = _numbered((edge.kind for edge in edges), edge_order)
    derived = [edge.id == f"{edge.source} {edge.kind} {edge.target}" for edge in edges]
    return {
        "id": [None if told else visible_id(edge.id) for edge, told in zip(edges, derived, strict=True)],
        "source": [at[edge.source] for edge in edges],
        "target": [at[edge.target] for edge in edges],
        "kind": [kinds[edge.kind] for edge in edges],
        "label": texts.column(texts.clean(edge.label).strip() or in_words(edge.kind) for edge in edges),
        "certainty": texts.column(edge.certainty for edge in edges),
        "basis": texts.column(edge.basis for edge in edges),
        "exposure": texts.column(edge.exposure if edge.exposure in EXPOSURES else "" for edge in edges),
        "status": texts.column(edge.status for edge in edges),
        "date": texts.column(edge.date for edge in edges),
        "since": texts.column(_day(edge.since) for edge in edges),
        "until": texts.column(_day(edge.until) for edge in edges),
        "spans": [
            (place, [tuple(map(_day, span)) for span in edge.spans]) for place, edge in enumerate(edges) if edge.spans
        ],
        "disputed": [(place, texts.clean(edge.disputed)) for place, edge in enumerate(edges) if edge.disputed],
        "quotes": [[quotes[quote] for quote in edge.quotes] for edge in edges],
    }


def _quotes(quotes: list[Quote], texts: Texts) -> Record:
    """Return the columns of the quotes; `url` holds the addresses that are no safe link, the others stand in `link`.

    A place that ends with its span is cut there, and the span has a third value, 1.
    """
    links = [link(quote.url) for quote in quotes]
    return {
        "text": texts.column(quote.text for quote in quotes),
        "document": texts.column(quote.document for quote in quotes),
        "place": texts.column(quote.place.removesuffix(_characters(quote)) for quote in quotes),
        "span": [_span(quote) for quote in quotes],
        "source": texts.column(quote.source for quote in quotes),
        "link": texts.column(links),
        "url": texts.column("" if safe else quote.url for quote, safe in zip(quotes, links, strict=True)),
        "date": texts.column(quote.date for quote in quotes),
        "certainty": texts.column(quote.certainty for quote in quotes),
        "basis": texts.column(quote.basis for quote in quotes),
        "extractor": texts.column(quote.extractor for quote in quotes),
        "confidence": texts.column(quote.confidence for quote in quotes),
        "claim": _chained([visible_id(quote.claim) for quote in quotes]),
    }


def _characters(quote: Quote) -> str:
    """Return the span of a quote as most places end with it."""
    return f", characters {quote.span[0]}-{quote.span[1]}" if quote.span else ""


def _span(quote: Quote) -> Any:
    """Return a span for its column, 0 for none."""
    if not quote.span:
        return 0
    return [*quote.span, 1] if quote.place.endswith(_characters(quote)) else list(quote.span)


def _numbered(kinds: Iterable[str], order: Any) -> dict[str, int]:
    """Return the number of each kind."""
    return {kind: number for number, kind in enumerate(sorted(set(kinds), key=order))}


def _chained(ids: Sequence[str]) -> Record:
    """Return the ids as what each shares with the one before, in UTF-16 units, and the rest of it."""
    shared = [commonprefix(pair) for pair in pairwise(("", *ids))]  # noqa: RUF071  # of characters, not of folders
    return {
        "shared": [len(part) if part.isascii() else len(part.encode("utf-16-le")) // 2 for part in shared],
        "rest": [one[len(part) :] for one, part in zip(ids, shared, strict=True)],
    }


def _sparse(values: Iterable[int | None], usual: int | None) -> list[tuple[int, int | None]]:
    """Return the place and the value of those that are not the usual one."""
    return [(at, value) for at, value in enumerate(values) if value != usual]


def _day(text: str) -> str:
    """Return a day as it is, anything else as no day."""
    return text if _DAY.fullmatch(text) else ""
