"""What the notes beside a supplier say of the end of its use, where they say nothing else: "Removed 12 May 2026", "No longer used"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.suppliers.days import tells_two
from kg.extract.suppliers.remarks import Remark, lead, whole_validity
from kg.extract.suppliers.titles import day_of_state, is_state
from kg.extract.suppliers.titles import state as titled_state
from kg.extract.tabular.row import plain
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Row

    ReadDate = Callable[[str], PartialDate | None]

_NOTES = regex(
    r"(?:(?:additional|other|general|further) )?(?:notes?|comments?|remarks?)|bemerkung(?:en)?|anmerkung(?:en)?|hinweise?|kommentare?|notizen"
    r"|commentaires?|remarques?|observaciones|comentarios|notas?|osservazioni|commenti|opmerking(?:en)?|observações|comentários"
)
_SAID = regex(
    r"(?:removed|terminated|ended|offboarded|no longer (?:used?|in use|active|engaged)|(?:used )?until|added"
    r"|entfernt|beendet|nicht mehr|supprimée?|retirée?|résiliée?|eliminad[oa]|rimoss[oa]|verwijderd|beëindigd|niet meer)\b",
    2,
)
"""What is said of a supplier: a product may be retired, deprecated or replaced, and the supplier used all the same."""


def noted_ends(row: Row, taken: Container[int], date: ReadDate, *, day_first: bool) -> Iterator[Remark]:
    """Yield what columns of notes say of a term.

    Args:
        row: a row of a table.
        taken: the columns that other fields take.
        date: reads a date as the table prints it.
        day_first: whether it prints the day before the month.
    """
    for at in _of_notes(tuple(row.header)):
        if at in taken or not (cell := row.cell(at)) or not (told := noted_end(cell, day_first=day_first)):
            continue
        if not (numbers := tells_two(cell)) or date(numbers) is not None:
            yield told


def without_early(remarks: list[Remark], noted: Container[Remark], since: PartialDate | None) -> list[Remark]:
    """Return remarks without those of notes that tell of an end before a begin: that of something else, or of an earlier contract."""
    if since is None or (begin := since.earliest) is None:
        return remarks
    return [
        told
        for told in remarks
        if told not in noted or told.until is None or told.until.end is None or told.until.end > begin
    ]


@lru_cache(maxsize=1024)
def _of_notes(header: tuple[str, ...]) -> list[int]:
    """The columns of notes."""
    return [at for at, name in enumerate(header) if _NOTES.fullmatch(plain(name))]


@lru_cache(maxsize=4096)
def noted_end(text: str, *, day_first: bool = False) -> Remark | None:
    """Return until when a supplier is used, since when, or that it was used, where that is all of a note."""
    told = text.strip(" .*")
    if not _SAID.match(told) or ";" in told:
        return None
    if term := whole_validity(told, day_first=day_first):
        ends = (term.until and term.until.precision != "interval") or term.status is RelationshipStatus.ENDED
        return term if ends or lead(told) == "added" else None
    if "(" in told or titled_state(told) != "former":
        return None
    if day := day_of_state(told, day_first=day_first):
        return Remark(until=day)
    return Remark(status=RelationshipStatus.ENDED) if is_state(told) and not told[-1:].isdigit() else None
