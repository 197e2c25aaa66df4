"""The grammar of date expressions in prose: where a text names a time, and what it names, years settled or not.

An *atom* is one expression ("mid-February 2024", "12-17 August 2025", "Q3 2024"); two atoms with a connecting word
between them are an interval; a word before an atom may open it ("since", "until") or make it approximate ("about").
Every repeat of every pattern is bounded, so that reading is linear in the text. `kg.dates` turns phrases into dates.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DECEMBER: Final = 12
# A clock time after a date; it never changes the day that is printed.
CLOCK: Final = r"(?:T|,?\s)\d{1,2}:\d\d[\d:.]{0,16}(?:\s?(?:Z|UTC|GMT|[ap]\.?m\.?|[+-]\d\d:?\d\d)){0,2}"

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_QUARTERS: Final = {"first": 33, "1st": 33, "second": 34, "2nd": 34, "third": 35, "3rd": 35, "fourth": 36, "4th": 36}
# A date without a year lies so many months after its anchor only where it is one of the year before, and so many before
# it where it is one of the year behind: in 17 of 20 and 17 of 17 annotated texts (`tests/quality`).
_FAR: Final = 9
_BACK: Final = 10

_YEAR: Final = r"(?:(?:19|20|21)[0-9]{2}|2200)"
_MM, _DD = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
_GAP: Final = r"\s{1,20}"
_END: Final = r"(?![\w%]|[.,/:][0-9])"
_MONTH: Final = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_DAY: Final = (
    r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
    rf"(?![\w%]|[.,:/][0-9]|{_GAP}(?:thousand|million|billion|per\s?cent)\b)"
)
_DAYS: Final = rf"{_DAY}(?:(?:\s?[-\u2013\u2014]\s?|{_GAP}(?:and|to|until|through){_GAP}){_DAY})?"
_HALF: Final = r"(?:beginning|start|middle|end|(?:first|second|latter)\shalf|(?:first|opening|last|final|closing)\s(?:days|weeks?))\sof"
_BEGINS: Final = r"\b(?=[0-9q]|ap|au|be|cl|de|e[an]|f[aeior]|j[au]|la|m[aio]|no|o[cp]|s[aeptu]|t[hu]|w[ei])"
"""How each of the words begins that a date may begin with: most words of a text are none."""
_ATOM: Final = regex(
    rf"""{_BEGINS}(?<![\w$€£¥\#@=&%+/\\])(?<![0-9][.,:])
    (?:(?P<stretch>early|mid|late|{_HALF})(?:{_GAP}(?:in\s)?|-))?
    (?:(?<!\w-)(?P<iso>{_YEAR}-{_MM}(?:-{_DD}(?:{CLOCK})?)?)(?!\w|-\w|[./:][0-9])
      |(?<!\w-)(?P<slash>[0-9]{{1,2}}/(?:[0-9]{{1,2}}/)?{_YEAR})(?![\w/-])
      |(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?),?{_GAP})?
       (?:(?<!\w-)(?P<days>{_DAYS})(?:{_GAP}(?:of\s)?|-)(?P<month>{_MONTH})
         |(?P<month2>{_MONTH})(?:{_GAP}(?P<days2>{_DAYS}))?
         |(?P<season>spring|summer|autumn|fall|winter)\b
         |q(?P<q>[1-4])\b
         |(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th){_GAP}quarter\b)
       (?:(?:,?{_GAP}(?:of\s)?|,|-)
          (?:(?P<year>{_YEAR}){_END}|(?P<same>(?:that|the\ssame|that\ssame)\syear\b)
             |(?P<before>the\s(?:year\sbefore|(?:previous|preceding)\syear)\b)|(?P<behind>the\s(?:(?:following|next)\syear|year\safter)\b)))?
      |(?<!\w-)(?P<bare_from>{_YEAR})[-\u2013](?P<bare_to>{_YEAR}){_END}(?!-\w)
      |(?:(?<!\w-)|(?<=\bmid-)|(?<=\bearly-)|(?<=\blate-))(?P<bare>{_YEAR}){_END}(?!-\w))""",
    re.IGNORECASE | re.VERBOSE,
)
_JOINT: Final = regex(
    r"\s{0,20}(?:,?\s(and|to|until|till|through|thru)\b|[-\u2013\u2014])"
    r"(?:\s{1,20}(?:the|at\sleast|about|around|approximately|(?:(?:early\s)?(?:hours|morning)|afternoon|evening|night)\sof)\b){0,2}\s{0,20}",
    re.IGNORECASE,
)
_LONGEST_JOINT: Final = 80
_HEAD: Final = regex(r"[\s*\u2022-]*")
_LONGEST_MARK: Final = 12
_HEADING: Final = regex(r"\s{0,3}[:\u2013\u2014]|\s{1,3}-\s")
_LISTED: Final = regex(r",?\s(?:and|or)\s(?:in\s|on\s|again\sin\s)?", re.IGNORECASE)

_CIRCA: Final = frozenset({"about", "around", "approximately", "roughly", "circa", "ca.", "c."})
FILLERS: Final = _CIRCA | {"the", "at", "least", "as", "early", "late", "or", "sometime", "some", "time"}
_LOOSE: Final = FILLERS - {"the", "early", "late"}
_AMOUNTS: Final = frozenset({"over", "than", "nearly", "almost", "exceeding"})
_WITHIN: Final = frozenset({"in", "since", "until", "till", "during", "throughout"})
_NEAR: Final = frozenset({"of", "from", "before", "after", "by", "through", "for", "to"})
_BOUNDED: Final = frozenset({"from", "between", "since", "during", "in"})
_OTHER_YEAR: Final = frozenset({"last", "next", "previous", "following", "past", "coming"})
_POINTERS: Final = _OTHER_YEAR | {"this", "that", "year"}
_OPENERS: Final = {"since": "since", "until": "until", "till": "until"}
_STARTING: Final = frozenset({"starting", "beginning", "commencing"})
_DENIALS: Final = frozenset(
    "not only never nobody none undetected unnoticed wait waited wasn't didn't weren't wasn\u2019t didn\u2019t".split()
)
_QUOTES: Final = "([\"'\u201c\u2018\u2013\u2014-"
_EVENT: Final = regex(
    r"(?:\s{1,20}[\w'\u2019.&-]{1,30}){0,3}?\s{1,20}(?:cyber-?)?(?:attack|breach|hack|incident|outage|leak|intrusion"
    r"|theft|compromise|exposure|break-in|disclosure|campaign|disruption|event)(?P<many>e?s)?\b",
    re.IGNORECASE,
)
_COUNTED: Final = regex(r"\s{1,20}(?!(?:has|was|is|as|its|his|this|onwards)\b)[a-z]{2,20}s\b")
_ONWARD: Final = regex(r"\s{1,20}(?:onwards?\b|on(?=\s{0,20}(?:[.,;:)]|$)))")
_CASES: Final = regex(r"\s{1,20}(?:cases|countries|instances|places|locations|stores|shops|schools|hospitals)\b")
_CLAUSE_END: Final = regex(r"\s{0,20}(?:[,.;:)\]]|$|(?:and|but|when|while|as)\b)")
_PROPER: Final = regex(r"\s{1,20}[A-Z][a-z]")


class Moment(NamedTuple):
    """One point or stretch of time as printed; `month` is 1-12, a season 21-24, a quarter 33-36, or None."""

    year: int | None
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    @property
    def calendar_month(self) -> int:
        """The month, 0 for a season, a quarter or none."""
        return self.month if self.month and self.month <= DECEMBER else 0

    def edtf(self) -> str:
        """The EDTF string of the moment; it may name an impossible day."""
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        parts = [year] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + ("~" if self.approximate else "")


class Phrase(NamedTuple):
    """A date expression of a text.

    Attributes:
        start, end: its characters, without "since", "between" or "about".
        moments: one moment; two for the kinds span and days.
        kind: "at", "span" (from, to), "days" (two days of a list), "since" or "until".
        opener: the preposition before it, "" where there is none.
        nearest: the word right before it.
        years_after: how many years after the one spoken of, where it says "that year" or "the year before" instead of a number.
        standing: False for a lone year or month that nothing around it makes a date.
    """

    start: int
    end: int
    moments: tuple[Moment, ...]
    kind: str = "at"
    opener: str = ""
    nearest: str = ""
    years_after: int | None = None
    standing: bool = True


def phrases(text: str) -> Iterator[Phrase]:
    """The date expressions of a text from left to right, intervals joined, years as printed."""
    waiting: Phrase | None = None
    for atom in _atoms(text):
        joined = _joined(text, waiting, atom) if waiting else None
        if waiting:
            yield joined or _opened(text, waiting)
        waiting = None if joined else atom
    if waiting:
        yield _opened(text, waiting)


def settle_years(text: str, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """The standing phrases with missing years taken from their neighbours; `kg.dates.find_dates` says how."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    written = _latest(found)
    beside, paragraph, any_year = None, -1, None
    before, paragraph_before, line_before = None, -1, None
    for phrase, behind in zip_longest(found, found[1:]):
        moments, here = phrase.moments, bisect_right(breaks, phrase.start)
        heads = _heads(text, phrase.start)
        if behind and _LISTED.fullmatch(text, phrase.end, behind.start):
            moments = (share_year((moments[0], behind.moments[0]))[0], *moments[1:])
        if any(moment.year for moment in moments):
            moments = share_year(moments)
            any_year = moments[-1].year or moments[0].year
            if moments[-1].month and phrase.standing:
                beside, paragraph = moments[-1], here
        else:
            if phrase.years_after is not None:
                year = any_year and any_year + phrase.years_after
            elif heads and line_before:
                year = (line_before.year or 0) + ((moments[0].month or DECEMBER) < (line_before.month or 0))
            else:
                anchor = (beside if paragraph == here else written) or (Moment(any_year) if any_year else None)
                year = _year_from(anchor, moments[0], phrase.nearest)
                if year and before and paragraph_before == here:  # "in November ... in January" goes over New Year
                    year = max(year, _year_from(before, moments[0], phrase.nearest) or 0)
            moments = (moments[0]._replace(year=year), *moments[1:])
        if moments[-1].year and moments[-1].month:
            line_before = moments[-1] if heads else line_before
            if phrase.standing:
                before, paragraph_before = moments[-1], here
        if phrase.standing:
            yield phrase._replace(moments=share_year(moments))


def _heads(text: str, start: int) -> bool:
    """Whether nothing but the mark of a list stands before a place in its line."""
    begin = text.rfind("\n", max(0, start - _LONGEST_MARK), start)
    return (begin >= 0 or start < _LONGEST_MARK) and _HEAD.fullmatch(text, begin + 1, start) is not None


def _latest(found: Sequence[Phrase]) -> Moment | None:
    """The latest month that is printed with its year; a year alone where only seasons and quarters are."""
    printed = [one for phrase in found if phrase.standing for one in phrase.moments if one.year and one.month]
    months = [(one.year or 0, one.calendar_month) for one in printed]
    return Moment(*max(months)) if months else None


def share_year(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """The two ends of an interval, a year printed once given to both; over New Year they get two years."""
    if len(moments) == 1 or not (moments[0].month and moments[1].month):
        return moments
    low, high = moments
    turn = int((low.month or 0) > (high.month or 0))
    if high.year and not low.year:
        low = low._replace(year=high.year - turn)
    elif low.year and not high.year:
        high = high._replace(year=low.year + turn)
    return low, high


def month_first(first: int, second: int) -> tuple[int, int]:
    """Month and day of two numbers printed in the American order; in the other where only that is possible."""
    return (second, first) if first > DECEMBER else (first, second)


def _atoms(text: str) -> Iterator[Phrase]:
    """The single date expressions of a text, from left to right."""
    position = 0
    while match := _ATOM.search(text, position):
        opener, nearest = _lead(text, match.start())
        atom = _numbers(match, opener, nearest) or _words(match, opener, nearest)
        position = atom.end if atom else match.start() + 1
        if atom:
            first = atom.moments[0]
            whole = first.day or (first.year and first.month) or atom.years_after is not None
            yield atom if whole else atom._replace(standing=_stands(text, atom))


def _numbers(match: re.Match[str], opener: str, nearest: str) -> Phrase | None:
    """The phrase of a match that is all digits, None for one with a word or a lone year."""
    start, end = match.span()
    if match["iso"]:
        year, month, day = match["iso"][:4], match["iso"][5:7], match["iso"][8:10]
        moment = Moment(int(year), int(month), int(day) if day else None)
        return Phrase(start, end, (moment,), "at", opener, nearest)
    if match["slash"]:
        *rest, printed = (int(number) for number in match["slash"].split("/"))
        moment = Moment(printed, *month_first(*rest)) if len(rest) > 1 else Moment(printed, rest[0])
        return Phrase(start, end, (moment,), "at", opener, nearest) if 1 <= (moment.month or 0) <= DECEMBER else None
    if match["bare_from"]:
        years = Moment(int(match["bare_from"])), Moment(int(match["bare_to"]))
        return Phrase(start, end, years, "span", opener, nearest)
    return None


def _words(match: re.Match[str], opener: str, nearest: str) -> Phrase | None:
    """The phrase of a match, None where a month's name is a plain word ("may 5") or a season has no year."""
    start, end = match.span()
    year = match["year"] or match["bare"]
    same = next((years for name, years in (("same", 0), ("before", -1), ("behind", 1)) if match[name]), None)
    name, month, days = match["month"] or match["month2"], _month(match), match["days"] or match["days2"] or ""
    if match["slash"] or not (year or same is not None or (name and name[0].isupper())):
        return None
    if match["days2"] and nearest == "in" and not (year or same is not None):  # "in May 28 hospitals"
        days, end = "", match.end("month2")
    numbers: list[int | None] = [int(number) for number in re.findall(r"[0-9]+", days)] or [None]
    vague = nearest in _CIRCA or (match["stretch"] is not None and not days)
    moments = tuple(Moment(int(year) if year else None, month, number, vague) for number in numbers)
    # Two days of a list are two dates, unless one follows the other.
    listed = "and" in days.lower() and opener != "between" and (numbers[0] or 0) + 1 != numbers[-1]
    kind = "at" if len(moments) == 1 else "days" if listed else "span"
    return Phrase(start, end, moments, kind, opener, nearest, same)


def _month(match: re.Match[str]) -> int | None:
    """The number of the month, season or quarter of a match."""
    if name := match["month"] or match["month2"]:
        return MONTHS.index(name[:3].lower()) + 1
    if match["season"]:
        return _SEASONS[match["season"].lower()]
    if match["q"]:
        return 32 + int(match["q"])
    return _QUARTERS[match["quarter"].lower()] if match["quarter"] else None


def _lead(text: str, start: int) -> tuple[str, str]:
    """The preposition that governs the date beginning at a position, and the nearest word before it."""
    before = text[max(0, start - 64) : start]
    if not before or not before[-1].isspace():
        return ("(" if before[-1:] in {"(", "["} else ""), ""
    words = before.lower().split()[-7:] or [""]
    nearest = words[-1]
    while words and words[-1] in FILLERS:
        words.pop()
    opener = words.pop().lstrip(_QUOTES) if words else ""
    if opener in {"on", "in", "from"} and words and words[-1].lstrip(_QUOTES) in _STARTING:
        opener = "since"
    if _OPENERS.get(opener) == "until" and not _DENIALS.isdisjoint(words):
        opener = "in"  # "was not found until May" dates the finding
    return opener, nearest


def _stands(text: str, atom: Phrase) -> bool:
    """Whether the words around a lone year or a lone month make it a date."""
    first, after = atom.moments[0], text[atom.end : atom.end + 160]
    if first.month and (atom.nearest == "as" or (_HEADING.match(after) and _heads(text, atom.start))):
        return True  # "as early as September"
    if atom.nearest in _LOOSE and not first.month:  # "in some 2000 cases"
        return atom.opener in _WITHIN and bool(_CLAUSE_END.match(after))
    if atom.opener in _WITHIN or first.approximate or atom.nearest in _POINTERS:
        return bool(first.month) or not _CASES.match(after)
    if atom.opener in _NEAR and atom.nearest != "the":
        return not (_PROPER if first.month else _COUNTED).match(after)
    if atom.opener == "(" and not first.month:
        return after[:1] in {")", "]"}
    event = None if atom.nearest in _AMOUNTS else _EVENT.match(after)
    return bool(event and (first.month or atom.nearest == "the" or not event["many"]))


def _joined(text: str, first: Phrase, second: Phrase) -> Phrase | None:
    """The interval of two neighbouring atoms, None where nothing between them says that they are one."""
    if first.kind != "at" or second.kind != "at" or second.start - first.end > _LONGEST_JOINT:
        return None
    match = _JOINT.fullmatch(text, first.end, second.start)
    if not match:
        return None
    low, high = share_year((first.moments[0], second.moments[0]))
    if (match[1] or "").lower() == "and" and first.opener != "between" and not _month_after(first, high):
        return None
    if low.month is None and (first.opener not in _BOUNDED or _COUNTED.match(text, second.end)):
        return None
    if not _ordered(low, high):
        return None
    return first._replace(
        end=second.end, moments=(low, high), kind="span", years_after=second.years_after, standing=True
    )


def _month_after(first: Phrase, high: Moment) -> bool:
    """Whether a month is right behind another that has no year of its own: they are one stretch, as two such days are."""
    low = first.moments[0]
    month = low.calendar_month
    return low.year is low.day is high.day is None and month > 0 and high.month == month % DECEMBER + 1


def _ordered(low: Moment, high: Moment) -> bool:
    """Whether one moment can come before another; seasons and quarters are compared by their year."""
    if not (low.year and high.year):
        return True
    first, last = low.calendar_month or 1, high.calendar_month or DECEMBER
    return (low.year, first, low.day or 1) <= (high.year, last, high.day or 31)


def _opened(text: str, phrase: Phrase) -> Phrase:
    """The phrase, open-ended after "since" or "until"; "since the May breach" stays as it is."""
    kind, moment = _OPENERS.get(phrase.opener), phrase.moments[0]
    if phrase.opener == "from" and _ONWARD.match(text, phrase.end):
        kind = "since"
    named = phrase.nearest == "the" and not moment.approximate and (moment.month or 0) <= DECEMBER
    return phrase._replace(kind=kind) if kind and phrase.kind == "at" and not named else phrase


def _year_from(anchor: Moment | None, moment: Moment, nearest: str) -> int | None:
    """The year that a date without one takes from its anchor, or one beside it; None where it may be another."""
    if anchor is None or nearest in _OTHER_YEAR:
        return None
    if anchor.year is None or not (anchor.calendar_month and moment.calendar_month):
        return anchor.year
    apart = moment.calendar_month - anchor.calendar_month
    return anchor.year - (apart >= _FAR) + (apart <= -_BACK)
