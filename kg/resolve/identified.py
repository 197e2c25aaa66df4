"""Whether the identifiers of organizations let a judgement have effect: what two LEIs separate, no judgement joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.rdf import Mention
from kg.resolve.groups import Groups
from kg.resolve.judgements import SAME, contradiction

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.resolve.judgements import Judgement
    from kg.resolve.resolver import JudgedResolver


def check_identifiers(new: Sequence[Judgement], mentions: Collection[Mention], resolver: JudgedResolver) -> None:
    """Return if no two organizations that new judgements join have different identifiers of one scheme.

    Args:
        new: the judgements.
        mentions: those that they may concern.
        resolver: decides which mentions are one organization without them.

    Raises:
        ContradictionError: two have; both identifiers are told.
    """
    for kind in sorted({mention.kind for mention in mentions}):
        told = [mention for mention in mentions if mention.kind == kind]
        known = {identifier for mention in told for identifier in mention.identifiers}
        texts = {text for judgement in new for text in (judgement.left, judgement.right)}
        meant = [Mention(f"<{text}>", kind, text, (text,) if text in known else ()) for text in sorted(texts)]
        nodes = resolver.resolve([*told, *meant])
        groups = Groups()
        for mention in told:
            groups.identify(nodes[mention.iri], mention.identifiers)
        for judgement in new:
            left, right = (groups.find(nodes[f"<{text}>"]) for text in (judgement.left, judgement.right))
            if judgement.judgement == SAME and not groups.join(left, right):
                one, other = groups.conflict(left, right) or ("", "")
                raise contradiction(judgement, f"{one} and {other} identify two organizations")
