"""What a number in a text counts: the unit of a noun after it, elsewhere in its sentence, or of the count before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.amounts import QUALIFIERS, WORDS, numbers
from kg.nouns import CUSTOMERS_OF, DEMONYM, MEASURES, ORGANIZATION_NOUNS, PEOPLE, STOPS, THINGS, is_plural
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.amounts import Amount

_MAX_WORDS: Final = 8
_WORD: Final = regex(
    r"\+?(?:\s\((?:[A-Z]{1,8}|[0-9][0-9,.]{0,14}%?|[a-z][a-z\s-]{2,60})\))?(?:,?\s{1,20}|(?=[MGTP]B\b))"
    r"([A-Za-z][\w'\u2019/&-]{0,40}(?:\.[A-Za-z]\b){0,3})"
)
_DETERMINERS: Final = frozenset({"its", "their", "the", "our", "his", "her", "your", "these", "those", "all"})
_QUALIFIED: Final = rf"(?:(?:{'|'.join(sorted(QUALIFIERS))})\s){{0,4}}"
_CARD_PART: Final = regex(r"\s(?:numbers|details|records)\b", re.IGNORECASE)
_RATE: Final = regex(
    r"\s(?:an?|each|every|per)\s(?:second|minute|hour|day|night|week|month|quarter|year)\b"
    r"(?!\s(?:after|ago|and\sa\shalf|before|earlier|from|later|or\s(?:so|two)|prior|since)\b)"
    r"|\sper\s(?:person|user|customer|patient|page|file|device|household)\b",
    re.IGNORECASE,
)
"""Behind a noun: how many there are in a time or for each of others, and not how many were exposed."""
_IDIOM: Final = regex(
    r"lines\sof\s(?:code|business|credit|defen[cs]e)\b|(?:keys|secrets)\s(?:of|to)\s(?:its\s)?success\b", re.IGNORECASE
)
_BARE_AFTER: Final = regex(r"\s?[.,;:)\n]|\s?\Z|\s(?:in\stotal|in\sall|so\sfar)\b", re.IGNORECASE)
_TALLY_BEFORE: Final = regex(
    r"\b(?:figure|number|count|total|tally|toll|estimate|stood|stands|rose|risen|rises|grew|grown|climbed|revised)\b"
    r"[^.!?\n]{0,60}\b(?:at|to|is|was|of|reached|hit|be)\s(?:[a-z]{2,13}\s){0,3}\Z",
    re.IGNORECASE,
)
_FORM: Final = regex(
    r"^[^\S\n]{0,9}(?=[^\n:]{0,100}\b(?:number\sof|total|affected|impacted|notified)\b)[^\n:]{3,100}:[^\S\n]{1,9}"
    rf"{_QUALIFIED}\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""The label of a field ("Number of individuals affected:")."""
_NUMBER_OF: Final = regex(
    r"(?:\A|[^\w\s]\s{0,3}|\b(?:a|and|approx|approximate|combined|confirmed|current|estimated|exact|final|known|maximum|minimum|new|overall|potential|reported|revised|the|total)\s{1,3})"
    r"(?:number|total)\s{1,3}of\b",
    re.IGNORECASE,
)
"""Before the noun that heads a label; a "case number of" somebody counts nothing."""
_BULLET: Final = regex(r"[\W\d_]{0,9}(?:\w\W{1,5})?")
_HEAD: Final = regex(
    r"\s{0,3}+(?!(?:cost|date|day|hour|month|percentage|rate|time|week|year)s?\b)(?:(?!\sof\s)[^\n]){1,100}",
    re.IGNORECASE,
)
"""The noun that heads a label, with what stands beside it; measures and money count nobody."""
_SENTENCE_START: Final = regex(r"(?:\A|[.!?\n]\s{0,9})\Z")
_NOUN: Final = regex(r"[a-z]{3,30}")
_OWN_NOUN: Final = regex(r"\b[a-z]{3,30}\b(?!['\u2019])")
"""A noun that is no possessive."""
_OF_THEM: Final = regex(r"\s(?:or\sso\s)?of\s(them|whom|which)\b", re.IGNORECASE)
_OF_WHICH: Final = regex(
    r"\b(?:of\s(?=wh)|(?-i:Of)\s(?=th))(whom|which|these|those|them),?\s"
    rf"{_QUALIFIED}\Z",
    re.IGNORECASE,
)
_SHARED: Final = regex(
    rf"\s(?:of\s(?:{'|'.join(sorted(_DETERMINERS))})|(?:active|current|former|inactive|past|present|retired)\s(?:and|or))\s"
    rf"{_QUALIFIED}(?=\w)",
    re.IGNORECASE,
)
"""Between two numbers of the same ("three of the five servers", "100 current and 200 former employees")."""
_WHOLE: Final = regex(rf"\b(?-i:Of)\s(?:(?:{'|'.join(sorted(_DETERMINERS))})\s)?{_QUALIFIED}\Z", re.IGNORECASE)
"""Before the number of a whole ("Of the 5,000 patients told, 300")."""
_PART: Final = regex(rf"[^.,;:!?]{{3,150}},\s{_QUALIFIED}", re.IGNORECASE)
"""Between the number of a whole and that of a part."""
_DOING: Final = regex(
    r"\s(?:[a-z]{2,20}ly\s|later\s|never\s)?(?:(?!(?:affected|compromised|impacted|un[a-z]{3,20})\b)[a-z]{2,20}ed|bought|brought|came|chose|contain|found"
    r"|gave|got|held|hold|include|involve|kept|left|live|lose|lost|made|met|need|own|paid|ran|receive|require|saw|sent|sold|store|told|took|use|went|wore|wrote)\b",
    re.IGNORECASE,
)
"""Behind a number: what those did or had that it counts ("300 lost passwords"), while the noun of "300 email accounts" is its own."""
_BREAK: Final = regex(r"[.!?]\s{1,9}(?=[A-Z])|\n\s{0,9}\n")
"""Where a sentence ends."""
_LONGEST_NUMBER: Final = 120
_REACH: Final = 400
"""Characters before a pronoun in which to look for what it means."""
_APPOSED: Final = regex(rf"\b([a-z][a-z-]{{2,30}}),\s{_QUALIFIED}\Z", re.IGNORECASE)
_IN_ALL: Final = regex(r"\s(?:in\s(?:all|total)|altogether|of\sthem)\b", re.IGNORECASE)
_ELLIPTIC_BEFORE: Final = regex(
    r"(?:\b(?:told|tells|counts|counted|notified|warned|informed|says|said|gives|lists|listed|reports|reported|named|passed|past|further|(?:list|loss)\sof|(?:put|puts|risen|rose|grew|grown)\b[^.!?\n]{0,60}\b(?:at|to|from))"
    r"|\b(?-i:[A-Z])[\w&.'\u2019-]{0,40}(?:,?\swith|\sat)?|(?:\band|[,;])\s(?-i:[A-Z])[^.;!?\n]{1,60}|\band|\bto)"
    rf"(?:\s(?:{'|'.join(sorted(QUALIFIERS - {'and', 'to', 'at'}))})){{0,4}}\s\Z",
    re.IGNORECASE,
)
_ELLIPTIC_AFTER: Final = regex(
    r"\s?(?:[,;)]|[.](?!\d)|\Z)|\s(?:more|others)\b|\s(?:in|at|from|to)\s(?:the\s)?(?-i:[A-Z])|\sto\s\d|\sof\s(?:its|their|our)\sown\b|\s(?:as\sits|the\snumber\sof)\b",
    re.IGNORECASE,
)


class Before(NamedTuple):
    """What was counted before a number.

    Attributes:
        unit: that of the last count, "" for none.
        near: the unit of the number just before, "" where that counts nothing of ours ("60 shops").
        start, end: where that number stands.
    """

    unit: str = ""
    near: str = ""
    start: int = 0
    end: int = 0


def unit_of(text: str, number: Amount, before: Before) -> str:
    """The unit of what a number counts, "" where nothing tells."""
    pronoun = _pronoun(text, number)
    meant = _meant(text, number, before, pronoun) if pronoun else ""
    if pronoun == "whom" and meant:  # "of whom 300 lost passwords"
        return meant
    if _is_part(text, number, before):
        return before.near
    return (
        unit_after(text, number.end)
        or _shared(text, number)
        or _tallied(text, number, before.unit)
        or _apposed(text, number)
        or meant
    )


def unit_after(text: str, start: int, *, unknown: bool = False) -> str:
    """The unit of the noun after a number, "" for none."""
    partitive = organizational = False
    owners = ""
    for match in _words(text, start):
        raw = match[1]
        word = raw.lower().replace("\u2019", "'")
        if word == "of" or (partitive and word in _DETERMINERS):
            partitive = True
        elif partitive and word in {"us", "you"}:
            return "people"
        elif partitive and word in {"them", "whom", "which"}:
            following = next(_words(text, match.end()), None)
            return _known(text, following, organizational=False) if following else ""
        elif word in STOPS or word in WORDS or (word[-1] == "'" and word[:-1] in ORGANIZATION_NOUNS):
            return owners
        elif match.start() == start and word.removesuffix("s'") in MEASURES:
            return ""
        elif unit := _known(text, match, organizational=organizational):
            return unit
        elif (word.endswith("s'") and word[:-1] in PEOPLE) or (word.endswith("'s") and word[:-2] in PEOPLE):
            owners = "people"  # "8,275 individuals' health information"
        elif is_plural(word) and raw[0].islower() and "'" not in word:
            return word if unknown else owners
        organizational |= word in CUSTOMERS_OF
    return owners


def is_elliptic(text: str, number: Amount) -> bool:
    """Whether a number stands where how many people would stand."""
    if not _ELLIPTIC_AFTER.match(text, number.end):
        return False
    return _ELLIPTIC_BEFORE.search(text[max(0, number.start - 120) : number.start]) is not None


def _words(text: str, start: int) -> Iterator[re.Match[str]]:
    """The few words that follow a position without a break between them."""
    for _ in range(_MAX_WORDS):
        match = _WORD.match(text, start)
        if not match:
            return
        yield match
        start = match.end()


def _known(text: str, match: re.Match[str], *, organizational: bool) -> str:
    """The unit a noun stands for, "" where it is none."""
    word = match[1].lower()
    if _RATE.match(text, match.end()) or _IDIOM.match(text, match.start(1)):
        return ""
    if word == "card" and _CARD_PART.match(text, match.end()):
        return "cards"
    if word.rpartition("-")[2] in PEOPLE or DEMONYM.fullmatch(match[1]):
        return word if organizational and word == "customers" else "people"
    return THINGS.get(word, word if word in ORGANIZATION_NOUNS else "")


def _tallied(text: str, number: Amount, before: str) -> str:
    """The unit of a number that stands alone as a tally, from later in its sentence or the count before; else ""."""
    if not _BARE_AFTER.match(text, number.end):
        return ""
    if label := _FORM.search(text, max(0, number.start - 120), number.start):
        return _labelled(label[0])
    if not number.marked:
        return ""
    ahead = text[max(0, number.start - 120) : number.start]
    leading = text[number.end : number.end + 1] == ":" and _SENTENCE_START.search(ahead)
    if not leading and not _TALLY_BEFORE.search(ahead):
        return ""
    behind = re.split(r"[.!?\n]", text[number.end : number.end + 160], maxsplit=1)[0]
    near = re.split(r"[.!?\n]", ahead)[-1]
    first = next(filter(None, map(_counted, _NOUN.findall(behind.lower()))), "")
    return first or next(filter(None, map(_counted, reversed(_NOUN.findall(near.lower())))), before)


def _labelled(label: str) -> str:
    """The unit of the noun that heads the label of a field, "" where it is none for people or things."""
    label = label.replace("(", " ").replace(")", " ")
    lead = _NUMBER_OF.search(label) or _BULLET.match(label)
    head = _HEAD.match(label, lead.end()) if lead else None
    unit = unit_after(f" {head[0].strip()}", 0) if head else ""
    return "" if unit in ORGANIZATION_NOUNS else unit


def _counted(noun: str) -> str:
    """The unit of a noun for people or things, "" for others."""
    return "people" if noun in PEOPLE else THINGS.get(noun, "")


def _is_part(text: str, number: Amount, before: Before) -> bool:
    """Whether a number is a part of the one before ("Of the 5,000 patients told, 300 lost passwords")."""
    return (
        before.near != ""
        and _PART.fullmatch(text, before.end, number.start) is not None
        and _WHOLE.search(text, max(0, before.start - 60), before.start) is not None
        and (not unit_after(text, number.end, unknown=True) or _DOING.match(text, number.end) is not None)
    )


def _shared(text: str, number: Amount) -> str:
    """The unit of the next number, where it counts the same as this one; else ""."""
    joint = _SHARED.match(text, number.end)
    following = next(numbers(text[joint.end() : joint.end() + _LONGEST_NUMBER]), None) if joint else None
    return unit_after(text, joint.end() + following.end) if joint and following and following.start == 0 else ""


def _apposed(text: str, number: Amount) -> str:
    """The unit of a number that tells how many of what was just named; else ""."""
    named = _APPOSED.search(text[max(0, number.start - 80) : number.start]) if _IN_ALL.match(text, number.end) else None
    return _counted(named[1].lower()) if named else ""


def _pronoun(text: str, number: Amount) -> str:
    """The word by which a number is a part of what was told before: "whom", "which", "them"; "" for none."""
    told = _OF_THEM.match(text, number.end) or _OF_WHICH.search(text[max(0, number.start - 80) : number.start])
    return told[1].lower() if told else ""


def _meant(text: str, number: Amount, before: Before, pronoun: str) -> str:
    """The unit that a pronoun beside a number stands for, "" where that is not known.

    "Which" is what the number before counts, in the same sentence; "whom" are people, whatever stands between ("5,000 patients
    at 60 wards, of whom 12"). A large number of "them" are people or devices named since; else they are what the number before
    counts, here or a sentence before.
    """
    since = text[max(before.end, number.start - _REACH) : number.start]
    relative = pronoun in {"which", "whom"}
    if number.marked and not relative:
        for unit in map(_counted, reversed(_OWN_NOUN.findall(since.lower()))):
            if unit in {"people", "devices"}:
                return unit
    if len(_BREAK.findall(since)) > (not relative):
        return ""
    if pronoun == "whom" and before.unit and before.near not in ORGANIZATION_NOUNS | {"customers"}:
        return "people"
    return before.near
