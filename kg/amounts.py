"""The grammar of amounts in prose: numbers with their scale words, ranges, and the words that bound them.

An amount is a number ("5,418,866", "1.4M", "half a million", "two dozen") or a range of two ("10-12 million"). Money,
percentages, calendar numbers and numbers inside identifiers are no amounts. Every repeat of every pattern is bounded,
so that reading is linear in the text. `kg.counts` adds what is counted.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

Number: TypeAlias = int | Fraction

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: Final = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "crore": 10**7} | {
    **dict.fromkeys(("million", "mln", "mio", "mn", "m", "mm"), 10**6),
    **dict.fromkeys(("billion", "bn", "b"), 10**9),
    "trillion": 10**12,
}
_SHARES: Final = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PARTS: Final = {"half": 2} | _SHARES
_TICK: Final = " \u00a0\u2009\u202f'\u2019"  # marks that group digits besides comma and dot
_TICKS: Final = regex(f"[{_TICK}]")
_LETTERS: Final = regex(r"[a-z]+")
_DIGITS: Final = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{2,3}}){{0,5}},[0-9]{{3}}|[0-9]{{1,3}}(?:[{_TICK}][0-9]{{3}}){{1,5}}"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,15}(?:[.,][0-9]{1,4})?)"
)
_LARGE: Final = r"(?:thousand|lakh|million|mln|mio|mn|crore|billion|bn|trillion)\b"
_BIG: Final = rf"(?:hundred\b|{_LARGE})"
_SCALE: Final = rf"(?:\s?\+)?(?:(?:k|mm?|b)\b|[\s-]{{0,3}}(?:hundred[\s-]{{1,3}})?{_BIG})"  # "110+ million"
_GAP: Final = r"[\s-]{1,3}"
_AND: Final = rf"{_GAP}(?:and{_GAP})?"
_BELOW_HUNDRED: Final = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{'|'.join(_ONES[1:10])})\b(?!-\w))?|(?:{'|'.join(_ONES)}))\b"
)
_HUNDREDS: Final = rf"(?:{_BELOW_HUNDRED}|an?\b){_GAP}hundred\b(?:{_AND}{_BELOW_HUNDRED}(?!{_GAP}(?:hundred|dozen)\b))?"
# "Half a million", "three quarters of a million", "two and a half million", "a million and a half"; "a hundred and six",
# "one million two hundred thousand", "eight hundred thousand and sixty-one"; "three dozen", "forty-two". What follows
# "and" belongs to it only where no scale word follows: "between one hundred and two hundred" are two numbers.
_SPELLED: Final = (
    r"(?=an?\b|ha|ze|on|tw|th|fo|fi|si|se|ei|ni|te|el)"  # most words are no numbers, and are told so at once
    rf"(?:(?:half{_GAP}an?|an?{_GAP}half|(?:(?:an?|{_BELOW_HUNDRED}){_GAP})?(?:{'|'.join(_SHARES)})s?{_GAP}of{_GAP}an?"
    rf"|{_BELOW_HUNDRED}{_GAP}and{_GAP}a{_GAP}half){_GAP}(?:{_BIG}|dozen\b)"
    rf"|(?:{_HUNDREDS}|{_BELOW_HUNDRED}|an?\b){_GAP}{_LARGE}"
    rf"(?:{_GAP}and{_GAP}a{_GAP}half\b|(?:{_GAP}(?:{_HUNDREDS}|{_BELOW_HUNDRED}){_GAP}{_LARGE}){{0,2}}"
    rf"(?:{_AND}(?:{_HUNDREDS}(?!{_GAP}{_LARGE})|{_BELOW_HUNDRED}(?!{_GAP}(?:{_BIG}|dozen\b))))?)"
    rf"|{_HUNDREDS}|(?:{_BELOW_HUNDRED}|an?\b){_GAP}dozen\b|{_BELOW_HUNDRED})"
)
_AND_SPELLED: Final = regex(rf"\sand\s({_SPELLED})", re.IGNORECASE)
# A volume's unit may touch its number: "6.5TB".
_PLAIN_END: Final = r"(?:(?=[mgtp]b\b)|(?!\w))(?!%|[.,:/][0-9]|\s?%|-[\w])"
_AMOUNT, _IN_DIGITS = (
    regex(
        rf"""(?=[0-9a-z])(?<![\w$€£¥₹\#@=&%/\\-])(?<![0-9][.,:'\u2019])
    (?:(?P<first>{_DIGITS})(?P<scale>{_SCALE})?
         (?:(?:\s?[-\u2013\u2014]\s?|\s(?P<joint>to|and)\s)(?P<second>{_DIGITS})(?P<scale2>{_SCALE})?)?{_PLAIN_END}
      |(?P<spelled>{spelled}))""",
        re.IGNORECASE | re.VERBOSE,
    )
    for spelled in (_SPELLED, "(?!)")
)
_SAYS_NUMBERS: Final = regex(rf"\b(?:{'|'.join((*_ONES, *_TENS))}|hundred|dozen|{_LARGE})")
"""A word that every number in words has: most texts have none, and what reads such numbers takes long to compile. Asked of
ASCII only: where case does not count, letters beyond it are taken for some of these too."""
_PLURAL_SCALE: Final = regex(r"\s(?:of\s)?(?:hundreds|thousands|millions|billions|dozens)\b", re.IGNORECASE)

_CURRENCIES: Final = frozenset({"usd", "eur", "gbp", "cad", "aud", "inr", "chf", "rs", "rs.", "us$", "a$", "c$"})
_MONEY_AFTER: Final = regex(
    r"[\s-]{0,3}(?:(?:us|u\.s\.|canadian|australian)\s)?(?:dollars?|euros?|pounds?|francs?|yen|yuan|won|rupees?|cents?"
    r"|usd|eur|gbp|bitcoins?|btc|percent|per\scent|percentage|pct)\b|\s?[$€£¥₹%]",
    re.IGNORECASE,
)
_PLAN: Final = regex(r"(?:40[13](?:\s?\()?[abk]|457(?:\s?\()?b)\b", re.IGNORECASE)
"""A plan for retirement, called by the section of the law on it."""
_MONTH: Final = regex(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?")
_CALENDAR_AFTER: Final = regex(
    r"\s(?:of\s)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR_LEADS: Final = frozenset(
    ("in", "since", "of", "by", "during", "from", "until", "till", "before", "after", "for", "early", "mid", "late")
) | {"and", "between", "year", "the", "a"}
_LABELS: Final = frozenset(
    """
    age aged ages article articles chapter fortune item items level levels no. number numbers page pages part phase port
    ports room rule section step tier top type version versions
    """.split()
)
_NUMBERED: Final = frozenset(
    "Android Category Class Flight Form Grade ISO Microsoft Office Route SOC Suite Title Windows".split()
)
"""Labels that are none in small letters ("At the office 12 computers were stolen"), at the start of a sentence too."""
_MOVED: Final = frozenset(
    """
    rose risen grew grown increased jumped climbed fell dropped cut raised revised went up down
    """.split()
)
_FILL: Final = frozenset(
    {"a", "an", "the", "its", "all", "some", "estimated", "additional", "another", "potentially", "possibly"}
)
_BOUNDS: Final = {
    "about": "about|nearly|almost|around|approximately|approx|approx.|roughly|circa|ca.|c.|near|close to|region of"
    "|just under|just below|slightly under|slightly below|little under|shy of|~|\u2248",
    "up-to": "up to|as many as|as much as|fewer than|less than|no more than|not more than|under|at most|at the most"
    "|below|maximum of|max|max.|<|<=|\u2264",
    "more-than": "more than|greater than|higher than|over|at least|at the very least|exceeds|exceeded|exceeding"
    "|upwards of|upward of|in excess of|no fewer than|not fewer than|no less than|not less than|above|beyond"
    "|surpasses|surpassed|surpassing|topped|topping|minimum of|min|min.|>|>=|\u2265",
}
_BOUND_BY: Final = {tuple(words.split()): name for name, many in _BOUNDS.items() for words in many.split("|")}
_LONGEST_BOUND: Final = 4
_SIGNS: Final = "~\u2248<>=\u2264\u2265"
QUALIFIERS: Final = frozenset(
    """
    a about above all almost an another approx approximately around as at below beyond by c ca circa claimed claimedly
    close estimated exceeding excess fewer greater higher in just least less little many max maximum min minimum more
    most much near nearly no not of over possibly potentially region roughly shy slightly some than the to total under
    up upwards well allegedly reportedly between from
    """.split()
)
"""The words that may stand before a number without naming anything."""
_NO_LABELS: Final = QUALIFIERS | {"only", "for", "and", "on", "when", "where", "with"}
_MORE_AFTER: Final = regex(r"\s?\+|\s(?:or\smore|plus|and\scounting)\b", re.IGNORECASE)
_ABOUT_AFTER: Final = regex(r"\sor\sso\b", re.IGNORECASE)
_REACH: Final = 56  # characters before a number that can bear on it


class Amount(NamedTuple):
    """A number or range in a text.

    Attributes:
        start, end: its characters: digits or words with the scale word, no qualifier.
        low, high: inclusive bounds; None is open. A fraction is kept ("1.3 TB"): the caller knows what has pieces.
        qualifier: "exact", "about", "more-than", "up-to" or "range".
        marked: whether it has a scale word or grouped digits, so that it cannot be a year or a label.
    """

    start: int
    end: int
    low: Number | None
    high: Number | None
    qualifier: str
    marked: bool


def numbers(text: str) -> Iterator[Amount]:
    """The numbers and ranges of a text from left to right, whatever stands around them; `amount` looks at that."""
    position = 0
    pattern = _IN_DIGITS if text.isascii() and not _SAYS_NUMBERS.search(text.lower()) else _AMOUNT
    while match := pattern.search(text, position):
        position = match.end()
        found = _range(match, _before(text, match.start())) if match["second"] else _spelled_range(text, match)
        if match["second"] and not found:
            if not match["joint"]:  # "10-5" is no range and no number
                continue
            position = match.end("scale") if match["scale"] else match.end("first")
        if found := found or _single(text, match, position):
            position = max(position, found.end)
            yield found


def amount(text: str, number: Amount) -> Amount | None:
    """The number with the bounds that the words beside it set; None for money, a percentage, a date, a plan ("401k") or a label."""
    before = _before(text, number.start)
    return _bounded(text, number, before) if _is_amount(text, number, before) else None


def _before(text: str, start: int) -> list[str]:
    """The few whole words before a position, the nearest last; a sign that touches it is a word."""
    near = text[max(0, start - _REACH) : start]
    words = near.split()
    if words and start > _REACH and not (text[start - _REACH - 1].isspace() or near[0].isspace()):
        del words[0]
    if words and not near[-1].isspace():
        words[-1:] = [words[-1].lstrip("(")] if words[-1][-1] in _SIGNS else [words[-1], "("]
    return words


def _single(text: str, match: re.Match[str], end: int) -> Amount | None:
    """The amount of one number, None where it is a vague one ("five thousands")."""
    if match["spelled"]:
        value: Number = _spelled(match["spelled"])
        marked = len(_LETTERS.findall(match["spelled"].lower())) > 1
    else:
        digits, scale = match["first"], match["scale"] or ""
        value, marked = _value(digits, _factor(scale)), bool(scale) or not digits.isdigit()
    if _PLURAL_SCALE.match(text, end):
        return None
    return Amount(match.start(), end, value, value, "exact", marked)


def _range(match: re.Match[str], before: list[str]) -> Amount | None:
    """The range of two numbers, None where they are not its ends ("from 3 to 5" after "rose", "3 and 5")."""
    joint, lead = (match["joint"] or "").lower(), before[-1].lower() if before else ""
    if joint == "and" and lead != "between":
        return None
    if joint == "to" and lead == "from" and not _MOVED.isdisjoint(word.lower() for word in before):
        return None
    factors = _factor(match["scale"] or ""), _factor(match["scale2"] or "")
    high = _value(match["second"], factors[1])
    low = _value(match["first"], factors[0])
    shared = _value(match["first"], factors[1])
    if factors[0] == 1 and shared <= high:
        low = shared
    if low > high:
        return None
    marked = max(factors) > 1 or not (match["first"] + match["second"]).isdigit()
    return Amount(match.start(), match.end(), low, high, "range", marked)


def _spelled_range(text: str, match: re.Match[str]) -> Amount | None:
    """The range of two numbers in words ("between ten and twenty thousand"), None where there is none."""
    if not match["spelled"] or _before(text, match.start())[-1:] not in (["between"], ["Between"]):
        return None
    second = _AND_SPELLED.match(text, match.end())
    if second is None:
        return None
    low, high, scale = _spelled(match["spelled"]), _spelled(second[1]), _LETTERS.findall(second[1].lower())[-1]
    if low < _SCALES["hundred"] and low * _SCALES.get(scale, 1) <= high:
        low *= _SCALES.get(scale, 1)
    return Amount(match.start(), second.end(), low, high, "range", marked=True) if low <= high else None


def _factor(scale: str) -> int:
    """What a scale word multiplies by; 1 for none."""
    product = 1
    for word in _LETTERS.findall(scale.lower()):
        product *= _SCALES[word]
    return product


def _value(digits: str, factor: int) -> Number:
    """The number that digits and a factor stand for.

    A dot or comma before one or two digits is a decimal mark. Before three digits a comma groups thousands, and so
    does a dot where no scale word follows ("130.000", as German prints it; "1.234 million" is a decimal).
    """
    if digits.isdigit():
        return int(digits) * factor
    plain = _TICKS.sub("", digits)
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{2,3}){0,5},[0-9]{3}", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,5}", plain) and (factor == 1 or plain.count(".") > 1):
        plain = plain.replace(".", "")
    return Fraction(plain.replace(",", ".")) * factor  # equal to the integer where it is whole


def _spelled(words: str) -> Number:
    """The number that words stand for ("two dozen", "a hundred and six", "three quarters of a million")."""
    parts = _LETTERS.findall(words.lower())
    at = next((at for at, word in enumerate(parts) if word.removesuffix("s") in _PARTS), None)
    if at is None:
        return _whole(parts)
    share, rest = Fraction(1, _PARTS[parts[at].removesuffix("s")]), parts[at + 1 :]
    if "and" not in parts[:at]:
        return (_whole(parts[:at]) or 1) * share * _whole(rest)
    many = parts[: parts.index("and")]
    if rest:  # "two and a half million"
        return (_whole(many) + share) * _whole(rest)
    return _whole(many) + share * _whole(many[-1:])  # "a million and a half"


def _whole(words: list[str]) -> int:
    """The number that words stand for which name no part of one; 0 for none."""
    total = below = 0
    for word in words:
        if word in {"hundred", "dozen"}:
            below = (below or 1) * _SCALES[word]
        elif word in _SCALES:
            total, below = total + (below or 1) * _SCALES[word], 0
        else:
            below += WORDS.get(word, 0)
    return total + below


def _is_amount(text: str, found: Amount, before: list[str]) -> bool:
    """Whether the characters around a number leave it an amount: not money, a date, a label, a plan or a percentage."""
    last = before[-1].lower() if before else ""
    if last in _CURRENCIES or (last[-1:] in "$€£¥₹" and last) or _MONEY_AFTER.match(text, found.end):
        return False
    if _PLAN.match(text, found.start) or _is_ratio(before):
        return False
    if found.marked:
        return True
    years = found.low and found.high and 1900 <= found.low <= found.high <= 2100  # noqa: PLR2004 - years of reports
    if years and last in _YEAR_LEADS:
        return False
    return not (_is_calendar(before) or _is_labelled(before) or _CALENDAR_AFTER.match(text, found.end))


def _is_ratio(before: list[str]) -> bool:
    """Whether the words before a number make it the whole of a part ("one in three", "2 out of 10")."""
    words = [word.lower() for word in before]
    if words[-1:] == ["every"]:
        words.pop()
    joint = 2 if words[-2:] == ["out", "of"] else 1 if words[-1:] == ["in"] else 0
    if not joint or len(words) == joint:
        return False
    part = words[-joint - 1]
    return part in WORDS or (part.isdigit() and len(part) < len("100") and not _is_calendar(before[: -joint - 1]))


def _is_calendar(before: list[str]) -> bool:
    """Whether a plain number goes on with a date ("July 19", "July 19, 2024")."""
    if not before:
        return False
    last = before[-1].lower()
    day = len(before) > 1 and last[0].isdigit() and _MONTH.fullmatch(before[-2].lower())
    return bool(_MONTH.fullmatch(last) or day or (last[-1] == "," and last[:-1].isdigit()))


def _is_labelled(before: list[str]) -> bool:
    """Whether the word before a plain number makes it a label ("version 5", "Office 365")."""
    if not before:
        return False
    last = before[-1]
    if last.lower() in _LABELS or last in _NUMBERED:
        return True
    inside = len(before) > 1 and before[-2][-1] not in ".!?:"
    return inside and last[0].isupper() and last[-1].isalnum() and last.lower() not in _NO_LABELS


def _bounded(text: str, found: Amount, before: list[str]) -> Amount:
    """The amount with the bounds that the words beside it set."""
    more = "+" in text[found.start : found.end] or _MORE_AFTER.match(text, found.end)
    qualifier = "more-than" if more else _qualifier(before)
    if qualifier == "more-than":
        return found._replace(high=None, qualifier=qualifier)
    if qualifier == "up-to":
        return found._replace(low=0, qualifier=qualifier)
    if found.qualifier == "exact" and (qualifier or _ABOUT_AFTER.match(text, found.end)):
        return found._replace(qualifier="about")
    return found


def _qualifier(before: list[str]) -> str:
    """The qualifier that the words before a number spell, "" for none."""
    words = [word.lower().lstrip("(\"'\u201c") for word in before[-8:]]
    if words and words[-1] == "":
        words.pop()
    vague = ""
    while words and (words[-1] in _FILL or words[-2:] == ["total", "of"]):
        if words[-1] in {"some", "estimated"}:
            vague = "about"
        del words[-2 if words[-1] == "of" else -1 :]
    for length in range(min(_LONGEST_BOUND, len(words)), 0, -1):
        if found := _BOUND_BY.get(tuple(words[-length:])):
            return found
    return vague
