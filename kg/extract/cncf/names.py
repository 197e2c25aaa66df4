"""Whom the title of a supply-chain compromise names: "Compromise of npm packages coa and rc", "Canonical's GitHub org compromised".

A title is read as a row of words: those that tell what happened or what of somebody was hit, and the names between
them. A title that is a name and nothing else may be that of the victim, of the malware or of the campaign; then what
is said of the name elsewhere decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.cncf.standing import Standing, standing_of
from kg.extract.cncf.words import (
    ADJECTIVES,
    AGENTS,
    ASSETS,
    BESIDE,
    COMMON,
    COUNT,
    DOES,
    FORMS,
    GENERIC,
    JOINTS,
    PHRASE,
    PRODUCTS,
    SECONDS,
    VERBS,
    WORMS,
    is_doubt,
    is_ecosystem,
    is_event,
    is_no_way_on,
    is_of_agent,
    is_service,
    opens_name,
    publishes,
)
from kg.extract.harm import VAIN
from kg.extract.registries import HOSTS, REGISTRIES, is_registry
from kg.model import Basis, Role
from kg.names import clean
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 300
"""Characters of a title that are read."""
_LONGEST_QUOTED = 4

_WORD = regex(rf"(?<![^\s:;,()/])(?i:{REGISTRIES}|vs code|supply chain|near miss)(?=[\s:;,()/]|\Z)|[^\s:;,()/]+|[:;,/]")
_PACKAGE = regex(r"(?<![^\s(,])@?[\w.-]{1,60}/[\w.-]{1,60}(?![^\s),:;])")
"""A package in its scope, or a repository with its owner; two names may stand so as well."""
_HOSTED = regex(r"\b(?:github|gitlab|actions?|repo|repositor(?:y|ies))\b", re.IGNORECASE)
_NUMBER = regex(r"[\d.,]+\+?")
_POSSESSIVE = regex(r"['’]s\Z|(?<=s)['’]\Z")
_OWNS_TOO = regex(
    rf"(?:,|and|&)(?: and)? (?:[A-Z]\S* ){{0,4}}?(?!(?i:{'|'.join(sorted(COMMON))})\b)[A-Z]\S*(?:['’]s|s['’])(?= |\Z)"
)
"""Behind a possessive: another whose it is ("Alder's and Birch's keys")."""
_QUOTED = regex(
    r"`([^`\n]{1,80})`|[‘“]([^‘’“”\n]{1,80})[’”]|(?<!\w)\"([^\"\n]{1,80})\"(?!\w)|(?<!\w)'([^'\n]{1,80})'(?!\w)"
)
_ASIDE = regex(r"\([^()]{0,200}\)")
_CAMPAIGN = regex(
    r"(?:[Tt]he\s+)?(?:Operation|OPERATION)(?:\s+(?:[A-Z][^\s:]*|of|the)){1,5}(?:\s*:\s+(?P<against>\S.*))?"
)
_PLANTED = r"(?:backdoors?|code|flaw|bug|vulnerabilit(?:y|ies)|malware|hole|implant|injection|rce|trojan)"
_AFTER = regex(
    rf"\b(?:{_PLANTED}|customers|users|maintainers?|developers?)\s+(?:in|of|into)\s+(?P<name>.+)"
    r"|\b(?:hosted|published|uploaded|found|distributed)\s+(?:by|on|in|to|through|via)\s+(?P<place>.+)",
    re.IGNORECASE,
)
_BEFELL = regex(
    rf"{_PLANTED}\s(?:in|into|of)|(?!\S*e[dn]\s)(?:.+\s(?:against|at)|(?!(?:data|credentials?|exfiltration|exposure|lack|leaks?|theft)\s).+\s(?:of|on))",
    re.IGNORECASE,
)
"""What happened and the joint behind it, which leads to whom it befell; "tokens stolen of" and "leak of" lead to what was taken."""
_PERHAPS_NO_NAME = regex(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*(?:\s[a-z-]+)*")
"""Words before an event that may be a name, but need not be: a title begins with them ("Large", "Two-year")."""
_ATTACKERS = regex(
    r"(?P<who>(?:[\w.’'-]{1,30}\s+){0,4}?(?:attackers|cyber-?criminals|criminals|hackers|hacktivists|intruders|spies))\s+(?P<did>[\w-]+)\s+(?P<whom>(?=.*(?-i:[A-Z\d`@.-])).+)",
    re.IGNORECASE,
)
_HITS = r"\b(?:compromise[ds]?|breach(?:ed)?|hack(?:ed)?|takeover|intrusion|cracked|hijack(?:ed|ing)?|flaw|vulnerabilit(?:y|ies)|leak(?:ed)?|theft|overwrite|unauthorized\s+access|(?:data|database|credentials)\s+expos\w+)\b"
_DIRECT = regex(_HITS, re.IGNORECASE)
_OF_OTHERS = (
    r"\b(?:maintainer|developer|publisher|author|account|package|image|container|model|extension|plugin|theme|module|librar(?:y|ie)|gem|crate|app|project|repo|repositorie)s?\b"
    r"(?!\s+(?:manager|registry|index)\b)(?!\s+\w+\s+(?:flaw|bug|issue|vulnerabilit))"
)
"""What those have at a service who publish there; a flaw that lets somebody at it is the service's own."""
_OTHERS_HIT = regex(rf"{_OF_OTHERS}\s+(?:(?:is|are|was|were|been)\s+)*{_HITS}", re.IGNORECASE)
_OLD = r"\b(?:outdated|unmaintained|unpatched|vulnerable)"
_PART = r"(?:dependenc(?:y|ies)|librar(?:y|ies)|components?|packages?|modules?|plugins?|versions?)\b"
_OLD_PART = regex(
    rf"{_OLD}\s+(?P<part>(?:\S+\s+){{0,3}}?(?:{_PART}|`[^`]{{1,80}}`)(?:\s+\S+){{0,2}}?)"
    r"\s+(?:in|inside|within|(?:used|shipped|bundled)\s+(?:by|in|with))\s+(?P<product>\S.*)",
    re.IGNORECASE,
)
"""What is old, and the product that was open to attack for it."""


@dataclass(frozen=True, slots=True)
class Titled:
    """One party that a title names.

    Attributes:
        name: the name, or the words that describe somebody who is not named.
        role: what it was in the incident.
        unnamed: whether the words describe somebody ("WordPress theme publisher").
        basis: stated where the title says what happened to it.
        confidence: how sure this reading is.
    """

    name: str
    role: Role
    unnamed: bool = False
    basis: Basis = Basis.STATED
    confidence: Decimal = Decimal(1)


def titled(title: str, prose: str = "", urls: Iterable[str] = ()) -> list[Titled]:
    """Return the parties that a title names.

    Args:
        title: the title, with its quotation marks and backticks, without other marks.
        prose: what the document says besides.
        urls: the addresses it cites.
    """
    title = title[:_LONGEST]
    plain = _ASIDE.sub(" ", title)
    if campaign := _CAMPAIGN.fullmatch(plain.strip()):
        return titled(campaign["against"], prose, urls) if campaign["against"] else []
    urls = list(urls)
    if attack := _attack(plain):
        who, told_of = attack
        return [*([who] if " " in who.name else []), *titled(told_of, prose, urls)]
    words = _worded(COUNT.sub("", plain), urls)
    if (doer := _doer(words)) and (others := titled(doer, prose, urls)):
        return others
    told = any(is_event(word) for word in words)
    if not told and (whole := _name_alone(words)):
        return list(_bare(whole, prose, urls))
    if open_to_attack := _with_old_part(plain, prose, urls):
        return open_to_attack
    if quoted := _quoted(plain):
        return [Titled(name, Role.BREACHED, confidence=Decimal("0.9")) for name in quoted]
    run, rest = _struck(words, prose)
    if run and rest and rest[0].casefold() in WORMS:
        run, rest = _run([rest[0], *dropwhile(is_no_way_on, rest[1:])], prose)
    if not run and (match := _AFTER.search(plain)):
        run, rest = _run(_worded(match["name"] or match["place"], urls), prose)
        told = told or bool(match["place"])
    if not run:
        return []
    if all(word.casefold() in AGENTS for word in run):
        return [Titled(clean(" ".join(words[: len(words) - len(rest)])), Role.BREACHED, unnamed=True)]
    last = next((at for at, word in enumerate(rest[:2], 1) if word.casefold() in AGENTS), 0)
    if last and is_of_agent(rest[last:]):
        return [Titled(clean(" ".join([*run, *rest[:last]])), Role.BREACHED, unnamed=True)]
    told = told and rest[:2] not in ([":", "using"], [":", "Using"], ["malware"], ["Malware"])
    if told or (rest and rest[0].casefold() in ASSETS):
        carrier = [name for name in _carrier(words[: len(words) - len(rest)]) if name not in run]
        return [*(_of_event(name, title) for name in _parted(run)), *_suppliers(carrier)]
    return list(_bare(run, prose, urls))


def _attack(title: str) -> tuple[Titled, str] | None:
    """The attackers that a title begins with, and what it tells of their attack ("Northern hackers compromise Alder"), else None."""
    match = _ATTACKERS.fullmatch(title.strip())
    if not match or any(map(is_event, match["who"].split())):
        return None
    did = match["did"] if is_event(match["did"]) else "attack on" if VERBS.match(match["did"].casefold()) else ""
    return (Titled(clean(match["who"]), Role.ATTACKER, unnamed=True), f"{did} {match['whom']}") if did else None


def _doer(words: list[str]) -> str:
    """What a title says that somebody found or made use of, who was not hit then ("Alder researchers find ..."), unless it is their own."""
    at = next((at for at, word in enumerate(words) if at and DOES.match(word.casefold())), len(words))
    told = words[at + 1 :]
    return "" if {"its", "their"} & set(told) or JOINTS.issuperset(told[:1]) else " ".join(told)


def _worded(text: str, urls: list[str]) -> list[str]:
    """The words of a title; one that is a package with its scope, or a repository with its owner, is not parted."""
    if "/" not in text:
        return [match[0] for match in _WORD.finditer(text)]
    hosted = _HOSTED.search(text) is not None

    def whole(match: re.Match[str]) -> str:
        name = match[0]
        owner, _, rest = name.casefold().partition("/")
        told = name[0] == "@" or any(f"/{owner}/{rest}" in url.casefold() for url in urls)
        told |= hosted and name.endswith(rest) and not (is_ecosystem(owner) or is_ecosystem(rest))
        return name.replace("/", "\0") if told else name

    return [match[0].replace("\0", "/") for match in _WORD.finditer(_PACKAGE.sub(whole, text))]


def _name_alone(words: list[str]) -> list[str]:
    """The words of a title that is a name and nothing else ("Free Download Manager"), else none."""
    named = words[1:] if len(words) > 1 and words[0].casefold() == "the" else words
    joined = {"and", "/", "&"}
    if not all(word in joined or word[0].isupper() or word[0].isdigit() or len(words) == 1 for word in named):
        return []
    return [] if any(word.casefold() in AGENTS | {"unnamed", "fake"} for word in named) else _trimmed(named)


def _of_event(name: str, title: str) -> Titled:
    """A name in a title that tells what happened; a registry that only carried something was not broken into."""
    if re.search(rf"\bfake\s+{re.escape(name)}|{VAIN}.*{re.escape(name)}", title, re.IGNORECASE):
        return Titled(name, Role.OTHER, confidence=Decimal("0.8"))
    carried = is_registry(name) and not _DIRECT.search(_OTHERS_HIT.sub(" ", title))
    carried |= any(
        re.search(pattern, title, re.IGNORECASE)
        for pattern in (
            rf"\b{re.escape(name)}:?\s+{_things_at(name)}",
            rf"{_OLD}\s+{re.escape(name)}\s+{_PART}",
            r"\bmalicious\s+(?!versions|releases|updates|builds)\w+s\b|\btyposquat",
        )
    )
    return Titled(name, Role.SUPPLIER_ONLY if carried else Role.BREACHED, confidence=Decimal("0.8"))


def _things_at(name: str) -> str:
    """A pattern of what others have at a service, which may be hit without the service; of nothing for another name."""
    if publishes(name):
        return _OF_OTHERS
    things = [thing for thing, services in BESIDE.items() if name.casefold() in services]
    return rf"(?:{'|'.join(things)})s?\b" if things else r"(?!)"


def _with_old_part(title: str, prose: str, urls: list[str]) -> list[Titled]:
    """The product that was attacked through an old part, and the part, which was not ("Outdated `alder` library in Birch")."""
    old = _OLD_PART.search(title)
    if not old or any(map(is_event, old["part"].split())):
        return []
    hit = titled(f"attack on {old['product']}", prose, urls)
    part, _ = _run(_worded(_QUOTED.sub(r"\1\2\3\4", old["part"]), urls), prose)
    return [*hit, *_suppliers(_parted(part))] if hit else []


def _suppliers(names: list[str]) -> list[Titled]:
    return [Titled(name, Role.SUPPLIER_ONLY, confidence=Decimal("0.8")) for name in names]


def _carrier(before: list[str]) -> list[str]:
    """The registry that a title begins with, where the name stands apart from it ("PyPI account compromise: alder")."""
    return before[:1] if before and is_registry(before[0]) and {":", "of"} & set(before) else []


def _bare(run: list[str], prose: str, urls: list[str]) -> Iterator[Titled]:
    names = _parted(run)
    told = [standing_of(name, prose, urls) for name in dict.fromkeys((" ".join(run), *names))]
    standing = next((one for one in told if one is not Standing.UNTOLD), Standing.UNTOLD)
    if standing is Standing.CULPRIT:
        return
    for name in names:
        if standing is Standing.VICTIM:
            yield Titled(name, Role.BREACHED, basis=Basis.INFERRED, confidence=Decimal("0.8"))
        else:
            yield Titled(name, Role.OTHER, basis=Basis.INFERRED, confidence=Decimal("0.5"))


def _quoted(title: str) -> list[str]:
    """The names in quotation marks, of which those behind a preposition are another's."""
    found = []
    for match in _QUOTED.finditer(title):
        before = title[: match.start()].casefold().split()
        if {"with", "using", "via", "by", "through"} & set(before):
            break
        found.append(clean(next(filter(None, match.groups()))))
    return [name for name in found if name and len(name.split()) <= _LONGEST_QUOTED]


def _struck(words: list[str], prose: str) -> tuple[list[str], list[str]]:
    """The name of whom it befell, and the words behind it: the first, or one that an event leads to, where the first is likely none."""
    run, rest = _run(words, prose)
    first = " ".join(run)
    if not _PERHAPS_NO_NAME.fullmatch(first) or standing_of(first, prose, ()) is Standing.VICTIM:
        return run, rest
    name, behind = _run(_befallen(rest), prose)
    return (name, behind) if name and _is_written_as_name(name, behind) else (run, rest)


def _befallen(rest: list[str]) -> list[str]:
    """The words behind an event and the joint that leads to whom it befell, where only what was hit stands before them."""
    for at, word in enumerate(rest[:-2]):
        if is_event(word) and _BEFELL.fullmatch(f"{word} {rest[at + 1]}"):
            return rest[at + 2 :]
        if not (is_event(word) or word.casefold() in ASSETS or word == "reports"):
            break
    return []


def _is_written_as_name(run: list[str], behind: list[str]) -> bool:
    """Whether words are a name, no group and no time: they have more than small letters, or are the one word that a title ends with."""
    name = " ".join(run)
    if run[-1].casefold() in COMMON or parse_field(name):
        return False
    return not re.fullmatch(r"[a-z ]+", name) or (len(run) == 1 and not behind)


def _run(words: list[str], prose: str) -> tuple[list[str], list[str]]:
    """The first row of words that is a name, and the words behind it; nothing behind a verb is one."""
    at = 0
    while at < len(words) and _is_skipped(words, at) and not opens_name(words[at : at + 2], prose):
        at += 1
    end = at
    while end < len(words) and not (_stops(words, end, end - at) and not _is_product(words, at, end, prose)):
        end += 1
        if _POSSESSIVE.search(words[end - 1]) and not _OWNS_TOO.match(" ".join(words[end:])):
            break
    following = words[end].casefold().removesuffix("s") if end < len(words) else ""
    last = end - 1 if end - at > 1 and words[end - 1].casefold() in BESIDE.get(following, ()) else end
    run = [_POSSESSIVE.sub("", word) for word in words[at:last]]
    run = _trimmed(run)
    if not run:
        return list(filter(is_service, words[:at]))[:1], words[at:]
    if (
        all(word.casefold() in GENERIC for word in run)
        or (COMMON.issuperset(run) and not AGENTS.issuperset(run))
        or any(map(PHRASE.fullmatch, _parted(run)))
    ):
        return [], words
    return run, words[end:]


def _is_product(words: list[str], at: int, end: int, prose: str) -> bool:
    """Whether the word of an asset behind a name belongs to it: it alone is written large, or it is so in the prose."""
    word = words[end]
    if end == at or not word[0].isupper():
        return False
    if word == "CI":
        return True
    before = words[end - 1]
    if word.casefold() not in PRODUCTS or is_ecosystem(before) or before.casefold() in BESIDE["extension"]:
        return False
    small = any(one.islower() and is_event(one) for one in words)
    return small or before.casefold() in FORMS or " ".join(words[at : end + 1]) in prose


def _is_skipped(words: list[str], at: int) -> bool:
    """Whether a word before the name tells what happened, or of what kind the named is."""
    word = words[at].casefold()
    following = words[at + 1].casefold() if at + 1 < len(words) else ""
    if publishes(word) and following in ASSETS | {"phishing", "supply chain", "supply-chain", ":"}:
        return True
    if re.match(_things_at(word), following):
        return True
    if _NUMBER.fullmatch(word):
        return following in ASSETS or is_registry(following)
    if at and word == SECONDS.get(words[at - 1].casefold()):
        return True
    if word in HOSTS or word in {"action", "actions"}:
        apart = words.index(":", at) + 1 if ":" in words[at:] else at
        return any("/" in one[1:] for one in (*words[at + 1 : at + 3], *words[apart : apart + 1]))
    if is_event(word) or is_doubt(word) or re.fullmatch(VAIN, word):
        return True
    return word in ASSETS | ADJECTIVES or (at > 0 and word in JOINTS | {"and", "or", ":"}) or words[at] == "public"


def _stops(words: list[str], at: int, length: int) -> bool:
    """Whether the word at a place ends a name that has so many words."""
    word = words[at]
    plain, following = word.casefold(), words[at + 1].casefold() if at + 1 < len(words) else ""
    if plain in {":", ";", "by"} or is_event(word) or VERBS.match(plain):
        return True
    if plain == "security" and length:  # "Alder Security breach" may be one of Alder Security
        return is_event(following) and words[at + 1].islower() == word.islower()
    if plain.removesuffix("s") == "action" and length:
        return words[at - 1].casefold() in HOSTS and length > 1
    return length > 0 and (plain in ASSETS | AGENTS or plain in {"with", "via", "against", "through"})


def _trimmed(run: list[str]) -> list[str]:
    """A row without joints at its ends, and without the code host or the ecosystem beside the name."""
    while run and (run[-1].casefold() in JOINTS or run[-1] in {",", "/"}):
        run = run[:-1]
    while len(run) > 1 and run[0].casefold() in HOSTS and run[1].casefold() != "actions":
        run = run[1:]
    while len(run) > 1 and is_ecosystem(run[-1]) and run[-2].casefold() not in JOINTS:
        run = run[:-1]
    return run


def _parted(run: list[str]) -> list[str]:
    """The names of a row that joins several ("coa and rc", "klow / klown")."""
    parts = re.split(r"\s+(?:and|&)\s+|\s*,\s*(?:and\s+)?|\s+/\s+", " ".join(run))
    return list(dict.fromkeys(name for part in parts if (name := clean(part).removesuffix(" ,"))))
