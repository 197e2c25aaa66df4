"""Columns of a supplier list that identify those whom it names: by LEI and by Wikidata item.

Addresses do not: the page of a product, a part or a group stands beside many a name, and what has one domain is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.fields import is_placeholder
from kg.extract.supplier_words import CUSTOMER, SUBCONTRACTOR, SUPPLIER
from kg.extract.tabular.row import plain
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.tabular.row import Table

_KINDS = {
    "lei": r"(?:lei|legal entity identifier)(?: (?:code|number|no\.?|id|nummer))?(?: \(lei\))?",
    "wikidata": r"wikidata(?: (?:id|item|qid|entity|url|link))?",
}  # fmt: skip
_NAMED = {
    scheme: regex(
        rf"(?:(?P<whose>.+?)(?:['’]s)? )?{kind}(?:(?: (?:of|for)(?: the| our)? (?P<of>.+))|(?: \((?P<in>[^()]+)\)))?"
    )
    for scheme, kind in _KINDS.items()
}
_ANYBODY = regex(r"(?:company|corporate|official|main|primary|public|legal entity|organi[sz]ation)")
_MARKS = regex(r"[*†‡]+")
_LOOK = 20
"""Rows that are looked at to see whether a column tells those apart whom a list names."""
_MANY = 3
"""Names that do not stand for one organization by chance."""
_NAME = regex(r"\b(?:names?|of|the|legal)\b")


def identified(table: Table, found: Mapping[str, int]) -> dict[str, int]:
    """Return field -> column with those that hold identifiers, such as "supplier_lei", among the columns that no field has.

    One whose heading does not say whose it is ("LEI") is the supplier's, and the customer's where it stands between the two
    behind the customer; behind the customer alone it may be either's, and is nobody's.
    """
    if "supplier" not in found or "supplier_registered" in found:
        return dict(found)
    names = [plain(_MARKS.sub("", name)) for name in table.header]
    free = [at for at in range(len(names)) if at not in found.values()]
    told: dict[str, int] = {}
    for scheme, pattern in _NAMED.items():
        for at in free:
            match = pattern.fullmatch(names[at])
            who = match and _whose(match["whose"] or match["of"] or match["in"] or "", names, found)
            who = _beside(at, names, found) if who == "" else who
            if who and _tells_apart(table, at, found[who]):
                told.setdefault(f"{who}_{scheme}", at)
    return {**found, **told}


def _tells_apart(table: Table, at: int, named: int) -> bool:
    """Whether a column has more than one value where many are named: else it is that of whose list it is."""
    rows = [row for row in table.read(_LOOK) if row.cell(at) and not is_placeholder(row.cell(at))]
    names = {name_key(row.cell(named)) for row in rows}
    return len(names) < _MANY or len({row.cell(at) for row in rows}) > 1


def _whose(words: str, names: list[str], found: Mapping[str, int]) -> str | None:
    """The party that words of a heading tell, "" where they tell none, None where they tell of something else."""
    if not words or _ANYBODY.fullmatch(words):
        said = [who for who in ("customer", "supplier") if who in found and _bare(names[found[who]]) == words]
        return said[0] if said and words else ""
    if "subcontractor" in found and SUBCONTRACTOR.fullmatch(words):
        return None
    for who, pattern in (("customer", CUSTOMER), ("supplier", SUPPLIER)):
        if pattern.fullmatch(words) or (who in found and _bare(names[found[who]]) == words):
            return who if who in found or who == "supplier" else None
    return None


def _bare(name: str) -> str:
    return " ".join(_NAME.sub(" ", name).split())


def _beside(at: int, names: list[str], found: Mapping[str, int]) -> str:
    """Whose a column is by where it stands."""
    customer, supplier = found.get("customer"), found["supplier"]
    left = at - 1
    while left >= 0 and any(pattern.fullmatch(names[left]) for pattern in _NAMED.values()):
        left -= 1
    if left == found.get("subcontractor"):
        return ""
    if left != customer:
        return "supplier"
    return "customer" if at < supplier else ""
