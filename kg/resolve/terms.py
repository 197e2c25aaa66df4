"""Which terms of a supply relationship are relationships of their own, whichever documents state them.

A list may say of one customer, supplier and service that it began, ended and began again. What stands side by side in one
copy of a list was not meant to contradict itself: each of these terms is a relationship. So it is in every other document
that states one with this beginning, alone or not, and what that says of it is settled with the rest. A copy is a document,
or those of its rows that were seen on one day, or that an export has from one document: of two copies that state one term each, the later corrects the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.rdf.terms import value
from kg.resolve.canonical import DERIVED, record_of, term_keys
from kg.vocabulary import BKG

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.rdf import EvidenceGraph
    from kg.resolve.canonical import Key


class Term(NamedTuple):
    """A term as a document states it: the node of its relationship there, its key, the copy that its row is of."""

    iri: str
    key: Key
    copy: tuple[str, str]


def terms(graph: EvidenceGraph, names: Mapping[str, str]) -> list[Term]:
    """Return the terms that a graph states; `names` is what `referents` gave for it."""
    days = dict(sorted((s, value(o)) for s, p, o in graph.triples if p == BKG["observed"]))
    origins = {record_of(s): o for s, p, o in graph.triples if p == DERIVED}
    keys = term_keys(graph, names)
    return [Term(iri, key, (days.get(iri, ""), origins.get(record_of(iri), ""))) for iri, key in keys.items()]


def parted(documents: Iterable[Iterable[Term]]) -> set[Key]:
    """Return the keys of the terms that some copy of a list states beside others, given the terms of every document."""
    found: set[Key] = set()
    for stated in documents:
        copies: dict[tuple[Key, tuple[str, str]], set[Key]] = defaultdict(set)
        for term in stated:
            copies[term.key[:-1], term.copy].add(term.key)
        found.update(*(keys for keys in copies.values() if len(keys) > 1))
    return found
