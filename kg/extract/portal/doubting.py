"""How sure the account of a breach portal is of the kinds of data that it lists, and which it denies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.certainties import least
from kg.extract.doubts import certainties, hedges
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.model import Span

    _Kind = tuple[int, int, str, str]
    """Its first character in a list, the one behind its last, its words and its concept."""

_MAY_HAVE_HAD = regex(
    r"\b(?:may|might|could|possibly|potentially|perhaps|probably|likely|allegedly|purportedly|believed to|thought to|suspected to)(?: (?:also|have|has))*"
    r" (?:includ|contain|consist|compris|involv|expos|disclos|held|stor)",
    re.IGNORECASE,
)
"""Ahead of a list: what held data may have had others."""
NONE = r"(?:no(?! (?:more|less|fewer) than\b)|none|neither|never|without)"
"""Denies what stands behind it."""
_DENIED = regex(rf"(?<![^,] )\b{NONE}\b(?:(?:(?! and )[^;])*\bn?or\b)?[^,;]*", re.IGNORECASE)
_DENYING = (", no", ", ne", ", without")
"""An item of a list that is denied, and those that "or" and "nor" join to it ("names, no addresses, mails or photos, and diagnoses")."""
_GOES_ON = regex(r"\b(?:and|but|while|so|because|who|whose|notif\w+)\b", re.IGNORECASE)
"""Behind a list: what follows is told of something else."""
_OF_PEOPLE = regex(r" (?:affect|impact)ing\b", re.IGNORECASE)
"""Behind a hedge: how many people it befell is left open, and not what was in reach."""
_HEDGING = (
    "may", "might", "could", "possib", "potential", "perhaps", "probab", "likely", "suspect", "alleg", "purport", "claimed", "believed",
    "thought", "feared", "unconfirmed",
)  # fmt: skip
"""Stems, one of which stands in whatever hedges; most accounts have none, and need no closer look."""


def undenied(listed: str, kinds: list[_Kind]) -> list[_Kind]:
    """Return the kinds of data in a list without those that it says were not among them."""
    if not any(map(f", {listed}".lower().__contains__, _DENYING)):
        return kinds
    denied = [match.span() for match in _DENIED.finditer(listed)]
    return [kind for kind in kinds if not any(first <= kind[0] < last for first, last in denied)]


def may_hedge(text: str) -> bool:
    """Return whether a text has letters that whatever hedges has."""
    lower = text.lower()
    return any(map(lower.__contains__, _HEDGING))


def doubted(sentence: str, first: int, kinds: Sequence[Span]) -> Mapping[Span, Certainty]:
    """Return how sure a sentence that may hedge is of each of the kinds of data in a list.

    Args:
        sentence: the sentence.
        first: where its list begins.
        kinds: the characters of each kind, from there on.
    """
    told = sorted(kinds)
    sure = dict(zip(told, certainties(sentence[first:], told), strict=True))
    if told and _is_doubted(sentence, first, first + max(end for _, end in told)):
        return {kind: least(one, Certainty.SUSPECTED) for kind, one in sure.items()}
    return sure


def _is_doubted(sentence: str, first: int, last: int) -> bool:
    """Whether a hedge ahead of the kinds of a list, or just behind them, holds for all of them; one between them does for its own."""
    if _MAY_HAVE_HAD.search(sentence, 0, first):
        return True
    return any(
        hedge.start() < first or (hedge.start() >= last and not _GOES_ON.search(sentence, last, hedge.start()))
        for hedge in hedges(sentence)
        if not _OF_PEOPLE.match(sentence, hedge.end())
    )
