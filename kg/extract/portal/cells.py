"""What the cells of a breach portal say: whether anything, which dates, which kinds of breach."""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from kg.dates import parse_field
from kg.extract.concepts import incident_type
from kg.extract.fields import PLACEHOLDERS_BEGIN, is_placeholder
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.dates import PartialDate

_How = ParamSpec("_How")
_Read = TypeVar("_Read")
_NULLS = frozenset({"\\n", "\\", "na"})
_LONGEST_NULL = max(map(len, _NULLS))
_NULLS_BEGIN = f"{PLACEHOLDERS_BEGIN}\\"
_SHORT_YEAR = regex(r"(?<![\d/])(\d{1,2}/\d{1,2}/)(\d\d)(?![\d/])")
"""Nobody reported breaches in another century."""
_TWO_MARKS = regex(r"\b((?:19|20)\d\d)/(\d{1,2})\.(?=\d{1,2}\b)")
"""Hawaii prints "2024/03.18"."""
_RUN_ON = regex(r"(?<=/(?:19|20)\d\d)\s*(?=\d{1,2}/\d{1,2}/)")
"""Between the days of several notices whose line breaks were lost, as of Delaware's page ("04/09/202504/21/2025")."""
_WHICH_NOTICE = regex(
    r"\s{0,9}\((?:(?:approx(?:imate(?:ly)?)?\.?|estimated|original|initial|additional|supplement(?:al|ed)?|amended|updated?|notices?|notification)\b[ .]*){1,3}\)",
    re.IGNORECASE,
)
"""Behind a day: that it is not certain, or of which notice it is."""
_BETWEEN_DATES = regex(r"[,;\n]|\band\b")
_BEFORE_YEAR = regex(r"([A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?),(?= ?(?:19|20)\d\d\b)")
"""The comma between a day with the name of its month and the year parts no dates."""
_CODES = {
    "card": "fraud", "disc": "data-leak", "insd": "insider", "phys": "data-leak", "port": "data-leak", "stat": "data-leak",
    "unkn": "data-breach", "electronic": "data-breach", "paper": "data-leak",
}  # fmt: skip
"""Kinds of breach by the codes of the Privacy Rights Clearinghouse, and by medium."""
_COMMA = regex(r",(?![^()]{0,300}\))")
_LONGEST_KEPT = 200
"""Characters of a text that is remembered."""


def telling(cells: Iterable[str]) -> list[str]:
    """Return cells as they are told, "" for each that says nothing."""
    return [
        ""
        if not cell
        or (
            cell[0] in _NULLS_BEGIN
            and ((len(cell) <= _LONGEST_NULL and cell.casefold() in _NULLS) or is_placeholder(cell))
        )
        else cell
        for cell in cells
    ]


def remembered(read: Callable[Concatenate[str, _How], _Read]) -> Callable[Concatenate[str, _How], _Read]:
    """Return what reads a short text once only: the same days, kinds and items come again and again."""
    kept = cast("Callable[Concatenate[str, _How], _Read]", lru_cache(maxsize=16_384)(read))

    @wraps(read)
    def reading(text: str, /, *args: _How.args, **told: _How.kwargs) -> _Read:
        return (kept if len(text) <= _LONGEST_KEPT else read)(text, *args, **told)

    return reading


@remembered
def read_date(text: str, *, day_first: bool) -> PartialDate | None:
    """Return the date of a cell."""
    text = _TWO_MARKS.sub(r"\1/\2/", _WHICH_NOTICE.sub("", text) if "(" in text else text)
    return parse_field(_SHORT_YEAR.sub(r"\g<1>20\2", text), day_first=day_first)


@remembered
def listed_dates(text: str, *, day_first: bool) -> tuple[PartialDate, ...]:
    """Return the dates of a cell, which may list several; none where one of them cannot be read."""
    if date := read_date(text, day_first=day_first):
        return (date,)
    told = _RUN_ON.sub(",", _WHICH_NOTICE.sub(",", text))
    parts = filter(None, map(str.strip, _BETWEEN_DATES.split(_BEFORE_YEAR.sub(r"\1", told))))
    dates = [read_date(part, day_first=day_first) for part in parts]
    # "January 3 and 7, 2024": what has no year of its own is no date by itself.
    return tuple(dict.fromkeys(date for date in dates if date)) if all(date and date.earliest for date in dates) else ()


@remembered
def kinds_of_breach(cell: str) -> tuple[tuple[str, str], ...]:
    """Return (concept, words) of every kind of breach that a cell lists."""
    return tuple((_CODES.get(text.casefold()) or incident_type(text), text) for text in listed(cell))


@remembered
def listed(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, each once; a comma parts them that stands in no brackets."""
    return tuple(dict.fromkeys(part.strip() for part in _COMMA.split(cell) if part.strip()))
