"""The suppliers of suppliers, which a list has in a column of their own ("Supplier, Subcontractors")."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.brackets import BRACKET
from kg.extract.supplier_words import LISTED, SUBCONTRACTOR
from kg.extract.suppliers.asides import says_nobody
from kg.extract.suppliers.names import is_name
from kg.extract.suppliers.owners import is_name as is_owner
from kg.extract.suppliers.several import lists_suppliers, suppliers_in
from kg.extract.suppliers.states import answer
from kg.extract.suppliers.titled import titled_customer
from kg.extract.tabular.row import plain
from kg.extract.unnamed import is_unnamed
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.tabular.row import Table

_COLUMN = regex(rf"(?:[^\W\d]+(?:[^\W\ds]|['’]s) )?(?:{SUBCONTRACTOR.pattern})")
"""With a word before that says which they are or whose ("Key subcontractors"); another in "s" asks for them ("Uses subcontractors")."""
_FURTHER = regex(r"ultérieur|fourth|4th")
"""What is said of them only beside a column of sub-processors."""
_LOOK = 20
"""Rows that are looked at to see whether a column names anybody."""


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


def paired(table: Table, found: Mapping[str, int]) -> Mapping[str, int]:
    """Return the columns of a table: where nothing tells whose suppliers it lists, it lists the subcontractors of these.

    Nothing tells of a supplier before they do, and most rows name some: else it is the list of suppliers of somebody. Where
    a title tells whose sub-processors are listed, a column of that name has these once more, by products or other names.
    """
    at = found.get("subcontractor")
    if at is None or "customer" in found:
        return found
    if (titled := titled_customer(table.titles)) is not None:
        again = LISTED.search(plain(titled[1].text)) and LISTED.search(plain(table.header[at]))
        return {name: column for name, column in found.items() if column != at} if again else found
    if any(found["supplier"] < column < at for column in found.values()):
        return found
    cells, plural = [row.cell(at) for row in table.read(_LOOK)], lists_suppliers(table.header[at])
    if 2 * sum(all(map(names_somebody, suppliers_in(cell, plural=plural))) for cell in cells) <= len(cells):
        return found
    kept = {name: column for name, column in found.items() if name != "subcontractor"}
    return kept | {"customer": found["supplier"], "supplier": at}


@lru_cache(maxsize=16_384)
def names_somebody(text: str) -> bool:
    """Return whether a text is the name of somebody: an answer ("Yes"), a word for none or for many, or where to look them up is none."""
    told = BRACKET.sub("", text).strip()
    return (
        not says_nobody(told)
        and is_name(told)
        and is_owner(told)
        and not is_unnamed(told)
        and answer(told, "active") is None
    )
