"""The members of one record of a list, JSON or a table: their texts and evidence, and which of them have been used."""

from __future__ import annotations

from abc import abstractmethod
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.extract.fields import is_placeholder
from kg.extract.formats import Format, fits, spelled
from kg.extract.json_in import records as json_records
from kg.extract.tabular.json_table import is_json
from kg.extract.tabular.row import Row
from kg.extract.tabular.row_record import RowRecord
from kg.extract.tabular.table import tables
from kg.model import Certainty, Defect
from kg.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.passage import Passage
    from kg.model import Document, Evidence, Extracted, Incident, Note

_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})


class Members(Format):
    """A record being read; what nobody takes becomes notes. Members are asked for by the first of their spellings.

    Attributes:
        record: the record.
        used: the paths that made a fact, or say nothing.
        certainty: how sure the record is, for everything it says.
    """

    def __init__(self, record: JsonRecord | RowRecord) -> None:
        self.record = record
        self.used: set[Path] = set()
        self.certainty = Certainty.CONFIRMED
        self._names = spelled(type(self), tuple(record.value))

    @abstractmethod
    def read(self) -> Incident | Defect:
        """Return the incident, or why the record gives none."""

    def path(self, *path: str | int) -> Path:
        """Return the path of a member as the record spells it."""
        return (self._names.get(str(path[0]), path[0]), *path[1:])

    def heading(self, key: str) -> str:
        """Return what a member is called where the record is from, though it may lack it: the empty cells of a row are none of its members."""
        keys = self.record.row.header if isinstance(self.record, RowRecord) else self.record.value
        return spelled(type(self), tuple(keys)).get(key, key)

    def get(self, *path: str) -> Any:
        """Return the value of a member, None where there is none."""
        return self.record.get(*self.path(*path))

    def text(self, *path: str) -> str:
        """Return a text, or a whole number as it is printed; "" for anything else."""
        value = self.get(*path)
        return clean(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def said(self, key: str) -> str:
        """Return a text, "" for one that says that there is no value."""
        text = self.text(key)
        return "" if is_placeholder(text) else text

    def flag(self, key: str) -> bool | None:
        """Return what a member says that is true or false, None where it says neither."""
        value = self.get(key)
        word = value.strip().casefold() if isinstance(value, str) else ""
        return True if value is True or word in _TRUE else False if value is False or word in _FALSE else None

    def evidence(self, *path: str | int, **changes: Any) -> Evidence:
        """Return the evidence of a member, which counts as used; `changes` are those of `JsonRecord.evidence`."""
        self.used.add(self.path(*path))
        return self.told(*path, **changes)

    def told(self, *path: str | int, **changes: Any) -> Evidence:
        """Return the evidence of a member, which does not count as used for that."""
        return self.record.evidence(*self.path(*path), **{"certainty": self.certainty, **changes})

    def passage(self, key: str) -> Passage:
        """Return a text that knows where its characters stand in the document."""
        return self.record.passage(*self.path(key))

    def within(self, key: str, words: str) -> Evidence:
        """Return the evidence of some words of a text, of all of it where it prints them otherwise."""
        at = self.passage(key).text.find(words) if isinstance(self.get(key), str) else -1
        return self.evidence(key, start=at, end=at + len(words)) if at >= 0 and words else self.evidence(key)

    def notes(self) -> Iterator[Note]:
        """Yield a note for everything that has not been used."""
        return self.record.notes(self.used)

    def identity(self) -> str:
        """Return what a repetition of the record has as well: all of it, unless a format knows better."""
        return self.record.raw


def incidents(document: Document, kind: type[Members]) -> Iterator[Extracted]:
    """Yield what the records of a document give that are read by a format; a repeated one is a defect."""
    yield from told_once(kind(one) if not isinstance(one, Defect) else one for one in _records(document, kind))


def told_once(entries: Iterable[Members | Defect]) -> Iterator[Extracted]:
    """Yield what records give; a repeated one is a defect."""
    seen: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, Defect):
            yield entry
            continue
        record = entry.record
        read = entry.read()
        first = seen.setdefault(entry.identity(), record.place) if not isinstance(read, Defect) else record.place
        yield read if first == record.place else Defect(record.place, f"repeats {first}")


def _records(document: Document, kind: type[Members]) -> Iterator[JsonRecord | RowRecord | Defect]:
    if is_json(document):
        yield from json_records.records(document, lambda value: fits(value, kind))
        return
    found = list(islice(tables(document), _MOST_TABLES))
    for table in [table for table in found if fits(table.header, kind)] or found:
        for row in table:
            yield RowRecord(row) if isinstance(row, Row) else row


_MOST_TABLES = 1_000
