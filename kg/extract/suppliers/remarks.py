"""What the brackets of a supplier's cell say: since and until when it is used, in what state it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kg.dates import find_dates, parse_edtf, parse_field
from kg.extract.brackets import BRACKET, brackets, opens_bracket
from kg.model import RelationshipStatus
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.dates import PartialDate

RENEWED = regex(
    r"(?<!no )(?<!non )(?<!not )(?<!pas )(?<!sans )(?<!niet )(?<!nicht )(?<!keine )(?<!ohne )"
    r"(?:\b(?:auto[ -]?)?renew(?:s|al|als|ed|able|ing)?\b|autorenew|verlänger|reconduction|reconductible|renouvel|renov|rinnov|prórroga|verleng)"
)
"""What is said, in small letters, of a contract that goes on."""
_PUT_OFF = regex(
    r"\b(?:extended|prolonged|renewed|verlängert|prolongée?|reconduite?|prorrogad[oa]|renovad[oa]|prorogat[oa]|rinnovat[oa]|verlengd)"
    r"\s(?:until|till|to|through|bis(?:\szum)?|jusqu['’](?:à|au)|hasta(?:\sel)?|até|fino\sal?|tot)\s(.{4,40})\Z",
    re.IGNORECASE,
)
TRIM = " \t\n,;:–—-"
_BEFORE_IT = TRIM + "./|([（"
_BEING = (
    r"(?:currently |only )?(?:(?P<planned>(?:will|to) be )|being )?"
    r"(?:new |now |in use |in effect |in force |used |engaged |active |valid |effective |applicable )?"
)
"""What stands before the words that tell since or until when."""
_AS_OF = r"(?:(?:effective(?: date)?|with effect)(?: as of| from| on| starting)?|as (?:of|from)|from|(?:starting|beginning|commencing)(?: on| from)?)"
_SINCE = regex(
    rf"{_BEING}(?:{_AS_OF}|since|added(?: (?:{_AS_OF}|on|in))?|starts(?: on)?|new|live(?: on| from)?|planned(?: for)?|coming(?: in| on)?"
    r"|onboarding(?: on| in)?|expected(?: in| on| from)?)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_UNTIL = regex(
    rf"{_BEING}(?:until|till|through|thru|up to|end(?:s|ed)?(?: on| in)?|ending(?: on| in)?|expir(?:es|ing|y)(?: on| in)?"
    rf"|(?:discontinued|removed|retired|deprecated|terminated|decommissioned|phased out|sunset|offboarded|replaced)(?: (?:{_AS_OF}|on|in|by))?"
    rf"|sunsetting(?: on| in)?|(?:no longer|not) (?:being )?(?:(?:used|in use|in effect|in force) (?:{_AS_OF}|since|after)|active (?:since|after|from)))\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_BEING_ABROAD = r"(?:(?:im einsatz|aktiv|genutzt|eingesetzt|beauftragt|actif|activo|attivo|actief) )?"
_SINCE_ABROAD = regex(
    rf"{_BEING_ABROAD}(?:seit(?: dem)?|ab(?: dem)?|depuis(?: le)?|à (?:partir|compter) d[ue]|desde(?: el)?|a partir del?|dal|sinds|vanaf)\s+(?=\S)",
    re.IGNORECASE,
)
_UNTIL_ABROAD = regex(
    rf"{_BEING_ABROAD}(?:bis(?: zum)?|jusqu['’](?:au|à|en)|hasta(?: el)?|fino al?|tot(?: en met)?|até(?: [ao])?)\s+(?=\S)",
    re.IGNORECASE,
)
"""Languages whose publishers print the day before the month."""
_RANGE = regex(r"\s+(?:until|till|to|through|thru)\s+|\s*[–—]\s*|\s+-\s+", re.IGNORECASE)
_AND = regex(r"(?:[,;]|\s(?:and|but))\s+(?=[^\W\d_])")
"""Before a second remark."""
_SOON = regex(r"coming soon|upcoming|planned|pending|future|not yet (?:active|in use|live)|soon", re.IGNORECASE)
_GONE = regex(
    r"discontinued|deprecated|removed|terminated|retired|decommissioned|inactive|no longer (?:used|in use|active)|phased out|ended|former",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a bracket says besides a name: dates and a state, or nothing of the kind."""

    since: PartialDate | None = None
    until: PartialDate | None = None
    status: RelationshipStatus | None = None


@lru_cache(maxsize=65_536)
def validity(text: str, *, day_first: bool = False) -> Remark | None:
    """Return since and until when, or in what state, a relationship is, None where a remark says nothing of it.

    `day_first` is whether its publisher prints the day before the month.
    """
    return _validity(text, _DATES[day_first])


def _validity(text: str, date: Callable[[str], PartialDate | None]) -> Remark | None:
    """The same with dates as a table prints them."""
    told = text.strip(TRIM + ".*")
    if told.isascii() and lead(told) not in _OF_STATES:
        return None
    for match in _AND.finditer(told):
        if lead(told[match.end() :]) in _OF_STATES and (
            both := _term(told[: match.start()], told[match.end() :], date)
        ):
            return both
    return _single(told, date)


def _term(first: str, second: str, date: Callable[[str], PartialDate | None]) -> Remark | None:
    """What two remarks tell where one tells since when and the other until when, later than that."""
    one, other = _single(first, date), _single(second, date)
    if not one or not other or bool(one.since) == bool(other.since) or bool(one.until) == bool(other.until):
        return None
    since, until = one.since or other.since, one.until or other.until
    if not since or not until or not since.earliest or not until.end or until.end <= since.earliest:
        return None
    return Remark(since, until, one.status or other.status)


def _single(told: str, date: Callable[[str], PartialDate | None]) -> Remark | None:
    """What the first words of a text tell, with the date behind them."""
    if _SOON.fullmatch(told):
        return Remark(status=RelationshipStatus.UNKNOWN)
    if _GONE.fullmatch(told):
        return Remark(status=RelationshipStatus.ENDED)
    if match := _UNTIL.match(told):
        return Remark(until=until) if (until := date(told[match.end() :])) else None
    if (match := _SINCE.match(told)) is None:
        return _abroad(told)
    status = RelationshipStatus.UNKNOWN if match["planned"] else None
    rest = told[match.end() :]
    if both := _range(rest, date):
        return Remark(*both, status)
    return replace(_dated(day), status=status) if (day := date(rest)) else None


def _dated(day: PartialDate, which: str = "since") -> Remark:
    """A date as that of the field `which`; one that begins nowhere ("until May 2025") is until when, whatever stands before it."""
    if day.edtf.startswith("../"):
        return Remark(until=parse_edtf(day.edtf.removeprefix("../")))
    return Remark(until=day) if which == "until" else Remark(day)


def _range(text: str, date: Callable[[str], PartialDate | None]) -> tuple[PartialDate, PartialDate] | None:
    parts = _RANGE.split(text)
    if len(parts) == _BOTH and (since := date(parts[0])) and (until := date(parts[1])):
        return since, until
    return None


def worded(cell: str, date: Callable[[str], PartialDate | None], which: str = "since") -> list[Remark]:
    """Return what a cell of a column of dates tells that is no date alone, [] where a part of it is not understood.

    Words before a date ("Added 2023-02-20"), two dates ("2020-02-01 to 2024-12-31"), or a bracket behind one
    ("2019-03-01 (removed 2025-01-31)") are such. A date without words is of the field `which`. An end that was put off
    ("2025-12-31, extended until 2027-12-31") is the later one; a begin stays one when it is renewed ("2024-01-01 (renewed)").
    """
    if which == "until" and (until := _put_off(cell, date)):
        return [Remark(until=until)]
    head, asides = BRACKET.sub("", cell).strip(TRIM) if opens_bracket(cell) else cell, brackets(cell)
    if not head and asides:
        head, *asides = asides  # all of it is in brackets
    both, day = _range(head, date), date(head)
    alone = _dated(day, which) if day else _validity(head, date)
    found = [Remark(*both) if both else alone]
    for aside in asides:
        found += [_validity(aside, date)] if which == "until" else _beside_begin(aside, date)
    return [remark for remark in found if remark] if all(found) else []


def _beside_begin(aside: str, date: Callable[[str], PartialDate | None]) -> list[Remark | None]:
    """What stands in a bracket behind a begin: that it is renewed says nothing, unless until when, or what else came."""
    if not RENEWED.search(aside.casefold()):
        return [_validity(aside, date)]
    if until := _put_off(aside, date):
        return [Remark(until=until)]
    return [told for part in _AND.split(aside) if (told := _validity(part, date))]


def _put_off(cell: str, date: Callable[[str], PartialDate | None]) -> PartialDate | None:
    """Until when an end was put off, where nothing but the earlier end stands before the words for it: "may be extended until" puts nothing off."""
    if (later := _PUT_OFF.search(cell)) is None:
        return None
    before = cell[: later.start()].strip(_BEFORE_IT)
    return date(later[1].strip(TRIM + ")]）")) if not before or date(before) else None


def dated_end(text: str, *, day_first: bool = False) -> Remark | None:
    """Return since or until when, as the end of a heading or of a sentence tells ("Sub-processors removed on 31 March 2024").

    Args:
        text: the heading or sentence.
        day_first: whether its publisher prints the day before the month.
    """
    told = text[-_LONGEST_END:].rstrip(TRIM + ".)：")
    if not told[-1:].isdigit():
        return None
    words = (match.start() for match in _LETTERS.finditer(told) if match[0].lower() in _OF_STATES)
    date = partial(parse_field, day_first=day_first)
    each = (_validity(told[at:], date) for at in words if not _LISTED_ON.match(told, at))
    return next((one for one in each if one and (day := one.since or one.until) and day.precision != "interval"), None)


def _abroad(told: str) -> Remark | None:
    """What a remark in another language than English says, which has to be a date and nothing else behind its first words."""
    if match := _UNTIL_ABROAD.match(told):
        until = parse_field(told[match.end() :], day_first=True)
        return Remark(until=until) if until else None
    match = _SINCE_ABROAD.match(told)
    since = parse_field(told[match.end() :], day_first=True) if match else None
    return Remark(since) if since else None


def dated_tail(text: str, *, day_first: bool = False) -> tuple[str, tuple[Remark, ...]]:
    """Return a purpose without what its end tells of since and until when ("hosting, until May 2025"), and that; `day_first` as in `validity`."""
    found: list[Remark] = []
    while len(found) < _BOTH and (rest := _cut(text, day_first=day_first)) is not None:
        text = rest[0]
        found.append(rest[1])
    return text, tuple(found)


def _cut(text: str, *, day_first: bool) -> tuple[str, Remark] | None:
    """A text without its last part, where that tells since or until when, and what it tells."""
    if not text.rstrip(".")[-1:].isdigit():
        return None
    begin = max(0, len(text) - _LONGEST_TAIL)
    places = [(match.start(), match.end()) for match in _PARTING.finditer(text, begin)]
    for start, end in [*places[: -_MOST_PARTS - 1 : -1], *([(0, 0)] if not begin else [])]:
        told = validity(text[end:], day_first=day_first)
        if (dated := told and (told.since or told.until)) and (
            dated.precision != "year" or lead(text[end:]) not in _LOOSELY
        ):
            return text[:start].rstrip(TRIM), told
    return None


_LONGEST_END = 200
_LISTED_ON = regex(r"(?:as (?:of|at)|since)\b", re.IGNORECASE)
"""Before the day of the list, or the first of many days, and not the day of what befell those on it."""
_PARTING = regex(r"[,;.–—]\s+|\s[–—-]\s+")
_LOOSELY = frozenset("a ab as dal from new through thru to up vanaf".split())
"""Words before a year alone that may tell of something else ("records from 2015", "mails up to 2020")."""
_LONGEST_TAIL, _MOST_PARTS, _BOTH = 80, 4, 2


_BADGE = regex(
    r"(?:\s+|(?<=\.))(?P<badge>new!?|updated|optional|beta|alpha|pending|deprecated|discontinued|removed|inactive)\Z",
    re.IGNORECASE,
)
"""A word that a page puts behind a name, and no name ends in that has a legal form before it."""
_WEBSITE = regex(r"\s+(?:web ?site|web|url|home ?page|site)\s?:\s*(?P<site>\S+\.\S+)\Z", re.IGNORECASE)


def badged_apart(text: str) -> tuple[str, str]:
    """Return what a cell says with a badge behind its legal form in brackets ("Oak Inc. (Beta)"), and the address of a site behind a name."""
    site = ""
    if ":" in text and (match := _WEBSITE.search(text)) and match.start():
        text, site = text[: match.start()], match["site"]
    if (match := _BADGE.search(text)) and split_legal_form(name := text[: match.start()])[1]:
        text = f"{name} ({match['badge']})"
    return text, site


def lead(text: str) -> str:
    """Return the letters that a text begins with, in small ones."""
    match = _LETTERS.match(text)
    return match[0].lower() if match else ""


_LETTERS = regex(r"[A-Za-z]+")
_OF_STATES = frozenset(
    """
    ab active actief actif activo added aktiv applicable as attivo beauftragt bis currently dal depuis desde eingesetzt engaged fino genutzt hasta im jusqu seit sinds tot used vanaf beginning being coming commencing decommissioned deprecated discontinued effective end ended ending ends expected expires
    expiring expiry former from future in inactive live new no not now offboarded onboarding only pending phased planned removed replaced retired since
    soon starting starts sunset sunsetting terminated through thru till to until up upcoming valid will with
    """.split()
)
"""What a remark begins with that tells since or until when, or in what state."""


def says_more(text: str, *, day_first: bool = False) -> bool:
    """Return whether a remark that tells since or until when tells something else behind the date."""
    return whole_validity(text, day_first=day_first) is None


def whole_validity(text: str, *, day_first: bool = False) -> Remark | None:
    """Return what a remark tells as `validity` does, where the date is all that stands behind its first words."""
    return _validity(text, partial(_whole, day_first=day_first))


def _whole(text: str, *, day_first: bool) -> PartialDate | None:
    """The date that a text is."""
    return parse_field(text.strip(TRIM + "."), day_first=day_first)


def _date(text: str, *, day_first: bool) -> PartialDate | None:
    """The date that a text is, or begins with."""
    if whole := _whole(text, day_first=day_first):
        return whole
    found = find_dates(text[:80])
    if not found or found[0].start != 0:
        return None
    return (day_first and parse_field(text[: found[0].end], day_first=True)) or found[0].date


_DATES = partial(_date, day_first=False), partial(_date, day_first=True)


def without_validity(text: str) -> str:
    """Return a text without the brackets that tell since or until when, or in what state."""
    if not opens_bracket(text):
        return text
    return BRACKET.sub(lambda match: "" if validity(match[1]) else match[0], text)
