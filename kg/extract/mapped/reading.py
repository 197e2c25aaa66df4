"""Documents of one's own, read as a mapping file tells: CSV, Markdown and HTML tables, JSON, JSON Lines."""

from __future__ import annotations

from functools import partial
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError
from kg.extract.fields import is_placeholder
from kg.extract.json_in import records as json_records
from kg.extract.json_in.record import pointer_of
from kg.extract.mapped import incident as mapped_incident
from kg.extract.mapped.asides import Asides
from kg.extract.mapped.members import leads_somewhere, led_to, member_row, member_rows
from kg.extract.mapped.parts import Parts
from kg.extract.suppliers.columns import columns as guessed_columns
from kg.extract.suppliers.columns import has_header
from kg.extract.suppliers.days import day_first, how_dated
from kg.extract.suppliers.entry import Layout
from kg.extract.suppliers.headers import second_header
from kg.extract.suppliers.reading import read_table
from kg.extract.suppliers.register_columns import rank_column, register_table
from kg.extract.suppliers.sections import Section, in_section
from kg.extract.tabular.row import Row, Table, plain
from kg.extract.tabular.table import tables
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.mapped.mapping import MappingFile, ReadDate
    from kg.model import Document, Extracted

_DEEPER = regex(r"0*(?:[2-9]|[1-9]\d+)(?:\.0+)?\Z")
"""Ranks of those who supply the suppliers."""


def misfit(document: Document, mapping: MappingFile) -> str:
    """Return why a document does not fit a mapping, "" where it does."""
    if not mapping.named(document.name):
        return f"its name is none of {', '.join(mapping.files)} ({mapping.name}, files)"
    if (first := _first(document, mapping)) is not None:
        return _missing_member(mapping, first)
    found = [table for table in _tables(document, mapping) if has_header(table) or not mapping.names_nothing]
    nearest = min(found, key=lambda table: len(_missing(mapping, table)), default=None)
    return _missing_column(mapping, nearest) if nearest else "it holds no table"


def read(document: Document, mapping: MappingFile) -> Iterator[Extracted]:
    """Yield an incident or a listing for every record, and a defect for every one that gives none.

    Raises:
        DocumentError: the document has not what the mapping speaks of.
    """
    if reason := misfit(document, mapping):
        raise DocumentError(document.name, f"does not fit the mapping: {reason}")
    if json_records.first(document) is not None:
        found = [_json_table(document, mapping)]
    else:
        found = [table for table in _tables(document, mapping) if not _missing_column(mapping, table)]
    seen: dict[tuple[str, ...], str] = {}
    for table in found:
        yield from _records(table, mapping, mapping.stated(document.name), seen)


def _tables(document: Document, mapping: MappingFile) -> list[Table]:
    """The tables of a document; one of the EU's register that needs it has the header that its file's name tells."""
    found = [_headed(table, mapping) for table in tables(document)]
    return [table if not _missing_column(mapping, table) else register_table(document, table) for table in found]


def _headed(table: Table, mapping: MappingFile) -> Table:
    """A table of suppliers whose header is in two rows, under the names by which the mapping calls its columns, or both rows do."""
    told = second_header(table) if mapping.records == "listing" else None
    if told is None:
        return table
    second, both = told
    asked = {plain(column) for column in mapping.columns.values()}
    header: list[str] = []
    for upper, lower, name in zip_longest(table.header, second, both, fillvalue=""):
        own = next((one for one in (name, lower, upper) if plain(one) in asked), name)
        asked.discard(plain(own))
        header.append(own)
    return table.under(header, second)


def _records(
    table: Table, mapping: MappingFile, stated: Mapping[str, str], seen: dict[tuple[str, ...], str]
) -> Iterator[Extracted]:
    places: Mapping[str, int] = _places(mapping, table)
    turned, section = day_first(table), Section(places, {})
    printed = how_dated(table, day_first=turned)
    date: ReadDate = lambda name, text: mapping.date(name, text, **printed)  # noqa: E731 - its type is told
    if mapping.records == "listing":
        section = in_section(table, places, day_first=turned)
        table, places = _owned(table, places, stated), section.columns
    table = Table(table.header, table.titles, partial(iter, Asides(table, places, mapping.records)))
    if mapping.records == "listing":
        parts = Parts(places, mapping.separators)
        told = {**section.constants, **stated}
        layout = Layout(places, told, date, heading=section.heading, day_first=turned, parted=parts)
        yield from read_table(table, layout, seen)
        return
    reading = mapped_incident.Reading(places, stated, mapping, date)
    for row in table:
        yield from (row,) if isinstance(row, Defect) else reading.read(row)


def _owned(table: Table, places: Mapping[str, int], stated: Mapping[str, str]) -> Table:
    """The table without rows that cannot be of the stated customer: the deeper ranks of the EU's register, where none is told."""
    rank, recipient = rank_column(table.header), places.get("customer")
    if rank is None or recipient is None or "customer" not in stated:
        return table

    def rows() -> Iterator[Row | Defect]:
        for row in table:
            deeper = isinstance(row, Row) and _DEEPER.match(row.cell(rank)) and _says_nothing(row.cell(recipient))
            yield Defect(row.place, "names no recipient of what is sub-contracted") if deeper else row

    return Table(table.header, table.titles, rows)


def _says_nothing(cell: str) -> bool:
    return not cell or is_placeholder(cell)


def _places(mapping: MappingFile, table: Table) -> dict[str, int]:
    """Field -> column: those of the mapping, and for a listing what the header tells of the others.

    A guess is not made of what a constant tells; the columns of the EU's register are known, and a constant fills their gaps.
    """
    names = [plain(name) for name in table.header]
    told = {name: names.index(plain(column)) for name, column in mapping.columns.items() if plain(column) in names}
    if mapping.records == "listing":
        guessed = guessed_columns(table.header)
        told |= {
            name: at
            for name, at in guessed.items()
            if name not in told
            and at not in told.values()
            and ("supplier_registered" in guessed or name.partition("_")[0] not in mapping.constants)
        }
    return told


def _missing(mapping: MappingFile, table: Table) -> list[str]:
    """The fields whose columns a table has not."""
    names = {plain(name) for name in table.header}
    return [name for name, column in mapping.columns.items() if plain(column) not in names]


def _missing_column(mapping: MappingFile, table: Table) -> str:
    """Why a table does not fit, "" where it does."""
    for name in _missing(mapping, table):
        there = ", ".join(repr(one) for one in table.header[:20]) or "none"
        return f"it has no column {mapping.columns[name]!r} ({mapping.name}, columns.{name}); there are {there}"
    if mapping.records == "listing" and "supplier" not in _places(mapping, table):
        return f"no column names the supplier ({mapping.name}, columns.supplier)"
    return ""


def _missing_member(mapping: MappingFile, record: Mapping[str, Any]) -> str:
    """Why a JSON record does not fit: no pointer leads anywhere in it."""
    for name, pointer in mapping.columns.items():
        if pointer and not pointer.startswith("/"):
            return f"{pointer!r} is no JSON pointer: it begins with a slash ({mapping.name}, columns.{name})"
    if not any(leads_somewhere(record, pointer) for pointer in mapping.columns.values()):
        return f"its first record has nothing at any pointer of {mapping.name} (columns)"
    return ""


def _first(document: Document, mapping: MappingFile) -> Mapping[str, Any] | None:
    """The first JSON record of a document that can be read, None where there is none near its beginning."""
    found = islice(_json_records(document, mapping), _FEW)
    return next((record.value for record in found if not isinstance(record, Defect)), None)


_FEW = 20
"""Records that are looked at to see what a document is."""


def _json_records(document: Document, mapping: MappingFile) -> Iterator[json_records.JsonRecord | Defect]:
    lines = document.name.casefold().removesuffix(".gz").endswith((".jsonl", ".ndjson"))
    return json_records.records(document, partial(_is_record, mapping, lines=lines))


def _is_record(mapping: MappingFile, value: Mapping[str, Any], *, lines: bool) -> bool:
    """Whether an object with one array of objects is a record by the pointers of a mapping, not an envelope around the array.

    More pointers must lead somewhere in it than in the elements; as many do where each line is a record (`lines`). An incident
    is not all in the array, and has neither its id nor its title there: who writes such pointers means its elements.
    """
    path = json_records.array_path(value)
    if path is None:
        return False
    inside, pointers = pointer_of(path) + "/", mapping.columns
    found = {name for name, pointer in pointers.items() if leads_somewhere(value, pointer)}
    elements = [one for _, one in islice(led_to(value, inside + "*"), _FEW) if isinstance(one, dict)]
    theirs = {name for name, pointer in pointers.items() if any(leads_somewhere(one, pointer) for one in elements)}
    below = {name for name in found if pointers[name].startswith(inside)}
    if mapping.records == "incident" and (below == found or below & {"id", "title"}):
        return False
    if not (below or lines) and (mapping.records == "listing" or theirs - found):
        return False  # the head of a list, or of a feed
    return len(found) > len(theirs) or (lines and len(found) == len(theirs))


def _json_table(document: Document, mapping: MappingFile) -> Table:
    """The records of a JSON document as a table: a column for each pointer, and for each member that none leads to."""

    def rows() -> Iterator[Row | Defect]:
        more = 0
        for record in _json_records(document, mapping):
            if isinstance(record, Defect):
                yield record
            elif mapping.records == "incident":
                yield member_row(record, mapping)
            else:
                found = list(member_rows(record, mapping, record.number + more))
                more += len(found) - 1
                yield from found

    return Table(tuple(mapping.columns.values()), (), rows)
