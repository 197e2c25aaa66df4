"""Whether two names that stand side by side belong together, as their words show."""

from __future__ import annotations

import re

from kg.extract.suppliers.titles import KINDS
from kg.names import clean, split_legal_form
from kg.patterns import regex

PURPOSE = KINDS | frozenset(
    """
    a an and api app apps assistance audio automation backend call calls chat client code compliance computing contact content customers data
    delivery desk dev devops dns document documents error errors event events file files for frontend fraud help if in incident it live log logs
    mail mailing management metrics network new note on only opt or our partner partners processing provider providers purpose purposes reporting
    search security server servers service services site survey surveys system systems team test testing the tool tools tracking training
    translation transcription updated user users video with workflow ats beta yes no tbd n/a see below above
    """.split()
)
"""Words that say what a supplier does; a bracket of them names nobody."""
_COMMON = frozenset(
    "bank cloud digital first global group holding holdings international of one solutions tech technologies technology university".split()
)
"""More words that many names have."""
WORD, _NO_WORD = regex(r"[\w/]+"), regex(r"\W")
_INITIALS = 2
"""The fewest that abbreviate a name."""


def own_words(name: str) -> set[str]:
    """Return the words of a name that do not say what it is for."""
    return set(WORD.findall(name.casefold())) - PURPOSE


def are_akin(one: str, other: str) -> bool:
    """Return whether two names show themselves that they belong together: they share a word, one has all words of the other, or is its initials."""
    first, second = (own_words(split_legal_form(name)[0]) for name in (one, other))
    shared = first & second
    return (
        not shared <= _COMMON
        or (bool(shared) and shared in (first, second))
        or abbreviates(one, other)
        or abbreviates(other, one)
    )


def abbreviates(short: str, name: str) -> bool:
    """Return whether a text is the initials of a name ("AWS"), of all of its words or of those with a capital ("UNC")."""
    letters = _NO_WORD.sub("", clean(short))
    if len(letters) < _INITIALS or not letters.isupper():
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", split_legal_form(name)[0]))
    capitals = "".join(filter(str.isupper, initials))
    return initials.upper().startswith(letters) or capitals.startswith(letters)


def goes_beyond(product: str, company: str) -> bool:
    """Return whether a name has words of a company's and more ("Oak Cloud" of Oak LLC)."""
    told, owner = (set(WORD.findall(split_legal_form(name)[0].casefold())) for name in (product, company))
    return are_akin(product, company) and not told <= owner
