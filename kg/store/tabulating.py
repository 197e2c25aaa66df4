"""The edge table of a database, made from all of its canonical graph, and the parts of it that are asked for."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any, Final

from kg.store.columns import numbers, texts
from kg.store.edges import ALWAYS_FROM, ALWAYS_UNTIL, BASES, CERTAINTIES, KINDS, STATUSES, TYPES, EdgeTable
from kg.vocabulary import BKG, PREFIXES, VOCAB

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import pyoxigraph as ox

    from kg.store.columns import Numbers

    Number = Callable[[str], int | None]
    """Gives the place of a node in the table, None where it is not in it."""
    Edge = tuple[int, int, int, int, int, int]
    """Type, source, target, valid from, valid until, status."""
    Claims = dict[tuple[int, ...], list[tuple[str, int, int]]]
    """(type, source, target) -> its claims, each with certainty and basis; sorted."""

SORTED: Final = ("type", "source", "target", "valid_from", "valid_until", "status")
"""Columns that the rows are sorted by."""
TERMS: Final = tuple(BKG[name][1:-1] for name in TYPES)
"""The properties that the types of edges stand for."""
_CLASSES: Final = tuple(BKG[name][1:-1] for name in ("Organization", "Vendor", "OrganizationGroup", "Incident"))
"""The classes that kinds of nodes stand for."""
_EPOCH = date(1970, 1, 1).toordinal()
_MOST: Final = 1_000
"""Nodes that are asked for in one query."""


def tabulated(quads: ox.Store) -> EdgeTable:
    """Return the edge table that follows from the canonical graph of a database."""
    kind, label = kinds(quads), labels(quads)
    iris = sorted(kind)
    number = {iri: at for at, iri in enumerate(iris)}
    return EdgeTable(
        iri=texts(iris),
        label=texts(label.get(iri, "") for iri in iris),
        kind=codes(kind[iri] for iri in iris),
        **columns(edges(quads, number.get), claims(quads, number.get, "p", each(TERMS))),
    )


def columns(found: Iterable[Edge], claimed: Claims) -> dict[str, Any]:
    """Return the columns of edges, sorted, each with its claims."""
    rows = sorted(found)
    told = [claimed.get(row[:3], []) for row in rows]
    return {
        **{
            name: numbers(code, [row[at] for row in rows])
            for at, (name, code) in enumerate(zip(SORTED, "BiiiiB", strict=True))
        },
        "certainty": numbers("B", [min((c[1] for c in cs), default=len(CERTAINTIES)) for cs in told]),
        "basis": numbers("B", [min((c[2] for c in cs), default=len(BASES)) for cs in told]),
        "weight": numbers("f", repeat(1, len(rows))),
        "claims_end": numbers("q", accumulate(map(len, told))),
        "claim": texts(claim for cs in told for claim, _, _ in cs),
    }


def codes(found: Iterable[str]) -> Numbers:
    """Return kinds of nodes as places in `KINDS`."""
    return numbers("B", map(KINDS.index, found))


def solutions(
    quads: ox.Store, names: str, pattern: str, variables: str = "", only: Iterable[tuple[str, ...]] | None = None
) -> Iterator[tuple[str | None, ...]]:
    """Yield the solutions of a pattern as texts; where `only` is given, those in which variables are nodes that it lists.

    Args:
        quads: the database.
        names: the variables that are asked for.
        pattern: what holds of them.
        variables: those that `only` gives.
        only: their values (IRIs).
    """
    wanted = names.split()
    for values in [""] if only is None else _values(variables, only):
        found: Any = quads.query(f"SELECT ?{' ?'.join(wanted)} {{ {values} {pattern} }}", prefixes=PREFIXES)
        for solution in found:
            yield tuple(None if (term := solution[name]) is None else term.value for name in wanted)


def _values(variables: str, only: Iterable[tuple[str, ...]]) -> Iterator[str]:
    listed = [f"({' '.join(f'<{iri}>' for iri in row)})" for row in sorted(only)]
    for start in range(0, len(listed), _MOST):
        yield f"VALUES (?{variables.replace(' ', ' ?')}) {{ {' '.join(listed[start : start + _MOST])} }}"


def each(nodes: Iterable[str]) -> list[tuple[str]]:
    """Return nodes as the values of one variable."""
    return [(iri,) for iri in nodes]


def kinds(quads: ox.Store, only: Collection[str] | None = None) -> dict[str, str]:
    """Return IRI -> kind for all nodes, or for those of these; an organization that supplies is a vendor."""
    if only is None:
        found = [(iri, term) for term in _CLASSES for (iri,) in solutions(quads, "iri", f"?iri a <{term}>")]
    else:
        found = [(iri, term) for iri, term in solutions(quads, "iri term", "?iri a ?term", "iri", each(only)) if term]
    told = sorted((_CLASSES.index(term), iri) for iri, term in found if iri and term in _CLASSES)
    return {iri: KINDS[code] for code, iri in told}


def labels(quads: ox.Store, only: Collection[str] | None = None) -> dict[str, str]:
    """Return IRI -> label for all nodes, or of these."""
    values = None if only is None else each(only)
    found = solutions(quads, "iri label", "?iri rdfs:label ?label", "iri", values)
    return {iri: label for iri, label in found if iri and label}


def edges(quads: ox.Store, number: Number, only: Collection[tuple[str, str]] | None = None) -> Iterator[Edge]:
    """Yield all edges, or those with these ends (source and target)."""
    relationships = solutions(
        quads,
        "customer supplier status from until gone",
        """?r bkg:customer ?customer ; bkg:supplier ?supplier ; bkg:relationshipStatus ?status
        OPTIONAL { ?r bkg:validFrom ?from } OPTIONAL { ?r bkg:validUntil ?until }
        OPTIONAL { ?r bkg:observedUntil ?gone }""",
        "customer supplier",
        only,
    )
    for customer, supplier, status, begin, end, gone in relationships:
        assert customer and supplier  # noqa: PT018 - the pattern binds them
        source, target = number(customer), number(supplier)
        if source is not None and target is not None:
            until = _day(end or gone, ALWAYS_UNTIL)
            yield 0, source, target, _day(begin, ALWAYS_FROM), until, _place(STATUSES, status)
    for code, term in enumerate(TERMS[1:], 1):
        happened = solutions(
            quads,
            "i party from last",
            f"?i <{term}> ?party OPTIONAL {{ ?i bkg:earliest ?from }} OPTIONAL {{ ?i bkg:latest ?last }}",
            "i party",
            only,
        )
        for incident, party, begin, last in happened:
            assert incident and party  # noqa: PT018 - the pattern binds them
            source, target = number(incident), number(party)
            if source is not None and target is not None:
                until = _day(last, ALWAYS_UNTIL - 1) + 1
                yield code, source, target, _day(begin, ALWAYS_FROM), until, STATUSES.index("unknown")


def claims(quads: ox.Store, number: Number, variables: str, only: Iterable[tuple[str, ...]]) -> Claims:
    """Return the claims on edges for which some of claim ("c"), type ("p", its property), source ("s") and target ("o") are given."""
    pattern = "?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; bkg:certainty ?certainty ; bkg:basis ?basis"
    found: Claims = defaultdict(list)
    for claim, subject, term, obj, certainty, basis in solutions(
        quads, "c s p o certainty basis", pattern, variables, only
    ):
        assert claim and subject and obj  # noqa: PT018 - the pattern binds them
        source, target = number(subject), number(obj)
        if term in TERMS and source is not None and target is not None:
            told = (claim, _place(CERTAINTIES, certainty), _place(BASES, basis))
            found[TERMS.index(term), source, target].append(told)
    return {edge: sorted(told) for edge, told in found.items()}


def _place(words: tuple[str, ...], concept: str | None) -> int:
    """The place of a concept in a list of slugs; behind the last where it is not in it."""
    slug = (concept or "").removeprefix(VOCAB).partition("/")[2]
    return words.index(slug) if slug in words else len(words)


def _day(text: str | None, otherwise: int) -> int:
    return date.fromisoformat(text).toordinal() - _EPOCH if text else otherwise
