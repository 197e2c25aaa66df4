"""Which column of a breach portal says what: of the US health portal, of the states' attorneys general, of lists made of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.tabular.row import plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WHO = r"(?:entity|organi[sz]ation|org|business|company|agency)"
_WHOM = r"(?:individuals?|persons?|people|consumers?|records?|victims?|users?|customers?|patients?|members?|(?:data )?subjects?)"
_STATE = r"(?:[a-z]{2}|[a-z]+(?: [a-z]+)?)"
_PEOPLE_OF = rf"(?:(?:new|north|south|west|rhode|puerto) (?!{_WHOM}))?[a-z]+(?:ans|ers|ites|ians)"
"""The people of a state, of which some have a name of two words: "Texans", "North Dakotans"."""
_ALL = r"(?: (?:nationwide|nationally|worldwide|globally|overall|in total))?"
"""Behind a count of people: of all, and not of one state."""
_HIT = r"(?:affected|impacted|notified|involved)"
_TRADE = r"(?:supplier|vendor|(?:service )?provider|processor|third party)"
_VENDOR = rf"(?:{_TRADE}(?: name)?|name of (?:the )?{_TRADE})"
_PARTNER = rf"(?:business associate|{_TRADE})"
_AUTHORITY = r"(?:attorney general|secretary of state|(?:office|department|division|bureau) of [a-z ]+)"
_OFFICE = rf"(?:o?ag|{_AUTHORITY})(?:['’]?s)?(?: office)?"
_DATA = r"(?:personal )?(?:information|data)(?: types?)?"
_REMARKS = r"(?:additional )?comments?|remarks?|notes?"
_KINDS = r"(?:personal )?(?:information|data) types?"
"""What any list of companies has too."""

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "entity": (
        r"name of (?:the )?(?:covered|breached|reporting|affected) entity",
        rf"(?:covered|breached|reporting|affected|{_WHO}) (?:{_WHO} )?name",
        rf"(?:covered|breached|reporting|affected) {_WHO}",
        rf"name of (?:the )?{_WHO}(?: or (?:[a-z]+ )?{_WHO})?|{_WHO} or individual name|(?:.*: )?other party: name",
        _WHO,
        r"respondent|case title|name",
    ),
    "kind": (
        rf"(?:covered )?{_WHO} types?|types? of (?:covered )?{_WHO}|industry(?: type)?|business type|sector",
    ),
    "count": (
        rf"(?:total )?(?:number of )?{_WHOM} {_HIT}{_ALL}",
        rf"(?:total )?number (?:of )?(?:{_HIT} )?{_WHOM}(?: {_HIT})?{_ALL}",
        rf"(?:total number|total|number)(?: of)? {_HIT}{_ALL}|nationwide {_HIT}|total records|(?:total )?{_HIT} {_WHOM}{_ALL}|individuals",
        r"(?:total )?(?:number of )?records (?:compromised|exposed|lost|stolen|leaked)",
    ),
    "residents": (
        rf"(?:total )?(?:number of )?(?:potentially )?(?:{_HIT} )?(?:{_STATE} )?residents {_HIT}",
        rf"(?:total )?(?:number of )?(?:potentially )?(?:{_HIT} )?{_STATE} residents|(?:total )?number (?:of )?(?:{_HIT} )?residents",
        rf"(?:total )?(?:number of )?(?!total){_PEOPLE_OF} {_HIT}",
        rf"(?!total|number|individuals|persons|people|date|type|information|data|who|notice){_STATE} (?:affected|impacted)",
        rf"(?:total )?number of (?:affected )?(?=.*ans\Z){_PEOPLE_OF}",
    ),
    "reported": (
        r"(?:breach )?submission date|date (?:submitted|reported|notified|received)(?: to [a-z]+)?",
        r"report(?:ed)? (?:to [a-z]+ )?date|(?:breach )?notification date|date of (?:notification|notice|report)",
        r"filing date|date (?:filed|of filing)|filed(?: on)?|(?:date )?(?:of )?(?:notification|notice) (?:was )?(?:sent|received)(?: on)?",
        rf"date (?:submitted|reported|notified|received) to (?:the )?(?:[a-z]+ ){{0,2}}{_AUTHORITY}",
        rf"date (?:the )?{_OFFICE} (?:was )?notified|date (?:notified|reported to) (?:the )?{_OFFICE}|{_OFFICE} (?:notification|notified|notice) date|(?:breach )?notice date",
    ),
    "disclosed": (
        r"date (?:posted|published|added|made public)\b.*|publi(?:shed|cation) date|date\(?s?\)? of (?:consumer|individual) notifi.*",
    ),
    "discovered": (r"date (?:the )?(?:breach )?(?:discovered|aware)|date of (?:breach )?discovery|(?:breach )?discovery date|breach discovered(?: date)?",),
    "occurred": (
        r"dates?(?:\(s\))? (?:of )?(?:the )?breach(?:es)?(?: occu\w+)?(?: \(.*\))?|breach dates?(?:\(s\))?|breach occurred(?: date)?",
        r"year of (?:the )?breach|(?:incident|attack) date|date of (?:the )?(?:incident|attack)",
    ),
    "start": (r"(?:date )?start (?:date )?of (?:the )?breach|(?:breach )?start(?: date)?|date start",),
    "end": (r"(?:date )?end (?:date )?of (?:the )?breach|(?:breach )?end(?: date)?|date end|end breach date",),
    "types": (
        r"types? of (?:the )?breach|breach types?(?: description)?",
        r"breach cause|cause of (?:the )?breach|nature of (?:the )?breach|description of the breach|how (?:the )?breach occurred",
        r"types? of (?:the )?(?:incident|attack)|(?:incident|(?:cyber ?)?attack) types?",
    ),
    "attack": (r"(?:cyber ?)?attack (?:types?|methods?)|types? of (?:the )?(?:cyber ?)?attack",),
    "places": (r"locations? of (?:breached )?(?:information|phi)",),
    "data": (
        rf"types?(?:\(s\))? of {_DATA} (?:{_HIT}|exposed|acquired|compromised|accessed)",
        rf"{_DATA} (?:{_HIT}|exposed|acquired|compromised|accessed|breached)|types?(?:\(s\))? of {_DATA}|{_KINDS}",
    ),
    "associate": (
        rf"{_PARTNER}s? names?|names? of (?:the )?{_PARTNER}s?",
        r"business associate",
        r"business associate involved",
        rf"(?:breached |third[- ]party |responsible )?{_VENDOR}",
        rf"{_VENDOR}s? involved|involved {_VENDOR}",
    ),
    "present": (
        rf"{_PARTNER}s? (?:present|involved)\??",
        rf"(?:third party )?{_PARTNER} breach(?:ed)?\??|breach (?:of|at) (?:an? |the )?(?:third party )?{_PARTNER}\??",
        rf"(?:third[- ]party )?{_PARTNER}",
    ),
    "own": (r"(?:did )?breach occur at (?:the )?reporting entity\??",),
    "story": (
        r"web description|(?:incident|breach) (?:details?|summary|description)|description of (?:the )?(?:incident|breach)|summary|description",
        _REMARKS,
    ),
    "links": (r"(?:source )?url|source link|link(?: to (?:letter|notice))?|notification documents?|sample (?:of )?(?:notice|letter)|documents?",),
}  # fmt: skip
_PATTERNS = {field: [regex(pattern) for pattern in patterns] for field, patterns in _FIELDS.items()}
_SUPPLIER = regex(rf"{_VENDOR}|{_PARTNER}s? names?|names? of (?:the )?{_PARTNER}s?")
_ADDED = regex(r"date added\b")
_KINDS_TOLD = regex(_KINDS)
_REMARKED = regex(_REMARKS)
_FLAG = regex(r"(?P<data>.+?) breached")
_RESIDENTS_HIT = regex(rf"\bresidents {_HIT}|\b{_HIT} (?:{_STATE} )?residents")
_REPORTED = regex(r"date reported|reported(?: date| on)?")
_MARKS = regex(r"[*†‡]+")
_DOTS = regex(r"(?<=[A-Za-z])\.(?=[A-Za-z])")
"""R has no blanks in names of columns ("Name.of.Covered.Entity")."""
_NUMBER = regex(r"\A(?P<all>total )?(?:(?:no|nr|num|#)\.? of |# ?(?!records)(?=[a-z]))")
_BREACH = regex(r"\b(?:data|security) (?=breach(?:es)?\b)")
_BEHIND = regex(r"(?<=\w)\s*(?:\([^()]*\)|\s[-–—]\s.*)\s*\Z")
"""What stands behind the name of a column and explains it: "(including residents)", "- name in combination with"."""
_RUN = (
    "information", "organization", "cyberattack", "notification", "individuals", "discovered", "submitted", "submission", "published", "compromised", "occurred", "reported",
    "affected", "impacted", "notified", "business", "industry", "consumers", "residents", "covered", "breached", "exposed", "location", "description", "company",
    "records", "number", "entity", "breach", "people", "persons", "patients", "posted", "filed", "aware", "cause", "start", "total", "types", "type", "state",
    "dates", "date", "data", "name", "year", "end", "url", "of", "to",
)  # fmt: skip
"""Words that make names of columns; open data run them together in lower case ("datesubmitted")."""
_PEOPLE = regex(r"[a-z]{3,20}?(?:ans|ers|ites|ians)(?=affected|impacted|notified|\Z)")
_SHORTEST_RUN, _LONGEST_RUN = 7, 60
_TELLING = ("count", "residents", "reported", "disclosed", "types", "data", "associate")
_DATED = ("occurred", "start", "discovered", "reported", "disclosed")
OF_INCIDENTS = frozenset({*_TELLING, "occurred", "discovered"})
"""The fields that tell of a breach, not of whom it befell."""


@lru_cache(maxsize=256)
def places(header: tuple[str, ...]) -> Mapping[str, int]:
    """Return field -> column, as far as the header tells: entity, kind, count (of all), residents (of one state), ...

    A column is one field's; earlier fields, and earlier spellings of one, go first.
    """
    found: dict[str, int] = {}
    _find(_names(header), found)
    shorter = [_BEHIND.sub("", name) for name in header]
    _find([short if short != name else "" for short, name in zip(_names(shorter), _names(header), strict=True)], found)
    if "entity" in found and "covered" in (names := _names(header))[found["entity"]] and "state" in names:
        found["state"] = names.index("state")  # elsewhere it may be the one whose authority was told
    if "year" in (names := _names(header)) and found.keys().isdisjoint(_DATED):
        found["occurred"] = names.index("year")
    return found


def _find(names: Sequence[str], found: dict[str, int]) -> None:
    """Add the fields that are not found yet and that one of the names, of the columns in their order, tells."""
    for field, patterns in _PATTERNS.items():
        for pattern in patterns:
            free = (
                at for at, name in enumerate(names) if name and at not in found.values() and pattern.fullmatch(name)
            )
            if field not in found and (place := next(free, None)) is not None:
                found[field] = place


def flags(header: Sequence[str]) -> dict[int, str]:
    """Return column -> kind of data, for columns that tell with a "Yes" that it was breached ("SSN Breached")."""
    settled = places(tuple(header)).values()
    told = (
        (at, _FLAG.fullmatch(name.strip())) for at, name in enumerate(map(str.casefold, header)) if at not in settled
    )
    return {at: header[at].strip()[: match.end("data")] for at, match in told if match}


def is_portal(header: tuple[str, ...]) -> bool:
    """Return whether a header is a breach portal's: it names entities, speaks of breaches, and tells of them what portals do."""
    found = places(header)
    if "entity" not in found:
        return False
    if found.keys() >= {"count", "types"}:
        return True
    names = _names(header)
    # A column of suppliers is no sign of a breach by itself: registers of suppliers have one.
    told = [field for field in _TELLING if field in found and not _SUPPLIER.fullmatch(names[found[field]])]
    if told and any(re.search(r"\bbreach", name) for name in names):
        return True
    # Lists of suppliers have kinds of data too, and the date on which each was added.
    telling = {field for field in told if not _ADDED.match(names[found[field]])}
    if len(telling) > 1 and "data" in found and not _KINDS_TOLD.fullmatch(names[found["data"]]):
        return True
    if told and len(found.keys() & OF_INCIDENTS) > 1 and any(re.search(r"\bincidents?\b", name) for name in names):
        return True
    if found.keys() >= {"reported", "residents"} and _RESIDENTS_HIT.search(names[found["residents"]]):
        return True
    # Some portals list no more than who reported, and when.
    reported = any(map(_REPORTED.fullmatch, names)) and not any(map(_REMARKED.fullmatch, names))
    return names[found["entity"]] != "name" and reported and len(found) == len(names)


def lists_breaches(header: tuple[str, ...]) -> bool:
    """Return whether a header is a breach portal's beyond doubt, even where it has a column of suppliers: it tells what happened, or when."""
    return is_portal(header) and not {"occurred", "discovered", "reported", "types"}.isdisjoint(places(header))


def _names(header: Sequence[str]) -> list[str]:
    cleaned = (" ".join(_MARKS.sub("", plain(_DOTS.sub(" ", name))).split()) for name in header)
    return [_BREACH.sub("", _parted(_NUMBER.sub(r"\g<all>number of ", name))) for name in cleaned]


@lru_cache(maxsize=4096)
def _parted(name: str) -> str:
    """A name whose words are run together, with blanks between them; another as it is."""
    if not _SHORTEST_RUN <= len(name) <= _LONGEST_RUN or not name.isalpha() or not name.isascii():
        return name
    return " ".join(_words(name) or [name])


def _words(run: str, *, people: bool = True) -> list[str]:
    """The words of which a name is made, one of them perhaps the people of a state; none where it is made of others."""
    for word in _RUN:
        if run == word:
            return [word]
        if run.startswith(word) and (behind := _words(run[len(word) :], people=people)):
            return [word, *behind]
    if people and (match := _PEOPLE.match(run)):
        behind = _words(run[match.end() :], people=False)
        if behind or match.end() == len(run):
            return [match[0], *behind]
    return []
