"""The judgements of a store, and the canonical graph that follows from them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import Mention, standing_for
from kg.resolve.canonical import INCIDENTS, incident_node
from kg.resolve.groups import group, is_identifier
from kg.resolve.identified import check_identifiers
from kg.resolve.judgements import FILE, SAME, Judgements, append, read_judgements
from kg.resolve.resolver import JudgedResolver
from kg.store.durable import failures
from kg.store.generation import write_generation
from kg.store.layout import KEPT_GENERATIONS, QUADS, Layout
from kg.store.mentioned import read_mentioned
from kg.store.spool import Spool
from kg.store.stored import stored_anchors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from kg.resolve.judgements import Judgement


def resolver_of(store: Path) -> JudgedResolver:
    """Return what resolves the mentions of a store: its judgements with the package's rules."""
    return JudgedResolver(read_judgements(store / FILE))


def judge(store: Path, judgements: Sequence[Judgement], *, now: str, wait: bool = False) -> bool:
    """Add judgements to the log of a store, derive its graphs anew where they change them, and return whether they did.

    Args:
        store: the store folder.
        judgements: in this order; all are taken or none.
        now: when a generation that follows is said to be written.
        wait: wait for a build to end instead of failing.

    Raises:
        ContradictionError: one contradicts a judgement that holds, or identifiers that separate.
        StoreError: there is no finished store, somebody builds in it, or it cannot be written.
    """
    layout = Layout(store)
    layout.check()
    with layout.locked(wait=wait), failures(store):
        identified(layout.built(), read_judgements(store / FILE), judgements)
        append(store / FILE, *judgements)
        return _derive(layout, now)


def identified(generation: Path, log: Judgements, new: Sequence[Judgement]) -> None:
    """Return if no identifier in a generation keeps apart what new judgements join.

    Args:
        generation: its folder.
        log: the judgements so far.
        new: the others.

    Raises:
        ContradictionError: one does; the identifiers are told.
    """
    if not (joining := [judgement for judgement in new if judgement.judgement == SAME]):
        return
    named = {Mention("", "party", text).alike for judgement in joining for text in (judgement.left, judgement.right)}
    concerned = read_mentioned(generation).related(named, JudgedResolver(Judgements((*log.lines, *joining))))
    check_identifiers(joining, [standing_for(text) for text in sorted(concerned)], JudgedResolver(log))


def doubts(generation: Path, resolver: JudgedResolver) -> list[str]:
    """Return what is to be said of the judgements of a generation, a line each: which contradict, and which have lost what they are about.

    An incident without a published identifier is another one as soon as its document changes by a word; names may come back.
    A name stands for nobody any more when documents tell of several organizations that have it, and only their places tell
    them apart.

    Args:
        generation: its folder.
        resolver: tells what is judged.
    """
    judged = resolver.judgements.deciding
    told = [f"judgements contradict each other: {pair}" for pair in Judgements(judged).contradictions()]
    pairs = [(held, iri) for held in judged for iri in (held.left, held.right) if f"<{iri}>".startswith(INCIDENTS)]
    if pairs:
        there = there_of(generation, {iri for _, iri in pairs}, resolver)
        told += [
            f"judgement {held.id} names an incident that is not there: {iri}" for held, iri in pairs if iri not in there
        ]
    return [*told, *_of_several(generation, judged)]


def _of_several(generation: Path, judged: Collection[Judgement]) -> Iterator[str]:
    """Yield which judgement names what only places tell apart, with the names that have these, where no mention stands for the name alone."""
    if not judged:
        return
    from kg.resolve.placed import told_apart  # noqa: PLC0415 - few stores hold judgements
    from kg.resolve.spelled import name_of  # noqa: PLC0415 - the same

    mentioned = read_mentioned(generation)
    for held in judged:
        for name in (held.left, held.right):
            if is_identifier(name):
                continue
            told = map(standing_for, sorted(mentioned.holding([name_of(name).nodes()[1]])))
            spelled = [mention for mention in told if group(mention.name) == group(name)]
            if any(mention.region for mention in spelled):
                texts = (text for one in judged for text in (one.left, one.right))
                names = sorted({mention.name for mention in told_apart(spelled, texts)})
                if not any(group(other) == group(name) for other in names):
                    yield f"judgement {held.id} names {name!r}, which stands for several: {', '.join(names)}"


def there_of(generation: Path, incidents: Collection[str], resolver: JudgedResolver) -> set[str]:
    """Return those incidents (IRIs) that documents of a generation tell, whatever others they are held to be one with."""
    quads = ox.Store.read_only(str(generation / QUADS))
    first = {node: nodes[0] for nodes in resolver.incidents for node in nodes}
    return {
        iri
        for iri in incidents
        if f"<{iri}>" in map(incident_node, stored_anchors(quads, first.get(f"<{iri}>", f"<{iri}>")))
    }


def _derive(layout: Layout, now: str) -> bool:
    manifest, resolver = layout.manifest(layout.current()), resolver_of(layout.path)
    if manifest.get("resolver") == resolver.fingerprint:
        return False
    with closing(Spool(layout.path)) as spool:
        write_generation(layout, manifest, manifest["documents"], spool, resolver, now=now, keep=KEPT_GENERATIONS)
    return True
