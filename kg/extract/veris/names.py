"""Names as VERIS records print them: with NAICS codes, several in one, debris of split commas, kin, people, domains."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.counts import parse_count
from kg.extract.fields import is_placeholder
from kg.extract.places import is_place
from kg.extract.unnamed import CREDENTIAL, is_debris, is_unnamed
from kg.names import clean, key, split_legal_form
from kg.nouns import PEOPLE
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from kg.model import Span

PARENT, SUBSIDIARY, LINKED, VENDOR = "parent", "subsidiary", "linked", "vendor"
"""What a secondary victim is to the victim, if no customer."""

_CODE = regex(r"\s*\d{2,6}\s*\Z", re.ASCII)
_CODED = regex(r"\s*(\d{2,6}),(?=\s)", re.ASCII)
_SEPARATOR = regex(r",\s*(?:(?:and|&)\s+)?")
_LAST = regex(r"\s+(?:and|&)\s+")
_STATE = regex(
    r"(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|"
    r"BC|ON|QC|AB|NSW|UK|USA?|Canada|England)\.?"
)
_PERSON = regex(
    rf"(?:\A(?:dr|mr|mrs|ms|judge|senator|president|rep)\.?\s\S)|(?:\A(?:[\w.’'-]+\s){{1,3}}[\w.’'-]+,?\s{CREDENTIAL}\Z)",
    re.IGNORECASE,
)
_PARTNERSHIP = regex(r"(?:llp|pllc|p\.?c|l\.l\.p|& co|and co)\.?\Z", re.IGNORECASE)
_FORM = regex(r"(?:(?:inc|ltd|llc|llp|l\.l\.[cp]|gmbh)\b|(?:corp|co)\.)\.?\s", re.IGNORECASE)
_FURTHER = regex(
    r"(?:d/?b/?a|a/?k/?a|f/?k/?a|n/?k/?a|t/a|formerly|previously|now|successor|doing|trading|part|member|on|through|via|by|"
    r"owner|operator|subsidiary|division|unit|brand|affiliate|parent|holding|sister)\b",
    re.IGNORECASE,
)
"""How a part begins that tells more of the company before it."""
KIND_OF = regex(
    r"(?:sons|partners|brothers|bros|daughters|associates|company|co|cie)\b\.?(?:,?\s\S{1,5}){0,2}\Z", re.IGNORECASE
)
"""What stands behind the last "and" of one firm's name."""
_DOMAIN = regex(r"(?:https?://)?(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})/?\Z", re.IGNORECASE)
_BAND = regex(
    r"(?<!an)(?<!ish)(?<!ese)\s(?:ransomware|hacking|hacker|extortion|cyber-?crime)\s(?:group|gang|crew|collective)\Z",
    re.IGNORECASE,
)
"""What stands behind an attacker's name and tells what it is; behind "Russian" it is no name's."""
_MOST_WORDS = 6
_KNOWN = frozenset({"anonymous"})
_PARTICLE = regex(r"[a-z]{2}-[A-Z]")
_SMALL = frozenset("of the and for ad al el de la".split())
_PERSONS = PEOPLE - {"customers", "clients"}
_OF = regex(r"\s(?:of|from|at|in|who|whose|with)\s")
_PAIR = 2
_SURE = 3
ONLY_FORMS = 1_000
"""As the least number of names in a value: names are parted only where each is a domain or ends in a legal form."""
_HOW_MANY = r"(?:(?:at\sleast|about|over|more\sthan|up\sto|possibly|potentially)\s){0,2}(?:\d[\d,]{0,12}|(?:a\s)?few|many|several|some|various|numerous|multiple|dozens\sof|hundreds\sof|thousands\sof)"
_OTHERS = regex(
    r"(?:\A|,|\s|(?=[&]))\s{0,3}(?:(?:and|&|plus|among|or)\s{1,3})?"
    rf"(?:(?P<group>(?:{_HOW_MANY}\s)(?:others|more|other\s[a-z]+(?:\s[a-z]+)?)|other\s[a-z]+(?:\s[a-z]+)?)|others|et\s?c(?:\.|etera)?|(?:(?<=,\s)|(?<=,)|\A)E[Tt][Cc]|et\sal\.?"
    r"|(?<=,\sand\s)more|(?<=,\s)more)(?:[\s.…]*)\Z"
)
"""How a list ends that leaves some out; `group`: the words that say how many, or of what kind."""
_ENDS = ("others", "etc", "et c", "more", "et al", "other ")
_AND = regex(r"\s*and\s+(?=[A-Z0-9])")
_ASIDE = regex(r"\s*(?:[(\[](?P<inside>[^()\[\]]{1,80})[)\]]|\s[-–—]\s{0,3}(?P<behind>[~\w][^()\[\]]{1,60}))\s*\Z")
"""What stands behind a name, where it may be how many it lost, or whose."""
_COUNTS = regex(r"(?:~|[a-z]{2,13}\s){0,3}\s?\d")
_ALIAS = regex(r"\d{1,3}[A-Z]|\d{1,3}-?[A-Z]?[a-z]+")
"""A name of a number and letters, in brackets ("3M", "49ers")."""
_LOST = frozenset({"people", "records", "accounts", "cards"})
KIN = r"(?P<kin>parent|holding|owner|subsidiary|subsidiaries|division|unit|brand|affiliate|sister)"
_KIN_FIRM = rf"{KIN}(?:\s(?:company|corporation|organi[sz]ation|firm))?"
_MARKED = regex(rf"\s*(?:[(\[]|\s[-–]\s)\s*(?:the\s|its\s|a\s)?{KIN}\b[^()\[\]]{{0,60}}[)\]]?\s*\Z", re.IGNORECASE)
_LED = regex(
    rf"\s*(?:the\s|its\s|a\s)?{_KIN_FIRM}\s*(?P<of>:|-|–|\sof\s|\sis\s)\s*",
    re.IGNORECASE,
)
_OWN = regex(rf"\s*(?:its|their|[A-Z][^,;()]{{0,40}}?['’]s?)\s(?:[\w-]+\s){{0,2}}?{_KIN_FIRM},?\s(?=[A-Z0-9])")
_BELONGING = regex(
    rf",?\s(?:[-–]\s)?[(\[]?(?:which\sis\s)?(?:(?:an?|the)\s|(?<=[(\[])(?-i:(?=[a-z])))(?:[\w-]+\s){{0,3}}?{_KIN_FIRM}\sof\s(?P<of>[^()\[\]]{{1,80}}?)[)\]]?\s*\Z",
    re.IGNORECASE,
)
_CUSTOMER = regex(r"\s*(?:[(\[](?:an?\s|the\s)?(?:customer|client|tenant|secondary victim)s?[)\]])\s*\Z", re.IGNORECASE)
_INCLUDING = regex(r"(?P<group>[^,;]{3,80}?),?\s(?:including|such\sas|among\sthem|e\.g\.,?)\s(?=\S)", re.IGNORECASE)
_LEADS = regex(r"\b(?:including|such\sas|among\sthem|e\.g\.)", re.IGNORECASE)
_PLAIN = regex(r"[^\W_](?:[\w &.'’/-]*[\w.])?")
_TELLING = (
    *"parent holding owner subsidiar division unit brand affiliate sister including among e.g".split(),
    "such as",
    *_ENDS,
    " - ",
    " and ",
    " & ",
)
"""One of them is in every printed value that holds several names, or says what one is to another."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a printed list.

    Attributes:
        name: the name for display.
        start: its first character in the printed value.
        end: the character after its last.
        industry: the NAICS code printed with it, or "".
        kin: what it is said to be to the victim ("parent", "subsidiary", "linked"), or "".
        of: to whom it is said to be that, "" for the victim.
        more: whether the value tells more than the names in it ("and others", how many patients it has).
    """

    name: str
    start: int
    end: int
    industry: str = ""
    kin: str = ""
    of: str = ""
    more: bool = False


def listed(printed: str, least: int = _SURE) -> list[Listed]:
    """Return the names in one printed value; a NAICS code behind a semicolon belongs to the name before it.

    Names with commas between are parted where there are `least` of them, and two where each ends in a legal form;
    0 parts none.
    """
    if _PLAIN.fullmatch(printed) and not (
        printed.isdigit() or printed.startswith("and ") or any(map(printed.lower().__contains__, _TELLING))
    ):
        return [Listed(_shown(clean(printed)), 0, len(printed))]  # most names are such
    found: list[Listed] = []
    for match in re.finditer(r"[^;\n]+", printed):
        if _CODE.match(match[0]):
            if found:
                found[-1] = replace(found[-1], industry=match[0].strip())
            continue
        start, end = match.span()
        if found and (coded := _CODED.match(printed, start, end)):
            found[-1], start = replace(found[-1], industry=coded[1]), coded.end()
        found += _item(printed, start, end, least)
    return found


def _item(printed: str, start: int, end: int, least: int) -> list[Listed]:
    """The names in one item of a printed value: behind a group that includes them, before what says that there are others."""
    found: list[Listed] = []
    if led := _AND.match(printed, start, end):
        start = led.end()
    told = _INCLUDING.match(printed, start, end) if _LEADS.search(printed, start, end) else None
    if told and is_group(told["group"].strip()):
        found.append(Listed(clean(told["group"]), *_trimmed(printed, *told.span("group"))))
        start, least = told.end(), min(least, _PAIR)
    stop, others = _before_others(printed, start, end)
    if stop < end and least and not any(is_place(printed[slice(*part)]) for part in _parts(printed, start, stop)[1:]):
        least = min(least, _PAIR)  # what others are added to is a list
    for first, last in _companies(printed, start, stop, least):
        close = _before_aside(printed, first, last)
        name, kin, of = _named(printed[first:close])
        if any(map(str.isalnum, name)):
            found.append(Listed(name, first, close, kin=kin, of=of, more=close < last or (stop < end and not others)))
    if others:
        found.append(Listed(clean(printed[slice(*others)]), *others))
    return found


def _before_others(printed: str, start: int, end: int) -> tuple[int, Span | None]:
    """Where the words begin that say that there are others, or the end; and where those of them stand that name a group."""
    item = printed[start:end]
    match = _OTHERS.search(item) if any(map(item.lower().__contains__, _ENDS)) else None
    if match is None:
        return end, None
    first, last = match.span("group")
    return start + match.start(), (start + first, start + last) if first >= 0 else None


def _before_aside(printed: str, start: int, end: int) -> int:
    """Where a name ends, before what tells only how many people it has, or that it has some ("(4 million patients)")."""
    item = printed[start:end]
    match = _ASIDE.search(item) if item[-1:] in {")", "]"} or " - " in item or " – " in item else None
    if match is None or not match.start():
        return end
    said = (match["inside"] or match["behind"]).strip()
    counted = parse_count(said) if _COUNTS.match(said) and not _ALIAS.fullmatch(said) else None
    aside = counted is not None and (match["inside"] is not None or counted.unit in _LOST)
    if match["inside"] and not aside:
        aside = not is_person(said) and (is_people(said) or is_group(said))
    if not aside or is_group(item[: match.start()].strip()):  # "Multiple entities (2)"
        return end
    return start + match.start()


def is_people(name: str) -> bool:
    """Return whether a name is that of a person or of people, not of an organization."""
    heads = {words[-1] for part in (name, _OF.split(name)[0]) if (words := re.findall(r"[^\W\d_]+", part))}
    last = name.lower().split()[-1:]
    return is_person(name) or bool(heads & _PERSONS) or (not _PERSONS.isdisjoint(last) and is_group(name))


def is_person(name: str) -> bool:
    """Return whether a name is that of one person, by a title or degree."""
    return _PERSON.search(name) is not None


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the exact-match key of a name; a record asks for that of each of its names several times."""
    return key(name)


@lru_cache(maxsize=65536)
def is_group(name: str) -> bool:
    """Return whether a name stands for organizations, or an organization, that nobody names."""
    if name.endswith(("others", "more")) and _OTHERS.fullmatch(name):
        return True
    return name.casefold() in _KNOWN or is_unnamed(name)  # "Anonymous" attacks, and is no victim's name


def identifiers(name: str) -> tuple[str, ...]:
    """Return the identifiers that a name gives: the domain, where it is one."""
    site = domain(name)
    return (f"domain:{site}",) if site else ()


def band(attacker: Listed) -> Listed:
    """Return an attacker without the words that only tell what it is ("Alder ransomware group")."""
    told = _BAND.search(attacker.name)
    if told is None:
        return attacker
    return replace(attacker, name=attacker.name[: told.start()], end=attacker.end - len(told[0]))


def alias(note: str) -> str:
    """Return the name that a note on an attacker consists of ("Alder Hacker Crew"), "" where it is anything else."""
    name = clean(note).strip(" .,;\"'")
    words = name.split()
    if not words or len(words) > _MOST_WORDS or is_placeholder(name) or is_unnamed(name):
        return ""
    capital = [
        word
        for word in words
        if word[0].isupper() or word[0].isdigit() or not word[0].isascii() or _PARTICLE.match(word)
    ]
    telling = len(words) > 1 or sum(char.isupper() for char in name) > 1 or name.lower() in _KNOWN
    return name if telling and len(capital) >= len(words) - sum(word in _SMALL for word in words) else ""


def domain(name: str) -> str:
    """Return the domain that a name is, lower-cased and without "www", "" where it is none."""
    match = _DOMAIN.match(name)
    return match[1].lower() if match else ""


def _named(printed: str) -> tuple[str, str, str]:
    """The name in what is printed for one organization, and what it says of its kin: what it is, and to whom."""
    kinship = whose = ""
    if printed.rstrip()[-1:] in {")", "]"}:
        printed = _CUSTOMER.sub("", printed)
    if " of " in printed and (match := _BELONGING.search(printed)) and match.start():
        kinship, whose = kin_of_word(match["kin"], of=False), clean(match["of"])
        printed = printed[: match.start()]
    elif match := _OWN.match(printed):
        kinship = kin_of_word(match["kin"], of=False)
        printed = printed[match.end() :]
    elif match := _LED.match(printed):
        of = match["of"].strip().lower() == "of"
        kinship = kin_of_word(match["kin"], of=of)
        printed = printed[match.end() :]
    elif match := _MARKED.search(printed):
        kinship = kin_of_word(match["kin"], of=False)
        printed = printed[: match.start()]
    return _shown(clean(printed).strip(" ,;")), kinship, whose


def _shown(name: str) -> str:
    """A clean name for display, without the full stop of a sentence."""
    if name.casefold().endswith("/the"):  # "Bank of Alder Corp/The", as stock tickers print it
        name = f"The {name[:-4].rstrip()}"
    return name.rstrip(".") if name.endswith(".") and name.rstrip(".").split()[-1:] and _ends_sentence(name) else name


def _ends_sentence(name: str) -> bool:
    last = name.rstrip(".").split()[-1]
    return last.islower() and len(last) > 3  # noqa: PLR2004 - "Inc." and "Co." keep their dot


def kin_of_word(word: str, *, of: bool) -> str:
    """Return what a word for kin makes of the one beside it, of the one behind "of" the reverse."""
    parent = word.lower() in {"parent", "holding", "owner"}
    if word.lower() in {"affiliate", "sister"}:
        return LINKED
    return PARENT if parent != of else SUBSIDIARY


def _companies(text: str, start: int, end: int, least: int) -> list[Span]:
    """The spans of the companies in one value: it is parted at commas where all the parts look like names."""
    start, end = _trimmed(text, start, end)
    whole = [(start, end)] if start < end else []
    if not (least and whole):
        return whole
    parts = _parts(text, start, end)
    first, last = parts[-1]
    match = _LAST.search(text, first, last)
    if match and (
        KIND_OF.match(text[match.end() : last])
        or (len(parts) == 1 and not _are_firms(text, first, last, match))
        or _STATE.fullmatch(text[first : match.start()])
    ):
        match = None
    partners = False
    if match:
        parts[-1:] = [(first, match.start()), (match.end(), last)]
        # "Alder, Birch & Cedar": three firms, or one of three partners?
        partners = least >= _SURE and "&" in match[0] and all(len(text[slice(*part)].split()) == 1 for part in parts)
    joined: list[Span] = []
    for part in parts:
        printed = text[part[0] : part[1]]
        if joined and _STATE.fullmatch(printed):
            return whole
        if joined and is_debris(printed):
            joined[-1] = (joined[-1][0], part[1])
        else:
            joined.append(part)
    return joined if not partners and _are_names([text[slice(*part)] for part in joined], least) else whole


def _are_firms(text: str, start: int, end: int, joint: re.Match[str]) -> bool:
    """Whether what is joined are two, each with its legal form ("Alder Inc. and Birch LLC")."""
    both = text[start : joint.start()], text[joint.end() : end]
    return all(split_legal_form(name)[1] for name in both) and not (is_debris(both[1]) or _FURTHER.match(both[1]))


def _parts(text: str, start: int, end: int) -> list[Span]:
    """What stands between commas; a legal form with more behind it is no beginning ("Alder, Inc. Health Plan")."""
    found: list[Span] = []
    for first, last in (_trimmed(text, *gap) for gap in gaps(_SEPARATOR, text, start, end)):
        if found and _FORM.match(text, first, last):
            found[-1] = (found[-1][0], last)
        elif first < last:
            found.append((first, last))
    return found


def _are_names(parts: list[str], least: int) -> bool:
    if len(parts) < _PAIR or (_PARTNERSHIP.search(parts[-1]) and all(len(part.split()) == 1 for part in parts[:-1])):
        return False
    if len(parts) < least and not all(split_legal_form(part)[1] or domain(part) for part in parts):
        return False
    if len(parts) < least and any(map(_FURTHER.match, parts[1:])):
        return False
    return all(
        (part[0].isupper() or part[0].isdigit() or domain(part)) and len(part.split()) <= _MOST_WORDS for part in parts
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end
