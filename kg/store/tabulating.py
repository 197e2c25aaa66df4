"""The edge table of a database: made from all of it, or from the one before where only a part has changed.

The unit that is made anew is all edges of one source (a customer, or an incident): whatever touches an edge, its claims,
or one of its ends, touches its source. The other rows are moved to their new places as they are.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from kg.store.columns import exchanged, picked, texts
from kg.store.edges import ALWAYS_FROM, ALWAYS_UNTIL, BASES, CERTAINTIES, KINDS, STATUSES, TYPES, EdgeTable
from kg.vocabulary import BKG, PREFIXES, REUSED, VOCAB

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import numpy as np
    import pyoxigraph as ox
    from numpy.typing import NDArray

ENDS: Final = frozenset(
    term[1:-1] for term in (
        BKG["customer"], BKG["supplier"], BKG["breached"], BKG["affectsDownstream"], REUSED["rdf:subject"], REUSED["rdf:object"],
    )
)  # fmt: skip
"""Properties whose values are the ends of edges."""
CONCERNS: Final = ENDS | {
    term[1:-1] for term in (
        *(BKG[name] for name in (
            "relationshipStatus", "validFrom", "validUntil", "observedUntil", "earliest", "latest", "certainty", "basis",
        )),
        *(REUSED[name] for name in ("rdf:type", "rdfs:label", "rdf:predicate")),
    )
}  # fmt: skip
"""Properties that the edge table rests on."""
_EPOCH = date(1970, 1, 1).toordinal()
_INTEGERS: Final = ("source", "target", "valid_from", "valid_until")
_CODES: Final = ("status", "certainty", "basis")
_MOST: Final = 1_000
"""Nodes that are asked for in one query."""


def tabulated(quads: ox.Store) -> EdgeTable:
    """Return the edge table that follows from the canonical graph of a database."""
    nodes, labels = _nodes(quads), _labels(quads)
    iris = sorted(nodes)
    number = {iri: at for at, iri in enumerate(iris)}
    return EdgeTable(
        iri=texts(iris),
        label=texts([labels.get(iri, "") for iri in iris]),
        kind=_kinds(nodes[iri] for iri in iris),
        **_edge_columns(quads, number.get),
    )


def tabulated_again(table: EdgeTable, quads: ox.Store, touched: Collection[str]) -> EdgeTable:
    """Return the edge table of a database in which only these nodes were touched since it had the table that is given."""
    import numpy as np  # noqa: PLC0415

    # Most of what is touched are claims, which are never nodes of the table.
    ends = {iri for iri in touched if "/claim/" not in iri}
    nodes, labels = _nodes(quads, ends), _labels(quads, ends)
    come = sorted(nodes)
    gone = [iri for iri in ends if table.iri.place(iri) is not None]
    order, place = exchanged(table.iri, gone, come)
    iri = picked(table.iri, texts(come), order)
    sources = _sources(quads, touched) | _sources_at(table, quads, nodes.keys() ^ set(gone)) | ends
    part = _edge_columns(quads, iri.place, sources)
    anew = [at for at in map(table.iri.place, sources) if at is not None]
    return EdgeTable(
        iri=iri,
        label=picked(table.label, texts([labels.get(iri, "") for iri in come]), order),
        kind=np.concatenate([table.kind, _kinds(nodes[iri] for iri in come)])[order],
        **_merged(table, np.flatnonzero(~np.isin(table.source, anew)), place, part),
    )


def _kinds(kinds: Iterable[str]) -> NDArray[np.uint8]:
    import numpy as np  # noqa: PLC0415

    return np.array([KINDS.index(kind) for kind in kinds], dtype=np.uint8)


def _merged(
    table: EdgeTable, kept: NDArray[np.int64], place: NDArray[np.int64], part: dict[str, Any]
) -> dict[str, Any]:
    """The columns of the edges that are kept, their nodes at new places, and of a part made anew, sorted together."""
    import numpy as np  # noqa: PLC0415

    held = {name: getattr(table, name)[kept] for name in ("type", *_INTEGERS, *_CODES, "weight")}
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


def _sources(quads: ox.Store, touched: Collection[str]) -> set[str]:
    """The sources of the edges that relationships and claims tell of, of those that are touched."""
    found = chain(
        _rows(quads, "source", "?touched bkg:customer ?source", "touched", touched),
        _rows(quads, "source", "?touched rdf:subject ?source", "touched", touched),
    )
    return {iri for (iri,) in found if iri}


def _sources_at(table: EdgeTable, quads: ox.Store, nodes: Collection[str]) -> set[str]:
    """The sources of the edges that lead, or led, to nodes."""
    import numpy as np  # noqa: PLC0415

    places = [at for at in map(table.iri.place, nodes) if at is not None]
    led = {table.iri[int(at)] for at in np.unique(table.source[np.isin(table.target, places)])}
    found = chain(
        _rows(quads, "source", "?r bkg:supplier ?node ; bkg:customer ?source", "node", nodes),
        _rows(quads, "source", "?source bkg:breached|bkg:affectsDownstream ?node", "node", nodes),
    )
    return led | {iri for (iri,) in found if iri}


def _edge_columns(
    quads: ox.Store, number: Callable[[str], int | None], sources: Collection[str] | None = None
) -> dict[str, Any]:
    """The columns of all edges, or of those of some sources; `number` gives the place of a node."""
    import numpy as np  # noqa: PLC0415

    claims = _claims(quads, number, sources)
    rows = sorted(_edges(quads, number, sources))
    told = [claims.get(row[:3], []) for row in rows]
    columns: dict[str, Any] = {
        "type": np.array([row[0] for row in rows], dtype=np.uint8),
        **{name: np.array([row[at] for row in rows], dtype=np.int32) for at, name in enumerate(_INTEGERS, 1)},
        "status": np.array([row[5] for row in rows], dtype=np.uint8),
        "certainty": np.array([min((c[1] for c in cs), default=len(CERTAINTIES)) for cs in told], dtype=np.uint8),
        "basis": np.array([min((c[2] for c in cs), default=len(BASES)) for cs in told], dtype=np.uint8),
        "weight": np.ones(len(rows), dtype=np.float32),
        "claims_end": np.cumsum([len(cs) for cs in told], dtype=np.int64),
        "claim": texts([claim for cs in told for claim, _, _ in cs]),
    }
    return columns


def _rows(
    quads: ox.Store, columns: str, pattern: str, variable: str = "", only: Collection[str] | None = None
) -> Iterator[tuple[str | None, ...]]:
    """Solutions of a pattern; where `only` is given, those in which a variable is one of these nodes."""
    names = columns.split()
    for values in [""] if only is None else _values(variable, only):
        found: Any = quads.query(f"SELECT ?{' ?'.join(names)} {{ {values} {pattern} }}", prefixes=PREFIXES)
        for solution in found:
            yield tuple(None if (term := solution[name]) is None else term.value for name in names)


def _values(variable: str, nodes: Collection[str]) -> Iterator[str]:
    listed = [f"<{iri}>" for iri in sorted(nodes)]
    for start in range(0, len(listed), _MOST):
        yield f"VALUES ?{variable} {{ {' '.join(listed[start : start + _MOST])} }}"


def _nodes(quads: ox.Store, only: Collection[str] | None = None) -> dict[str, str]:
    """IRI -> kind; an organization that supplies is a vendor."""
    nodes: dict[str, str] = {}
    for kind, name in zip(KINDS, ("Organization", "Vendor", "OrganizationGroup", "Incident"), strict=True):
        nodes |= {iri: kind for (iri,) in _rows(quads, "iri", f"?iri a {BKG[name]}", "iri", only) if iri}
    return nodes


def _labels(quads: ox.Store, only: Collection[str] | None = None) -> dict[str, str]:
    found = _rows(quads, "iri label", "?iri rdfs:label ?label", "iri", only)
    return {iri: label for iri, label in found if iri and label}


def _edges(
    quads: ox.Store, number: Callable[[str], int | None], sources: Collection[str] | None
) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Type, source, target, valid from, valid until, status."""
    relationships = _rows(
        quads,
        "customer supplier status from until gone",
        """?r bkg:customer ?customer ; bkg:supplier ?supplier ; bkg:relationshipStatus ?status
        OPTIONAL { ?r bkg:validFrom ?from } OPTIONAL { ?r bkg:validUntil ?until }
        OPTIONAL { ?r bkg:observedUntil ?gone }""",
        "customer",
        sources,
    )
    for customer, supplier, status, begin, end, gone in relationships:
        assert customer and supplier  # noqa: PT018 - the pattern binds them
        source, target = number(customer), number(supplier)
        if source is not None and target is not None:
            until = _day(end or gone, ALWAYS_UNTIL)
            yield 0, source, target, _day(begin, ALWAYS_FROM), until, _place(STATUSES, status)
    for code, name in enumerate(TYPES[1:], 1):
        happened = _rows(
            quads,
            "i party from last",
            f"?i {BKG[name]} ?party OPTIONAL {{ ?i bkg:earliest ?from }} OPTIONAL {{ ?i bkg:latest ?last }}",
            "i",
            sources,
        )
        for incident, party, begin, last in happened:
            assert incident and party  # noqa: PT018 - the pattern binds them
            source, target = number(incident), number(party)
            if source is not None and target is not None:
                until = _day(last, ALWAYS_UNTIL - 1) + 1
                yield code, source, target, _day(begin, ALWAYS_FROM), until, STATUSES.index("unknown")


def _claims(
    quads: ox.Store, number: Callable[[str], int | None], sources: Collection[str] | None
) -> dict[tuple[int, ...], list[tuple[str, int, int]]]:
    """(type, source, target) -> its claims, each with certainty and basis; sorted."""
    found: dict[tuple[int, ...], list[tuple[str, int, int]]] = defaultdict(list)
    for code, name in enumerate(TYPES):
        claims = _rows(
            quads,
            "c s o certainty basis",
            f"?c rdf:predicate {BKG[name]} ; rdf:subject ?s ; rdf:object ?o ; bkg:certainty ?certainty ; bkg:basis ?basis",
            "s",
            sources,
        )
        for claim, subject, obj, certainty, basis in claims:
            assert claim and subject and obj  # noqa: PT018 - the pattern binds them
            source, target = number(subject), number(obj)
            if source is not None and target is not None:
                told = (claim, _place(CERTAINTIES, certainty), _place(BASES, basis))
                found[code, source, target].append(told)
    return {edge: sorted(told) for edge, told in found.items()}


def _place(words: tuple[str, ...], concept: str | None) -> int:
    """The place of a concept in a list of slugs; behind the last where it is not in it."""
    slug = (concept or "").removeprefix(VOCAB).partition("/")[2]
    return words.index(slug) if slug in words else len(words)


def _day(text: str | None, otherwise: int) -> int:
    return date.fromisoformat(text).toordinal() - _EPOCH if text else otherwise
