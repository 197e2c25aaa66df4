"""Sections of a page that lists suppliers: what the state in a heading is for the rows below it, and logs of changes."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.brackets import BRACKET
from kg.extract.suppliers.columns import columns as columns_of
from kg.extract.suppliers.columns import names_columns
from kg.extract.suppliers.names import read_supplier
from kg.extract.suppliers.remarks import dated_end
from kg.extract.suppliers.titled import titled_customer, titled_part
from kg.extract.suppliers.titles import CAME, dated, day_of_state, heads, is_kin, is_kind, section_state, state
from kg.extract.tabular.row import LEAD, Row, Table, plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.model import Defect

_WORDS = {"former": "former", "upcoming": "upcoming", "mixed": "unknown"}
"""State of a section -> what a column of states would say."""
_LEFT = regex(r"(?:date of |day of )?(?:removal|termination|deletion|discontinuation)(?: date)?")
"""Headers that tell, in a list of former suppliers, until when each was used."""
_WENT = regex(
    r"remov|terminat|discontinu|deprecat|retired|\bended|entfernt|beendet|beëindigd|verwijderd|supprim|eliminad|rimoss"
)
"""In the heading of a list whose column called "date" tells so: suppliers are removed on a day, and former on none."""
_CHANGED = regex(r"(?:added|removed|replaced|deleted|new sub|addition of|removal of|discontinued|hinzugefügt|entfernt|ajout|suppression|toegevoegd|verwijderd)\b", 2)  # fmt: skip
_LOOK = 20
"""Rows of a table that are looked at."""


class Section(NamedTuple):
    """What the headings above a table tell of its rows.

    Attributes:
        columns: field -> column, with those that a heading gives their meaning.
        constants: field -> what holds for each row.
        heading: the heading that tells so, "" where none does.
    """

    columns: Mapping[str, int]
    constants: Mapping[str, str]
    heading: str = ""


def in_section(table: Table, columns: Mapping[str, int], *, day_first: bool = False) -> Section:
    """Return what the headings above a table tell of the state of its suppliers; `day_first` is how they print their days."""
    told = section_state(table.titles)
    leads = [title.text for title in table.titles[:1] if title.level == LEAD]
    days = _days(told[0], [*leads, told[1].text], day_first=day_first) if told else {}
    if told and told[0] == "current" and days:
        return Section(columns, days, told[1].text)
    if told is None or (word := _WORDS.get(told[0])) is None:
        part = titled_part(table.titles) if "customer" not in columns else None
        if part is None:
            return Section(columns, {})
        return Section(columns, {"kin": "yes"} if part[1] else {}, part[0].text)
    if word == "former" and "until" not in columns:
        free = [at for at in range(len(table.header)) if at not in columns.values()]
        names = {plain(table.header[at]): at for at in reversed(free)}
        left = next((at for name, at in names.items() if _LEFT.fullmatch(name)), None)
        if left is None and _WENT.search(told[1].text.casefold()):
            left = names.get("date")
        columns = columns if left is None else {**columns, "until": left}
    return Section(columns, {"status": word, **days}, told[1].text)


@lru_cache(maxsize=1024)
def inner_section(text: str, *, day_first: bool = False) -> dict[str, str] | None:
    """Return what holds below a heading inside of a table, None for what may be a name: it is a kind, a state, or a word for suppliers or kin.

    `day_first` is how the table prints its days.
    """
    if is_kin(text):
        return {"kin": "yes"}
    if said := state(text):
        return {"status": _WORDS.get(said, ""), **_days(said, [text], day_first=day_first)}
    return {} if is_kind(text) or heads(text) else None


def with_sections(table: Table) -> Table:
    """Return a table without the rows that are headings inside of it: all that they tell stands where the supplier does, or first."""
    found = columns_of(table.header)
    if len(table.header) == 1 or "customer" in found:
        return table
    return Table(table.header, table.titles, partial(_headed, table, {0, found.get("supplier", 0)}))


def _headed(table: Table, places: set[int]) -> Iterator[Row | Defect]:
    section = begun = ""
    of_days = False
    for row in table:
        if isinstance(row, Row):
            within = section if row.section == begun else ""
            if row.told.count("") == len(row.told) - 1 and any(map(row.cell, places)):
                held = inner_section(told := "".join(row.told))
                if held is not None or (within and of_days and _ends_section(told)):
                    section, begun, of_days = told, row.section, held is None or not _TERM.isdisjoint(held)
                    continue
            row.section = within or row.section
        yield row


def _ends_section(text: str) -> bool:
    """Whether words with a day behind them may head the next section where one had a day: they are no supplier with its own."""
    return dated(text) and not ((told := read_supplier(text)).since or told.until)


_TERM = frozenset({"since", "until"})


def _days(said: str, texts: Sequence[str], *, day_first: bool) -> Mapping[str, str]:
    """Since or until when the suppliers are used that came or went, as the heading that says so tells, the last of the texts, or one below it."""
    heading = texts[-1]
    if said == "mixed" or (said == "current" and not CAME.search(heading)):
        return {}
    which = "until" if said == "former" else "since"
    remarks = filter(None, (dated_end(text, day_first=day_first) for text in texts))
    day = next(filter(None, (getattr(remark, which) for remark in remarks)), None)
    if day is None and (said != "former" or _WENT.search(heading.casefold())):
        day = day_of_state(heading, day_first=day_first)
    return {which: day.edtf} if day else {}


def may_be_listed(table: Table) -> bool:
    """Return whether a table that somebody took for a supplier table can be read as one."""
    found = columns_of(table.header)
    return (
        names_columns(table.header)
        and "supplier" in found
        and ("customer" in found or "service" in found or titled_customer(table.titles) is not None)
    )


def change_log(table: Table) -> bool:
    """Return whether a table tells in words who was added and removed."""
    rows = list(table.read(_LOOK))
    return bool(rows) and 2 * sum(any(_CHANGED.match(cell) for cell in row.told) for row in rows) >= len(rows)


def is_change(text: str) -> bool:
    """Return whether an item of a list tells in words that somebody was added or removed."""
    return _CHANGED.search(BRACKET.sub("", text)[:_BEGINNING]) is not None


_BEGINNING = 40
