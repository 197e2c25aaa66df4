"""How a supplier belongs to its own customer: as the same company, or as one of the same group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.model import AffiliationKind
from kg.names import key as name_key
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.suppliers.names import Named

_EVERYDAY = regex(r"(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|l\.l\.c|plc|pbc)\b", re.IGNORECASE)
"""Legal forms that a company's own full name mostly ends in; another one tells a subsidiary abroad."""


def is_same(customer: str, supplier: str) -> bool:
    """Return whether two names are those of one company: equal but for case and the spelling of a legal form, or an everyday one that only one of them has."""
    if name_key(customer) != name_key(supplier):
        return False
    forms = [split_legal_form(name)[1].casefold().strip(".") for name in (customer, supplier)]
    forms = [_SHORT.get(form, form) for form in forms]
    return forms[0] == forms[1] or (not all(forms) and all(not form or _EVERYDAY.match(form) for form in forms))


_SHORT = {"incorporated": "inc", "corporation": "corp", "company": "co", "limited": "ltd", "l.l.c": "llc"}


_QUALIFYING = r"an?|the|our|its|own|operating|corporate|group|wholly[- ]owned|100% owned|controlled|internal|local"
_OF_ITS_OWN = regex(
    rf"(?:(?:{_QUALIFYING}|[a-z]{{2,12}})[\s,-]+){{0,5}}"
    r"(?P<kind>affiliated? (?:company|entity)|affiliate|subsidiary|group (?:company|entity|member)|related (?:company|entity)|parent company|intra-?group)"
    r"(?! (?:marketing|program|network|link|track|manag|partner))(?:\s+of\s+(?P<of>.{1,80}))?\b",
    re.IGNORECASE,
)
_ITS = regex(rf"(?:{_QUALIFYING}|affiliat\w+|subsidiary|related|parent|intra)\b", re.IGNORECASE)
_GENERIC = frozenset(
    """
    labs lab technologies technology software systems holdings holding group international global ai io app apps com net hq cloud data solutions services
    inc research operations federal government support company platform digital online studios the and of
    """.split()
)
"""Words that the companies of one group add to its name."""
_GLUED_ON = ("io", "ai", "app", "com", "labs", "hq")


def own_affiliate(
    customer: str, named: Named, cells: tuple[str, ...], firms: Iterable[str] = ()
) -> AffiliationKind | None:
    """Return how a supplier belongs to its own customer, None where it does not.

    It does where its name is the customer's with a legal form, a place or a word such as "Labs" ("Databricks B.V.",
    "Notion Labs, Ireland Limited"), where a name beside it is the customer's, or where a cell of the row, or a bracket behind
    the name, calls it an affiliate. `firms`, which trade under the customer's name, count as the customer.
    """
    stem = _stem(customer)
    remarks = [text for key, text in named.notes if key == "remark" and not _names_another(text, stem)]
    for clause in [clause for cell in (*cells, *remarks) if _may_own(cell) for clause in _CLAUSES.split(cell)]:
        told = _without(stem, clause.strip())
        if (match := _OF_ITS_OWN.match(told)) and _about(match, told, stem):
            owned = match["kind"].casefold() == "subsidiary"
            return AffiliationKind.SUBSIDIARY if owned else AffiliationKind.LINKED
    for party, kind, other in named.affiliations:
        if kind in _OWN and named.names[0] in {party, other} and stem in (_stem(party), _stem(other)):
            return kind if party == named.names[0] else AffiliationKind.LINKED
    stems = (stem, *(name_key(firm).split() for firm in firms))
    return AffiliationKind.LINKED if any(_shares(one, name) for one in stems for name in named.names) else None


def _may_own(cell: str) -> bool:
    """Whether one of the words for an affiliate is in a cell."""
    told = cell.lower()
    return not cell.isascii() or any(map(told.__contains__, _KIN))


_CLAUSES = regex(r"[;.]\s+")
_OWN = frozenset({AffiliationKind.SUBSIDIARY, AffiliationKind.LINKED})
_KIN = ("affiliate", "subsidiary", "group", "related", "parent", "intra")


def _names_another(remark: str, stem: list[str]) -> bool:
    """Whether a bracket begins with somebody else's name ("Elm affiliate")."""
    first = remark.split(maxsplit=1)[0]
    return first[0].isupper() and name_key(first) != stem[0] and not (_ITS.match(remark) or is_place(first))


def _without(stem: list[str], text: str) -> str:
    """A text without the customer's name before what it says ("Miro affiliate")."""
    words = text.split()
    count = len(stem)
    return " ".join(words[count:]) if name_key(" ".join(words[:count])).split() == stem else text


def _about(match: re.Match[str], cell: str, stem: list[str]) -> bool:
    """Whether the words for an affiliate are all that a cell says, or name the customer."""
    whole = match.end() == len(cell.strip().rstrip("."))
    return whole if not match["of"] else name_key(match["of"]).split()[: len(stem)] == stem


def _stem(name: str) -> list[str]:
    """The words that all companies of a group share: the name without words such as "Labs" at its end."""
    words = name_key(name).split()
    while len(words) > 1 and words[-1] in _GENERIC:
        words.pop()
    return words


def _shares(stem: list[str], name: str) -> bool:
    """Whether a name is a stem with nothing but a legal form, places and generic words behind it."""
    words = name_key(name).split()
    if len(stem) == 1 and words and words[0].startswith(stem[0]) and words[0].removeprefix(stem[0]) in _GLUED_ON:
        words[0] = stem[0]
    if words[: len(stem)] != stem:
        return False
    rest = words[len(stem) :]
    if all(word in _GENERIC or is_place(word) for word in rest):
        return True
    # A legal form straight behind the stem, or a place before a legal form.
    formed = any(split_legal_form(f"x {' '.join(rest[:count])}")[0] == "x" for count in range(1, 4))
    placed = any(is_place(" ".join(rest[at : at + size])) for at in range(len(rest)) for size in (1, 2, 3))
    return formed or (placed and bool(split_legal_form(name)[1]))
