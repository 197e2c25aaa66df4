"""The user's own list of vendors: an overlay on the graph, never part of its evidence.

Read from CSV. Column names of the EU's register of information (Implementing Regulation (EU) 2024/2956, annex I) are
known by code ("B_05.01.0050", or "c0050" in a file whose name has the template in it) and by title.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.checks import path_of
from kg.errors import DocumentError
from kg.exposure.portfolio_words import CRITICAL, FIELDS, TOTALS, UNCRITICAL, naming_column
from kg.extract.domains import domain_of as site_of
from kg.extract.identifiers import lei as lei_of
from kg.extract.reading import find, read
from kg.extract.suppliers.entry import Entry
from kg.extract.suppliers.reading import dated_layout
from kg.extract.tabular.row import Row, plain
from kg.extract.tabular.table import table
from kg.model import Defect, RelationshipStatus
from kg.names import clean
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.extract.suppliers.entry import Layout
    from kg.model import Document

_CURRENCY = regex(r"(?<=\w)\s+(?:in\s+)?(?:t?(?:eur|usd|gbp|chf)|[kt]?[€$£])\s*\Z", re.IGNORECASE)
"""The currency at the end of a heading ("Spend EUR")."""
_CODE = regex(r"(?:(?P<template>[bB]_\d\d\.\d\d)[._ ]?)?[cC]?(?P<column>\d{4})\b(?:\s*[-–:]\s*.*)?\Z")
_TEMPLATE = regex(r"b_\d\d\.\d\d", re.IGNORECASE)
_LEI = regex(r"[A-Z0-9]{18}\d{2}\Z")
_LEI_CODES = frozenset({"", "lei", "eba_qco:qx2000"})
"""What the register calls the LEI; a provider may be given by another code."""
_MONEY = regex(r"\A(?P<before>[^\d\s.,-]{0,5})\s*(?P<digits>\d[\d.,'’\s]*)\s*(?P<factor>k|thousand|m|mn|million|bn|billion)?\s*(?P<after>[^\d\s.,-]{0,5})\Z", re.IGNORECASE)  # fmt: skip
_THOUSANDS = 3
_FACTORS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


class Substitutability(StrEnum):
    """How hard it would be to replace a vendor, in the steps of the EU's register."""

    NOT_SUBSTITUTABLE = "not-substitutable"
    HIGHLY_COMPLEX = "highly-complex"
    MEDIUM_COMPLEXITY = "medium-complexity"
    EASY = "easy"


_AS_LISTED = {"name": "supplier", "function": "service"}
"""Fields of a row -> what lists of suppliers call them, whose cells may tell a day too."""
_SUBSTITUTABLE = {
    word: step
    for step, words in {
        Substitutability.NOT_SUBSTITUTABLE: "not substitutable;none;no;impossible;eba_zz:x959",
        Substitutability.HIGHLY_COMPLEX: "highly complex substitutability;highly complex;hard;difficult;low;eba_zz:x960",
        Substitutability.MEDIUM_COMPLEXITY: (
            "medium complexity in terms of substitutability;medium complexity;medium;eba_zz:x961"
        ),
        Substitutability.EASY: "easily substitutable;easy;yes;high;eba_zz:x962",
    }.items()
    for word in words.split(";")
}
"""What a cell prints -> the step that it means."""


@dataclass(frozen=True, slots=True)
class PortfolioEntry:
    """One vendor of the user's, for one function.

    Attributes:
        row: which row of the file, from 1.
        name: the vendor's name, cleaned; "" where only an identifier is given.
        domain: its domain without "www.", or "".
        lei: its Legal Entity Identifier (ISO 17442), or "".
        function: what it is used for, as printed, or "".
        criticality: how critical that is, as printed, or "".
        critical: whether the printed word means critical or important; None where it does not tell.
        substitutability: how hard it is to replace, None where the file does not tell.
        spend: the yearly expense, None where the file does not tell.
        currency: of the expense, ISO 4217 as printed, or "".
        valid_from: the day from which on it is used, None where the file does not tell.
        valid_until: the day from which on it is not any more, None where the file does not tell.
        over: whether it is not used any more, or never was, by its state.
    """

    row: int
    name: str
    domain: str = ""
    lei: str = ""
    function: str = ""
    criticality: str = ""
    critical: bool | None = None
    substitutability: Substitutability | None = None
    spend: Decimal | None = None
    currency: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    over: bool = False

    def holds_on(self, when: date | None) -> bool:
        """Return whether the vendor is used on a day: what is over ended on the day that the file tells, else before any."""
        if when is None:
            return True
        ended = self.over if self.valid_until is None else self.valid_until <= when
        return not ended and (self.valid_from is None or self.valid_from <= when)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A file of the user's vendors as read.

    Attributes:
        entries: the vendors.
        defects: what could not be used.
        undated: begins and ends that could not be read, which matters where it is asked who is used on a day.
    """

    entries: tuple[PortfolioEntry, ...]
    defects: tuple[Defect, ...] = ()
    undated: tuple[Defect, ...] = ()


def read_portfolio(path: str | Path) -> Portfolio:
    """Return the vendors in a CSV file.

    Raises:
        DocumentError: it cannot be read, or no column of it names or identifies vendors.
    """
    document = listed_in(path)
    if (names := _list_of_names(document.text)) is not None:
        return _without_repeats(names)
    rows = table(document)
    at = places(rows.header, Path(path).name, FIELDS)
    if "name" not in at and (column := naming_column(rows.header)) is not None and column not in at.values():
        at["name"] = column
    if not {"name", "lei"} & at.keys():
        raise nameless(document, rows.header, "vendors")
    layout = dated_layout(rows, {field: at[name] for name, field in _AS_LISTED.items() if name in at})
    entries: list[PortfolioEntry] = []
    defects: list[Defect] = []
    undated: list[Defect] = []
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        if isinstance(row, Defect):
            defects.append(row)
            continue
        first = seen.setdefault(tuple(map(str.strip, row.cells)), row.place)
        if first != row.place:
            defects.append(Defect(row.place, f"repeats {first}"))
            continue
        entry, wrong = _entry(row, at)
        defects += wrong
        if entry.name or entry.lei:
            term, unread = _term(row, layout)
            undated += unread
            entries.append(replace(entry, **term))
    if defects and not entries and "name" not in at:
        raise nameless(document, rows.header, "vendors, and no row has an LEI of theirs")
    return Portfolio(tuple(entries), tuple(defects), tuple(undated))


def listed_in(path: str | Path) -> Document:
    """Return the document that a list is.

    Raises:
        DocumentError: it cannot be read, or is not one file.
        KGError: it is no path.
    """
    found = list(find([path_of(path, "the list")]))
    if len(found) != 1:
        raise DocumentError(str(path), f"is not one file but {len(found)}")
    return read(found[0])


def nameless(document: Document, header: Sequence[str], who: str) -> DocumentError:
    """Return the error of a list in which no column says whom it lists."""
    told = f"there are {', '.join(header)}" if header else "its first line names no two columns"
    return DocumentError(document.name, f"no column names the {who}; {told}", "line 1")


def _list_of_names(text: str) -> list[tuple[int, str]] | None:
    """Row and name of a file with one column, whose title says that it names vendors; None for any other file."""
    lines = [cells[0] for cells in csv.reader(text.splitlines(), delimiter="\x1f") if cells and cells[0].strip()]
    if not lines or (plain(lines[0]) not in FIELDS["name"] and naming_column(lines[:1]) is None):
        return None
    return [(number, clean(name)) for number, name in enumerate(lines[1:], 1)]


def _without_repeats(names: list[tuple[int, str]]) -> Portfolio:
    first: dict[str, int] = {}
    for number, name in names:
        first.setdefault(name, number)
    entries = tuple(PortfolioEntry(number, name) for name, number in first.items())
    repeats = (Defect(f"row {number}", f"repeats row {first[name]}") for number, name in names if first[name] != number)
    return Portfolio(entries, tuple(repeats))


def places(header: Sequence[str], file_name: str, fields: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return field -> column, by one of the titles that each field is known by, or by the register's code."""
    template = _TEMPLATE.search(file_name)
    names = [_coded(name, template[0] if template else "") for name in header]
    found: dict[str, int] = {}
    for field, known in fields.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[field] = place
    return found


def _coded(name: str, template: str) -> str:
    """The name of a column as it is compared: a code of the register in full, else the plain title."""
    code = _CODE.match(name.strip())
    if code and (of := code["template"] or template):
        return plain(f"{of}.{code['column']}")
    return plain(_CURRENCY.sub("", re.sub(r"\([^)]*\)", " ", name)))


def _entry(row: Row, at: Mapping[str, int]) -> tuple[PortfolioEntry, list[Defect]]:
    cells = {field: row.cell(place) for field, place in at.items()}
    name, printed = clean(cells.get("name", "")), cells.get("lei", "")
    lei = lei_of(printed) or printed.replace(" ", "").upper()
    wrong: list[Defect] = []
    if cells.get("code", "LEI").casefold() not in _LEI_CODES:
        lei = ""
    if lei and not is_lei(lei):
        wrong.append(Defect(row.place, f"{lei} is no LEI"))
        lei = ""
    if plain(name) in TOTALS and cells.get("spend") and not (lei or cells.get("domain") or cells.get("function")):
        return PortfolioEntry(row.number, ""), [Defect(row.place, f"{name!r} sums up the rows")]
    if not name and not lei:
        wrong.append(Defect(row.place, "names no vendor"))
    spend, currency = money(cells.get("spend", ""))
    if cells.get("spend") and spend is None:
        wrong.append(Defect(row.place, f"{cells['spend']!r} is no amount"))
    told: dict[str, Any] = {
        "domain": domain_of(cells.get("domain", "")),
        "function": " ".join(cells.get("function", "").split()),
        "criticality": cells.get("criticality", ""),
        "critical": critical(cells.get("criticality", "")),
        "substitutability": _SUBSTITUTABLE.get(_word(cells.get("substitutability", ""))),
        "currency": cells.get("currency", "").removeprefix("eba_CU:") or currency,
    }
    if cells.get("substitutability") and told["substitutability"] is None:
        wrong.append(Defect(row.place, f"{cells['substitutability']!r} is no substitutability"))
    return PortfolioEntry(row.number, name, lei=lei, spend=spend, **told), wrong


def _term(row: Row, layout: Layout) -> tuple[dict[str, Any], list[Defect]]:
    """From when until when a row says that its vendor is used, as lists of suppliers are read; and its days that cannot be read."""
    listed = Entry(
        row, layout, {field: cell for field, place in layout.columns.items() if (cell := row.cell(place))}, None
    )
    since, until, status = listed.term()
    begin, end = since and since.earliest, until and until.end
    if begin and end and end <= begin:
        return {}, [Defect(row.place, f"ends ({end}) no later than it begins ({begin})")]
    over = status in (None, RelationshipStatus.ENDED)
    return {"valid_from": begin, "valid_until": end, "over": over}, listed.notices


def is_lei(text: str) -> bool:
    """Return whether a text is a Legal Entity Identifier: 20 characters whose check digits are right (ISO 17442, ISO 7064)."""
    if not _LEI.match(text):
        return False
    return int("".join(str(int(letter, 36)) for letter in text)) % 97 == 1


def domain_of(text: str) -> str:
    """Return the domain of an address, one of mail too, or a domain as printed, without "www."; "" for anything else."""
    return site_of(text) or site_of(text.rpartition("@")[2])


def _word(text: str) -> str:
    return text.strip().casefold() if text.startswith("eba_") else plain(text)


def critical(text: str) -> bool | None:
    """Return whether a printed word means critical or important, None where it does not tell."""
    word = _word(text)
    return True if word in CRITICAL else False if word in UNCRITICAL else None


def money(text: str) -> tuple[Decimal | None, str]:
    """Return the amount that a text prints, None for none, and its currency; a mark that is followed by three digits parts thousands."""
    match = _MONEY.match(text.strip())
    if match is None or match["before"].startswith("("):  # an accountant's minus
        return None, ""
    digits = re.sub(r"['’\s]", "", match["digits"]).rstrip(".,")
    mark = max(digits.rfind("."), digits.rfind(","))
    behind, kinds = len(digits) - mark - 1, {".", ","} & set(digits)
    # One kind of mark with three digits behind it, or met twice, parts thousands.
    whole = mark < 0 or digits.count(digits[mark]) > 1 or (behind == _THOUSANDS and len(kinds) == 1)
    number = re.sub(r"[.,]", "", digits) if whole else f"{re.sub(r'[.,]', '', digits[:mark])}.{digits[mark + 1 :]}"
    try:
        amount = Decimal(number).scaleb(_FACTORS.get((match["factor"] or "").lower(), 0))
    except InvalidOperation:
        return None, ""
    printed = (match["before"] or match["after"] or "").strip().upper()
    return amount, _SIGNS.get(printed, printed if re.fullmatch(r"[A-Z]{3}", printed) else "")
