"""Who is called otherwise when documents come and go: asked of the few mentions that the change can concern.

Resolution depends on which distinct mentions there are, and only through their keys. So a change that brings no mention
and takes none away renames nothing, and any other can rename only what chains of keys connect with those mentions.
"""

from __future__ import annotations

from collections import ChainMap
from itertools import islice
from typing import TYPE_CHECKING

from kg.rdf import standing_for
from kg.store.stored import KINDS, graph_of, stored_alike, stored_mentions, stored_referents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyoxigraph as ox

    from kg.rdf import EvidenceGraph, Mention
    from kg.resolve.resolver import JudgedResolver
    from kg.store.mentioned import Mentioned


class Renaming:
    """What the mentions of a database are called when some documents have gone and others have come.

    Attributes:
        graphs: the evidence graphs that stay (IRIs in brackets) and are to be told again: those with a mention that is
            called otherwise, and what `tell_again` adds.
        mentioned: the distinct mentions that there are then.
    """

    def __init__(
        self,
        quads: ox.Store,
        gone: Collection[str],
        coming: Iterable[Mention],
        before: Mentioned,
        resolver: JudgedResolver,
        *,
        anew: bool,
    ) -> None:
        """Find out, in the database as it is before the change.

        Args:
            quads: the database.
            gone: the graphs that go (IRIs in brackets).
            coming: the mentions that come.
            before: the distinct mentions of the database.
            resolver: decides which mentions are one organization.
            anew: it may decide otherwise than when the database was made.
        """
        self._quads = quads
        come = {mention.alike for mention in coming if mention.kind in KINDS}
        leaving = {mention.alike for graph in gone for mention in stored_mentions(quads, graph)} - come
        lost = {text for text in leaving if all(graph_of(node) in gone for node in stored_alike(quads, text))}
        new = {text for text in come if before.alike.place(text) is None}
        held = set(before.alike) if anew else before.related(lost | new, resolver)
        self.mentioned = before.exchanged(lost, new, resolver) if lost or new or anew else before
        decided = (held - lost) | new
        self._nodes = resolver.resolve(map(standing_for, sorted(decided)))
        self._know(come)
        self.graphs: set[str] = set()
        self.tell_again(
            graph
            for text in held - lost
            if self._stored(text) != self._nodes.get(text)
            for graph in map(graph_of, stored_alike(quads, text))
            if graph not in gone
        )

    def tell_again(self, graphs: Iterable[str]) -> None:
        """Take in graphs that stay and are to be told again, whatever their mentions are called."""
        new = set(graphs) - self.graphs
        self.graphs |= new
        self._know({mention.alike for graph in new for mention in stored_mentions(self._quads, graph)})

    def _know(self, alike: set[str]) -> None:
        """Look up what is not decided anew."""
        for text in alike - self._nodes.keys():
            if (node := self._stored(text)) is not None:
                self._nodes[text] = node

    def _stored(self, alike: str) -> str | None:
        """The canonical node of the mentions of the database that are alike."""
        return next(iter(stored_referents(self._quads, islice(stored_alike(self._quads, alike), 1)).values()), None)

    def of(self, graph: EvidenceGraph) -> Mapping[str, str]:
        """Return mention -> canonical node after the change, for a graph that comes or is in `graphs`; and what is held of incidents."""
        known = ((mention.iri, self._nodes.get(mention.alike)) for mention in graph.mentions if mention.kind in KINDS)
        return ChainMap({iri: node for iri, node in known if node is not None}, self._nodes)
