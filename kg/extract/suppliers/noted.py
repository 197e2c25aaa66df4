"""What the notes beside a supplier say of the end of its use, where they say nothing else, or begin with it: "Removed 12 May 2026", "No longer used"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.suppliers.days import tells_two
from kg.extract.suppliers.remarks import Remark, lead, whole_validity
from kg.extract.suppliers.titles import FORMER, day_of_state, is_state
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
_CLAUSE = regex(r"[.;]\s+(?=\S)|\s[–—-]\s|\n")
_FORMER = regex(FORMER)
_OF_ANYTHING = regex(r"(?:expir|past|previous|historic|vervallen|entfallen|abgelaufen)", 2)
"""What is said as often of something else than of a supplier: a contract, a price."""


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


@lru_cache(maxsize=1024)
def _of_notes(header: tuple[str, ...]) -> list[int]:
    """The columns of notes."""
    return [at for at, name in enumerate(header) if _NOTES.fullmatch(plain(name))]


@lru_cache(maxsize=4096)
def noted_end(text: str, *, day_first: bool = False) -> Remark | None:
    """Return until when a supplier is used, or that it was, as the first clause of a note says; since when only where that is all of the note."""
    clause = _CLAUSE.split(text.strip(), maxsplit=1)[0].strip(" .*")
    if _OF_ANYTHING.match(clause):
        return None
    if told := whole_validity(clause, day_first=day_first):
        ends = (told.until and told.until.precision != "interval") or told.status is RelationshipStatus.ENDED
        return told if ends or (lead(clause) == "added" and clause == text.strip(" .*")) else None
    if "(" in clause or not _FORMER.match(clause.casefold()) or titled_state(clause) != "former":
        return None
    if day := day_of_state(clause, day_first=day_first):
        return Remark(until=day)
    return Remark(status=RelationshipStatus.ENDED) if is_state(clause) and not clause[-1:].isdigit() else None
