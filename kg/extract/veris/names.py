"""Names as VERIS records print them: with NAICS codes, several in one, debris of split commas, kin, people, domains."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.fields import PLACEHOLDER
from kg.extract.relations import mention
from kg.extract.unnamed import CREDENTIAL, is_debris, is_unnamed
from kg.names import clean, key, split_legal_form
from kg.nouns import PEOPLE
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
_DOMAIN = regex(r"(?:https?://)?(?:www\.)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})/?\Z", re.IGNORECASE)
_MOST_WORDS = 6
_KNOWN = frozenset({"anonymous"})
_PARTICLE = regex(r"[a-z]{2}-[A-Z]")
_SMALL = frozenset("of the and for ad al el de la".split())
_PERSONS = PEOPLE - {"customers", "clients"}
_OF = regex(r"\s(?:of|from|at|in|who|whose|with)\s")
_REACH = 80
_PAIR = 2
_SURE = 3
_KIN = r"(?P<kin>parent|holding|owner|subsidiary|subsidiaries|division|unit|brand|affiliate|sister)"
_MARKED = regex(rf"\s*(?:[(\[]|\s[-–]\s)\s*(?:the\s|its\s|a\s)?{_KIN}\b[^()\[\]]{{0,60}}[)\]]?\s*\Z", re.IGNORECASE)
_LED = regex(
    rf"\s*(?:the\s|its\s|a\s)?{_KIN}(?:\s(?:company|corporation|organi[sz]ation|firm))?\s*(?P<of>:|-|–|\sof\s|\sis\s)\s*",
    re.IGNORECASE,
)
_OWN = regex(
    rf"\s*(?:its|their|[A-Z][^,;()]{{0,40}}?['’]s?)\s(?:[\w-]+\s){{0,2}}?{_KIN}(?:\s(?:company|corporation|organi[sz]ation|firm))?,?\s(?=[A-Z0-9])"
)
_BELONGING = regex(
    rf",?\s(?:[-–]\s)?[(\[]?(?:which\sis\s)?(?:(?:an?|the)\s|(?<=[(\[])(?-i:(?=[a-z])))(?:[\w-]+\s){{0,3}}?{_KIN}(?:\s(?:company|corporation|organi[sz]ation|firm))?\sof\s(?P<of>[^()\[\]]{{1,80}}?)[)\]]?\s*\Z",
    re.IGNORECASE,
)
_CUSTOMER = regex(r"\s*(?:[(\[](?:an?\s|the\s)?(?:customer|client|tenant|secondary victim)s?[)\]])\s*\Z", re.IGNORECASE)
_INCLUDING = regex(r"(?P<group>[^,;]{3,80}?),?\s(?:including|such\sas|among\sthem|e\.g\.,?)\s(?=\S)", re.IGNORECASE)
_LEADS = regex(r"\b(?:including|such\sas|among\sthem|e\.g\.)", re.IGNORECASE)
_PLAIN = regex(r"[^\W_](?:[\w &.'’/-]*[\w.])?")
_TELLING = (
    *"parent holding owner subsidiar division unit brand affiliate sister including among e.g".split(),
    "such as",
)
"""One of them is in every printed value that holds several names, or says what one is to another."""
_COMPANY = r"(?:\s(?:company|corporation|corp|organi[sz]ation|firm|group|bank))?"
_BEFORE = (
    (PARENT, regex(rf"\b(?:parent|holding){_COMPANY},?\s(?:the\s)?\Z|\b(?:subsidiary|division|unit|brand|arm|part|affiliate)\sof\s(?:the\s)?\Z"
                        r"|\b(?:wholly\s)?owned\sby\s(?:the\s)?\Z", re.IGNORECASE)),
    (SUBSIDIARY, regex(r"\b(?:its|their|’s|'s)\s(?:[\w-]+\s){0,3}(?:subsidiary|subsidiaries|division|unit|brand|arm),?\s(?:the\s)?\Z", re.IGNORECASE)),
    (LINKED, regex(r"\b(?:sister|affiliated?)(?:\s(?:company|site|organi[sz]ation|companies))?,?\s(?:the\s)?\Z", re.IGNORECASE)),
    (VENDOR, regex(r"\b(?:its|their|a|an|third[- ]party|outside|’s|'s)\s(?:[\w-]+\s){0,3}(?:vendor|supplier|contractor|subcontractor|processor|"
                        r"service provider|hosting provider|business associate),?\s(?:the\s)?\Z", re.IGNORECASE)),
)  # fmt: skip
_AFTER = (
    (PARENT, regex(r"\s*[,(]\s?(?:the|its|a|their)\s(?:[\w-]+\s){0,3}(?:parent|owner)\b|\s(?:owns|is\sthe\sparent)\b|[’']s\s(?:[\w-]+\s){0,3}"
                        r"(?:subsidiary|division|unit|brand|arm)\b", re.IGNORECASE)),
    (SUBSIDIARY, regex(r"\s*[,(]\s?(?:the|its|a|an|both|all)\s(?:[\w-]+\s){0,4}(?:subsidiary|subsidiaries|division|unit|brand|arm)\b", re.IGNORECASE)),
    (VENDOR, regex(r"\s*[,(]\s?(?:the|its|a|an|their)\s(?:[\w-]+\s){0,4}(?:vendor|supplier|contractor|subcontractor|processor|business associate)\b"
                        r"(?!\sto\b)", re.IGNORECASE)),
)  # fmt: skip


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
    """

    name: str
    start: int
    end: int
    industry: str = ""
    kin: str = ""
    of: str = ""


def listed(printed: str, least: int = _SURE) -> list[Listed]:
    """Return the names in one printed value; a NAICS code behind a semicolon belongs to the name before it.

    Names with commas between are parted where there are `least` of them, and two where each ends in a legal form;
    0 parts none.
    """
    if _PLAIN.fullmatch(printed) and not (printed.isdigit() or any(map(printed.lower().__contains__, _TELLING))):
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
        told = _INCLUDING.match(printed, start, end) if _LEADS.search(printed, start, end) else None
        if told and is_group(told["group"].strip()):
            found.append(Listed(clean(told["group"]), *_trimmed(printed, *told.span("group"))))
            start, least = told.end(), min(least, _PAIR)
        for first, last in _companies(printed, start, end, least):
            name, kin, of = _named(printed[first:last])
            if any(map(str.isalnum, name)):
                found.append(Listed(name, first, last, kin=kin, of=of))
    return found


def is_people(name: str) -> bool:
    """Return whether a name is that of a person or of people, not of an organization."""
    heads = {words[-1] for part in (name, _OF.split(name)[0]) if (words := re.findall(r"[^\W\d_]+", part))}
    return (
        is_person(name)
        or bool(heads & _PERSONS)
        or (name.split()[-1:] != [] and name.rsplit(maxsplit=1)[-1].lower() in _PERSONS and is_group(name))
    )


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
    return name.casefold() in _KNOWN or is_unnamed(name)  # "Anonymous" attacks, and is no victim's name


def identifiers(name: str) -> tuple[str, ...]:
    """Return the identifiers that a name gives: the domain, where it is one."""
    site = domain(name)
    return (f"domain:{site}",) if site else ()


def alias(note: str) -> str:
    """Return the name that a note on an attacker consists of ("Alder Hacker Crew"), "" where it is anything else."""
    name = clean(note).strip(" .,;\"'")
    words = name.split()
    if not words or len(words) > _MOST_WORDS or PLACEHOLDER.match(name) or is_unnamed(name):
        return ""
    capital = [
        word
        for word in words
        if word[0].isupper() or word[0].isdigit() or not word[0].isascii() or _PARTICLE.match(word)
    ]
    telling = len(words) > 1 or sum(char.isupper() for char in name) > 1 or name.lower() in _KNOWN
    return name if telling and len(capital) >= len(words) - sum(word in _SMALL for word in words) else ""


def kin_in_words(note: object) -> str:
    """Return what a note on the only secondary victim says that it is to the victim, "" where it says nothing of that."""
    match = re.search(_KIN, note, re.IGNORECASE) if isinstance(note, str) else None
    return _kinship(match["kin"], of=False) if match else ""


def domain(name: str) -> str:
    """Return the domain that a name is, lower-cased and without "www", "" where it is none."""
    match = _DOMAIN.match(name)
    return match[1].lower() if match else ""


@dataclass(frozen=True, slots=True)
class Kin:
    """What a secondary victim is to the victim, and where a text says so: its number, and the characters; -1 for nowhere."""

    kind: str
    text: int = -1
    start: int = 0
    end: int = 0


def kin(name: str, victims: Sequence[str], texts: Sequence[str]) -> Kin | None:
    """Return what a secondary victim is to the victim by what the texts say or by its name, None where nothing tells."""
    for number, text in enumerate(texts):
        for start, end in _mentions(name, text):
            lead = max(0, start - _REACH)
            for told, pattern in _BEFORE:
                if match := pattern.search(text[lead:start]):
                    return Kin(told, number, lead + match.start(), end)
            for told, pattern in _AFTER:
                if match := pattern.match(text[end : end + _REACH]):
                    return Kin(told, number, start, end + match.end())
    mine = _core(name)
    for victim in victims:
        shorter, longer = sorted((mine, _core(victim)), key=len)
        if shorter and longer[: len(shorter)] == shorter:
            return Kin(LINKED)
    return None


def _mentions(name: str, text: str) -> Iterator[Span]:
    at = 0
    while match := mention(name, text, at):
        yield match.span()
        at = match.end()


def _core(name: str) -> list[str]:
    """The words of a name that tell: without legal form, without the ending of a domain."""
    site = domain(name)
    return name_key(site.split(".")[-2] if site else split_legal_form(name)[0]).split()


def _named(printed: str) -> tuple[str, str, str]:
    """The name in what is printed for one organization, and what it says of its kin: what it is, and to whom."""
    kinship = whose = ""
    if printed.rstrip()[-1:] in {")", "]"}:
        printed = _CUSTOMER.sub("", printed)
    if " of " in printed and (match := _BELONGING.search(printed)) and match.start():
        kinship, whose = _kinship(match["kin"], of=False), clean(match["of"])
        printed = printed[: match.start()]
    elif match := _OWN.match(printed):
        kinship = _kinship(match["kin"], of=False)
        printed = printed[match.end() :]
    elif match := _LED.match(printed):
        of = match["of"].strip().lower() == "of"
        kinship = _kinship(match["kin"], of=of)
        printed = printed[match.end() :]
    elif match := _MARKED.search(printed):
        kinship = _kinship(match["kin"], of=False)
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


def _kinship(word: str, *, of: bool) -> str:
    parent = word.lower() in {"parent", "holding", "owner"}
    if word.lower() in {"affiliate", "sister"}:
        return LINKED
    return PARENT if parent != of else SUBSIDIARY


def _companies(text: str, start: int, end: int, least: int) -> list[Span]:
    """The spans of the companies in one value: it is parted at commas where all the parts look like names."""
    start, end = _trimmed(text, start, end)
    whole = [(start, end)] if start < end else []
    if not least:
        return whole
    parts = _parts(text, start, end)
    partners = False
    if len(parts) >= _PAIR:
        first, last = parts[-1]
        if (match := _LAST.search(text, first, last)) and not _STATE.fullmatch(text[first : match.start()]):
            parts[-1:] = [(first, match.start()), (match.end(), last)]
            # "Alder, Birch & Cedar": three firms, or one of three partners?
            partners = (
                least >= _SURE and "&" in match[0] and all(len(text[slice(*part)].split()) == 1 for part in parts)
            )
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


def _parts(text: str, start: int, end: int) -> list[Span]:
    parts: list[Span] = []
    at = start
    for match in [*_SEPARATOR.finditer(text, start, end), None]:
        part = _trimmed(text, at, end if match is None else match.start())
        if part[0] < part[1]:
            parts.append(part)
        at = end if match is None else match.end()
    return parts


def _are_names(parts: list[str], least: int) -> bool:
    if len(parts) < _PAIR or (_PARTNERSHIP.search(parts[-1]) and all(len(part.split()) == 1 for part in parts[:-1])):
        return False
    if len(parts) < least and not all(split_legal_form(part)[1] or domain(part) for part in parts):
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
