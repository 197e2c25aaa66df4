"""The suppliers of suppliers, which a list has in a column of their own ("Supplier, Subcontractors")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.brackets import BRACKET
from kg.extract.supplier_words import LISTED, SOMEBODY, SUBCONTRACTOR
from kg.extract.suppliers.asides import says_nobody
from kg.extract.suppliers.names import is_name
from kg.extract.suppliers.owners import is_name as is_owner
from kg.extract.suppliers.several import lists_suppliers, suppliers_in
from kg.extract.suppliers.states import answer
from kg.extract.suppliers.titled import titled_customer
from kg.extract.suppliers.titles import heads
from kg.extract.tabular.row import plain
from kg.extract.unnamed import is_unnamed
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.tabular.row import Row, Table

_COLUMN = regex(rf"(?:[^\W\d]+(?:[^\W\ds]|['’]s) )?(?:{SUBCONTRACTOR.pattern})")
"""With a word before that says which they are or whose ("Key subcontractors"); another in "s" asks for them ("Uses subcontractors")."""
_FURTHER = regex(r"ultérieur|fourth|4th")
"""What is said of them only beside a column of sub-processors."""
_OF_THE_SUPPLIER = frozenset({"until", "ended", "status", "action"})
"""Fields of what somebody has agreed with a supplier."""
_NO_NAMES = frozenset(
    """
    allowed approved attached confidential contract critical divers diverse eigenleistung erlaubt exempt external few freelancer freelancers
    genehmigungspflichtig green high hoch in-house inhouse intern internal internally link low material medium mittel missing msa nda
    niedrig offshore own permitted portal prohibited red refused requested required same sharepoint vari yellow
    """.split()
)
"""Single words that such cells have for how many there are, whether they may be, and where to look them up."""
_NO_NAME = regex(
    r"(?:yes|no|ja|nein|oui|non|uses?|using|via|through|hosted|see|siehe|voir|in house|soc 2|article|art)\b",
    re.IGNORECASE,
)
_LOOK = 20
"""Rows that are looked at to see whether a column names anybody."""
_RECIPIENT = regex(
    r"(?:name of )?(?:the )?recipient of (?:the )?sub ?contracted (?:ict )?services?|(?P<short>recipient)"
)
_RANK = regex(
    r"(?P<short>rank)|(?:ict )?(?:service )?supply chain rank|rank in (?:the )?(?:ict )?(?:service )?supply chain"
)
_DEEPER = regex(r"0*(?:[2-9]|[1-9]\d)(?:\.0)?")
_DIRECT = regex(r"0*1(?:\.0)?")


def below_column(names: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """Return the column of subcontractors beside that of suppliers, where the names of the columns (plain ones) tell it.

    A column beside one of sub-processors may have those themselves, by another name.
    """
    beside = SUBCONTRACTOR.search(names[found["supplier"]]) is not None
    for at, name in enumerate(names):
        told = BRACKET.sub("", name).strip()
        if at not in found.values() and _COLUMN.fullmatch(told) and (not beside or _FURTHER.search(told)):
            return {"subcontractor": at}
    return {}


def chain_columns(names: Sequence[str]) -> dict[str, int]:
    """Return the columns of a list of chains of supply, where the names of the columns tell them: who receives what a supplier provides, and at which rank."""
    told = {
        field: (at, match)
        for field, pattern in (("recipient", _RECIPIENT), ("rank", _RANK))
        for at, name in reversed(list(enumerate(names)))
        if (match := pattern.fullmatch(name))
    }
    recipient, rank = told.get("recipient"), told.get("rank")
    sure = (recipient and not recipient[1]["short"]) or (rank and (recipient or not rank[1]["short"]))
    return {field: at for field, (at, _) in told.items()} if sure else {}


def recipient(row: Row, columns: Mapping[str, int]) -> str | None:
    """Return who receives what the supplier of a row provides to another supplier, "" where nobody is told; None for a supplier of the customer itself."""
    if "recipient" not in columns and "rank" not in columns:
        return None
    named, rank = row.cell(columns.get("recipient")), row.cell(columns.get("rank"))
    told = "" if says_nobody(named) or named == row.cell(columns.get("customer")) else named
    return told if _DEEPER.fullmatch(rank) or (told and not _DIRECT.fullmatch(rank)) else None


def paired(table: Table, found: Mapping[str, int]) -> Mapping[str, int]:
    """Return the columns of a table: where nothing tells whose suppliers it lists, it lists the subcontractors of these.

    Nothing tells of a supplier before they do, and no term or state is told, which would be of it; most rows name some: else
    it is the list of suppliers of somebody. Below a title for sub-processors a column of that name has these once more, by
    products or other names.
    """
    at = found.get("subcontractor")
    if at is None or "customer" in found:
        return found
    header = plain(table.header[at])
    if LISTED.search(header) and any(heads(title.text) for title in table.titles):
        return {name: column for name, column in found.items() if column != at}
    if titled_customer(table.titles) is not None or not _OF_THE_SUPPLIER.isdisjoint(found):
        return found
    # Fourth parties are those of a third party, whose service and begin a list of vendors tells.
    if _FURTHER.search(header) and len(found) > len(("supplier", "subcontractor")):
        return found
    # What stands to the left may be whose suppliers they are ("Business unit").
    if found["supplier"] > 0 or any(found["supplier"] < column < at for column in found.values()):
        return found
    cells, plural = [row.cell(at) for row in table.read(_LOOK)], lists_suppliers(table.header[at])
    if 2 * sum(all(map(names_somebody, suppliers_in(cell, plural=plural))) for cell in cells) <= len(cells):
        return found
    kept = {name: column for name, column in found.items() if name != "subcontractor"}
    return kept | {"customer": found["supplier"], "supplier": at}


def unread_companies(table: Table, found: Mapping[str, int]) -> str:
    """Return the name of a column of companies between customers and what may be the subcontractors of these, "" where there is none."""
    customer, supplier = found.get("customer"), found.get("supplier")
    if customer is None or supplier is None or not SUBCONTRACTOR.search(plain(table.header[supplier])):
        return ""
    for at in range(customer + 1, supplier):
        if at not in found.values() and not SOMEBODY.fullmatch(plain(table.header[at])):
            told = [cell for row in table.read(_LOOK) if (cell := row.cell(at))]
            if told and 2 * sum(bool(split_legal_form(cell)[1]) for cell in told) >= len(told):
                return table.header[at]
    return ""


@lru_cache(maxsize=16_384)
def names_somebody(text: str) -> bool:
    """Return whether a text is the name of somebody: an answer ("Yes"), a word for none or for many, or where to look them up is none."""
    told = BRACKET.sub("", text).strip()
    return (
        told.casefold() not in _NO_NAMES
        and not _NO_NAME.match(told)
        and not says_nobody(told)
        and is_name(told)
        and is_owner(told)
        and not is_unnamed(told)
        and answer(told, "active") is None
    )
