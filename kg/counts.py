"""Counts with bounds and a unit, from structured values and from prose; and which names are only unnamed groups.

The unit is "people" for persons of any kind; "records", "accounts", "cards", "files", "devices", "tickets",
"repositories" for things; "gigabytes" and its kin for volumes; and for organizations the noun as printed
("dealerships"), one of `ORGANIZATION_NOUNS`. Other things (money, percentages, days, shops, flights, visits a month) are
not counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.amounts import QUALIFIERS, WORDS, amount, numbers
from kg.nouns import (
    BARE_GROUPS,
    DESCRIBED,
    GENERAL_NOUNS,
    LONE_GROUPS,
    NAMELESS,
    ORGANIZATION_NOUNS,
    PEOPLE,
    SMALLER,
    SYNONYMS,
    is_plural,
)
from kg.patterns import regex
from kg.units import Before, is_elliptic, unit_after, unit_of

if TYPE_CHECKING:
    from kg.amounts import Amount

_LONGEST_FIELD: Final = 200
_Bounds: TypeAlias = tuple[int | None, int | None]
"""The least and the most that a number can be; None is open."""
_GROUP_NOUN: Final = regex(r"[a-z]{1,40}(?:-ups)?")
_GROUP_REACH: Final = 80
"""Characters before a group that can bear on its number."""
_BARE: Final = regex(r"[0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}")
"""A number with nothing around it."""
_GROUPED: Final = regex(r"[1-9]\d{0,2}(?:(?:,\d{3}){1,4}|(?:[ \u00a0\u202f'’]\d{3}){1,4}|(?:\.\d{3}){2,4})", re.ASCII)
"""Thousands by themselves; a single point may stand before decimals, and tells nothing before three digits."""
_NUMBER: Final = regex(r"\d{1,15}(?:\.(?!\d{3}\Z)\d{0,15})?(?:[eE]\+?\d{1,2})?", re.ASCII)
_MOST: Final = 10**15
_ABROAD: Final = {
    "thousand": r"tsd|tausend|mila|(?-i:mille)|duizend|tys|tusind|tusen",
    "million": r"millionen?|mill(?=\.|\Z)|milion[iey]|milionów|millones|millón|milh(?:ões|ão)|miljoen|miljon(?:er)?|millioner",
    "billion": r"mrd|mld|milliarden?|milliards?|milliarder|miliard[iy]?|miliardo|miliardów|miljard(?:en|er)?|mil\smillones|mil\smilhões",
}
"""Scale words of other languages than English, by the English one."""
_SCALED_ABROAD: Final = regex(
    rf"(?:(?<=[0-9])|(?<=[0-9]\+))\s?(?:{'|'.join(f'(?P<{english}>{words})' for english, words in _ABROAD.items())})(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_SCALED_ALIKE: Final = regex(
    r"[0-9]\+?\s?(?:mil|billion(?:en|er|i)|bili?on(?:i|es)|billones|bilh(?:ões|ão)|biljoen|biljon(?:er)?)(?![^\W\d_])",
    re.IGNORECASE,
)
"""What is another number in another language: "mil" is a thousand or a million, "Billionen" are no billions, and may be meant for some."""
_MONEY_ABROAD: Final = regex(
    r"\.?\s(?:d[ie]\s|d['’])?(?:euros?|dollar[is]?|dólares|franken|fran[ck]s|franchi|francos|kronor|kroner|kronen|reais|pesos|zł(?:otych)?)\b",
    re.IGNORECASE,
)
"""Behind a number, in the languages of its scale words."""
_BOUNDS_ABROAD: Final = {
    "at_least": r"mindestens|wenigstens|zumindest|mind\.|au moins|al menos|por lo menos|pelo menos|almeno|minstens|ten minste",
    "more_than": r"über|ueber|mehr als|plus de|más de|mais de|più di|oltre|meer dan",
    "up_to": r"bis zu|höchstens|maximal|jusqu['’]à|hasta|fino a|até|maximaal",
    "fewer_than": r"weniger als|unter|moins de|menos de|meno di|minder dan",
    "about": r"rund|etwa|ungefähr|zirka|knapp|environ|près de|alrededor de|aproximadamente|cerca d[ei]|ongeveer",
}
"""Words of other languages than English that bound the number behind them, by the English ones."""
_BOUNDED_ABROAD: Final = regex(
    rf"(?:{'|'.join(f'(?P<{english}>{words})' for english, words in _BOUNDS_ABROAD.items())})\s(?=[0-9])"
    r"(?![\d.,\s]+(?:%|(?:[a-z]{3,12}\.?\s)?(?:[€$£]|(?:chf|eur|usd|us-dollar|(?:schweizer )?franken)\b)|(?:std|min)(?:\.|\b)|(?:prozent(?:punkte)?|pour ?cent|por ?ciento|por ?cento|per ?cento|procent|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|minuten?"
    r"|heures?|jours?|semaines?|mois|horas?|d[ií]as?|mes(?:es)?|semanas?|giorn[io]|settiman[ae]|or[ae]|dag(?:en)?|uur|weken?|maand(?:en)?"
    r"|ans?|années?|años?|anos?|ann[io]|mes[ei]|jaar|jaren|minutos?|minut[ie]|se[ck]und(?:en|es?|i|os?)|seconden|secondi|secondes?|segundos?|jahrzehnten?|décennies)\b))",
    re.IGNORECASE,
)
_RANGE_ABROAD: Final = regex(r"(?<=[0-9])\s(?:bis|à|tot|até|hasta)\s(?=[0-9])", re.IGNORECASE)
_FOLLOWED: Final = regex(r"\+?\s{0,20}(?:[A-Za-z(:]|\Z)")

_NOBODY: Final = regex(
    rf"(?:[\W_]*|n/?a|none|null|{'|'.join(sorted(NAMELESS))}|confidential|tbd|others?"
    r"|[\W_]{0,3}(?:(?:name )?(?:redacted|withheld)|undisclosed|unknown)[\W_]{0,3}"
    r"|not\s(?:disclosed|named|specified|known|available|public)|various|several|multiple|many|numerous"
    r"|third[ -]part(?:y|ies))",
    re.IGNORECASE,
)
_QUANTIFIERS: Final = frozenset({"several", "multiple", "various", "numerous", "many", "unknown"})
_PARTS: Final = regex(
    r"(?:(?:an?|the)\s)?(?:number|majority|handful|range|variety|group|list|couple|series|part|half|most|some|many|all|any"
    r"|few|one|dozens|scores|hundreds|thousands|millions)\sof\s(?:(?:its|the|their|our|these)\s)?",
    re.IGNORECASE,
)
_PART_OF: Final = regex(
    rf"(?:[\d%]|\b(?:per\s?cent|half|(?:third|quarter|fifth|tenth)s?|most|many|several|some|few|none|majority|minority|handful|part|portion"
    rf"|fraction|share|dozens|hundreds|thousands|millions|number(?=\sof\s(?:its|their|our|the)\b)|{'|'.join(WORDS)}))\s(?:out\s)?of\s"
    rf"(?:(?:its|their|our|the|[\w-]{{1,40}}['’]s)\s)?(?:(?:{'|'.join(sorted(QUALIFIERS))})\s){{0,4}}\Z",
    re.IGNORECASE,
)
"""Before the number of a whole."""
_ARTICLES: Final = frozenset(
    {"a", "an", "another", "one", "the", "its", "their", "third-party", "external", "outside", "former", "anonymous"}
)
_TAIL: Final = regex(
    r"(?<=\w)\s(?:(?:in|of|across|using|from|worldwide|globally|who|that|which|with|at|for|around|throughout|via|and|or)\b"
    r"|affected\b|impacted\b|\().{0,400}\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many: inclusive bounds (None is open), what, and how it was qualified.

    Attributes:
        low: the least it can be; 0 after "up to" and "fewer than".
        high: the most it can be; None after "more than" and "at least".
        unit: what is counted, "" where nothing is named.
        qualifier: "exact", "about", "more-than", "up-to" or "range".
    """

    low: int | None
    high: int | None
    unit: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class FoundCount:
    """A count in a text: `text[start:end]` is the number with its scale word, without qualifier and noun."""

    start: int
    end: int
    count: Count


def parse_count(value: str | int) -> Count | None:
    """The count a whole structured value stands for ("5.6 million", "About 18,000 dealerships", 430000).

    A value with other words before its number is read as prose, and must hold one count. A noun outside the known
    units is kept as printed. Scale words, and words that bound
    the number, may be of another language ("300 Tsd.", "5 milioni", "mindestens 300"). None for no number ("several"), a fraction of one, money, a percentage, a negative number.
    """
    if isinstance(value, int):
        return None if isinstance(value, bool) or value < 0 else Count(value, value, "", "exact")
    if _BARE.fullmatch(value):
        number = int(value.replace(",", ""))
        return Count(number, number, "", "exact")
    return _parsed(" ".join(value[: _LONGEST_FIELD + 1].split()))


def whole_number(value: object) -> int | None:
    """The whole number from 0 on that a structured value stands for, None for any other.

    It may be a text, as table programs print numbers ("164,611,595", "164 611 595", "1e+05", "12.0").
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, int):
        return value if 0 <= value < _MOST else None
    printed = str(value).strip()
    digits = re.sub(r"\D", "", printed) if _GROUPED.fullmatch(printed) else printed
    exact = Decimal(digits) if _NUMBER.fullmatch(digits) else None
    return int(exact) if exact is not None and exact == exact.to_integral_value() and exact < _MOST else None


@lru_cache(maxsize=16384)
def _parsed(text: str) -> Count | None:
    """The count of a field, which a reader may ask for again and again."""
    if bound := _BOUNDED_ABROAD.match(text):
        text = f"{str(bound.lastgroup).replace('_', ' ')} {text[bound.end() :]}"
    text = _RANGE_ABROAD.sub(" to ", text)
    text = _SCALED_ABROAD.sub(lambda match: f" {match.lastgroup}", text)
    first = _first(text) if len(text) <= _LONGEST_FIELD else None
    if first is None or _SCALED_ALIKE.search(text) or _MONEY_ABROAD.match(text, first.end):
        return None
    if not {word.lower() for word in re.findall(r"[A-Za-z]+", text[: first.start])} <= QUALIFIERS:
        found = find_counts(text)
        return found[0].count if len(found) == 1 else None
    unit = unit_after(text, first.end, unknown=True)
    spelled = text[first.start].isalpha()
    if spelled and not unit and first.end < len(text):  # "Two Sigma"
        return None
    return _count(first, unit)


def group_size(text: str, start: int, end: int) -> _Bounds | None:
    """The inclusive bounds of how many a group is whose words are `text[start:end]`, None where no number is printed.

    What qualifies its number may stand before the words ("more than 2,000 hospitals"). Of "three of its 120 customers"
    the number is three.
    """
    text = text[:start] + _without_all(text[start:end])
    count = parse_count(text[start:])
    if count is None:
        return None
    begin = max(0, start - _GROUP_REACH)
    near = text[begin:]
    number = next((number for number in numbers(near) if number.end > start - begin), None)
    bounded = amount(near, number) if number else None
    found = (_count(bounded, "") if bounded else None) or count
    return found.low, found.high


_OF_ALL: Final = regex(
    r"\bof\s(?:its|their|our|the|his|these|those)\s(?P<about>(?:(?:about|almost|nearly|over|roughly|some|more\sthan)\s)?)\Z"
    r"|[\w,]\sof\s(?P<plain>)\Z",
    re.IGNORECASE,
)
"""What stands before the number of all those of whom a group is a part."""


_PART: Final = regex(
    r"(?:\b(?:some|several|many|most|half|few|dozens?|scores|hundreds|thousands|handful|quarter|thirds?|part|percent|majority|none)|%)\W{0,2}\Z",
    re.IGNORECASE,
)
"""What stands for the number of a part."""


def _without_all(words: str) -> str:
    """The words of a group without how many all those are of whom it is a part; "a total of 120 customers" are all."""
    for number in numbers(words):
        if lead := _OF_ALL.search(words, 0, number.start):
            at = lead.start(lead.lastgroup or 0)
            told = words[:at] + words[number.end :].lstrip()
            if parse_count(told) or _PART.search(words, 0, words.rindex("of", 0, number.start)):
                return told
    return words


def same_group(one: str, size: _Bounds | None, other: str, other_size: _Bounds | None) -> bool:
    """Whether two groups with these names and sizes are one.

    So they are if the same number is printed, however it is qualified ("300 hospitals", "up to 300 hospitals"), of the same
    or of somebody in general ("300 customers").
    """
    if size is None or other_size is None or _printed(size) != _printed(other_size):
        return False
    told, others = (
        {SYNONYMS.get(noun, noun) for noun in ORGANIZATION_NOUNS.intersection(_GROUP_NOUN.findall(name.lower()))}
        for name in (one, other)
    )
    return not told or not others or not told.isdisjoint(others) or not GENERAL_NOUNS.isdisjoint(told | others)


def _printed(size: _Bounds) -> _Bounds | int | None:
    """The number of a size that prints one, else its bounds."""
    low, high = size
    return high if low in {0, high} else low if high is None else size


def find_counts(text: str, *, elliptic: bool = False) -> list[FoundCount]:
    """The counts of people, things and organizations in a text, in its order.

    The noun may follow after adjectives ("470,000 active, deferred and retired members"), after "of its", later in
    the sentence, just before ("patients, 136,000 in all", "Patients affected: 136"), or be that of the count before ("of
    them"; "of whom 300 lost more"; "the figure rose to 4.2 million") or after ("three of the five servers"). "Customers" are
    people unless called corporate or the like.

    Args:
        text: any text.
        elliptic: whether numbers without a noun are counts too where people were counted before, and somebody is said to
            have told, counted or lost so many ("Alder told 8,700", "and Birch Clinic about 30,000"). Some are not.
    """
    found: list[FoundCount] = []
    before = Before()
    for number in numbers(text):
        known = amount(text, number) if number.marked or _FOLLOWED.match(text, number.end) else None
        if known is None:
            continue
        unit = unit_of(text, number, before)
        if not unit and elliptic and number.marked and before.unit == "people" and is_elliptic(text, number):
            unit = before.unit
        count = _count(known, unit) if unit else None
        # "One of its users" is a person, not a tally.
        told = count if count and ((count.low, count.high) != (1, 1) or unit in SMALLER) else None
        if told:
            found.append(FoundCount(number.start, number.end, told))
        before = Before(unit if told else before.unit, unit, number.start, number.end)
    return found


def is_whole(text: str, start: int) -> bool:
    """Whether the number at a place of a text is a whole of which a part is told ("12 of its 300 customers", "3% of 300")."""
    return _PART_OF.search(text, max(0, start - _GROUP_REACH), start) is not None


def is_group_name(name: str) -> bool:
    """Whether a name stands for organizations or an organization that nobody names ("Several US hospitals").

    True for a counted, quantified or merely described group, for "Customers", "Merchants" and "Unknown" and their like; False
    for names that only begin so ("700Credit", "3M Company", "Two Sigma", "Five Guys", "Multiple Sclerosis Society"). What
    decides is the head noun: a lower-case common noun for organizations or people, or any such noun after "several".
    """
    text = " ".join(name[:_LONGEST_FIELD].split()).strip("\"'\u201c\u201d\u2018\u2019.,;")
    return not _is_plain(text) and _is_group(text)


def _is_plain(text: str) -> bool:
    """Whether a text is surely a name, by its words alone: most are, and are spared the rest."""
    lead = _LEAD.match(text)
    if lead is None or lead[0].lower() in _LEADS or not text.isascii():
        return False
    words = text.translate(_MARKS).split()
    return (
        words[0].lower() not in _FIRST
        and _HEADS.isdisjoint(words)
        and (" of " not in text.lower() or not _PARTS.search(text))
    )


_LEAD: Final = regex(r"[A-Za-z]+")
_LEADS: Final = QUALIFIERS | WORDS.keys() | {"half"}
"""What a counted group begins with."""
_MARKS: Final = str.maketrans(dict.fromkeys("\"'.,;:()", " "))
_FIRST: Final = (
    _QUANTIFIERS
    | NAMELESS
    | LONE_GROUPS
    | frozenset(
        "n/a na none null name redacted confidential withheld tbd other others not third third-party third-parties".split()
    )
)
"""What a group that is not counted, or nobody, begins with."""
_HEADS: Final = ORGANIZATION_NOUNS | PEOPLE | DESCRIBED
"""The nouns that head a description, in small letters."""


@lru_cache(maxsize=16384)
def _is_group(text: str) -> bool:
    if _NOBODY.fullmatch(text):
        return True
    rest = _PARTS.sub("", text, count=1)
    counted = _first(text)
    ahead = {word.lower() for word in re.findall(r"[A-Za-z]+", text[: counted.start])} if counted else {""}
    if counted and ahead <= QUALIFIERS:
        rest = text[counted.end :].strip()
        many = counted.marked and _head(rest, printed=False) == "many"  # "3M Company" is no three million
        if ahead or rest.startswith("of them") or many:
            return True
    return _is_described(rest, quantified=rest != text and counted is None)


def _is_described(text: str, *, quantified: bool) -> bool:
    """Whether words describe organizations instead of naming one."""
    first, _, more = text.partition(" ")
    word = first.lower()
    if word in NAMELESS or text.lower() in LONE_GROUPS:
        return True
    if word in _QUANTIFIERS and (not more[:1].isalnum() or _head(more, printed=False)):
        return True
    kind = _head(text, printed=not quantified)
    if kind == "one":
        return word in _ARTICLES | _QUANTIFIERS
    return kind == "many" or (word in BARE_GROUPS and _TAIL.match(text, len(first)) is not None)


def _head(text: str, *, printed: bool) -> str:
    """The number of the common noun that heads a description, "many" or "one", else ""; `printed`: in lower case."""
    words = _TAIL.sub("", text).split()
    head = words[-1].strip("\"'.,;:()") if words else ""
    noun = head.lower()
    if printed and not head.islower():
        return ""
    if noun in ORGANIZATION_NOUNS or noun in PEOPLE or (not printed and head.islower() and is_plural(noun)):
        return "many"
    return "one" if noun in DESCRIBED else ""


def _first(text: str) -> Amount | None:
    """The first amount of a text."""
    return next((found for number in numbers(text) if (found := amount(text, number))), None)


def _count(found: Amount, unit: str) -> Count | None:
    """The count of an amount, None for a fraction; a fraction of a volume is given in the next smaller unit."""
    bounds = [bound for bound in (found.low, found.high) if bound is not None]
    factor = 1
    if unit in SMALLER and any(bound.denominator > 1 for bound in bounds):
        unit, factor = SMALLER[unit], 1000
    if any((bound * factor).denominator > 1 for bound in bounds):
        return None
    low = None if found.low is None else int(found.low * factor)
    return Count(low, None if found.high is None else int(found.high * factor), unit, found.qualifier)
