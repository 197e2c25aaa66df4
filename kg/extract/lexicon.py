"""Classes of English words: what a word may mean in a report, whatever its form.

The classes are read from `lexicon.txt`; regular forms are made here.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILE: Final = Path(__file__).with_name("lexicon.txt")
_VOWELS: Final = "aeiou"
_SHORTEST: Final = 3
"""Letters of a verb that may double its last one ("hit")."""


COMMON: Final = "COMMON"
"""The class of ordinary words that begin sentences; it says nothing of a word elsewhere, and is asked for by `is_common`."""
VERBS: Final = frozenset(
    "HACK HIT STEAL EXPOSE LOCK ACCESS USE SERVE SAY CONFIRM DENY CLAIM DISCLOSE NOTIFY REPORT INVEST DISCOVER CUT FIX CREDS PUNISH HIRE OFFER BLAME".split()
)
"""The classes of verbs that tell of an incident."""
GENERIC: Final = frozenset(
    """
    american national new united first general international global royal bank university city county state central
    north south east west federal department office the health school college hospital data security british group digital
    public community saint st san los las great western eastern northern southern attorney ministry credit union trust
    agency authority commission commissioner bureau police centre center regional district federal of and for
    """.split()
)
"""Words that many names have."""


def is_common(word: str) -> bool:
    """Return whether a word in lower case is an ordinary one, and no name where a sentence begins with it."""
    return COMMON in _table().get(word, ())


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """Return word in lower case -> the classes it belongs to, in the order of the file; not that of common words."""
    told = {word: tuple(name for name in names if name != COMMON) for word, names in _table().items()}
    return {word: names for word, names in told.items() if names}


@cache
def _table() -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        head, _, words = line.partition(":")
        name, kind = head.split()
        for word in words.split():
            for form in _forms(word, kind):
                found.setdefault(form, {})[name] = None
    return found


def _forms(word: str, kind: str) -> Iterator[str]:
    """The forms of a verb (v), a noun (n), or a word that has none (x)."""
    yield word
    if kind == "x":
        return
    sibilant = word.endswith(("s", "x", "ch", "sh", "z"))
    consonant_y = word.endswith("y") and word[-2:-1] not in _VOWELS
    yield word[:-1] + "ies" if consonant_y else word + ("es" if sibilant else "s")
    if kind == "v":
        stem = word.removesuffix("e")
        yield word[:-1] + "ied" if consonant_y else stem + "ed"
        yield stem + "ing"
        if len(word) >= _SHORTEST and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
            yield word + word[-1] + "ed"
            yield word + word[-1] + "ing"
