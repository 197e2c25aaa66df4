"""Rows of a register of one's own that tell of no incident: footnotes, totals, and rows that are prepared for what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.counts import parse_count
from kg.extract.fields import is_placeholder
from kg.extract.mapped.mapping import DATES
from kg.extract.mapped.members import PARTIES, MemberRow
from kg.extract.tabular.asides import LABEL, footer, is_number, is_total
from kg.extract.tabular.row import Row, Table
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARK = regex(r"([*†‡¹²³⁴⁵]{1,3})\s{0,3}(?=\S)|[\[(]?(\d{1,2})[\])]\s{0,3}(?=\S)")
_RAISED = {"1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵"}
_SILENT = frozenset({"id", "certainty", "status", "unit", "publisher", "industry"})
"""Fields that tell of no incident by themselves: they are filled in before there is any."""
_PROSE = frozenset({"title", "description"})
_LOOK = 500
"""Rows in which the mark of a footnote is looked for."""


class Asides:
    """What is none of the table's records."""

    def __init__(self, table: Table, places: Mapping[str, int], records: str) -> None:
        """Make it of a table, field -> column, and what the records are."""
        self.table, self.incidents = table, records == "incident"

        def of(fields: frozenset[str]) -> frozenset[int]:
            return frozenset(at for field, at in places.items() if field in fields)

        others = {at for field, at in places.items() if field not in _SILENT and not field.startswith("breached_")}
        self.silent = frozenset(places.values()) - others
        self.prose, self.dated, self.named = of(_PROSE), of(frozenset(DATES)), of(PARTIES | {"id", "title"})
        self.count = places.get("count")

    def __iter__(self) -> Iterator[Row | Defect]:
        """Yield the rows of the table, and a defect for each that is none of its records."""
        for row in self.table:
            reason = self.reason(row) if isinstance(row, Row) else ""
            yield Defect(row.place, reason) if reason else row

    def reason(self, row: Row) -> str:
        """Return why a row is none of the records, "" where it is one."""
        if self._is_dated(row) if self.incidents else sum(map(bool, row.told)) != 1:
            return ""
        told = [at for at, cell in enumerate(row.told) if cell]
        drawn = not isinstance(row, MemberRow) and len(row.header) > 1
        if drawn and len(told) == 1 and self._is_note(row, told[0]):
            return "is a note of the table"
        if not self.incidents or not told:
            return ""
        if drawn and self._counts(row, told):
            return "counts the rows"
        if all(at in self.silent or is_placeholder(row.told[at]) for at in told):
            return "is prepared for an incident, and tells of none"
        return ""

    def _is_dated(self, row: Row) -> bool:
        """Whether a row tells when something was, and of whom: as most do, which need not be looked at further."""
        for at in self.dated:
            if (cell := row.cell(at)) and not is_placeholder(cell):
                return any(map(row.cell, self.named))
        return False

    def _is_note(self, row: Row, at: int) -> bool:
        """Whether the only cell of a row is a footnote; one that may be an incident's title is a note by its mark or label only."""
        text = row.told[at]
        if (mark := _MARK.match(text)) and self._is_used(mark[1] or mark[2], row):
            return True
        if not self.incidents:
            return False
        return LABEL.match(text) is not None if at in self.prose else footer(row, {"supplier": at}) != ""

    def _is_used(self, mark: str, note: Row) -> bool:
        """Whether a mark stands behind something in another row."""
        signs = (f"[{mark}]", f"({mark})", _RAISED.get(mark, f"[{mark}]")) if mark.isdecimal() else (mark,)
        rows = (row for row in self.table.read(_LOOK) if row.number != note.number)
        return any(cell.find(sign, 1) > 0 for row in rows for cell in (*row.told, *row.header) for sign in signs)

    def _counts(self, row: Row, told: list[int]) -> bool:
        """Whether a row is a total: a word for that, or nothing, before numbers, and neither date nor id."""
        first, *others = told
        label = is_total(row.told[first])
        numbers = others if label else told
        if not (label or not self.named.isdisjoint(range(len(row.header)))) or not self.dated.isdisjoint(told):
            return False
        if not self.named.isdisjoint(numbers):
            return False
        return all(is_number(row.told[at]) or (at == self.count and parse_count(row.told[at])) for at in numbers)
