"""What the table of organizations and people's judgements say of those that a database mentions, as canonical facts.

They rest on who is mentioned, and on what each is called: whatever changes that may change them. But they are few, and the
mentions that they can concern are found by their keys; so they are then all derived again, and the difference is written. So
is the graph of the judgements themselves.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import A, standing_for
from kg.resolve.mirror import mirrored
from kg.store.deriving import line, named_days
from kg.store.stored import node, stored_alike, stored_referents
from kg.store.support import Support
from kg.vocabulary import BKG, JUDGEMENT_GRAPH, REUSED, TABLE_GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.rdf import Triple
    from kg.resolve.judgements import Judgement
    from kg.resolve.resolver import JudgedResolver
    from kg.store.ledger import Ledger
    from kg.store.mentioned import Mentioned


def affiliate(ledger: Ledger, mentioned: Mentioned, resolver: JudgedResolver) -> None:
    """Bring what a database holds by the table and by judgements in line with what its documents mention now.

    Args:
        ledger: the database, which is changed.
        mentioned: its distinct mentions.
        resolver: tells what is judged.
    """
    from kg.resolve.affiliations import affiliations, table_description  # noqa: PLC0415 - most changes mention nobody new

    relations, judged = resolver.judgements.relations, resolver.judgements.deciding
    nodes = _standing(ledger.quads, mentioned, relations)
    before, after = _held(ledger.quads), set(affiliations(nodes, relations))
    support = Support(ledger.quads, named_days(()))
    ledger.remove(map(line, sorted(fact for fact in before - after if not support.says(fact))))
    ledger.add(map(line, sorted(after)))
    ledger.exchange(_described(ledger.quads), [*(table_description() if after else ()), *mirrored(judged)])
    if not judged:
        ledger.drop(JUDGEMENT_GRAPH[1:-1], 0)  # its name would stay without its quads


def affiliated(quads: ox.Store) -> list[str]:
    """Return, as lines of N-Quads, what a database holds by the table and by judgements.

    It rests on who is mentioned and on nothing else that documents say. So where a change brings no mention and takes
    none away, it is what `affiliate` would give, and there is nothing to do unless the change took some of it along.
    """
    return [*map(line, _held(quads)), *_described(quads)]


def _standing(quads: ox.Store, mentioned: Mentioned, relations: Collection[Judgement]) -> dict[str, set[str]]:
    """Organization of the table, or end of a relation -> the canonical nodes that stand for it."""
    from kg.resolve.affiliations import end_keys, listed_key, related, standing  # noqa: PLC0415 - most changes mention nobody new

    keys = {*map(listed_key, related()), *end_keys(relations)}
    mentions = map(standing_for, sorted(mentioned.holding(sorted(keys))))
    told = {
        mention: referent
        for mention in mentions
        for referent in stored_referents(quads, islice(stored_alike(quads, mention.alike), 1)).values()
    }
    return standing(told, {mention.iri: referent for mention, referent in told.items()}, relations)


def _held(quads: ox.Store) -> set[Triple]:
    """The facts that the database holds by the table and by judgements, with their claims and sources, whoever else says so."""
    found: set[Triple] = set()
    stated = (
        quads.quads_for_pattern(None, node(BKG["statedIn"]), node(graph), ox.DefaultGraph())
        for graph in (TABLE_GRAPH, JUDGEMENT_GRAPH)
    )
    for claim in chain.from_iterable(stated):
        said = _said(quads, str(claim.subject))
        told = {predicate: obj for _, predicate, obj in said}
        subject, predicate, obj = (told[REUSED[f"rdf:{part}"]] for part in ("subject", "predicate", "object"))
        source = {A, REUSED["schema:url"], BKG["publisher"]}
        found |= {*said, (subject, predicate, obj)}
        found |= {fact for fact in _said(quads, told[REUSED["dct:source"]]) if fact[1] in source}
    return found


def _said(quads: ox.Store, subject: str) -> set[Triple]:
    found = quads.quads_for_pattern(node(subject), None, None, ox.DefaultGraph())
    return {(subject, str(quad.predicate), str(quad.object)) for quad in found}


def _described(quads: ox.Store) -> list[str]:
    """The descriptions of the table and of the judgements, and the graph of these."""
    found = [quads.quads_for_pattern(node(graph), None, None, None) for graph in (TABLE_GRAPH, JUDGEMENT_GRAPH)]
    found.append(quads.quads_for_pattern(None, None, None, node(JUDGEMENT_GRAPH)))
    return [f"{quad} ." for quad in chain.from_iterable(found)]
