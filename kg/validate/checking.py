"""One validation: the shapes by an engine, the quotes by comparison, each failure with its document and place."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.checks import whole_number
from kg.errors import KGError
from kg.reference.shapes import shapes
from kg.reference.triples import Triples
from kg.validate.engines import SHAPES, choose, run, shape_files
from kg.validate.findings import Check, Count, Finding, Validation
from kg.validate.parts import canonical_part, evidence_parts
from kg.validate.places import Places
from kg.validate.quotes import IN_RANGE, IN_TEXT, held_against_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import GraphStore
    from kg.validate.findings import Result


def validate(
    store: GraphStore, *, documents: Iterable[str | Path] = (), limit: int | None = None, engine: str | None = None
) -> Validation:
    """Return what is wrong or weak in a graph.

    Args:
        store: the graph.
        documents: files or folders where documents are that have moved since they were read.
        limit: findings of one shape at most; None for all.
        engine: "pyshacl" or "shifty"; the fastest that is installed if none is named.

    Raises:
        KGError: the limit is negative, there is no such engine, or it cannot validate the graph.
        MissingExtraError: the engine is not installed.
        StoreError: the store is damaged.
        UnreadableError: a given input is missing.
    """
    if limit is not None and (limit := whole_number(limit, "the limit")) < 0:
        raise KGError(f"the limit is {limit}; it cannot be negative")
    name, places = choose(engine), Places(store)
    quotes, missing = held_against_texts(store, documents)
    results = sorted(_by_shapes(store, name) | quotes, key=lambda result: (*_order(result.check), result))
    return Validation(
        name,
        tuple(_finding(store, places, result) for result in _first(results, limit)),
        tuple(
            Count(checks()[check][0], store.name, found, found if limit is None else min(found, limit))
            for check, found in Counter(result.check for result in results).items()
        ),
        tuple(sorted(places.document(graph) or graph for graph in missing)),
    )


@cache
def checks() -> dict[str, tuple[Check, frozenset[str]]]:
    """Return name -> check, and the IRIs of the terms it looks at: violations first, in the order of the shapes."""
    found = [
        (Check(shape.iri.removeprefix(SHAPES), shape.severity, shape.message, shape.path), frozenset(shape.terms))
        for shape in shapes(Triples(shape_files()))
    ]
    found += [(IN_TEXT, frozenset()), (IN_RANGE, frozenset())]
    return {check.name: (check, terms) for check, terms in sorted(found, key=lambda pair: pair[0].severity)}


def _order(check: str) -> tuple[str, int]:
    return checks()[check][0].severity, list(checks()).index(check)


def _by_shapes(store: GraphStore, engine: str) -> set[Result]:
    with TemporaryDirectory(prefix="breachkg-") as name:
        found = run(engine, canonical_part(store, Path(name)))
        for part in evidence_parts(store, Path(name)):
            found |= run(engine, part, warnings=False)
    return found


def _first(results: list[Result], limit: int | None) -> list[Result]:
    """No more than `limit` results of each check."""
    seen: Counter[str] = Counter()
    kept = []
    for result in results:
        seen[result.check] += 1
        if limit is None or seen[result.check] <= limit:
            kept.append(result)
    return kept


def _finding(store: GraphStore, places: Places, result: Result) -> Finding:
    check, terms = checks()[result.check]
    place = places.of(result.node, result.value, terms)
    return Finding(
        severity=check.severity,
        shape=check.name,
        message=check.message,
        node=result.node,
        label=places.label(result.node),
        path=check.path,
        value=result.value,
        graph=store.name,
        document=place.document,
        place=place.place,
        span=place.span,
        quote=place.quote,
    )
