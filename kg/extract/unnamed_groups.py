"""Groups of organizations that a text counts or describes without naming them ("more than 2,000 hospitals")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.counts import parse_count
from kg.dates import find_dates
from kg.extract.relations import SERVANT
from kg.nouns import CUSTOMERS_OF, DESCRIBED, NAMELESS, ORGANIZATION_NOUNS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Span

_FURTHER: Final = frozenset(
    """
    bodies camps carmakers clubs customers employers factories franchisees libraries merchants museums networks newspapers non-profits offices parishes plants
    resellers respondents restaurants shops stores supermarkets townships websites
    """.split()
)
_SELDOM: Final = frozenset({"countries", "exchanges", "facilities", "processors", "subcontractors"})
"""Plurals that texts count for something else, or beside others."""
_NOUN: Final = f"(?:{'|'.join(sorted(ORGANIZATION_NOUNS - _SELDOM | _FURTHER))})"
_PLAIN: Final = r"(?:(?!and\b|or\b|of\b|from\b|at\b|in\b|that\b|which\b|who\b|were\b|was\b|the\b|its\b|their\b|to\b|for\b|with\b|than\b|by\b|had\b|have\b|are\b)[a-zA-Z][\w’'-]*,?\s)"
_NUMBER: Final = (
    r"(?:\d[\d,]*(?:\.\d+)?(?:\s(?:hundred|thousand|million))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety|a\sdozen|two\sdozen|three\sdozen)"
)
_SOME: Final = r"(?:several|many|multiple|numerous|various|dozens\sof|scores\sof|hundreds\sof\sthousands\sof|tens\sof\sthousands\sof|hundreds\sof|thousands\sof|tens\sof\sthousands\sof|a\s(?:number|handful|string|dozen)\sof)"
_ALL: Final = r"(?:its|their|our|the|his|these|those)"
_OF_ALL: Final = rf"(?:of\s{_ALL}\s(?:(?:about|almost|nearly|over|roughly|some|more\sthan)\s)?(?:{_NUMBER}\s)?|of\s{_NUMBER}\s|{_ALL}\s)?"
"""Of whom these are some: "three of its 120 customers" are three; most of 120 are told as 120."""
_COUNTED: Final = regex(
    rf"\b(?P<group>(?:(?:{_NUMBER}|{_SOME})\s{_OF_ALL}|most\s(?:(?:of\s)?{_ALL}\s)?){_PLAIN}{{0,4}}?{_NOUN}(?:\sand\s(?:{_PLAIN}{{0,2}})?{_NOUN})?)\b",
    re.IGNORECASE,
)
_NAMELESS: Final = "|".join(sorted(NAMELESS | {"anonymous"}))
_KINDS: Final = "|".join(sorted(DESCRIBED - {"entity", "party", "facility"} | {"bureau", "tool", "service"}))
_ONE: Final = regex(
    rf"\b(?P<group>one\sof\s(?:its|their|our|the)\s(?:{_NUMBER}\s)?{_PLAIN}{{0,4}}?{_NOUN})\b"
    rf"|\b(?:an?|another|one)\s(?P<one>(?:{_NAMELESS})\s(?:[\w’'-]+\s){{0,4}}?(?:{_KINDS}))\b",
    re.IGNORECASE,
)
_ONE_NOUN: Final = (
    r"(?:agency|airline|airport|association|authority|bank|board|broker|brokerage|business|carmaker|carrier|chain|charity|city|client|clinic|college|company|contractor"
    r"|council|county|canton|customer|dealer|department|developer|district|employer|exchange|firm|grocer|hospital|hotel|house|insurer|institution|lender|library|maker"
    r"|manufacturer|merchant|ministry|municipality|museum|operator|organi[sz]ation|partner|pharmacy|practice|provider|publisher|region|reseller|retailer|school|shop|site"
    r"|state|store|subsidiary|supermarket|town|trust|union|university|utility|victim|village)"
)
_ANOTHER: Final = regex(
    rf"(?<![\w-])(?<!,\s)(?P<group>(?:one|another)\s(?:(?!of\b|more\b|day\b){_PLAIN}){{0,3}}?{_ONE_NOUN})(?![\w-])(?!\s{_ONE_NOUN}\b)",
    re.IGNORECASE,
)
"""One customer among several: "one county", "another regional lender"."""
_SERVES: Final = (
    rf"(?:{SERVANT}|service\sprovider|consultant|consultancy|integrator|reseller|host|bureau|call\scent(?:er|re))"
)
_OUTSIDE: Final = r"(?:third-party|third\sparty|external|outside|outsourced|independent|former)"
_SERVANT: Final = regex(
    rf"\b(?:an?|another|its|our|their|one\sof\s(?:its|our|their))\s(?:(?P<one>(?:{_PLAIN}){{0,4}}?{_SERVES})|(?P<outside>(?:{_PLAIN}){{0,2}}?{_OUTSIDE}\s(?:{_PLAIN}){{0,3}}?"
    r"(?:firm|company|party|platform|system|application|tool|product|registrar|service|website|partner|business|team|agency))|(?P<third>third\sparty))(?![\w-])"
    rf"(?!\s(?:{_SERVES}|(?-i:[A-Z])|called\b|named\b))(?!,\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""Somebody who serves another and is not named: "a third-party vendor", "its payroll provider"."""
_SERVANTS: Final = regex(
    rf"(?<![\w-])(?P<group>(?:external|outside|third-party)\s(?:{_PLAIN}){{0,2}}?(?:companies|contractors|firms|processors|providers|suppliers|vendors))(?![\w-])",
    re.IGNORECASE,
)
_FIRM: Final = regex(
    rf"(?<!,\s)(?<![-–—:]\s)(?<!\bis\s)(?<!\bas\s)(?<!\bwas\s)\b(?:an?|its|our|their)\s(?P<one>(?:(?!(?:criminal|cybersecurity|forensics?|former|hacking|holding|insurance|parent|private|ransomware|security|sister|whole)\b){_PLAIN}){{1,3}}?"
    r"(?:agency|bureau|company|firm))(?![\w-])(?!\s(?:account|called|data|named|network|that\sthe|(?-i:[A-Z])))(?!,\s(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""A firm of some kind that is not named: "a marketing firm", not in apposition to a name."""
_OTHERS: Final = regex(
    rf"(?<![\w-])(?P<group>(?:some|certain|(?:all\s)?other|additional|(?:very\s)?(?:small|limited|large|undisclosed|unknown|growing)\s(?:number|set|percentage|group|share)\sof|subset\sof"
    rf"|two\sor\sthree|(?:one|two|three|four)\sother)\s{_OF_ALL}{_PLAIN}{{0,4}}?{_NOUN}(?:\sand\s(?:{_PLAIN}{{0,2}})?{_NOUN})?)(?![\w-])",
    re.IGNORECASE,
)
"""Some of many, without a number: "some of its clients", "a small number of banks"."""
_OF_THEM: Final = regex(
    r"\b(?P<group>(?:\d[\d,]*|(?i:two|three|four|five|six|seven|eight|nine|ten|several|many|most|some|half))\sof\s(?:them|these|those)\b"
    r"|\d[\d,]*\susers\sof\s(?:the|its)\s(?:software|product|platform|service|tool|system|appliance))\b"
)
_ABROAD: Final = regex(
    r"\s(?:across|throughout|around|all\sover)\s(?:the\s)?(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}|world|globe|country|continent)"
)
_BEFORE_ABROAD: Final = regex(rf"(?<![\w-])(?P<group>(?:{_PLAIN}{{0,2}})?{_NOUN})\Z")
_YEAR: Final = regex(
    r"(?:\b(?:since|until|till|during)|(?:\A|[.,;\n]\s?|\band\s)(?:in|by))\s(?P<year>(?:19|20)[0-9]{2})(?=\s)",
    re.IGNORECASE,
)
"""A year behind which the noun of a group may stand: "In 2024 hospitals lost data"; "used in 2,024 hospitals" counts them."""
_ARTICLE: Final = regex(r"a\s(?=dozen|number|handful|string)", re.IGNORECASE)
_DETERMINED: Final = regex(r"\b(?:the|these|those|all|both|other|first|next|last|top|big|largest)\s\Z", re.IGNORECASE)


def groups(text: str, bounds: Sequence[Span]) -> Iterator[Span]:
    """Yield where a text counts or describes a group of organizations, the longest words for it.

    Args:
        text: the text.
        bounds: the characters of each sentence.
    """
    asked = [(start, end) for start, end in bounds if _may_count(text[start:end])]
    text = _undated(text)
    last = -1
    found = [
        match.span(match.lastgroup or 0)
        for start, end in asked
        for pattern in (_COUNTED, _ONE, _OF_THEM, _ANOTHER, _SERVANT, _SERVANTS, _FIRM, _OTHERS)
        for match in pattern.finditer(text, start, end)
        if not _only_sums_up(text, match.start()) and not (pattern is _COUNTED and _persons(text, match))
    ]
    found += _spread(text, bounds)
    plain = [span for span in found if not text.startswith((" of them", " of these", " of those"), span[1] - 8)]
    found = [
        span
        for span in found
        if not text.endswith((" them", " these", " those"), *span)
        or any(start < span[0] < end + 160 for start, end in plain)
    ]
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        article = _ARTICLE.match(text, begin, end)
        start = article.end() if article else begin
        if start >= last:
            yield start, end
            last = end


def _undated(text: str) -> str:
    """A text with its dates blotted out: their digits count nobody ("in June 2024 several hospitals")."""
    spans = [(date.start, date.end) for date in find_dates(text)] + [
        match.span("year") for match in _YEAR.finditer(text)
    ]
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)


_SIGNS: Final = (
    *"two three four five six seven eight nine ten eleven twelve teen twenty thirty forty fifty ninety dozen".split(),
    *"several many multiple numerous various scores hundreds thousands number handful string most".split(),
    *"one another other some certain additional half".split(),
    *_NAMELESS.split("|"),
    *"vendor,supplier,provider,contractor,processor,consultan,integrator,reseller,host,bureau,call cent,third,external,outside,outsourced,independent,former,firm,company,agency".split(
        ","
    ),
)
_DIGIT: Final = regex(r"\d")


def _may_count(sentence: str) -> bool:
    """Whether a sentence holds what every group begins with; to ask it is quicker than to look for the groups."""
    plain = sentence.casefold()
    return any(sign in plain for sign in _SIGNS) or _DIGIT.search(sentence) is not None


def _spread(text: str, bounds: Sequence[Span]) -> Iterator[Span]:
    """The groups that are told only by where they are ("schools across North America")."""
    for start, end in bounds:
        if not any(sign in text[start:end] for sign in (" across", " throughout", " around", " all")):
            continue
        for match in _ABROAD.finditer(text, start, end):
            lead = _BEFORE_ABROAD.search(text, max(start, match.start() - 60), match.start())
            if lead and not _only_sums_up(text, lead.start("group")):
                yield lead.start("group"), match.end()


_DATA_OF: Final = regex(
    r"\b(?:names|details|data|records|cards|signatures|information|numbers|addresses|codes|files|copies|accounts|passwords|documents|identit\w+|photos|lists?|histor\w+|letters)\s(?:of|from|on|about|belonging to|for)\s(?:up to |about |some |around |more than |over |nearly |almost |at least |the )?\Z",
    re.IGNORECASE,
)
_CUSTOMERS: Final = regex(
    r"(?:\d[\d,.]*)(?:\s(?P<scale>thousand|million))?\s(?:[a-z-]+\s){0,2}(?:customers|clients|users|subscribers)\Z",
    re.IGNORECASE,
)
_MOST_FIRMS: Final = 30_000
"""More customers than that are people."""


def _persons(text: str, match: re.Match[str]) -> bool:
    """Whether customers that a text counts are people: many, or their data were taken."""
    counted = _CUSTOMERS.fullmatch(text, *match.span("group"))
    if counted is None or CUSTOMERS_OF.intersection(counted[0].lower().split()):
        return False
    count = parse_count(counted[0])
    many = counted["scale"] == "million" or (count is not None and (count.low or 0) > _MOST_FIRMS)
    return many or _DATA_OF.search(text, max(0, match.start() - 48), match.start()) is not None


def _only_sums_up(text: str, start: int) -> bool:
    """Whether a determiner says that the text has named them ("the two companies")."""
    return bool(_DETERMINED.search(text, max(0, start - 12), start))
