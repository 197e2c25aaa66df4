"""The kinds of data that the account of a breach portal tells in an item of a list, and at the end of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.concepts import data_concept, kinds_in
from kg.extract.portal.cells import remembered
from kg.extract.portal.doubting import NONE
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = r"(?:, (?:and |or )?| and | or |/)"
_SHARED = regex(
    rf"(?<![\w-])(?<![\w-] )(?P<ahead>(?:[a-z]{{4,20}}{_BETWEEN}){{1,6}})[a-z]{{4,20}} (?P<noun>information|data|records|details)\b"
)
_SHARES = regex(rf"{_BETWEEN}[a-z]{{4,20}} (?:information|data|records|details)\b")
"""How every such list ends."""
_ALONE = regex(r"[a-z]{4,20}(?=[,/ ])")
_WHOSE = regex(
    r"\s+(?:of(?<!digits of)(?! (?:birth|service|death|kin|admission|social))|for|on|to|from|and\Z|regarding|related|belonging|pertaining|affecting|requiring|was|were|went|which|that|who)\b.*\Z",
    re.DOTALL,
)
_NOT_DATA = regex(rf"(?:{NONE}|but|not|on|to|in|if|when|were|was|other than|any|\d)\b", re.IGNORECASE)
_ASIDE = regex(r"\s*\([^)]*\)?\Z")
_LONGEST_KIND = 80
"""Characters; what is longer is a clause."""


@remembered
def kinds_told(item: str) -> tuple[tuple[int, int, str, str], ...]:
    """Return (start, end, words, concept) of the kinds of data in one item of a list."""
    return tuple(_told_kinds(item))


def _told_kinds(item: str) -> Iterator[tuple[int, int, str, str]]:
    for start, end, _ in kinds_in(item):
        kind = _WHOSE.sub("", item[start:end])
        words = " ".join(kind.split())
        if (
            not _NOT_DATA.match(words)
            and (concept := data_concept(words))
            and len(_ASIDE.sub("", words)) < _LONGEST_KIND
        ):
            yield start, start + len(kind), words, concept


def sharing(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, words, concept) of kinds whose noun stands at the end of a list ("clinical, demographic, and financial information")."""
    for match in _SHARED.finditer(text) if _SHARES.search(text) else ():
        for word in _ALONE.finditer(text, *match.span("ahead")):
            if not data_concept(word[0]) and (concept := data_concept(f"{word[0]} {match['noun']}")):
                yield word.start(), word.end(), word[0], concept
