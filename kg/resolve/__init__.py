"""Resolution: which mentions are one organization, and the canonical graph that follows from it.

Evidence is never rewritten. A `Resolver` maps every mention to its referent; the canonical graph is
derived from the evidence and that map, and is derived anew when either changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.rdf import Mention
    from kg.resolve.judgements import Judgement

__all__ = ["Resolver"]


class Resolver(Protocol):
    """What decides which mentions are one organization."""

    @property
    def fingerprint(self) -> str:
        """Return digits that change when the same mentions may be resolved differently."""
        ...

    @property
    def incidents(self) -> list[list[str]]:
        """Return the canonical incidents that are held to be one, in groups, as N-Triples terms, sorted."""
        ...

    @property
    def links(self) -> list[set[str]]:
        """Return sets of keys that belong together, although no mention need have all of a set."""
        ...

    @property
    def judged(self) -> list[Judgement]:
        """Return what is judged and decides something, in the order of the log."""
        ...

    @property
    def relations(self) -> list[Judgement]:
        """Return what is judged of how two names are related."""
        ...

    def keys(self, mention: Mention) -> set[str]:
        """Return what a mention shares with others that its canonical node may depend on.

        Mentions that no chain of keys and links connects must not change each other's canonical nodes.
        """
        ...

    def resolve(self, mentions: Iterable[Mention]) -> Mapping[str, str]:
        """Return mention node -> canonical node, both as N-Triples terms, for every organization and threat actor.

        So it does for every incident that is held to be the same as another, from its own canonical node.

        Must not depend on the order of the mentions, nor on how many of them are alike.
        """
        ...
