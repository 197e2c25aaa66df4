"""Who is named as the one that reported a story: "first reported by X", ", X reported.", "X broke the story"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.prose.cast import Party
    from kg.extract.prose.tokens import Tokens

_OUTLET: Final = r"(?:the\s)?(?:[a-z-]{2,20}\s){0,2}"
"""What may stand before a name: "the trade paper"."""
_BY: Final = regex(
    r"\b(?:(?:first|originally|initially)\s(?:reported|printed|published|revealed|disclosed)|(?:as\s)?(?:reported|uncovered))"
    rf"\sby\s{_OUTLET}\Z",
    re.IGNORECASE,
)
_ASIDE: Final = regex(rf",\s{_OUTLET}\Z")
_REPORTED: Final = regex(
    r"\s(?:(?:has|had|first)\s){0,2}(?:reported|reports|wrote|writes)"
    r"(?:\s(?:on|last|this|in|today|yesterday|late|first|earlier|citing)\b[^.,;\n]{0,40})?[.,;]"
)
_FIRST: Final = regex(
    r"(?:,\s(?:which|who))?\s(?:(?:was\sthe\s)?first\s(?:to\s)?(?:report|reported|publish|published|reveal|revealed)\b"
    r"|(?:first\s)?broke\sthe\s(?:story|news)\b)"
)
_BEFORE: Final = 90
"""Characters before a name that are looked at."""


def reported(words: Tokens, party: Party) -> bool:
    """Return whether the text says of a party by name that it reported the incident."""
    for mention in party.mentions:
        if mention.kind != "name":
            continue
        first, last = words.sentences[words.sentence_of[mention.first]]
        start, end = words.starts[mention.first], words.ends[mention.last - 1]
        begin, stop = max(words.starts[first], start - _BEFORE), words.ends[last - 1]
        if _BY.search(words.text, begin, start) or _FIRST.match(words.text, end, stop):
            return True
        if _ASIDE.search(words.text, begin, start) and _REPORTED.match(words.text, end, stop):
            return True
    return False
