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

    _Whose = tuple[str, str]

_LOOK = 100
"""Rows of which one tells of a change."""


class Log:
    """What the latest row of a log tells of each supplier of each customer; nothing of a table that is no log.

    A supplier that is added for several purposes may be removed for one of them: what is told of one that it is added for tells
    nothing of the others. Any other words beside a removal are those of its reason.
    """

    def __init__(self, table: Table, layout: Layout) -> None:
        self.layout = layout
        self.latest: dict[_Whose, tuple[date, str]] = {}
        self.loose: dict[_Whose, tuple[date, str]] = {}
        """The latest that tells of no purpose that the supplier is added for."""
        self.purposed: dict[tuple[_Whose, str], tuple[date, str]] = {}
        self.added: set[tuple[_Whose, str]] = set()
        is_log = "changed" in layout.columns and any(
            isinstance(row, Row) and self._told(row) for row in islice(table, _LOOK)
        )
        for row in table if is_log else ():
            if isinstance(row, Row) and (told := self._told(row)):
                whose, purpose = self._whose(row), self._purpose(row)
                if told[1] == "added" and purpose:
                    self.added.add((whose, purpose))
                self.latest[whose] = max(told, self.latest.get(whose, told))
                self.purposed[whose, purpose] = max(told, self.purposed.get((whose, purpose), told))
        for (whose, purpose), told in self.purposed.items():
            if (whose, purpose) not in self.added:
                self.loose[whose] = max(told, self.loose.get(whose, told))

    def overtaken(self, row: Row) -> str:
        """Return what a later row tells against this one: "removed" what it adds, "added" what it removes; "" where none does."""
        if not self.latest or not (told := self._told(row)):
            return ""
        whose, purpose = self._whose(row), self._purpose(row)
        (day, change), (last, changed) = told, self.latest[whose]
        if (whose, purpose) in self.added:
            last, changed = max(self.purposed[whose, purpose], self.loose.get(whose, told))
        return changed if last > day and changed != change else ""

    def _told(self, row: Row) -> tuple[date, str] | None:
        columns = self.layout.columns
        said = state(row.cell(columns.get("action"))) or state(row.cell(columns.get("status")))
        day = self.layout.date("changed", row.cell(columns["changed"])) if said and said.change else None
        return (day.earliest, said.change) if said and day and day.earliest else None

    def _whose(self, row: Row) -> _Whose:
        columns = self.layout.columns
        return name_key(row.cell(columns.get("customer"))), name_key(row.cell(columns.get("supplier")))

    def _purpose(self, row: Row) -> str:
        return " ".join(row.cell(self.layout.columns.get("service")).casefold().split())
