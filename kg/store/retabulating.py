"""The edge table of a database where only a part has changed since it had another: made from that one.

The unit that is made anew is all edges from one node to another. Whatever touches an edge, or one of its claims, is known
by the ends that it has or had; and a node that comes, goes, or is dated otherwise touches every edge at it. The other rows
are moved to their new places as they are.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from kg.store.columns import among, exchanged, picked, texts
from kg.store.edges import EdgeTable
from kg.store.tabulating import CODES, INTEGERS, TERMS, claims, codes, columns, each, edges, kinds, labels, solutions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import numpy as np
    import pyoxigraph as ox
    from numpy.typing import NDArray

    from kg.store.columns import Texts
    from kg.store.ledger import Touched
    from kg.store.tabulating import Claims, Edge

    Pair = tuple[str, str]


def tabulated_again(table: EdgeTable, quads: ox.Store, touched: Touched) -> EdgeTable:
    """Return the edge table of a database in which only this was touched since it had the table that is given."""
    import numpy as np  # noqa: PLC0415 - reading a store must not need it

    # Most of what is touched are claims, which are never nodes of the table.
    told = {iri for iri in touched.nodes if "/claim/" in iri}
    nodes = touched.nodes - told
    kind, label = kinds(quads, nodes), labels(quads, nodes)
    before, come = cache(table.iri.place), sorted(kind)
    gone = [node for node in nodes if before(node) is not None]
    order, place = exchanged(table.iri, gone, come)
    iri = picked(table.iri, texts(come), order)
    after = cache(iri.place)
    whole = kind.keys() ^ set(gone) | {node for node, name in kind.items() if name == "incident"}
    pairs = _pairs_told(quads, touched) | _pairs_at(table, quads, whole)
    left = _rows_between(table, (tuple(map(before, pair)) for pair in pairs))
    found = list(edges(quads, after, [pair for pair in pairs if None not in map(after, pair)]))
    return EdgeTable(
        iri=iri,
        label=picked(table.label, texts([label.get(iri, "") for iri in come]), order),
        kind=np.concatenate([table.kind, codes(kind[iri] for iri in come)])[order],
        **_merged(table, left, place, columns(found, _claims(quads, table, left, told=told, iri=iri, found=found))),
    )


def _pairs_told(quads: ox.Store, touched: Touched) -> set[Pair]:
    """The ends that relationships and claims have or had, of those that are touched."""
    sources, targets = ({iri: set(ends) for iri, ends in told.items()} for told in (touched.sources, touched.targets))
    # An end that was not touched is as it was.
    half = each(touched.nodes - (sources.keys() & targets.keys()))
    for pattern in ("?r bkg:customer ?source ; bkg:supplier ?target", "?r rdf:subject ?source ; rdf:object ?target"):
        for iri, source, target in solutions(quads, "r source target", pattern, "r", half):
            assert iri and source and target  # noqa: PT018 - the pattern binds them
            sources.setdefault(iri, set()).add(source)
            targets.setdefault(iri, set()).add(target)
    return {pair for iri in sources.keys() & targets.keys() for pair in product(sources[iri], targets[iri])}


def _pairs_at(table: EdgeTable, quads: ox.Store, nodes: Collection[str]) -> set[Pair]:
    """The ends of the edges that some nodes have or had."""
    import numpy as np  # noqa: PLC0415

    places = [at for at in map(table.iri.place, nodes) if at is not None]
    rows = np.flatnonzero(among(table.source, places) | among(table.target, places))
    happened = "?source bkg:breached|bkg:affectsDownstream ?target"
    found = chain(
        solutions(quads, "source target", "?r bkg:customer ?source ; bkg:supplier ?target", "source", each(nodes)),
        solutions(quads, "source target", "?r bkg:supplier ?target ; bkg:customer ?source", "target", each(nodes)),
        solutions(quads, "source target", happened, "source", each(nodes)),
        solutions(quads, "source target", happened, "target", each(nodes)),
    )
    led = {(table.iri[int(table.source[row])], table.iri[int(table.target[row])]) for row in rows}
    return led | {(source, target) for source, target in found if source and target}


def _rows_between(table: EdgeTable, places: Iterable[tuple[int | None, ...]]) -> NDArray[np.int64]:
    """The rows of a table whose edges have these ends."""
    import numpy as np  # noqa: PLC0415

    wanted = [a * len(table.iri) + b for a, b in places if a is not None and b is not None]
    return np.flatnonzero(among(table.source.astype(np.int64) * len(table.iri) + table.target, wanted))


def _claims(
    quads: ox.Store, table: EdgeTable, left: NDArray[np.int64], *, told: set[str], iri: Texts, found: Iterable[Edge]
) -> Claims:
    """The claims on edges that are made anew: those they had and those that were touched; all, where an edge is new."""
    held = {
        (int(table.type[row]), table.iri[int(table.source[row])], table.iri[int(table.target[row])]) for row in left
    }
    new = {(code, iri[source], iri[target]) for code, source, target, *_ in found} - held
    due = told.union(*map(table.claims, left))
    by_name = claims(quads, cache(iri.place), "c", each(due))
    by_ends = claims(quads, iri.place, "p s o", [(TERMS[code], *ends) for code, *ends in new])
    return by_name | by_ends


def _merged(
    table: EdgeTable, left: NDArray[np.int64], place: NDArray[np.int64], part: dict[str, Any]
) -> dict[str, Any]:
    """The columns of the edges that are not left out, their nodes at new places, and of a part made anew, sorted together."""
    import numpy as np  # noqa: PLC0415

    kept = np.delete(np.arange(len(table)), left)
    held = {name: getattr(table, name)[kept] for name in ("type", *INTEGERS, *CODES, "weight")}
    held |= {name: place[held[name]].astype(np.int32) for name in ("source", "target")}
    both = {name: np.concatenate([held[name], part[name]]) for name in held}
    order = np.lexsort([both[name] for name in ("status", "valid_until", "valid_from", "target", "source", "type")])
    ends = np.concatenate([[0], table.claims_end])
    counts = np.concatenate([np.diff(ends)[kept], np.diff(part["claims_end"], prepend=0)])
    starts = np.concatenate(
        [ends[:-1][kept], len(table.claim) + part["claims_end"] - np.diff(part["claims_end"], prepend=0)]
    )
    claims_end = np.cumsum(counts[order], dtype=np.int64)
    within = np.arange(counts.sum()) - np.repeat(claims_end - counts[order], counts[order])
    claim = picked(table.claim, part["claim"], np.repeat(starts[order], counts[order]) + within)
    return {name: column[order] for name, column in both.items()} | {"claims_end": claims_end, "claim": claim}
