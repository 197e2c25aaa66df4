"""Whose suppliers a table lists as the titles above it tell: "Acme's sub-processors", or the name of a company beside one that says what is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.supplier_words import CUSTOMER, OUTSOURCED
from kg.extract.suppliers.owners import is_name, owner, small_owner
from kg.extract.suppliers.titles import around, heads, is_kin, naming
from kg.extract.tabular.row import LEAD, plain
from kg.names import clean, split_legal_form
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.suppliers.owners import Owner
    from kg.extract.tabular.row import Text

_LONGEST_NAME = 100
"""Characters of the name of a company."""


def titled_customer(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Return whose suppliers a table lists as its titles tell, and the title; None where none of them does.

    "Acme's sub-processors", "List of sub-processors of Acme", "Sub-processors | Acme Trust Center". Where a text above the
    table has a short name only ("Acme uses ..."), a heading may have the whole ("Acme Ltd"). A heading of a part of a list
    ("Voice sub-processors" below "Acme sub-processors") names nobody of its own.
    """
    named = _named(titles)
    first = next(named, None)
    if first is None:
        return _company_above(titles)
    if first[1].level != LEAD:
        return _whole(first, titles) or first
    short = name_key(first[0])
    return next((one for one in named if len(one[0]) > len(first[0]) and name_key(one[0]) == short), first)


def small_customer(titles: Sequence[Text], source: str) -> tuple[str, Text] | None:
    """Return whose suppliers the title of a page lists where only an address of theirs shows that it names somebody, and the title; None where none says so."""
    named = ((small_owner(title.text, source), title) for title in titles if title.level in _OF_A_PAGE)
    return next(((name, title) for name, title in named if name), None)


_OF_A_PAGE = frozenset({0, 1})
"""Ranks of titles that are those of a whole page."""


def titled_part(titles: Sequence[Text]) -> tuple[Text, bool] | None:
    """Return the heading of a part of a list, and whether it tells that only companies of the customer's own group are below it."""
    own = next((title for title in around(titles) if is_kin(title.text)), None)
    if own is not None:
        return own, True
    first = next(_named(titles), None)
    if first is None or first[1].level == LEAD or _whole(first, titles) is None:
        return None
    return first[1], name_key(first[0]).split()[-1] == _GROUP


def _named(titles: Sequence[Text]) -> Iterator[tuple[str, Text]]:
    """The names in titles, those first whose words can only mean that suppliers of theirs are listed."""
    told = list(owners_in(titles))
    return ((found.name, title) for sure in (True, False) for found, title in told if found.sure is sure)


def owners_in(titles: Sequence[Text]) -> Iterator[tuple[Owner, Text]]:
    """Return whose suppliers titles say that are listed, each with the title."""
    return ((told, title) for title in naming(titles) if (told := owner(title.text, lead=title.level == LEAD)))


_GROUP = "group"


def _whole(part: tuple[str, Text], titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Whose the whole list is that a heading tells of a part of; None where the heading stands for itself.

    Below one that names an owner, "Feature-Specific Sub-Processors" are the owner's, whatever words are before; those "of Birch" or
    of "Birch Ltd" are not.
    """
    name, heading = part
    words = name_key(name).split()
    above = [title for title in around(titles) if 0 < title.level < heading.level and heads(title.text)]
    if not above or split_legal_form(name)[1]:
        return None
    within = above if words[-1:] != [_GROUP] and not _OF_THEM.search(heading.text) else []
    for other, title in _named(titles):
        short = name_key(other).split()
        if words == [*short, _GROUP] or (title in within and short != words and not CUSTOMER.search(plain(title.text))):
            return other, title
    return None


_OF_THEM = regex(r"['’]s?\s|\b(?:of|by)\b")
"""In a heading that says whose suppliers they are, and not of what kind."""


_ASSOCIATION = regex(r"\w[^,;|]{1,80} e\.? ?[GV]\.?")


def _company_above(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """The company whose name with its legal form is a title of its own, beside one that says what is listed; none if there are two.

    On a page of several lists it stands above that title: what stands below may be a part of it.
    """
    listed = next((at for at, title in enumerate(titles) if title.level != LEAD and is_listing(title.text)), None)
    if listed is None:
        return None
    alone = not any(title.level for title in titles)
    found: dict[str, Text] = {}
    for title in titles if alone else titles[listed + 1 :]:
        name = title.text if split_legal_form(title.text)[1] else title.text.partition(", ")[0]
        formed = split_legal_form(name)[1] or _ASSOCIATION.fullmatch(name)
        if not title.level and len(name) <= _LONGEST_NAME and formed and is_name(name):
            found.setdefault(clean(name), title)
    return next(iter(found.items())) if len(found) == 1 else None


def is_listing(title: str) -> bool:
    """Return whether a title says that suppliers are listed."""
    return heads(title) or OUTSOURCED.search(plain(title)) is not None
