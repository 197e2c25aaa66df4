"""VERIS incidents as tables: a row for each, and columns named by their paths, as verispy, verisr and VCDB print them.

Every value of an enumeration has a column of its own ("actor.external.variety.Activist"), marked where it holds; R puts dots
for the blanks and signs in it ("Use.of.stolen.creds", "M...Disk.drive"). Coders' sheets print the values in one cell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.extract.json_in.record import dotted, printed, untold
from kg.extract.node import Kind
from kg.extract.tabular.row_record import RowRecord
from kg.extract.veris.cells import objects, varieties
from kg.extract.veris.layout import SECTIONS
from kg.model import Evidence, Note
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from kg.extract.json_in.spans import Path
    from kg.extract.passage import Passage
    from kg.extract.tabular.row import Row

    _Cell: TypeAlias = tuple[int, int, int | None]
    """A column, and the characters of its cell that a member is."""

_LISTS = frozenset({"country", "location", "motive", "region", "result", "target", "variety", "vector"})
_ENUMERATIONS = _LISTS | frozenset(
    """
    accessibility cloud confidence cost_corrective_action data_abuse data_disclosure data_misuse data_state data_victim discovery_method
    employee_count governance hosting job_change management orgsize ownership pattern rating role security_incident state targeted unit
    """.split()
)
"""Fields whose values are words of the schema."""
_ARRAYS: frozenset[Path] = frozenset(
    {("attribute", "confidentiality", "data"), ("impact", "loss"), ("asset", "assets")}
)
"""Lists of objects, each told by its variety; the other columns of it end in that variety."""
_NUMBERS = frozenset(
    """
    amount day month year data_total value locations_affected min_amount max_amount overall_amount overall_min_amount overall_max_amount
    """.split()
)
_YES = frozenset({"1", "1.0", "true", "t", "yes", "y"})
_NO = frozenset({"", "0", "0.0", "false", "f", "no", "n", "na", "n/a", "nan", "null", "none"})
_NOTHING = frozenset({"", "na", "nan", "null", "none", "[]"})
_WORD = regex(r"[^,;|]+")
_QUOTED = regex(r"'([^']*)'|\"([^\"]*)\"")


class VerisRow:
    """One row of such a table, read as the JSON record that it was.

    Attributes:
        number: which row of the document it is, from 1.
        place: the row in words.
        text: the document's text.
        value: the record.
    """

    def __init__(self, row: Row) -> None:
        self._row, self.number, self.place, self.text = row, row.number, row.place, row.source
        self.value: dict[str, Any] = {}
        self._cells: dict[Path, _Cell] = {}
        told = ((at, *_column(name)) for at, name in enumerate(row.header) if row.cell(at).casefold() not in _NOTHING)
        for at, path, word in sorted(told, key=lambda column: len(column[1])):
            self._tell(at, path, word)

    @property
    def raw(self) -> str:
        """Return the row as it stands in the text."""
        return self.text[slice(*self._row.span)]

    def get(self, *path: str | int) -> Any:
        """Return the member at a path, None where there is none."""
        value: Any = self.value
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def place_of(self, *path: str | int) -> str:
        """Return where a member is: the row and the name of the column."""
        return f"{self.place}, {self._row.name(self._cell(path)[0])}"

    def evidence(self, *path: str | int, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for a member, of one with members the cell of its first; as that of a JSON record else."""
        at, first, last = self._cell(path)
        if last is not None and self.get(*path) != self._row.cell(at)[first:last]:
            start, end = 0, None  # a text with escapes
        if not (first or start) and last is None and end is None:
            return self._row.evidence(at, **changes)
        stop = last if end is None else first + end
        return self._row.part(at, first + start, len(self._row.cell(at)) if stop is None else stop, **changes)

    def passage(self, *path: str | int) -> Passage:
        """Return a text as decoded characters that know where they stand in the document."""
        at, first, last = self._cell(path)
        whole = RowRecord(self._row).passage(self._row.name(at))
        return whole.slice(first, len(whole) if last is None else last)

    def notes(
        self, used: Collection[Path] = (), *, joined: bool = False, silent: Callable[[str], object] | None = None
    ) -> Iterator[Note]:
        """Yield a note for every member that is neither in `used` nor below a path in it, as that of a JSON record does."""
        for path, value in untold(self.value.items(), (), used, joined=joined):
            words = printed(value)
            if silent is None or not silent(words):
                yield Note(dotted(path), words, (self.evidence(*path),))

    def _cell(self, path: Path) -> _Cell:
        """Where a member stands; one with members stands where the first of them does."""
        found = self._cells.get(path)
        return found or next(cell for inner, cell in self._cells.items() if inner[: len(path)] == path)

    def _tell(self, at: int, path: Path, word: str) -> None:
        """Add what a cell says: that a value holds, or the value itself."""
        cell, whole = self._row.cell(at), (at, 0, None)
        marked = cell.casefold()
        if word and path[:-1] in _ARRAYS:
            if marked in _YES if path[-1] == "variety" else marked not in _NO:
                self._item(path, word, word if path[-1] == "variety" else _value(path, cell), whole)
            elif marked not in _NO:
                self._put((*path[:-2], f"{'.'.join(map(str, path[-2:]))}.{word}"), cell, whole)
        elif word and marked in _YES:
            self._put(path, word, whole)
        elif word and marked not in _NO:
            self._put((*path[:-1], f"{path[-1]}.{word}"), cell, whole)
        elif not word and len(path) == len(("actor", "external")) and path[0] in _FLAGGED and marked in _YES | _NO:
            if marked in _YES:
                self._put(path, {}, whole)
        elif not word and (path[0] == "plus" or marked != "false"):  # a frame fills its empty columns with it
            self._printed(at, path, cell)

    def _printed(self, at: int, path: Path, cell: str) -> None:
        """Add the values of a cell that prints them."""
        words: list[tuple[int, int | None]] = [(0, None)]
        if cell.startswith("[{"):
            return self._objects(at, path, cell)
        if path[:-1] in _ARRAYS and path[-1] == "variety" and cell[0] != "[":
            return self._varieties(at, path, cell)
        if cell[0] == "[" and cell[-1] == "]":
            words = [match.span(match.lastindex or 0) for match in _QUOTED.finditer(cell)] or words
        elif path[-1] in _LISTS and path[0] in {*SECTIONS, "discovery_method", "impact"}:
            words = [_stripped(cell, *match.span()) for match in _WORD.finditer(cell)] or words
        for first, last in words:
            told = _value(path, cell[first:last])
            if path[:-1] in _ARRAYS and path[-1] == "variety":
                self._item(path, str(told), told, (at, first, last))
            else:
                self._put(path, told, (at, first, last))
        return None

    def _varieties(self, at: int, path: Path, cell: str) -> None:
        """Add the varieties that a coder's sheet prints in a cell, each with its amount."""
        for found in varieties(cell):
            self._item(path, found.variety, found.variety, (at, *found.span))
            if found.amount >= 0:
                self._item((*path[:-1], "amount"), found.variety, found.amount, (at, *found.amounts_span))

    def _objects(self, at: int, path: Path, cell: str) -> None:
        """Add the objects that a data frame prints in a cell; a cell that cannot be read so stays as it is."""
        found, items = objects(cell), self._inside(path, [])
        if found is None or not isinstance(items, list):
            if items == []:
                self._inside(path[:-1], {}).pop(path[-1])
            return self._put(path, cell, (at, 0, None))
        for members in found:
            for key, told in members.items():
                self._cells[(*path, len(items), key)] = (at, told.start, told.end)
            items.append(
                {
                    key: _value((key,), str(told.value) if told.kind is Kind.STR else cell[told.start : told.end])
                    for key, told in members.items()
                }
            )
        return None

    def _item(self, path: Path, variety: str, value: object, cell: _Cell) -> None:
        """Add a member of the object of a list that has a variety."""
        items = self._inside(path[:-1], [])
        if not isinstance(items, list):
            return self._put((*path[:-2], f"{'.'.join(map(str, path[-2:]))}.{variety}"), value, cell)
        known = next((item for item in items if item.get("variety") == variety), None)
        if known is None:
            known = {"variety": variety}
            items.append(known)
            self._cells[(*path[:-1], len(items) - 1, "variety")] = cell
        known[path[-1]] = value
        self._cells[(*path[:-1], items.index(known), path[-1])] = cell
        return None

    def _put(self, path: Path, value: object, cell: _Cell) -> None:
        """Add a member; a second one at a path makes a list, and what cannot stand there has the rest of its path for a key."""
        within, key = self._inside(path[:-1], {}), path[-1]
        if not isinstance(within, dict):
            return self._put((*path[:-2], f"{path[-2]}.{key}"), value, cell)
        known = within.get(str(key))
        if known is None:
            within[str(key)] = value
            self._cells[path] = cell
        elif isinstance(known, dict):
            if value != {}:
                self._put((*path[:-1], f"{key}."), value, cell)
        else:
            if not isinstance(known, list):
                within[str(key)] = known = [known]
                self._cells[(*path, 0)] = self._cells[path]
            if value not in known:
                known.append(value)
                self._cells[(*path, len(known) - 1)] = cell
        return None

    def _inside(self, path: Path, empty: dict[str, Any] | list[Any]) -> Any:
        """The container at a path, made where it is missing: the last one `empty`."""
        within: Any = self.value
        for deep, step in enumerate(path, 1):
            if not isinstance(within, dict):
                return within
            within = within.setdefault(str(step), empty if deep == len(path) else {})
        return within


_FLAGGED = frozenset({"action", "actor", "attribute"})
"""Sections whose members have a column that says whether there are any ("actor.external", "action.Hacking")."""


@lru_cache(maxsize=8192)
def _column(name: str) -> tuple[Path, str]:
    """The path that a column stands for; and the value of the enumeration, or the variety of the object, that it is for."""
    parts = tuple(name.strip().split("."))
    last = len(parts) - 1
    for at in reversed(range(last)):
        if parts[at] in _ENUMERATIONS or (parts[:at] in _ARRAYS and parts[at].islower()):
            return parts[: at + 1], _word(".".join(parts[at + 1 :]))
    if last == 1 and parts[0] in _FLAGGED:
        return (parts[0], parts[1].lower()), ""
    if parts[:-1] in _ARRAYS and parts[-1][:1].isupper():
        return (*parts[:-2], "variety"), _word(parts[-1])  # "asset.assets.Server": what its varieties begin with
    return parts, ""


def _word(printed: str) -> str:
    """A value of an enumeration without the dots that R put for blanks and other signs."""
    return printed if " " in printed else printed.replace("...", " - ").replace(".", " ").strip()


def _value(path: Path, cell: str) -> object:
    """A cell as the value that it was: a whole number where the field holds one."""
    number = cell.strip().removesuffix(".0")
    return (
        int(number)
        if path[-1] in _NUMBERS and number.isascii() and number.isdigit() and len(number) < _DIGITS
        else cell
    )


_DIGITS = 16


def _stripped(cell: str, start: int, end: int) -> tuple[int, int]:
    told = cell[start:end]
    start += len(told) - len(told.lstrip())
    return start, start + len(told.strip())
