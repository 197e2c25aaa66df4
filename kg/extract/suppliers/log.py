"""Tables that are logs of changes: the row that tells when a supplier was added goes with the one that tells when it was removed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.suppliers.states import state
from kg.model import RelationshipStatus
from kg.names import key as name_key

if TYPE_CHECKING:
    from datetime import date

    from kg.dates import PartialDate
    from kg.extract.suppliers.entry import Layout
    from kg.extract.tabular.row import Row, Table

    _Whose = tuple[str, str]

_LOOK = 100
"""Rows of which one tells of a change."""


class _Change(NamedTuple):
    """What one row tells: that a supplier was added or removed, for which purpose, and when.

    Attributes:
        first: the day that orders it among the others, the first one on which it may have been told.
        over: the day on which those days are over.
        kind: "added" or "removed".
        whose: keys of the customer and the supplier.
        purpose: what for.
        day: when it takes effect.
    """

    first: date
    over: date
    kind: str
    whose: _Whose
    purpose: str
    day: PartialDate


_FIRST = attrgetter("first")


class Log:
    """When each supplier of each customer was added and removed, as a log tells; nothing of a table that is no log.

    A supplier that is added for several purposes may be removed for one of them: what is told of one that it is added for tells
    nothing of the others. Any other words beside a removal are those of its reason.
    """

    def __init__(self, table: Table, layout: Layout) -> None:
        self.layout = layout
        is_log = "changed" in layout.columns and any(map(self._told, table.read(_LOOK)))
        changes = {row.number: told for row in (table.read() if is_log else ()) if (told := self._told(row))}
        self.purposes = {
            (told.whose, told.purpose) for told in changes.values() if told.kind == "added" and told.purpose
        }
        self.rows = self._ordered(changes)
        """Number of a row -> what it tells."""
        self.changes: defaultdict[tuple[str, _Whose, str], list[_Change]] = defaultdict(list)
        """In the order of their days; under no purpose what is removed for all, and whatever was added."""
        for told in sorted(self.rows.values(), key=_FIRST):
            purpose = self._purpose(told)
            self.changes[told.kind, told.whose, purpose].append(told)
            if told.kind == "added" and purpose:
                self.changes[told.kind, told.whose, ""].append(told)

    def other_end(self, row: Row) -> PartialDate | None:
        """Return the day on which what the row adds was removed next, or what it removes was added last; None where no row tells."""
        if (told := self.rows.get(row.number)) is None:
            return None
        purpose = self._purpose(told)
        if told.kind == "removed":
            added = self.changes.get(("added", told.whose, purpose), [])
            before = bisect_left(added, told.first, key=_FIRST)
            return added[before - 1].day if before else None
        removed = [self.changes.get(("removed", told.whose, which), []) for which in (purpose, "")]
        later = [one[at] for one in removed if (at := bisect_right(one, told.first, key=_FIRST)) < len(one)]
        return min(later, key=_FIRST).day if later else None

    def _ordered(self, changes: dict[int, _Change]) -> dict[int, _Change]:
        """The changes, of which a removal told loosely ("March 2024") goes before what was added on its days, but behind it where nothing else was left to remove."""
        used: defaultdict[_Whose, set[str]] = defaultdict(set)
        found = {}
        for number, told in sorted(changes.items(), key=lambda one: (one[1].first, one[1].kind == "added")):
            found[number], purpose, left = told, self._purpose(told), used[told.whose]
            if told.kind == "added":
                left.add(purpose)
            elif gone := left & {purpose} if purpose else set(left):
                left -= gone
            else:
                found[number] = told._replace(first=told.over)
        return found

    def _purpose(self, told: _Change) -> str:
        """The purpose of a change, "" for one that the supplier is added for by no row."""
        return told.purpose if (told.whose, told.purpose) in self.purposes else ""

    def _told(self, row: Row) -> _Change | None:
        columns = self.layout.in_log(row)
        said = state(row.cell(columns.get("action"))) or state(row.cell(columns.get("status")))
        day = self.layout.date("changed", row.cell(columns["changed"])) if said and said.change else None
        to_come = said and said.change == "removed" and said.status is RelationshipStatus.ACTIVE
        if not said or to_come or said.change == "refused" or not day or not day.earliest:
            return None
        which = "since" if said.change == "added" else "until"
        own = self.layout.date(which, row.cell(columns.get(which)))
        whose = name_key(row.cell(columns.get("customer"))), name_key(row.cell(columns.get("supplier")))
        purpose = " ".join(row.cell(columns.get("service")).casefold().split())
        effect = own if own and own.precision != "interval" else day
        return _Change(day.earliest, day.end or day.earliest, said.change, whose, purpose, effect)
