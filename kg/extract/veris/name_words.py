"""What a name looks like in a sentence, and which words that look so are none: the grammar that the rules for vendors share."""

from __future__ import annotations

from kg.counts import is_group_name
from kg.extract.places import is_place
from kg.extract.unnamed import is_unnamed
from kg.names import key
from kg.nouns import LONE_TRADES
from kg.patterns import regex

_STARTS = (
    r"(?:The|He|She|It|They|This|These|Th[eo]re|An?|Its|Their|His|Her|We|In|On|At|No|Not|None|Names?|All|Some|Two|After|When|While|But|And|"
    r"Employees?|Patients?|Customers?|Data|Laptops?|Records|Information)\b"
)
"""How a sentence begins, that stands behind a full stop."""
_SHORT = r"(?:Ste?|Mt|Ft|Wm|Geo|Chas|Jos|Thos|Bros|Dept|Univ|Assoc|Assn|Natl|Intl|Mfg|Cal|Calif|Conn|Fla|Mass|Penn|Gen|Amer|Nat)"
"""Short forms inside names, that do not end with their full stop."""
_MORE = rf"\s{{1,3}}(?!{_STARTS})(?:(?:of|the|for|de|la|&)\s){{0,2}}[A-Z]"
"""How the next word of a name begins."""
_ON = rf"(?={_MORE})"
_POINTED = rf"(?:(?<!\bin\s)(?<!\bin\sthe\s)(?:[A-Z]\.){{1,4}}|{_SHORT}\.){_ON}"
_UNKNOWNS = r"(?i:company|vendor|partner|plan|vitamin|hepatitis|part|class|section|schedule|building|contractor|hospital|bank|provider|firm|clinic|site|phase|level|type|veteran|patient|employee|person|individual|customer|client|physician|doctor|school|entity)"
_MIDDLE = rf"(?!{_UNKNOWNS}\s)[A-Z][a-z]{{2,15}}\s[A-Z]\.{_ON}"
"""A first name and an initial ("Arthur J. Gallagher"); "Company X." ends a sentence."""
_NUMBERED = r"\d{1,2}(?:st|nd|rd|th)(?=\s[A-Z])|\d{1,4}(?:-\d{1,4}){0,2}-?[A-Z][\w-]{0,40}(?<![-])|\d{1,4}[a-z]{1,12}[A-Z]\w{0,30}"
_PLAIN = rf"[A-Z][\w&’'.+-]{{0,40}}\w|[A-Z](?=[\s,.)&]|\Z)|[a-z]{{1,9}}+[A-Z][\w.+-]{{0,40}}\w|{_NUMBERED}"
_FIRST = rf"(?<!\w)(?:{_POINTED}|{_MIDDLE}|(?!(?:(?:[A-Z]\.){{0,3}}[A-Z]|{_SHORT})\.{_MORE})(?:{_PLAIN}))"
_TOKEN = rf"(?<!\w)(?:{_POINTED}|{_MIDDLE}|{_PLAIN})"
_LEGAL = (
    r"(?:Inc|Incorporated|LLC|LLP|Ltd|Limited|Corp|Corporation|Co|Company|PLC|P\.?C|P\.?A|N\.?A|GmbH|AG|SA|LP)\b\.?"
)
_SAME = r"(?!(?:The|He|She|It|They|This|These|Its|Their|We)\s[a-z])"
"""Not the next sentence, where a full stop is missing."""
NAME = rf"(?P<name>(?-i:{_FIRST}(?:\s+(?:(?:of|the|for|de|la|&)\s+){{0,2}}{_SAME}{_TOKEN}){{0,6}}(?:,?\s+{_LEGAL})?))"
"""A name in a sentence: the group `name`."""
_PERSONS = LONE_TRADES - frozenset("affiliate apartment printer restaurant shop store".split()) | frozenset(
    """
    administrator archivist caterer cleaner collector custodian driver guard intern investigator mailman nurse physician
    postman programmer scanner secretary staffer student temp trainer transcriber translator tutor volunteer webmaster worker
    """.split()
)
"""What a note calls a partner by that it does not name, alone or behind another word ("Debt Collector")."""
_TRADES = _PERSONS | LONE_TRADES
"""What it calls it by alone."""
_HELPERS = frozenset("contractor employee employees processor provider subcontractor supplier vendor".split())
"""What one is called by that is in somebody's service."""
_KINDS = frozenset(
    """
    agency archive archives benefit benefits billing cafeteria call care center centre claims cleaning cloud collection collections company counsel courier crew data
    debt delivery development disposal district document email firm health helpdesk host hosting house hvac insurance it janitorial lab laboratory laptop law mail
    mailing mailroom management manager marketing medical office online outside payment payroll pharmacy plan print printing processing record records
    recycling school security service services shipping shredding software staffing storage subsidiary support tax tech technology temporary transcription
    waste web
    """.split()
)
"""Words that tell a line of work, when there is none beside them."""
_NO_NAMES = frozenset(
    """
    a after all an and another as at before business by customer customers data during employee employees external
    for from he her his if in information internal it its laptop no none not of on one other our partner
    partners patient patients police records she some stolen the their there these they third this those two unknown
    unnamed vendor vendors when while january february march april may june july august september october november
    2nd 3rd
    possibly probably likely perhaps maybe allegedly presumably apparently reportedly potentially supposedly suspected suspect believed
    formerly previously former ex however unfortunately also additionally instead meanwhile yes note notes update source article edit
    ce ephi hipaa phi pii ssn ssns someone somebody anyone anybody nobody man woman fbi hr victim victims
    december monday tuesday wednesday thursday friday saturday sunday attorney dr mr mrs ms
    """.split()
)
_ERRORS = frozenset(
    """
    access accident accidental agreement agreements app application applications apps attack breach breached breaches carelessness compromise compromised computer configuration credentials crm cyberattack disk drive email equipment error exposed exposes failure fault hack hacked hard hardware human inadvertent incident intentional
    ipad iphone issue it laptop leak leaks loses loss lost mail mailing malware mistake misconfiguration misconfigured misdelivery negligence network phishing privilege record records
    server software stolen system systems tape tapes theft unauthorized unencrypted unintentional website
    """.split()
)
"""Words that tell what went wrong, or with what, when there is none beside them ("Vendor Laptop Stolen")."""
_HOUSES = frozenset("airline airlines bank hospital university".split())
"""Kinds of organizations that names end with ("Birch Bank") more than descriptions do ("local bank")."""
_SORTS = frozenset(
    "animal blood correspondent data first food investment mental national psychiatric savings world".split()
)
"""Words before them that tell of what sort they are."""
_LINES = frozenset(
    """
    alarm analytics armored audit auto biotech biotechnology bus cable car card communications computer construction control copier copy credit
    design electric electronics elevator energy entertainment equipment estate event film finance food freight game garbage gas hardware home
    hospitality internet junk logistics maintenance media mortgage network oil parent pest pharma pharmaceutical phone power production property
    public rail railroad real relations rental repair research retail sales same sister social supply survey taxi telecom telecommunications
    telephone television title translation transport transportation trash travel truck utilities utility video water
    """.split()
)
"""Lines of business that a company is told by ("Construction Company")."""
_INITIALED = regex(r"[A-Z]\.\s")
_SHORTEST = 2
_QUALITIES = ("-based", "-owned", "-certified", "-compliant", "-approved")
_PEOPLES = regex(r"\w+(?:an|ish|ese|ern)")
_BROKEN = regex(rf"\.(?=\w)|{_MORE}|&")
_STOPPED = regex(rf"\.{_MORE}")
_INITIAL = regex(rf"(?:\A|\s)(?:(?:[A-Z]\.){{0,3}}[A-Z]|{_SHORT})\Z")
_UNKNOWN_ONE = regex(rf"(?:\A|\s){_UNKNOWNS}\s[A-Z]\Z")
"""How one that is not to be named is called ("Company A")."""


def is_whole(text: str, name: str, end: int) -> bool:
    """Return whether a name that ends in a text at `end` is not the cut-off beginning of a longer one.

    "Healthcare" in "Healthcare.gov" is, and "T" in "T. Rowe Price"; "Alder Corp" before a sentence is not.
    """
    if _BROKEN.match(text, end):
        return False
    return not (_STOPPED.match(text, end) and _INITIAL.search(name) and not _UNKNOWN_ONE.search(name))


def is_trade(name: str) -> bool:
    """Return whether words tell a trade ("Printer", "Debt Collector"), and are no name."""
    *before, last = words = name.lower().removeprefix("ex-").split()
    if _KINDS.issuperset(words) or last in _HELPERS or (before and words[0] in _PERSONS | _HELPERS):
        return True
    return (last in (_PERSONS if before else _TRADES) and len(before) < 2) or is_unnamed(name)  # noqa: PLR2004


def is_name(text: str, known: tuple[str, ...] = ()) -> bool:
    """Return whether words can be an organization's name, and none of the known ones (nor a part or an extension of one)."""
    words = text.split()
    if (
        not words
        or len(text) < _SHORTEST
        or (words[0].lower().strip(".,") in _NO_NAMES and not _INITIALED.match(text))
        or text.endswith(_QUALITIES)
        or is_group_name(text)
        or _UNKNOWN_ONE.match(text)
        or _ERRORS.issuperset(map(str.lower, words))
        or _is_described(text, words)
    ):
        return False
    mine = f" {key(text)} "
    return not any(mine in f" {key(name)} " or f" {key(name)} " in mine for name in known if key(name))


def _is_described(text: str, words: list[str]) -> bool:
    """Whether words are those for somebody of a kind, in large letters ("Billing Company"); "Birch Bank" is a name."""
    *before, last = words
    if not text[0].isalpha() or "." in words[0][:-1]:
        return False
    if last in {"Company", "Agency"} and (
        any(word == "&" or (word.lower() not in _LINES and _tells(word, last)) for word in before)
        or (len(before) > 2 and _PEOPLES.fullmatch(before[0]))  # noqa: PLR2004 - "American Medical Collection Agency"
    ):
        return is_place(" ".join(before))
    if len(words) > 2 and words[0].lower() in _HOUSES and words[1] == "of" and words[-1][0].isupper():  # noqa: PLR2004
        return False
    if last.lower() in _HOUSES and any(map(_tells, before)) and not is_place(" ".join(before)):
        return False
    return is_group_name(f"a {text.lower()}")


def is_common(word: str) -> bool:
    """Return whether a word of a name only tells a kind."""
    return word.lower() in _KINDS | _SORTS or is_unnamed(f"{word} bank")


def _tells(word: str, last: str = "") -> bool:
    """Whether a word of a name, with its last one, tells more than a kind or a people."""
    work = ("ing", "ment", "tion") if last == "Agency" else "ing"  # "Employment Agency", but "Element Company"
    return not (is_common(word) or word.endswith(work) or _PEOPLES.fullmatch(word) or is_trade(word))
