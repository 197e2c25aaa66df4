"""The edge table of a database where only a part has changed since it had another: made from that one.

The unit that is made anew is all edges from one node to another. Whatever touches an edge, or one of its claims, is known
by the ends that it has or had; and a node that comes, goes, or is dated otherwise touches every edge at it. The other rows
are moved to their new places as they are.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from kg.store.columns import between, exchanged, held_by, moved, moved_ends, moved_texts, numbers, runs, texts
from kg.store.edges import TYPES, EdgeTable
from kg.store.tabulating import SORTED, TERMS, claims, codes, columns, each, edges, kinds, labels, solutions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    import pyoxigraph as ox

    from kg.store.columns import Texts
    from kg.store.ledger import Touched
    from kg.store.tabulating import Claims, Edge

    Pair = tuple[str, str]


def tabulated_again(table: EdgeTable, quads: ox.Store, touched: Touched) -> EdgeTable:
    """Return the edge table of a database in which only this was touched since it had the table that is given."""
    # Most of what is touched are claims, which are never nodes of the table.
    told = {iri for iri in touched.nodes if "/claim/" in iri}
    nodes = touched.nodes - told
    kind = kinds(quads, nodes)
    label = labels(quads, kind)
    before, come = cache(table.iri.place), sorted(kind)
    gone = [node for node in nodes if before(node) is not None]
    order, place = exchanged(table.iri, gone, come)
    iri = moved_texts(table.iri, texts(come), order)
    after = cache(iri.place)
    whole = kind.keys() ^ set(gone) | {node for node, name in kind.items() if name == "incident"}
    pairs = _pairs_told(quads, touched, told) | _pairs_at(table, quads, whole)
    left = [row for source, target in pairs for row in _rows(table, before(source), before(target))]
    found = list(edges(quads, after, [pair for pair in pairs if None not in map(after, pair)]))
    told_of = _claims(quads, table, left, told=told, iri=iri, found=found)
    return EdgeTable(
        iri=iri,
        label=moved_texts(table.label, texts(label.get(iri, "") for iri in come), order),
        kind=moved((table.kind, codes(kind[iri] for iri in come)), order),
        **_merged(table, left, place, columns(found, told_of), iri),
    )


def _pairs_told(quads: ox.Store, touched: Touched, claimed: set[str]) -> set[Pair]:
    """The ends that relationships and claims have or had, of those that are touched."""
    sources, targets = ({iri: set(ends) for iri, ends in told.items()} for told in (touched.sources, touched.targets))
    # An end that was not touched is as it was.
    half = touched.nodes - (sources.keys() & targets.keys())
    for pattern, only in (
        ("?r bkg:customer ?source ; bkg:supplier ?target", half - claimed),
        ("?r rdf:subject ?source ; rdf:object ?target", half & claimed),
    ):
        for iri, source, target in solutions(quads, "r source target", pattern, "r", each(only)):
            assert iri and source and target  # noqa: PT018 - the pattern binds them
            sources.setdefault(iri, set()).add(source)
            targets.setdefault(iri, set()).add(target)
    return {pair for iri in sources.keys() & targets.keys() for pair in product(sources[iri], targets[iri])}


def _pairs_at(table: EdgeTable, quads: ox.Store, nodes: Collection[str]) -> set[Pair]:
    """The ends of the edges that some nodes have or had."""
    held = {at for at in map(table.iri.place, nodes) if at is not None}
    rows = [row for at in held for row in _rows(table, at)]
    rows += [row for row, target in enumerate(table.target) if target in held]
    happened = "?source bkg:breached|bkg:affectsDownstream ?target"
    found = chain(
        solutions(quads, "source target", "?r bkg:customer ?source ; bkg:supplier ?target", "source", each(nodes)),
        solutions(quads, "source target", "?r bkg:supplier ?target ; bkg:customer ?source", "target", each(nodes)),
        solutions(quads, "source target", happened, "source", each(nodes)),
        solutions(quads, "source target", happened, "target", each(nodes)),
    )
    led = {(table.iri[table.source[row]], table.iri[table.target[row]]) for row in rows}
    return led | {(source, target) for source, target in found if source and target}


def _rows(table: EdgeTable, *ends: int | None) -> Iterator[int]:
    """The rows of a table whose edges have this source, and this target where one is given."""
    known = [end for end in ends if end is not None]
    for code in range(len(TYPES) if len(known) == len(ends) else 0):
        yield from between((table.type, table.source, table.target), (code, *known))


def _claims(
    quads: ox.Store, table: EdgeTable, left: Iterable[int], *, told: set[str], iri: Texts, found: Iterable[Edge]
) -> Claims:
    """The claims on edges that are made anew: those they had and those that were touched; all, where an edge is new."""
    held = {(table.type[row], table.iri[table.source[row]], table.iri[table.target[row]]) for row in left}
    new = {(code, iri[source], iri[target]) for code, source, target, *_ in found} - held
    due = told.union(*map(table.claims, left))
    by_name = claims(quads, cache(iri.place), "c", each(due))
    by_ends = claims(quads, iri.place, "p s o", [(TERMS[code], *ends) for code, *ends in new])
    return by_name | by_ends


def _merged(
    table: EdgeTable, left: Iterable[int], place: Sequence[int], part: dict[str, Any], iri: Texts
) -> dict[str, Any]:
    """The columns of the edges that are not left out, their nodes at new places, and of a part made anew, sorted together."""
    # They are found a place by the old numbers of nodes: those that are left out may have nodes that have no new one.
    near = cache(lambda number: table.iri.near(iri[number]))
    by = [getattr(table, name) for name in SORTED]
    coming = zip(*(part[name] for name in SORTED), strict=True)
    spots = [between(by, (code, near(source), near(target), *more)).start for code, source, target, *more in coming]
    order = runs(len(table), left, spots)
    held = {name: getattr(table, name) for name in (*SORTED, "certainty", "basis", "weight")}
    held |= {name: numbers("i", map(place.__getitem__, held[name])) for name in ("source", "target")}
    ends = table.claims_end, part["claims_end"]
    return {
        **{name: moved((column, part[name]), order) for name, column in held.items()},
        "claims_end": moved_ends(ends, order),
        "claim": moved_texts(table.claim, part["claim"], held_by(ends, order)),
    }
