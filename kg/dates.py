"""Partial dates that keep the precision they were printed with, from structured values and from prose.

A date is an EDTF string (Extended Date/Time Format, ISO 8601-2, as published by the Library of Congress) with the
first and the last day it can mean. Nothing is invented: "4/2026" is a month and never gets a day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.checks import worded
from kg.date_phrases import CLOCK, DECEMBER, FILLERS, MONTHS, month_first, phrases, settle_years, share_year
from kg.errors import KGError
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.date_phrases import Phrase

# First and last day as (years to add, month, day). Northern hemisphere, wide enough for the calendar's seasons
# and the sun's; "winter 2022" may have begun or ended in 2022.
_SEASONS: Final = {
    21: ((0, 3, 1), (0, 6, 21)),
    22: ((0, 6, 1), (0, 9, 23)),
    23: ((0, 9, 1), (0, 12, 22)),
    24: ((-1, 12, 1), (1, 3, 21)),
}
_QUARTERS: Final = range(33, 37)
_WORDED: Final = {str(at): f"Q{at - 32}" for at in _QUARTERS} | {
    "21": "spring",
    "22": "summer",
    "23": "autumn",
    "24": "winter",
}
_NOT_A_MONTH: Final = regex(r"(\d{4}|XXXX)-(2[1-4]|3[3-6])(?!\d|-)", re.ASCII)
_YEARS: Final = range(1900, 2201)
_LEAP: Final = 2000  # stands in for an unknown year: XXXX-02-29 is a day, XXXX-02-30 is not
_LONGEST_FIELD: Final = 120

_POINT: Final = regex(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)
_NUMERIC: Final = regex(
    r"(?:(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2}))?"
    r"|(?:(?P<first>\d{1,2})[-/.])?(?P<second>\d{1,2})(?P<mark2>[-/.])(?P<year2>\d{4})"
    rf"|(?P<compact>\d{{8}}))(?:{CLOCK})?",
    re.ASCII | re.IGNORECASE,
)
_SHORT_YEAR: Final = regex(r"(?<![\w-])([0-9]{1,2}(?:\.? |[.-])(?P<month>[^\W\d_]{3,12})\.?[ -])([0-9]{2})(?![\w:-])")
_DOTTED: Final = regex(r"\A([0-9]{1,2})\.([^\W\d_]{3,9})\.([0-9]{2}|[0-9]{4})\Z")
_YEAR_FIRST: Final = regex(r"\A([0-9]{4})[ -]([^\W\d_]{3,9})\.?[ -]([0-9]{1,2})(?![\w-])")
_NUMBERS_SHORT: Final = regex(rf"((\d{{1,2}})([./])(\d{{1,2}})\3)(\d\d)((?:{CLOCK})?)", re.ASCII | re.IGNORECASE)
_QUARTER: Final = regex(r"(?P<q>q[1-4])/(?P<year>\d{4})|(?P<year2>\d{4})[ /-](?P<q2>q[1-4])", re.ASCII | re.IGNORECASE)
_TIGHT: Final = regex(r"(?<=[/.-]\d{4})\s?[-\u2013\u2014]\s?(?=\d{1,2}[/.])")
_SERIAL: Final = regex(r"([2-5]\d{4})(?:\.\d+)?", re.ASCII)
_SERIAL_ZERO: Final = date(1899, 12, 30)
_DAY_FIRST: Final = regex(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-](?=\d{4})")
_THIS_CENTURY: Final = 70  # "69" is 2069, "70" is 1970, as POSIX has it
_TEN: Final = 10  # "09" is of the first decade
_LAST: Final = 31  # of a month; no later day is there, but later years are
_CLOCK_ONLY: Final = regex(rf"(?:{CLOCK})?\.?", re.IGNORECASE)
_ABROAD: Final = regex(
    r"(?:(?P<stretch>anfang|mitte|ende|end|début|mi|fin|inizio|metà|fine|begin|medio|eind|principios|mediados|finales)[ -](?:de |d['’])?)?"
    r"(?:(?:(?:am|im|le|el|den|op|du|del) )?(?:(?P<day>\d{1,2})(?:\.|er|º|ª|°)?[ -]?)?(?:de |d['’])?(?P<month>[^\W\d_]{3,12})\.?,?[ -](?:de |del )?)?(?P<year>\d{4})\.?"
)
_NAMED_ABROAD: Final = {
    name: number
    for number, names in zip(
        (*range(1, DECEMBER + 1), *_SEASONS),
        """
        januar jänner januari janvier enero gennaio janeiro styczeń stycznia janv jan ene
        februar februari février fevrier feb febrero febbraio fevereiro luty lutego févr fév
        märz maerz maart mars marzo março marca marzec marts mär mrz mrt
        april avril abril aprile apr kwietnia kwiecień avr abr
        mai mei mayo maggio maio maja maj
        juni juin junio giugno junho jun czerwca czerwiec
        juli juillet julio luglio julho jul lipca lipiec juil
        august augustus août aout agosto augusti sierpnia sierpień aug ago
        september septembre septiembre setembro settembre wrzesień września sep sept
        oktober octobre octubre outubro ottobre październik października okt
        november novembre noviembre novembro listopad listopada nov
        dezember décembre decembre diciembre dezembro dicembre december grudzień grudnia dez déc dic
        frühjahr frühling printemps primavera voorjaar lente
        sommer été verano estate verão zomer
        herbst automne otoño autunno outono herfst najaar
        winter hiver invierno inverno
        """.strip().split("\n"),
        strict=True,
    )
    for name in names.split()
}
"""Months and seasons in the languages of such cells; what is English too is read as English first."""
_FIELD_LEAD: Final = FILLERS | {"on", "in", "since", "until", "till", "from", "between", "of", "during"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date, a stretch of time or an interval; `parse_edtf` and `parse_field` build it.

    Attributes:
        edtf: the EDTF string: 2026, 2026-04, 2026-04-03, 2022-23 (seasons are 21 to 24), 2024-35 (quarters are
            33 to 36), 2024-03~ (approximate), XXXX-07-02 (no year known), A/B, A/.. and ../B.
        earliest: the first possible day, None where the year is unknown or the start open.
        latest: the last possible day, inclusive, None where the year is unknown or the end open. An approximate
            date has the bounds of the same date without its mark: how far "about" reaches is not for us to say.
    """

    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def precision(self) -> str:
        """The precision: day, month, season, quarter, year, interval, or unknown (neither year nor month)."""
        if "/" in self.edtf:
            return "interval"
        match self.edtf.rstrip("~?%").split("-"):
            case [year]:
                return "unknown" if year == "XXXX" else "year"
            case [_, month]:
                return "month" if int(month) <= DECEMBER else "season" if int(month) in _SEASONS else "quarter"
        return "day"

    @property
    def end(self) -> date | None:
        """The first day on which what lasts until this date is over, None where it has none.

        Until a day is until it begins; until a month, a season or a year is until that has passed.
        """
        if self.latest is None or self.precision == "day":
            return self.latest
        return self.latest + timedelta(days=1)

    def narrowed_by(self, other: PartialDate) -> bool:
        """Return whether another date is within this one and tells more of when it was; an interval says how long, and stays."""
        if self.precision == "interval" or not (self.earliest and self.latest and other.earliest and other.latest):
            return False
        bounds, theirs = (self.earliest, self.latest), (other.earliest, other.latest)
        return bounds != theirs and bounds[0] <= theirs[0] and theirs[1] <= bounds[1]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: `text[start:end]` is the expression, without "since", "between" or "about"."""

    start: int
    end: int
    date: PartialDate


def as_day(given: date | None) -> date | None:
    """Return the day that a question was given, of a moment its date; None where it was given none.

    Raises:
        KGError: it is no date, but a text, say, or what stands for a missing one.
    """
    # The missing date of pandas is of this class too; as a missing number, it is unlike itself.
    if not isinstance(given, date | None) or given != given:  # noqa: PLR0124
        raise KGError(f"{worded(given)} is no date: give a datetime.date")
    return given.date() if isinstance(given, datetime) else given


def time_text(begin: date | None, end: date | None) -> str:
    """Return a time from one day to another as texts print it: ".." where it is open, "" for all of time."""
    return f"{begin or '..'}/{end or '..'}" if begin or end else ""


@lru_cache(maxsize=4096)
def days_before(when: date, days: int) -> date:
    """Return the day that lies so many days before another, the first one of the calendar where it would lie earlier."""
    return date.fromordinal(max(1, when.toordinal() - days))


@lru_cache(maxsize=16384)
def parse_edtf(text: str) -> PartialDate:
    """The date an EDTF string stands for.

    Accepted: a point (year, month, day, season 21-24, quarter 33-36, the year possibly XXXX) with at most one
    of the marks ~ ? %, and an interval of two points of which one may be "..".

    Raises:
        ValueError: another form, an impossible date, a year outside 1900 to 2200, or an end before its start.
    """
    ends = text.split("/")
    if len(ends) == 1:
        return PartialDate(text, *_bounds(text))
    if len(ends) > 2 or ends == ["..", ".."]:  # noqa: PLR2004 - an interval has two ends
        raise ValueError(f"not an EDTF interval: {text!r}")
    first = None if ends[0] == ".." else _bounds(ends[0])[0]
    last = None if ends[1] == ".." else _bounds(ends[1])[1]
    if first and last and first > last:
        raise ValueError(f"interval ends before it starts: {text!r}")
    return PartialDate(text, first, last)


def date_words(text: str) -> str:
    """Return a date for people to read: of EDTF quarters and seasons in words ("Q1 2025", "spring 2025"); all else is as it is."""
    try:
        parse_edtf(text)
    except ValueError:
        return text
    return _NOT_A_MONTH.sub(lambda match: f"{_WORDED[match[2]]} {match[1]}", text)


def parse_field(
    text: str, *, day_first: bool = False, short_years: bool = False, ordered: bool = False
) -> PartialDate | None:
    """The date a whole structured value stands for, None where it is none or not a possible one.

    Read are EDTF ("2026-04"), ISO with a time of day, "20260408", "4/2026", "4/8/2026" (month first, as its
    publishers print it; day first when the first number is above 12; "8.4.2026" has the day first), and the
    expressions of `find_dates` ("mid-February 2024", "between May and October 2025"). A month in letters may stand behind
    the year ("2021 Feb 04 12:00:00 AM", as open-data sites print it). A year may have two digits behind
    a month in letters ("8-Apr-26"). A number of five digits is the day of a spreadsheet ("46120"; ECMA-376,
    part 1, 18.17.4.1: days since 1899-12-30). Months and seasons may be printed
    in other languages of Europe ("15 février 2021", "Frühjahr 2024").

    Args:
        text: the value.
        day_first: whether its publisher prints the day before the month ("8/4/2026").
        short_years: whether a year may have two digits behind numbers too ("30.06.25", "6/30/25"), where these can be but one date.
        ordered: whether other dates beside it show that `day_first` holds, so that numbers can be but one date.
    """
    value = " ".join(text[: _LONGEST_FIELD + 1].split()).rstrip(",;")
    return _field(value, day_first=day_first, short_years=short_years, ordered=ordered)


@lru_cache(maxsize=16384)
def _field(value: str, *, day_first: bool, short_years: bool, ordered: bool) -> PartialDate | None:
    if not value or len(value) > _LONGEST_FIELD:
        return None
    value = _YEAR_FIRST.sub(r"\3 \2 \1", _DOTTED.sub(r"\1 \2 \3", value))
    if short_years and (match := _NUMBERS_SHORT.fullmatch(value)):
        value = _long_numbers(match, ordered=ordered)
    elif match := _QUARTER.fullmatch(value):
        value = f"{match['q'] or match['q2']} {match['year'] or match['year2']}"
    value = _TIGHT.sub(" - ", _SHORT_YEAR.sub(_long_year, value))
    if found := _parsed(value):
        return found
    if match := _SERIAL.fullmatch(value):
        return _parsed((_SERIAL_ZERO + timedelta(days=int(match[1]))).isoformat())
    if match := _NUMERIC.fullmatch(value):
        return _parsed(_numeric(match, day_first=day_first))
    return _worded(_DAY_FIRST.sub(_swapped, value) if day_first else value) or _abroad(value)


def find_dates(text: str) -> list[FoundDate]:
    """The calendar expressions of a text that name at least a month or a year, in the order of the text.

    A bare number is a year only where a preposition or an incident's noun makes it one ("in 2020", "the 2020
    attack"). A date printed without a year takes that of the nearest dated expression before it in its
    paragraph, or of the next one in its list; one at the head of a line goes on from the date that heads a line before
    it, as in a timeline; else it takes that of the latest month the text prints with its year, since writers leave
    out the year they write in; else the year last named; else it is XXXX. A
    date nine months or more after the one beside it belongs to the year before ("January 2025 ... in December"), one
    ten months or more before it to the year behind, also where that one took its year from another. "That year", "the
    year before" and "the following year" go by the year last named.
    "By", "before" and "after" leave the date as printed. Two days in a list ("on May 3 and 5, 2023") are two dates
    with one span; days and months that follow each other ("in May and June 2023") are one interval.
    """
    found: list[FoundDate] = []
    printed = list(phrases(text))
    for phrase in settle_years(text, printed) if printed else ():
        end = phrase.end - (text[phrase.end - 1] == ".")
        found += [FoundDate(phrase.start, end, value) for value in _dates(phrase)]
    return found


def _bounds(point: str) -> tuple[date | None, date | None]:
    """First and last day of one EDTF point, None and None without a year; ValueError if there is no such day."""
    match = _POINT.fullmatch(point)
    if not match:
        raise ValueError(f"not an EDTF date: {point!r}")
    year, month = _LEAP if match[1] == "XXXX" else int(match[1]), int(match[2] or 0)
    if year not in _YEARS:
        raise ValueError(f"year outside 1900 to 2200: {point!r}")
    if match[3]:
        first = last = date(year, month, int(match[3]))
    elif month in _SEASONS:
        first, last = (date(year + more, at, day) for more, at, day in _SEASONS[month])
    else:
        start, end = (1, DECEMBER) if not match[2] else (month, month)
        if month in _QUARTERS:
            start, end = 3 * (month - 33) + 1, 3 * (month - 33) + 3
        first, last = date(year, start, 1), date(year, end, monthrange(year, end)[1])
    return (None, None) if match[1] == "XXXX" else (first, last)


def _parsed(edtf: str) -> PartialDate | None:
    """The date of an EDTF string, None where there is no such date."""
    try:
        return parse_edtf(edtf)
    except ValueError:
        return None


def _long_year(match: re.Match[str]) -> str:
    """A date with all the digits of its year; as it is where the word is no month ("between 5 and 12 March")."""
    word = match["month"].casefold()
    if word not in _NAMED_ABROAD and word[:3] not in MONTHS:
        return match[0]
    return f"{match[1]}{20 if int(match[3]) < _THIS_CENTURY else 19}{match[3]}"


def _long_numbers(match: re.Match[str], *, ordered: bool) -> str:
    """A date of numbers with all the digits of its year; as it is where they can stand for several dates.

    Behind points the day is first, behind slashes it is known where the other number is no month, or by other dates. A year of the last century is
    none that is meant for certain; nor is one of the first decade, or of 2031, behind what may be a year too ("24/05/01", "25/03/31").
    """
    head, mark, clock = match[1], match[3], match[6]
    first, second, year = int(match[2]), int(match[4]), int(match[5])
    sure = ordered or mark == "." or max(first, second) > DECEMBER or first == second
    turned = year < _TEN <= first or (mark == "/" and DECEMBER < first < year == _LAST)
    return f"{head}20{match[5]}{clock}" if sure and not turned and year < _THIS_CENTURY else match[0]


def _swapped(match: re.Match[str]) -> str:
    """A date of numbers with the month first, which was printed with the day first."""
    return f"{match[2]}/{match[1]}/" if int(match[2]) <= DECEMBER else match[0]


def _numeric(match: re.Match[str], *, day_first: bool) -> str:
    """The EDTF string of a date written in digits, "" for a month above 12."""
    year, month, day = match["year"] or match["year2"], int(match["month"] or match["second"] or 0), match["day"]
    if match["compact"]:
        year, month, day = match["compact"][:4], int(match["compact"][4:6]), match["compact"][6:]
    elif match["first"]:
        numbers = int(match["first"]), month
        turned = (day_first or match["mark2"] == ".") and month <= DECEMBER
        month, day = numbers[::-1] if turned else month_first(*numbers)
    if month > DECEMBER:
        return ""
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _worded(value: str) -> PartialDate | None:
    """The date of a value that is one expression of the prose grammar, with nothing else around it."""
    found = list(phrases(value))
    if len(found) != 1 or found[0].years_after is not None:
        return None
    phrase = found[0]
    if not set(value[: phrase.start].lower().split()) <= _FIELD_LEAD or not _CLOCK_ONLY.fullmatch(value, phrase.end):
        return None
    dates = list(_dates(phrase._replace(moments=share_year(phrase.moments))))
    return dates[0] if len(dates) == 1 else None


def _abroad(value: str) -> PartialDate | None:
    """The date of a value in another language than English ("1er mars 2019", "10 de enero de 2019", "Ende 2025", "Ende Juni 2025")."""
    match = _ABROAD.fullmatch(value.casefold())
    word = match["month"] if match else None
    month = _NAMED_ABROAD.get(word, 0) if word else None
    if match is None or month == 0 or (match["stretch"] and match["day"]):
        return None
    named = f"-{month:02d}" if month else ""
    day = f"-{int(match['day']):02d}" if match["day"] else ""
    return _parsed(f"{match['year']}{named}{day}{'~' if match['stretch'] else ''}")


def _dates(phrase: Phrase) -> Iterator[PartialDate]:
    """The dates of a phrase whose years are settled, impossible ones left out."""
    points = [moment.edtf() for moment in phrase.moments]
    if phrase.kind == "span":
        points = ["/".join(points)]
    elif phrase.kind == "since":
        points = [f"{points[0]}/.."]
    elif phrase.kind == "until":
        points = [f"../{points[0]}"]
    for point in points:
        if found := _parsed(point):
            yield found
