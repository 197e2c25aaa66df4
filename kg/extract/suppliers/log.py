"""Tables that are logs of changes: what one row tells, a later one may take back."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.suppliers.states import state
from kg.extract.tabular.row import Row
from kg.names import key as name_key

if TYPE_CHECKING:
    from datetime import date

    from kg.extract.suppliers.entry import Layout
    from kg.extract.tabular.row import Table


_LOOK = 100
"""Rows of which one tells of a change."""


class Log:
    """What the latest row of a log tells of each supplier of each customer; nothing of a table that is no log."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.layout = layout
        self.latest: dict[tuple[str, str], tuple[date, str]] = {}
        is_log = "changed" in layout.columns and any(
            isinstance(row, Row) and self._told(row) for row in islice(table, _LOOK)
        )
        for row in table if is_log else ():
            if isinstance(row, Row) and (told := self._told(row)):
                self.latest[self._whose(row)] = max(told, self.latest.get(self._whose(row), told))

    def overtaken(self, row: Row) -> str:
        """Return what a later row tells against this one: "removed" what it adds, "added" what it removes; "" where none does."""
        if not self.latest or not (told := self._told(row)):
            return ""
        (day, change), (last, changed) = told, self.latest[self._whose(row)]
        return changed if last > day and changed != change else ""

    def _told(self, row: Row) -> tuple[date, str] | None:
        columns = self.layout.columns
        said = state(row.cell(columns.get("action"))) or state(row.cell(columns.get("status")))
        day = self.layout.date("changed", row.cell(columns["changed"])) if said and said.change else None
        return (day.earliest, said.change) if said and day and day.earliest else None

    def _whose(self, row: Row) -> tuple[str, str]:
        columns = self.layout.columns
        return name_key(row.cell(columns.get("customer"))), name_key(row.cell(columns.get("supplier")))
