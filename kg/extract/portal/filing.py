"""For whom an entry of a portal was filed: the cell of the name may tell of two, "X on behalf of Y" or "Y (vendor: X)".

Who reports on behalf of its customers was breached as their vendor. Only a law firm reports what befell others, not itself.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.portal.vendors import are_initials, read_name
from kg.extract.suppliers.akin import are_akin
from kg.extract.suppliers.several import joined
from kg.extract.unnamed import is_unnamed
from kg.model import AffiliationKind
from kg.names import clean, split_legal_form
from kg.names import key as name_key
from kg.patterns import regex

_BEHALF = regex(
    r"[\s,;(\[–-]{1,4}(?:(?:and|&) )?(?:(?:filed|filing|submitted|reporting|reported|notifying|acting|(?:(?:delivering|giving|providing|sending) )?notice) )?(?:on behalf of|o/b/o|obo|o\.b\.o\."
    r"|(?:acting )?as (?:an? |the |its )?(?:BA|business associate|vendor|contractor|service provider|third[- ]party administrator) (?:for|of|to)"
    r"|(?<=[(\[])(?:an? |the |its )?(?:business associate|vendor) (?:for|of|to)(?=:?\s+(?-i:[A-Z0-9]|multiple|several|various|numerous|certain)))"
    r":?\s+(?=\S)",
    re.IGNORECASE,
)
_BEHALF_TELLS = (
    "behalf",
    "o/b/o",
    "obo ",
    "o.b.o",
    " as ",
    "(as ",
    "[as ",
    "associate of ",
    "associate for ",
    "vendor of ",
    "vendor for ",
    "vendor to ",
)
_OPEN = regex(r"[\s,]{0,9}[(\[][^()\[\]]*\Z")
"""A bracket that goes on behind."""
_CARE = regex(r"[\s,;(\[-]{1,4}c/o:?\s+(?P<who>[^;()\[\]]{2,100})[)\]]?\s*\Z", re.IGNORECASE)
"""Who takes in the mail for an entity: no second one that was breached."""
_FOR = regex(r"(?<![a-z]{4}) for (?=[A-Z0-9])")
"""For whom a company files, behind its legal form; one that is written out may be inside of a name ("Company for Seniors, Inc.")."""
_THROUGH = regex(
    r"(?:\s?[,;(\[–-]\s?|\s(?=via\s|by\s))(?:by and )?(?:via|through)\s+(?P<who>[^;()\[\]]{2,100})[)\]]?\s*\Z"
)
"""Through whom it happened to an entity, where that has a legal form ("Oak Bank (via Elm IT, Inc.)")."""
_SAID = regex(r"a\W?k\W?a\b|breach|counsel|incident|legal|llc\b|parent|third", re.IGNORECASE)
"""What begins a remark on a company that is no vendor, or no name alone."""
_BRACKETED = regex(r"\s?\((?P<who>[^()]{2,80})\)\s*\Z")
_VENDOR = regex(
    r"\s?\((?:(?:[a-z-]+ ){0,3}?(?:breach|incident|event|attack) (?:of|at|on|involving) |via |through |due to )?(?:(?:its|their|the|an?) )?"
    r"(?:third[- ]party )?(?:vendor|service provider|business associate|supplier|processor)(?: ?[:,–-])? (?P<who>[^()]{2,80})\)",
    re.IGNORECASE,
)
_TRADE = r"(?:third[- ]party )?(?:vendor|service provider|business associate|supplier|processor)"
_LABELLED = regex(rf"\s?[,;|–—-]\s+{_TRADE}(?: name)?\s?:\s*(?P<who>[^()]{{2,80}})\Z", re.IGNORECASE)
_NAMED_BREACH = regex(
    rf"\s?\((?P<who>[^()]{{2,60}}?)(?<!['’]s) {_TRADE} (?:data |security )?(?:breach|incident)\)\s*\Z", re.IGNORECASE
)
"""Whose breach it was ("Oak Clinic (Elm vendor breach)")."""
_KIND_OF = frozenset(
    "a an the its our their another third party third-party outside external former unnamed unknown major national software cloud payroll it billing hosting service services"
    " medical ehr email mail mailing printing print data web website marketing technology benefits hr payment collections insurance health healthcare supply chain".split()
)
"""What is said of a vendor that is not named."""
_NO_NAME = regex(r"(?:[a-z]|(?:Breach|Incident|Error|Event|Attack|Involved|Unknown|Yes|No|Only)\b)")
_KIN = regex(
    r"(?:itself|himself|herself|themselves)\b|(?:its|their|his|her) (?:[\w-]+ ){0,4}?(?:subsidiar|affiliate|parent|division|member|brand|compan|employee|plan\b|plans\b|famil)",
    re.IGNORECASE,
)
_NOBODY = regex(
    r"(?:(?:its|their|our|certain|various|multiple|several|some|numerous|affected|other|select|a number of|one of) )|(?:customers?|clients?)\b",
    re.IGNORECASE,
)
_LAW = regex(
    r"\b(?:LLP|L\.L\.P|PLLC|P\.L\.L\.C|Law|Attorneys?|Esq|Counsel|Legal Group|Mullen Coughlin|McDonald Hopkins|Baker ?Hostetler|Baker & Hostetler|Constangy"
    r"|Lewis Brisbois|Shook,? Hardy|Cipriani|Octillo|Clark Hill|Polsinelli|Wilson Elser|Buchanan Ingersoll|Eckert Seamans|Jackson Lewis|Fisher Phillips)\b"
)
"""What law firms are called; the firms that report most breaches for others often leave their legal form out."""
_LISTED = regex(
    r",\s+(?:and\s+)?(?!(?:Inc|LLC|L\.L\.C|Ltd|LLP|LP|PLLC|P\.?C|N\.?A|P\.?A|Corp|Co|M\.?D|D\.?D\.?S|d/b/a|dba|and)\b)",
    re.IGNORECASE,
)
_COMMA_AND = regex(r",\s+and\s", re.IGNORECASE)
_LIST = 3
"""The fewest names that commas part; with fewer, one stands in a name."""
_LONGEST = 4000
"""Characters of a cell that names somebody; in a longer one filings may stand in filings without end."""
_TAIL = regex(r",?\s+(?:and others|and other [a-z ]+|et al\.?)\Z", re.IGNORECASE)


class Filing(NamedTuple):
    """What the cell of a name tells beside a name.

    Attributes:
        entity: the part of the cell that names whose entry it is.
        customers: who was affected through it, where it is their vendor.
        unnamed: whether customers are told of whom nobody names.
        vendors: its vendors, where the breach was theirs.
        reporter: the law firm that filed for it, or "".
    """

    entity: str
    customers: tuple[str, ...] = ()
    unnamed: bool = False
    vendors: tuple[str, ...] = ()
    reporter: str = ""


def read_filing(cell: str, *, elsewhere: bool = False) -> Filing | None:
    """Return what a cell tells of two parties, None where it names one, or several of one kind.

    Args:
        cell: the cell.
        elsewhere: whether the row says that it did not happen at the entity: then a company in brackets is where it did.
    """
    if len(cell) > _LONGEST:
        return None
    lower = cell.lower()
    if any(map(lower.__contains__, _BEHALF_TELLS)) and (match := _BEHALF.search(cell)) and match.start():
        return _on_behalf(cell, match)
    if "c/o" in lower and (match := _CARE.search(cell)) and match.start():
        return Filing(cell[: match.start()], reporter=clean(match["who"]) if _LAW.search(match["who"]) else "")
    for match in _FOR.finditer(cell) if " for " in cell else ():
        if _is_company(cell[: match.start()]) and _is_company(cell[match.end() :]):
            return _on_behalf(cell, match)
    match = _THROUGH.search(cell, 1) if "through" in cell or "via" in cell else None
    if match and _is_company(match["who"]):
        law = clean(match["who"]) if _LAW.search(match["who"]) else ""
        return Filing(cell[: match.start()], vendors=() if law else (clean(match["who"]),), reporter=law)
    match = _VENDOR.search(cell) if "(" in cell else None
    match = match or (_LABELLED.search(cell, 1) if ":" in cell else None)
    if match is None and "(" in cell and (match := _NAMED_BREACH.search(cell, 1)):
        match = None if _KIND_OF.issuperset(match["who"].casefold().split()) else match
    if match and not _NO_NAME.match(match["who"].strip()):
        vendors = tuple(filter(None, map(clean, match["who"].split(";"))))
        entity = f"{cell[: match.start()]} {cell[match.end() :]}".strip()
        return Filing(entity, vendors=vendors) if vendors and entity else None
    match = _BRACKETED.search(cell, 1) if elsewhere else None
    if match and _is_company(match["who"]) and not _is_its_own(cell, match):
        return Filing(cell[: match.start()], vendors=(clean(match["who"]),))
    return None


def _is_its_own(cell: str, match: re.Match[str]) -> bool:
    """Whether a company in brackets is the entity by another name, or said to be of its house ("Parent: Oak Bancorp, Inc.")."""
    name, who = cell[: match.start()], match["who"]
    told = any(kind is not AffiliationKind.LINKED for _, kind, _ in read_name(cell)[1])
    bare = split_legal_form(who)[0]
    return bool(told or ":" in who or _SAID.match(who) or are_akin(bare, name) or are_initials(bare.split()[0], name))


def _is_company(name: str) -> bool:
    """Whether words are a name with a legal form behind it."""
    first, form = split_legal_form(name.strip(" ,"))
    return form != "" and first[:1].isupper()


def _on_behalf(cell: str, match: re.Match[str]) -> Filing | None:
    """Who filed, and for whom; None where the two are of one house, and stay one name."""
    who, whom = cell[: match.start()], cell[match.end() :].strip()
    inside = _OPEN.search(who)  # "Elm, Inc. (notification on behalf of Oak)"
    who = who[: inside.start() if inside else None].strip(" ,")
    if (inside or re.search(r"[(\[]", match[0])) and whom.endswith((")", "]")):
        whom = whom[:-1].strip()
    if not clean(who):
        return None
    if _LAW.search(who) and not _KIN.match(whom):
        nobody = _NOBODY.match(whom) or is_unnamed(whom)
        return None if nobody else Filing(whom, reporter=clean(who))
    if _KIN.match(whom):
        return Filing(who)
    if name_key(who).split()[:1] == name_key(whom).split()[:1]:
        further = _BEHALF.search(cell, match.end())  # "Elm on behalf of Elm Plan & as contractor for Oak"
        filing = _on_behalf(cell, further) if further else None
        return filing and filing._replace(entity=who)
    parts = [part for one in whom.split(";") for part in _parted(_TAIL.sub("", one.strip()))]
    named = [clean(part) for part in parts if not _names_nobody(part)]
    return Filing(who, tuple(dict.fromkeys(filter(None, named))), unnamed=len(named) < len(parts))


def _names_nobody(part: str) -> bool:
    """Whether words name none of those for whom a company filed; names of several words have a capital."""
    return bool(_NOBODY.match(part)) or is_unnamed(part) or (" " in part and part.islower())


def _parted(whom: str) -> list[str]:
    """The names of a list, which has three at least; else the whole, or the two that "and" joins behind a legal form."""
    parts = [part.strip() for part in _LISTED.split(whom) if part.strip()]
    if len(parts) > 1 and not _COMMA_AND.search(whom):
        parts[-1:] = _last(parts)
    return [name for part in parts for name in joined(part)] if len(parts) >= _LIST else joined(whom)


def _last(parts: list[str]) -> list[str]:
    """The last names of a list that only "and" joins; behind one comma the partners of a firm and departments stay one."""
    if len(formed := joined(parts[-1])) > 1:
        return formed
    first, _, second = parts[-1].rpartition(" and ")
    each = (*parts[:-1], first, second)
    sure = len(parts) >= _LIST or (all(" " in name for name in each) and split_legal_form(second)[1])
    return [first, second] if first and sure else parts[-1:]
