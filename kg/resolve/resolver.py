"""The resolver of stores: identifiers, judgements, spellings of one name, and the table of organizations, in this order.

Nothing is joined that a judgement keeps apart or that different identifiers of one scheme separate. What it returns
depends on the mentions and on what holds of the judgements alone, so a judgement taken back leaves no trace.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kg.resolve.canonical import INCIDENTS
from kg.resolve.groups import Groups
from kg.resolve.judgements import APART, DIFFERENT, SAME, Judgements
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.rdf import Mention

_RULES = "14"
"""Changes when the rules in `resolution`, `spelled`, `readings`, `forms`, `placed` or `groups` do, so that stores are derived anew."""


@cache
def _own_files() -> str:
    """A digest of the data that names are resolved with."""
    folder = Path(__file__).parent
    told = b"".join((folder / name).read_bytes() for name in ("organizations.csv", "words.toml"))
    return sha256(told).hexdigest()


class JudgedResolver:
    """Decides which mentions are one organization.

    Attributes:
        judgements: what people have judged.
    """

    def __init__(self, judgements: Judgements | None = None) -> None:
        self.judgements = judgements or Judgements()

    @property
    def fingerprint(self) -> str:
        """Return digits that change when the same mentions may be resolved differently."""
        return digest(_RULES, _own_files(), self.judgements.fingerprint)

    @property
    def incidents(self) -> list[list[str]]:
        """Return the canonical incidents that are judged to be one, in groups, as N-Triples terms, sorted."""
        groups, nodes = Groups(), set[str]()
        for judgement in self.judgements.holding:
            pair = (f"<{judgement.left}>", f"<{judgement.right}>")
            if judgement.judgement == SAME and all(node.startswith(INCIDENTS) for node in pair):
                groups.join(*pair)
                nodes.update(pair)
        return sorted(groups.members(sorted(nodes)).values())

    def keys(self, mention: Mention) -> set[str]:
        """Return what a mention shares with every other that its node may depend on, but for what `links` tells.

        Mentions that no chain of keys and links connects do not change each other's canonical nodes.
        """
        from kg.resolve.resolution import keys  # noqa: PLC0415 - most changes bring no name to resolve

        return keys(mention)

    @property
    def links(self) -> list[set[str]]:
        """Return sets of keys that belong together, although no mention need have all of a set: those of each judgement."""
        if not (judged := _judged(self.judgements)):
            return []
        from kg.resolve.resolution import links  # noqa: PLC0415 - few stores hold judgements

        return links(judged)

    def resolve(self, mentions: Iterable[Mention]) -> dict[str, str]:
        """Return mention node -> canonical node; independent of the order of the mentions, and of how many are alike."""
        told = {node: first for first, *others in self.incidents for node in others}
        if not (held := list(mentions)):
            return told
        from kg.resolve.resolution import resolved  # noqa: PLC0415 - most changes bring no name to resolve

        named = [text for line in self.judgements.deciding for text in (line.left, line.right)]
        return told | resolved(held, _judged(self.judgements), named)


def _judged(judgements: Judgements) -> list[tuple[str, str, str]]:
    """What joins and separates names and identifiers: same or different, and the two in order; sorted."""
    held = [
        (DIFFERENT if j.judgement in APART else SAME, j)
        for j in judgements.holding
        if j.judgement in {SAME, *APART} and not f"<{j.left}>".startswith(INCIDENTS)
    ]
    told = {(said, *sorted((j.left, j.right))) for said, j in held}
    return sorted((judgement, left, right) for judgement, left, right in told)
