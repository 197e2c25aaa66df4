"""One row of a supplier table, for one customer and what one cell says of suppliers: what it gives, or why nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kg.dates import parse_field
from kg.extract.brackets import brackets
from kg.extract.fields import is_placeholder
from kg.extract.identifiers import identifier
from kg.extract.places import is_place
from kg.extract.suppliers.asides import says_nobody
from kg.extract.suppliers.days import tells_two
from kg.extract.suppliers.kin import is_same, own_affiliate
from kg.extract.suppliers.names import read_supplier
from kg.extract.suppliers.noted import noted_ends, without_early
from kg.extract.suppliers.register_columns import BESIDE as BESIDE_OTHERS
from kg.extract.suppliers.register_columns import KIND_OF, name_of, only_names, registered
from kg.extract.suppliers.remarks import dated_tail, validity, without_validity, worded
from kg.extract.suppliers.states import answer, is_no_day, may_be_of_notice, says_no_day, says_state, state
from kg.extract.tabular.row import as_quoted
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    Defect,
    Evidence,
    Listing,
    Note,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import clean
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.dates import PartialDate
    from kg.extract.suppliers.states import State
    from kg.extract.tabular.row import Row, Text
    from kg.model import Extracted, Proof

BESIDE = Decimal("0.8")
"""Confidence that a name in a bracket is used with the one before it, or belongs to it."""
_OF_A_LOG = ("changed", "since", "until")
_ENDS = {"since": "begin", "until": "end", "ended": "end"}
"""What a notice calls the ends of a term."""
_NOTHING = "0"
"""What a formula that looks a name up gives of an empty cell."""
_AFFILIATES = regex(
    r"\b(?:affiliates?|subsidiar(?:y|ies)|(?:group|affiliated|related|sister) (?:compan(?:y|ies)|entit(?:y|ies)|members?))\Z", re.IGNORECASE
)  # fmt: skip


class Others(NamedTuple):
    """What a column of suppliers tells in all of its cells.

    Attributes:
        names: the keys of the names in it.
        firms: key of a brand -> the firms that trade under it.
    """

    names: set[str]
    firms: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are read.

    Attributes:
        columns: field -> column. Fields: customer, supplier, subcontractor, service, since, until, ended (when it was terminated, beside an agreed end), status, observed (the day of the
            copy of the list), action and changed (what a log tells, and when that was), and identifiers of the two by scheme ("customer_lei", "supplier_domain"); the schemes
            "registered" and "also" are those of the EU's register.
        constants: field -> what holds for every row that does not say otherwise.
        date: reads the date of a field (its name, then its text) as the table prints it.
        titled: the customer and what names it, where that is known without the table's titles.
        spare: (field, column) of dates that stand in another column than the others of their field.
        heading: the heading above the table that tells of all rows, "" where none does; a heading inside of it goes before.
        placed: whether the column of suppliers has more behind their names, as where they are.
        day_first: whether the table prints the day before the month, also in its headings, and behind names and purposes.
        others: gives what the whole column of suppliers tells, which is read when it is first asked.
        parted: tells the values of a field in a row, each with where it stands, where the field has several; without it they are guessed.
    """

    columns: Mapping[str, int]
    constants: Mapping[str, str] = field(default_factory=dict)
    date: Callable[[str, str], PartialDate | None] = lambda _, text: parse_field(text)
    titled: tuple[str, Text] | None = None
    spare: tuple[tuple[str, int], ...] = ()
    heading: str = ""
    placed: bool = False
    day_first: bool = False
    parted: Callable[[str, Row], Mapping[str, Evidence]] | None = None
    others: Callable[[], Others] = lambda: Others(set(), {})

    def in_log(self, row: Row) -> Mapping[str, int]:
        """Return the columns as a row of a log has them that tells of a change.

        The change is of the first column for it that has a day in this row. A day of effect that a removal has in the
        column of beginnings, and that is none before the day of notice, is its end where the log has no column of ends.
        """
        columns = self.columns
        if "changed" not in columns:
            return columns
        said = state(row.cell(columns.get("action"))) or state(row.cell(columns.get("status")))
        if not said or said.change not in {"added", "removed"}:
            return columns
        date, effect = partial(self.date, "changed"), columns.get("since")
        for at in (columns["changed"], *(at for which, at in self.spare if which == "changed")):
            if (day := date(row.cell(at))) and day.earliest:
                break
            if day is None and worded(row.cell(at), date):
                return columns
        else:
            return columns
        if effect is None or effect == at:
            return columns
        rest = {**{which: place for which, place in columns.items() if which != "since"}, "changed": at}
        own = self.date("since", row.cell(effect))
        if at != columns["changed"] or (own and not own.earliest and own.precision != "interval"):
            return rest  # what stands there is no day, and a note
        if said.change == "removed" and "until" not in columns and own and own.precision != "interval":
            return {**rest, "until": effect} if own.latest and own.latest >= day.earliest else columns
        return columns


class Entry:
    """One row of a supplier table being read, for one customer; `title` or a `part` of the row names that one."""

    def __init__(
        self, row: Row, layout: Layout, cells: Mapping[str, str], title: Evidence | None, part: Evidence | None = None
    ) -> None:
        for which, at in layout.spare:
            if which != "changed" and which not in cells and row.cell(at):
                cells = {**cells, which: row.cell(at)}
                layout = replace(layout, columns={**layout.columns, which: at})
        if (own := layout.in_log(row)) is not layout.columns:
            moved = {which for which in _OF_A_LOG if own.get(which) != layout.columns.get(which)}
            kept = {which: cell for which, cell in cells.items() if which not in moved}
            cells = kept | {which: row.cell(own[which]) for which in moved if which in own}
            layout = replace(layout, columns=own)
        self.row, self.layout, self.cells, self.title, self.part = row, layout, cells, title, part
        self.customer = clean(cells.get("customer", ""))
        self.printed = cells.get("supplier", "")
        if "legalname" in cells:
            self.printed = name_of(cells["legalname"], self.printed)
        turned, placed = layout.day_first, layout.placed
        self.named = read_supplier(self.printed, day_first=turned, placed=placed)
        if self.named.doubtful and (known := self.named.doubtful & layout.others().names):
            self.named = read_supplier(self.printed, known, day_first=turned, placed=placed)
        self.state = state(cells.get("action", "")) or state(cells.get("status", "")) or self._answer()
        if not self.state and not cells.get("status"):
            said = [state(ends) for which in ("ended", "until") if (ends := cells.get(which, ""))[:1].isalpha()]
            # "Terminated 31 Oct 2023", and not "Expires ..."
            self.state = next((one for one in said if one and one.status is RelationshipStatus.ENDED), None)
        self.changed = self._changed()
        self.counterpart = parse_field(cells.get("counterpart", ""))
        """The other end of the term, where another row of a log tells it."""
        self.service, dated = dated_tail(" ".join(cells.get("service", "").split()), day_first=turned)
        date, remarks = partial(layout.date, "until"), [cells.get("status", ""), *brackets(self.service)]
        if remarks[0] and (numbers := tells_two(remarks[0])) and date(numbers) is None:
            remarks[0] = ""
        each = [validity(remark, day_first=turned) if remark else None for remark in remarks]
        self.told, self.noted = each[0], tuple(noted_ends(row, layout.columns.values(), date, day_first=turned))
        self.remarks = [*(one for one in each if one), *dated, *self.noted]
        self.proof: Proof = (row.evidence(),)
        self.notes = self._unread()
        if remarks[0] != cells.get("status", ""):
            self.notes.append(Note("status", cells["status"], self.proof))
        self.notices: list[Defect] = []
        """A notice for each cell of a begin or an end that is no date, or of an identifier that is none, once the entry is read."""

    def read(self) -> Extracted:
        """Return the listing, or why the row gives none; one that tells of no customer gives the supplier alone."""
        names, service = self.named.names, without_validity(self.service).strip()
        if reason := self._nameless():
            return Defect(self.row.place, reason)
        since, until, status = self.term()
        if status is None:
            return Defect(self.row.place, f"is no supplier: {self.cells.get('action') or self.cells.get('status')}")
        if since and until and since.earliest and until.end and until.end <= since.earliest:
            return Defect(self.row.place, f"ends ({until.edtf}) no later than it begins ({since.edtf})")
        affiliations = self._affiliations()
        own = self._own() if self.customer else None
        relationships: list[SupplyRelationship] = []
        if own and not _is_group(names[0]):
            if not any({told.party, told.other} == {names[0], self.customer} for told in affiliations):
                affiliations.append(Affiliation(names[0], own, self.customer, self._proof(names[0])))
        elif self.customer:
            term = service, status, since, until
            relationships = [SupplyRelationship(self.customer, name, *term, self._proof(name)) for name in names]
        observed, parties = self._dated("observed"), self._parties(affiliations)
        told = tuple(relationships), tuple(self.notes), tuple(affiliations)
        return Listing(self.row.number, parties, *told, observed)

    def term(self) -> tuple[PartialDate | None, PartialDate | None, RelationshipStatus | None]:
        """Return since when and until when the supplier is one, and in what state that is, None where it never was."""
        since = self._since()
        self.remarks = without_early(self.remarks, self.noted, since)
        return since, self._until(), self._status()

    def _own(self) -> AffiliationKind | None:
        """How the supplier belongs to its customer, None where it does not."""
        firms = self.layout.others().firms.get(name_key(self.customer), ())
        found = own_affiliate(self.customer, self.named, (self.service, *self.row.cells), firms)
        return found or (AffiliationKind.LINKED if "kin" in self.cells else None)

    def _nameless(self) -> str:
        """Why a row is no relationship of two that holds or has held."""
        for who in ("customer", "supplier"):
            told = self.cells.get(who, "")
            if told == _NOTHING or (says_nobody(told) and told.strip(" -–—.")):
                return f"names no {who}: {told}"
        if not self.customer and not only_names(self.layout.columns):
            if "customer" in self.layout.columns:
                return "names no customer"
            return "names no customer: neither a column nor a title tells whose supplier it is (a mapping file can)"
        if not self.named.names:
            return "names no supplier"
        own = self.customer and is_same(self.customer, self.named.names[0])
        return f"names {self.customer} as its own supplier" if own else ""

    def _unread(self) -> list[Note]:
        """Notes for the cells that no field takes, and for what the supplier's cell says besides names and dates."""
        columns = self.layout.columns
        taken = {at for name, at in columns.items() if name not in BESIDE_OTHERS}
        if not self.changed:
            taken -= {columns.get("action"), columns.get("changed")}
        notes = [
            Note(self.row.name(at), cell, self.proof)
            for at, cell in enumerate(self.row.told)
            if cell and at not in taken
        ]
        if self.printed != (beside := self.cells.get("supplier", "")):
            notes.append(Note(self.row.name(columns["supplier"]), beside, self.proof))
        notes += (Note(key, value, self.proof) for key, value in self.named.notes)
        section = self.row.section or self.layout.heading
        return notes + ([Note("section", section, self.proof)] if section else [])

    def _answer(self) -> State | None:
        """What a plain yes or no says where the column asks whether the relationship holds."""
        at, text = self.layout.columns.get("status"), self.cells.get("status", "")
        return answer(text, self.row.name(at)) if at is not None and text else None

    def _changed(self) -> PartialDate | None:
        """The day on which a log tells that a supplier was added or removed."""
        text = self.cells.get("changed", "") if self.state and self.state.change else ""
        if text and self.state and may_be_of_notice(self.state, self.row.name(self.layout.columns["changed"])):
            return None
        return self.layout.date("changed", text) if text else None

    def _since(self) -> PartialDate | None:
        added = self.changed if self.state and self.state.change == "added" else None
        if added is None and self.layout.columns.get("since", -1) == self.layout.columns.get("changed"):
            return self.named.since or self.counterpart  # the cell has the day of some other change
        return self._dated("since") or self.named.since or self._remarked("since") or added or self.counterpart

    def _until(self) -> PartialDate | None:
        removed = self.changed if self.state and self.state.change == "removed" else None
        ends = [end for which in ("until", "ended") if (end := self._dated(which))]
        if ends and self.told and self.told.until and self.state and self.state.status is RelationshipStatus.ENDED:
            ends.append(self.told.until)  # "Terminated early 2024-09-30", beside the agreed end
        dated = min(ends, key=lambda end: end.end or date.max, default=None)
        return dated or self.named.until or self._remarked("until") or removed or self.counterpart

    def _dated(self, which: str) -> PartialDate | None:
        """The date in a cell; what it tells in words goes to the remarks, and a cell that tells none becomes a note."""
        text = self.cells.get(which, "")
        found = self._day(which, text) if text else None
        if text and (found is None or found.precision == "interval") and which != "observed":
            told = worded(text, partial(self._day, which), "until" if which == "ended" else which)
            if which == "ended" and (end := next((remark.until for remark in told if remark.until), None)):
                return end
            if any(remark.until or remark.since != found for remark in told):
                self.remarks = [*told, *self.remarks]
                return None
        if found and which in _ENDS and found.precision != "interval" and not (found.earliest or found.latest):
            found = None  # "Jan 24" may be a day of any year, or a month
        if text and found is None:
            self.notes.append(Note(which, text, self.proof))
            self._notice(which, text)
        return found

    def _day(self, which: str, text: str) -> PartialDate | None:
        return None if is_no_day(text, begin=which == "since") else self.layout.date(which, text)

    def _notice(self, which: str, text: str) -> None:
        """Tell that the cell of a begin or an end gives no date, where it seems to have one."""
        at, word = self.layout.columns.get(which), _ENDS.get(which)
        if at is None or word is None or says_no_day(text) or (self.notices and tells_two(text)):
            return
        why = "may have the day or the month first" if tells_two(text) else "is no date that can be read"
        reason = f"the {word} {as_quoted(text)} {why}; the relationship is kept without it"
        self.notices.append(Defect(f"{self.row.place}, {self.row.name(at)}", reason))

    def _remarked(self, which: str) -> PartialDate | None:
        """The date in a bracket of the purpose ("hosting (until May 2025)")."""
        return next((found for remark in self.remarks if (found := getattr(remark, which))), None)

    def _status(self) -> RelationshipStatus | None:
        """The state of the relationship, None where there is none."""
        if self.counterpart:
            return RelationshipStatus.ENDED
        if "struck" in self.cells:
            self.notes.append(Note("status", "struck through", self.proof))
            return RelationshipStatus.ENDED
        if self.state:
            beside = state(self.cells.get("status", "")) if self.state.change == "removed" else None
            to_come = beside and beside.status is RelationshipStatus.UNKNOWN  # "Removal", below "Upcoming changes"
            return RelationshipStatus.ACTIVE if to_come else self.state.status
        told = self.named.status or next((remark.status for remark in self.remarks if remark.status), None)
        if (text := self.cells.get("status", "")) and not validity(text):
            at = self.layout.columns.get("status")
            placed = at is not None and is_place(text)
            self.notes.append(Note(self.row.name(at) if at is not None and placed else "status", text, self.proof))
            if not placed and says_state(text):
                return told or RelationshipStatus.UNKNOWN
        return told or RelationshipStatus.ACTIVE

    def _proof(self, name: str) -> Proof:
        """What says that a supplier is used: the row, less surely for a name beside another, and the title."""
        if self.named.names and name != self.named.names[0]:
            row = self.row.evidence(basis=Basis.IMPLIED, confidence=BESIDE)
        else:
            row = self.row.evidence(basis=Basis.IMPLIED) if self.title else self.proof[0]
        named = self.title or self.part
        return (row, named) if named else (row,)

    def _affiliations(self) -> list[Affiliation]:
        """What the supplier's cell says of who belongs to whom; what is said of unnamed groups becomes notes."""
        found: list[Affiliation] = []
        if not self.named.affiliations:
            return found
        at = self.layout.columns.get("supplier")
        for party, kind, other in self.named.affiliations:
            if _is_group(party) or (kind is not AffiliationKind.FORMER_NAME and _is_group(other)):
                self.notes.append(Note(str(kind), f"{party}: {other}", self.proof))
                continue
            sure = BESIDE if kind is AffiliationKind.LINKED else Decimal(1)
            found.append(Affiliation(party, kind, other, (self.row.evidence(at, confidence=sure),)))
        return found

    def _parties(self, affiliations: list[Affiliation]) -> tuple[Party, ...]:
        """Everyone the row names, once."""
        names = [*filter(None, [self.customer]), *self.named.names]
        for told in affiliations:
            names += [told.party] if told.kind is AffiliationKind.FORMER_NAME else [told.party, told.other]
        identifiers = self._identifiers()
        return tuple([
            Party(
                name,
                Role.OTHER,
                _is_group(name),
                identifiers=tuple(identifiers.get(name, ())),
                evidence=self._named() if name == self.customer else self.proof,
            )
            for name in dict.fromkeys(names)
        ])  # fmt: skip

    def _named(self) -> Proof:
        """Where the customer is named."""
        return (self.part,) if self.part else (self.title, *self.proof) if self.title else self.proof

    def _identifiers(self) -> dict[str, list[str]]:
        """Name -> identifiers that columns of their own give."""
        found: dict[str, list[str]] = {}
        for name, cell in self.cells.items():
            who, _, scheme = name.partition("_")
            if not scheme or not cell:
                continue
            whose = self.customer if who == "customer" else self.named.names[0]
            coded = name in KIND_OF
            told = registered(cell, self.cells.get(KIND_OF[name], "")) if coded else identifier(scheme, cell, whose)
            if told:
                found.setdefault(whose, []).append(told)
            elif cell.strip() not in {self.customer, *self.named.names}:
                at = self.layout.columns.get(name)
                title = name if at is None else self.row.name(at)
                self.notes.append(Note(title, cell.strip(), self.proof))
                if not coded and not is_placeholder(cell.strip()):
                    reason = f"{as_quoted(cell)} is no identifier of {whose} ({scheme}); it is kept as a note"
                    self.notices.append(Defect(f"{self.row.place}, {title}", reason))
        return found


@lru_cache(maxsize=65_536)
def _is_group(name: str) -> bool:
    """Whether a name stands for organizations that nobody names."""
    return is_unnamed(name) or _AFFILIATES.search(name) is not None
