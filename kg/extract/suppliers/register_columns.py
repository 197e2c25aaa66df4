"""Columns of the EU's register of information on ICT services, by their titles or their codes.

Titles and codes are those of the templates in Implementing Regulation (EU) 2024/2956: B_02.02 (who uses which provider),
B_05.01 (providers) and B_05.02 (supply chains of providers); the templates were called RT before. The register is its owner's:
at the first rank of B_05.02 it stands outside of the table whose providers they are. B_05.01 gives the names of providers of every
rank, and does not tell whose they are; those that its owner pays are direct ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.identifiers import lei
from kg.extract.tabular.row import Row, Table, columns, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.model import Document

_PROVIDER_CODE = (
    "b 02.02.0030", "b 05.01.0010", "b 05.02.0030", "identification code of ict third party service provider",
)  # fmt: skip
_CUSTOMER_CODE = (
    "b 02.02.0020", "b 05.02.0060", "lei of entity making use of ict service", "lei of entity making use of ict services",
    "identification code of recipient of sub contracted ict services",
)  # fmt: skip
_LEGAL_NAME = ("b 05.01.0050", "legal name of ict third party service provider")
_KNOWN = {
    "supplier": (
        "b 05.01.0060", _LEGAL_NAME[0], "name of ict third party service provider in latin alphabet", _LEGAL_NAME[1], *_PROVIDER_CODE,
    ),
    "legalname": _LEGAL_NAME,
    "supplier_registered": _PROVIDER_CODE,
    "customer": ("name of entity making use of ict service", "name of entity making use of ict services", *_CUSTOMER_CODE),
    "customer_registered": _CUSTOMER_CODE,
    "supplierkind": ("b 02.02.0040", "b 05.01.0020", "b 05.02.0040", "type of code to identify ict third party service provider"),
    "supplier_also": ("b 05.01.0030", "additional identification code of ict third party service provider"),
    "supplieralsokind": ("b 05.01.0040", "type of additional identification code of ict third party service provider"),
    "customerkind": ("b 05.02.0070", "type of code to identify recipient of sub contracted ict services"),
    "service": ("b 02.02.0060", "b 05.02.0020", "type of ict services"),
    "since": ("b 02.02.0070", "start date of contractual arrangement"),
    "until": ("b 02.02.0080", "end date of contractual arrangement"),
    "expense": ("b 05.01.0100", "total annual expense or estimated cost of ict third party service provider"),
}  # fmt: skip
"""Names without articles, which not all print."""
_NOTHING = regex(r"\([^)]*\)|\bthe ")
"""What they are compared without."""
_CODE = regex(r"(?:b|rt)[_. ](\d\d)[._ ](\d\d)[._ ]?c?(\d{4})\b.*", re.IGNORECASE | re.DOTALL)
KIND_OF = {
    "supplier_registered": "supplierkind",
    "supplier_also": "supplieralsokind",
    "customer_registered": "customerkind",
}
"""Field of a code -> that of what kind of code it is."""
BESIDE = frozenset({"legalname", "expense", "rank", "recipient", *KIND_OF.values()})
"""Fields that tell how others are meant; their cells are told for themselves too."""
_TELLING = frozenset({"customer", "service", "since", "until"})
"""Fields that tell that somebody uses a provider."""
_AMOUNT = regex(r"[1-9]")
_RANK = {"rank": ("b 05.02.0050", "rank")}
_KIND = regex(r"(?:(?P<country>[A-Z]{2})[_ -])?(?P<kind>EUID|VAT)")
_CODED = {"EBA_QCO:QX2002": "EUID", "EBA_QCO:QX2004": "VAT"}
"""Kinds of codes as the European Banking Authority's files name them."""
_EUID = regex(r"[A-Z]{2}[A-Z0-9]{0,20}\.[A-Z0-9._/-]{2,60}")
_VAT = regex(r"[A-Z]{2}(?=[A-Z]{0,2}\d)[A-Z0-9]{5,13}")
_MARKS = regex(r"[\s.-]+")
_LATIN = "\u024f"
"""The last letter of the Latin alphabets of Europe."""


def register_columns(header: Sequence[str]) -> dict[str, int]:
    """Return field -> column of a table of the register, with the provider's in any case; nothing for any other table."""
    found = columns(list(map(_told, header)), _KNOWN)
    return found if "supplier_registered" in found else {}


def register_table(document: Document, table: Table) -> Table:
    """Return a table with the header of the register that stands elsewhere: below the title of its sheet, or its template in the document's name.

    Of a reporting form, "c0010" is a column of the template that the file is named after ("b_02.02.csv").
    """
    if not table.header or len(table.header) > _MOST_COLUMNS:
        return table
    told = [name for name in table.header if name]
    if told and len(told) <= _TITLE and _SHEET.fullmatch(told[0]):
        below = next(iter(table), None)
        if isinstance(below, Row) and register_columns(below.told):
            return table.under(below.told, below.told)
    if all(map(_BARE.fullmatch, told)) and (named := _NAMED.search(document.name)):
        template = f"b_{named[1].replace('_', '.')}."
        return table.under([template + name for name in table.header])
    return table


def is_of_codes(row: Row) -> bool:
    """Return whether a row holds the codes of the columns, as a second header does."""
    told = [cell for cell in row.told if cell]
    return len(told) > 1 and all(_CODE.fullmatch(cell) or _BARE.fullmatch(cell) for cell in told)


_BARE = regex(r"c\d{4}", re.IGNORECASE)
_SHEET = regex(r"(?:b|rt)[_. ]\d\d[._]\d\d\b.{0,200}", re.IGNORECASE)
_NAMED = regex(r"(?<![a-z0-9])(?:b|rt)[_.-]?(\d\d[._]\d\d)(?!\d)", re.IGNORECASE)
_TITLE, _MOST_COLUMNS = 3, 100
"""Cells of the title of a sheet; columns of a template, and more."""


def rank_column(header: Sequence[str]) -> int | None:
    """Return the column of the rank in the chain of supply, None in a table that is not that of the chains."""
    found = columns(list(map(_told, header)), _RANK | {"recipient": _CUSTOMER_CODE})
    return found.get("rank") if "recipient" in found else None


def only_names(columns: Mapping[str, int]) -> bool:
    """Return whether a table with some columns is that of the providers of every rank: it names them, and does not tell who uses them."""
    code = columns.get("supplier_registered")
    return code is not None and code != columns.get("supplier") and _TELLING.isdisjoint(columns)


def direct_provider(table: Table, columns: Mapping[str, int]) -> Callable[[Row], bool]:
    """Return what tells of a row whether its provider may be one of the register's owner, and not only of other providers.

    The owner tells what it pays for direct ones; a table that tells that of nobody does not tell them apart.
    """
    at = columns.get("expense") if only_names(columns) else None
    if at is None or not any(_AMOUNT.search(row.cell(at)) for row in table.read()):
        return lambda _: True
    return lambda row: _AMOUNT.search(row.cell(at)) is not None


def registered(code: str, kind: str) -> str:
    """Return a code of the register as "scheme:value", "" for one that may be another's in another country or court.

    An LEI is told by its form, an EUID or a number for value added tax (VAT) by the kind that stands beside it; this has its country
    in front. Numbers of commercial registers (CRN) are given out anew by each of them.
    """
    printed = code.strip()
    if told := lei(printed):
        return f"lei:{told}"
    word = kind.strip().upper()
    match = _KIND.fullmatch(_CODED.get(word, word))
    if match is None:
        return ""
    if match["kind"] == "EUID":
        value = "".join(printed.upper().split())
        return f"euid:{value}" if _EUID.fullmatch(value) else ""
    value, country = _MARKS.sub("", printed).upper(), match["country"] or ""
    value = value if value[:2].isalpha() or not country else country + value
    return f"vat:{value}" if _VAT.fullmatch(value) and len(set(value[2:])) > 1 else ""


def name_of(legal: str, latin: str) -> str:
    """Return the name that others will print: the legal one, unless it is in another alphabet."""
    return legal if legal and max(legal) <= _LATIN else latin


def _told(name: str) -> str:
    """What the name of a column is compared as: its code in full, or its title."""
    return _CODE.sub(r"b \1.\2.\3", _NOTHING.sub("", plain(name)).strip())
