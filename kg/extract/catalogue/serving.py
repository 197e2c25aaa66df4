"""Whom the summary of an entry says to serve a group: the entity, or somebody else that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = r"(?:[A-Z0-9]|[a-z]{1,2}[A-Z])[\w&.’'+-]{0,60}"
_NAMED = rf"(?P<name>(?<![\w.&’'+-]){_WORD}(?:\s(?:(?:of|de|for|and|the)\s)?{_WORD}){{0,5}}(?:,?\s(?:Inc|LLC|Ltd|Corp|Co|GmbH|plc)\b\.?)?)"
_WHO_SERVES = regex(
    rf"{_NAMED}(?!(?:,|\s(?:is|was))\s(?:an?|the)\s(?:(?!(?:that|which|who)\b)[\w-]+\s){{0,5}}(?:app|appliance|product|software|tool)\b(?![\s-](?:as-a-service|company|developer|firm|giant|house|maker|provider|specialist|supplier|vendor)\b))(?:,\s(?:an?|the|which|who|whose|one\sof)\b|\s(?:which|who|that)\b"
    r"|\s(?:is|was)\s(?:an?|the|one\sof|attacked|breached|compromised|hacked|hit)\b"
    r"|,?\s(?:also\s)?(?:provid|offer|suppl|sell|host|manag|serv)(?:e|es|ed|s|y|ies|ied)\b(?!\s(?:[a-z-]+\s)?(?:business|company|firm|platform|provider|services?|software|vendor)\b))"
)
"""A name with what it is or does behind it."""
_RELIED_ON = regex(
    r"\s(?:and\s\w+\s)?(?:(?:that|which|who)\s)?(?:(?:had|have|also|all)\s){0,2}(?:rel(?:y|ied)\s(?:up)?on|depend(?:ed)?\son|use[ds]?|work(?:ed)?\swith)"
    rf"\s(?:the\s)?{_NAMED}"
)
_GOES_ON = regex(r"(?:It|They|(?:The|This)\s(?:company|firm|vendor|provider|supplier|contractor))\b")
"""What a sentence begins with that tells of whom the one before it names."""
_ITSELF = regex(
    r"\bthe\s(?:(?:company|firm),?\s(?:that|which|who)|(?:company|firm|provider|supplier|vendor)\s(?:also\s)?(?:provid|offer|suppl|sell|host|manag|serv)(?:es|ed|s|ies|ied)\b|(?:[a-z-]+\s){0,3}(?:provider|supplier|vendor)\s(?:of|for))\b"
)
"""The entity, where no name stands before it that it explains ("Alder, the company that")."""
_SENTENCE_END = regex(r"[.!?;]\s+(?=[A-Z])|\n")
_NO_NAMES = frozenset(
    """
    it they this that which who we he she january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)


def serves(text: str, start: int, end: int, names: Sequence[str]) -> bool:
    """Return whether the group text[start:end] may be served by one of some names: nobody else is named who does.

    Args:
        text: the summary.
        start: where the group begins.
        end: where it ends.
        names: what the entity is called.
    """
    first = max(0, start - _REACH)
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, first, start)), default=first)
    begin = first if _GOES_ON.match(text, begin) else begin
    itself = max((match.start() for match in _ITSELF.finditer(text, begin, start)), default=0)
    told = [match["name"] for match in _WHO_SERVES.finditer(text, begin, start) if match.end() > itself]
    if used := _RELIED_ON.match(text, end):
        told = [used["name"]]
    told = [name for name in told if not is_place(name) and _NO_NAMES.isdisjoint(name.casefold().split())]
    return not told or any(_is_one(told[-1], name) for name in names)


def _is_one(name: str, other: str) -> bool:
    """Whether two names may be one's; the first may be cut off, as summaries are."""
    short, long = sorted((name_key(told).replace(" ", "") for told in (name, other)), key=len)
    return long.startswith(short) or (len(short) > _INITIALS and short in long)


_INITIALS = 3
_REACH = 600
"""How much of a text before a group is looked at."""
