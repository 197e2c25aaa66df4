"""Whom the title of a leak-site post names: names, domains, masks, cut-off names, and what stands around them.

Intruders write as they like: "Leaks Company Birch Inc.", "Rick Law (ricklaw.com)", "N**** ***", "hancockassociat...",
"We are back online!". What is left of a title when domains, states of the extortion and phrases of announcing are taken
away is the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.domains import DOMAIN, INTERNAL, LONE_DOMAIN, NO_DOMAIN, is_elsewhere, is_related
from kg.extract.leak_site.brackets import (
    AMOUNT,
    BRACKET,
    DEALING,
    DESCRIBING,
    ENDS,
    LABELLED,
    PORTION,
    TAIL,
    is_data,
    is_of_name,
    part_of,
    split,
    unglued,
)
from kg.extract.leak_site.hidden import CUT, CUT_DOMAIN, MASK, is_withheld, shown
from kg.extract.leak_site.talk import (
    folded,
    heads,
    is_all_talk,
    is_own_site,
    is_publisher,
    is_sentence,
    is_state,
    only_announces,
    says_nobody,
    speaks_to_people,
    tells_state,
)
from kg.extract.places import is_place
from kg.names import clean, is_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST = 400
"""Characters of a title that are read; a longer one is a text."""
_DECORATED = regex(r"[*#=~_<>!-]{2,}\s*(\w[^*#]*?)\s*[*#=~_<>!-]{2,}\Z")
_ALIKE = frozenset({"/", "\\", ",", "&"})
"""What stands between two names of equal rank."""

_JOINED = regex(r"(\s*,\s*|\s+(?:and|&|\+|und|et|y)\s+)", re.IGNORECASE)
"""What stands between domains that are listed; between words it is part of a name."""
_LISTED = regex(r"\s*[,;|]\s*|\s+(?:[/&+]\s+)?")
"""What stands between addresses where there is nothing else."""
_JOINING = frozenset({"&", "and", "+", "und", "et", "y"})
_BEFORE = r"(?:(?!data\s+(?:of|from)\b)(?:the|a|all|our|new|next|latest|official|final|full|complete|entire|security|data|big|massive|more|some)\s+)*+"
_OF_LEAK = (
    r"(?:the\s+)?(?:posts?|compan(?:y|ies)|victims?|(?:data|files|documents?|databases?)\s+(?:of|from|for)|of|from)\b[\s:,-]*"
    r"(?:(?:compan(?:y|ies)|victims?|of|from|the)\b[\s:,-]*)*+"
)
_LEAD = regex(
    rf"{_BEFORE}(?:leak(?:s|ed|ing|age)?|hacked|dumped|breached)(?:\s*[:!#][\s:!#-]*(?:{_OF_LEAK})?|\s+{_OF_LEAK})"
    r"|(?:our\s+)?(?:new|next|latest)\s+leak\s+|(?:leaked|hacked|dumped|breached)\s+and\s"
    rf"|{_BEFORE}data\s+(?:of|from)\s+(?:the\s+)?|{_BEFORE}(?:(?:breach|hack|dump|attack|appeal|message|letter|warning|update[ds]?|upd|victim|target|post|files?|documents?|databases?|data|published|sold)\s*:"
    r"|(?:breach|hack|dump|attack)\s+(?:of|on|against|at|to|from)\b|(?:appeal|apology|message|letter|warning)\s+(?:to|for)\b|update[ds]?\s+(?:of|for|on)\b"
    r"|(?:victim|target|post|files?|documents?|databases?)\s+(?:of|from)\b|links\s+for\b)\s*(?:(?:the|network|company)\s+)*",
    re.IGNORECASE,
)
"""What announces a name; "Leak" alone is a word of it ("Leak Testing Specialists")."""
_HIT = regex(r"\s+(?:networks?|servers?|data|databases?|files?|documents?|systems?|infrastructure)\s*\Z", re.IGNORECASE)
_OWNED = regex(
    r"(?P<owner>\S.{0,80}?)['’]s\s+(?:company|subsidiary|division|branch|unit|affiliate|business)\b[\s,:–—-]*(?P<owned>\S.*)",
    re.IGNORECASE,
)
_FORMER = (
    r"(?:formerly|previously|f/k/a|fka|f\.k\.a\.)(?:\s(?:known|called|named|trading)(?:\sas)?)?:?\s(?!(?:an?|the|part|owned|of|at|with|in|by)\b)"
    r"(?=(?-i:[^a-z])|\S{2,60}\.[a-z]{2})(?P<name>[^()\[\]]{2,100}?)"
)
_FORMERLY = (
    regex(rf"\s?[(\[]\s?{_FORMER}[)\]]", re.IGNORECASE),
    regex(rf"(?:,\s?|\s){_FORMER}(?=\s[-–—|]|\Z)", re.IGNORECASE),
)
"""A former name in brackets, and behind the name."""
_EARLIER = ("formerly", "previously", "f/k/a", "fka", "f.k.a.")
_SUBJECT = regex(
    r"(?P<name>[A-Z0-9][\w.&'’-]*(?:\s(?:&|of|and|the|[A-Z0-9][\w.&'’-]*)){0,5})"
    r"\s(?:has|have|is|was|were|will|decided|chose|claimed|fail(?:s|ed)|refuse[sd]|ignore[sd]|tried|lie[sd]|hides?|lost|sa(?:ys|id)|thinks?|wants?|(?:do|does|did|wo|is)n['’]t)\s"
)
"""Of whom a sentence tells."""
_SOMEBODY = regex(r"(?:We|They|You|He|She|It|There|These|Those|This|Hackers|Attackers)\s")
_SENTENCE = regex(r"(?=(?:.*\s[a-z]\S*){3})(?:\S+\s+){4}|.{120}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """One victim of a title: its name and domain, and whether letters of it are hidden or missing.

    Attributes:
        name: the name as one reads it, a domain without "www.".
        domain: its domain, or "".
        masked: whether letters are hidden.
        cut: whether the end is missing.
        withheld: whether the name is told by nothing but words for that.
        owner: whose company it is said to be, or "".
        former: a name that it had, or "".
    """

    name: str
    domain: str = ""
    masked: bool = False
    cut: bool = False
    withheld: bool = False
    owner: str = ""
    former: str = ""

    @property
    def hidden(self) -> bool:
        """Whether it is not told in full who it is."""
        return self.masked or self.cut or self.withheld


@dataclass(slots=True)
class Title:
    """What a title says.

    Attributes:
        victims: whom it names.
        notes: what else it says, by kind ("status", "place", "remark").
        reason: why it names nobody, or "".
    """

    victims: list[Named] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Site:
    """An address in a title: its host, its path, how it is printed, and what stands between it and its neighbours."""

    host: str
    path: str
    printed: str
    beside: frozenset[str] = frozenset()

    def victim(self) -> Named:
        """The victim that is told by nothing else: nobody where the address is of a page about it."""
        if not is_elsewhere(self.host, self.path):
            return Named(self.host, self.host.casefold(), masked=MASK.search(self.host) is not None)
        return Named(self.printed if self.path.strip("/") else self.host, withheld=bool(self.path.strip("/")))


def read_title(text: str, group: str) -> Title:
    """Return what a decoded title says; `group` is who posted it, so that its talk of itself is known."""
    title = Title()
    whole = shown(text)
    if (match := _DECORATED.match(whole)) and not MASK.search(match[1]):
        whole = match[1]
    if not re.search(r"\w", whole) and not MASK.search(whole):
        title.reason = "has no title"
    elif len(whole) > _LONGEST:
        title.reason = f"has a title of more than {_LONGEST} characters, which names nobody in particular"
    elif (site := _site(LONE_DOMAIN.fullmatch(whole))) and is_own_site(site.host, folded(group)):
        title.reason = f"announces a site of the group itself and names no victim: {whole[:80]!r}"
    elif site:
        title.victims = [site.victim()]
    else:
        _Reading(title, group).read(whole)
    return title


def _site(match: re.Match[str] | None, beside: Iterable[str] = ()) -> _Site | None:
    if match is None or NO_DOMAIN.match(match["host"]):
        return None
    return _Site(match["host"], match["path"] or "", match[0], frozenset(beside))


def _sites(text: str, beside: Iterable[str]) -> list[_Site]:
    """The sites of a text that is an address, or nothing but several of them."""
    if "." not in text:
        return []
    found = [_site(DOMAIN.fullmatch(piece), beside) for piece in _LISTED.split(text)]
    return [site for site in found if site] if all(found) else []


class _Reading:
    """A title being taken apart."""

    def __init__(self, title: Title, group: str) -> None:
        self.title, self.group = title, folded(group)
        self.sites: list[_Site] = []

    def read(self, whole: str) -> None:
        told = whole.lower()
        dated = any(map(told.__contains__, _EARLIER))
        former = next((match for pattern in _FORMERLY if dated and (match := pattern.search(whole, 1))), None)
        if former and is_state(former["name"]):
            former = None
        rest = whole[: former.start()] + whole[former.end() :] if former else whole
        rest = unglued(rest)
        part = part_of(rest)
        rest = rest[: part.start()] + rest[part.end() :] if part else rest
        rest = " ".join(BRACKET.sub(self._bracket, rest).split())
        owned = None if part else _OWNED.match(rest)
        if only_announces(rest):
            names: list[str] = []
        elif owned and not says_nobody(owned["owned"], self.group):
            names = [clean(owned["owned"])]
        else:
            names = self._names(_parted(rest))
        owner = part or owned
        if part and len(names) != 1:
            self.title.notes.append(("remark", part[0].strip(" ()[],")))
            owner = None
        self.title.victims = [replace(_named(name), owner=clean(owner["owner"]) if owner else "") for name in names]
        self._place_sites()
        if former:
            self._place_former(clean(former["name"]))
        if not self.title.victims:
            self.title.reason = f"announces something and names no victim: {whole[:80]!r}"

    def _place_former(self, former: str) -> None:
        """A name that the victim had is told of the one that has a name."""
        victims = self.title.victims
        if len(victims) == 1 and not victims[0].hidden and not MASK.search(former) and not CUT.search(former):
            victims[0] = replace(victims[0], former=former)
        else:
            self.title.notes.append(("former name", former))

    def _place_sites(self) -> None:
        """Give the one victim its domain; without a name every domain is a victim, and so is one that is listed beside it."""
        victims = self.title.victims
        sites = list(dict.fromkeys(self.sites))
        if not victims:
            self.title.victims = list(dict.fromkeys(site.victim() for site in sites))
            return
        if len(victims) == 1:
            apart = list(_apart(sites, victims[0].name))
            theirs = [site for site in sites if site not in apart]
            own = next((site for site in theirs if not is_elsewhere(site.host, site.path, victims[0].name)), None)
            if own:
                victims[0] = replace(victims[0], domain=own.host.casefold())
                theirs.remove(own)
            victims[:0] = [site.victim() for site in apart]
            sites = theirs
        self.title.notes += (("address", site.printed) if site.path else ("domain", site.host) for site in sites)

    def _bracket(self, match: re.Match[str]) -> str:
        """What stays of a bracket: nothing where it holds a domain, a state, a place or a remark, all where it is part of a name ("Alder (India) Pvt. Ltd.")."""
        part = match[1].strip()
        if is_place(part) and is_of_name(match.string[: match.start()], match.string[match.end() :]):
            return match[0]
        if self._aside(part):
            return " "
        if len(match[0]) < len(match.string) and any(
            one.match(part) for one in (AMOUNT, LABELLED, DEALING, DESCRIBING, INTERNAL)
        ):
            self.title.notes.append(("remark", part))
            return " "
        return match[0]

    def _aside(self, part: str, beside: Iterable[str] = ()) -> bool:
        """Whether a part is a domain, a state of the extortion or a place; it is told as such then."""
        words = re.findall(r"[^\s,:;!_/+-]+", part.casefold().rstrip("."))
        if sites := _sites(part, beside):
            self.sites += sites
        elif self.sites and INTERNAL.fullmatch(part):
            self.title.notes.append(("address", part))
        elif CUT_DOMAIN.fullmatch(part):
            self.title.notes.append(("domain (cut off)", part))
        elif words and not is_publisher(part) and tells_state(words):
            self.title.notes.append(("status", part))
        elif is_place(part):
            self.title.notes.append(("place", part))
        else:
            return not words
        return True

    def _names(self, parts: list[str]) -> list[str]:
        """The names among the parts of a title and what stands between them; what is no name is told as a remark."""
        found: list[str] = []
        for at in range(0, len(parts), 2):
            part = shown(parts[at].strip(" ,;"))
            beside = [parts[near].strip().casefold() for near in (at - 1, at + 1) if 0 <= near < len(parts)]
            between = parts[at - 1].strip().casefold() if at else ""
            alone = len(parts) == 1 or not at
            if not part or (
                not (alone and CUT_DOMAIN.fullmatch(part))
                and not (not at and is_place(part))
                and self._aside(part, beside)
            ):
                continue
            is_aside = (found and _SENTENCE.match(part)) or (at and is_data(part))
            name = "" if is_aside else self._name(part)
            if name and found and between == ":" and not parts[: at - 2] and heads(found[0], part):
                self.title.notes.append(("remark", found.pop()))
            if name and (not found or between in _ALIKE or between in _JOINING):
                found.append(name)
            else:
                self.title.notes.append(("remark", part))
        return found

    def _name(self, part: str) -> str:
        """The name in a part without what is said around it, "" where it has none."""
        if is_withheld(part):
            return part
        if is_all_talk(part, self.group) or speaks_to_people(part):
            return ""
        told = _SUBJECT.match(part) if _SENTENCE.match(part) and not says_nobody(part, self.group) else None
        if told and (_SOMEBODY.match(part) or says_nobody(told["name"], self.group)):
            return ""
        if told:
            self.title.notes.append(("remark", part))
            part = told["name"]
        name = self._without_domain(part)
        if name != part and self._aside(name):
            return ""
        lead = _LEAD.match(name)
        if lead and lead.end() < len(name):
            name = _HIT.sub("", name[lead.end() :])
        if (told := PORTION.search(name) or PORTION.search(TAIL.sub("", name))) and told.start():
            self.title.notes.append(("status", told[0].strip(" .,:;-–—")))
            name = name[: told.start()]
        name = re.sub(r"\s+!+\Z", "", TAIL.sub("", name)).strip(" ,:;-–—")
        nobody = says_nobody(name, self.group) or is_state(name) or is_sentence(name)
        return "" if nobody else shown(name)

    def _without_domain(self, part: str) -> str:
        """A part without the domain before or behind its words; all of it where the domain is what the name is made of."""
        words = part.split()
        for at in (-1, 0):
            site = _site(DOMAIN.fullmatch(words[at].strip("<>,;"))) if len(words) > 1 else None
            if site and not _LEAD.fullmatch(" ".join(words[:-1])):
                left = words[:-1] if at else words[1:]
                if left[-1].endswith("!") and not is_related(site.host, " ".join(left)):
                    self.sites.append(site)
                    return ""
                if left[-1].casefold() in _JOINING:
                    return part
                self.sites.append(site)
                if not _is_more(" ".join(left)):
                    return part
                bare = BRACKET.fullmatch(" ".join(left))
                return bare[1].strip() if bare else " ".join(left)
        return part


def _apart(sites: list[_Site], name: str) -> Iterator[_Site]:
    """The sites that are victims beside the one with a name: those that it is joined to, and several in a list with it."""
    listed = len(sites) > 1 and all(site.beside and site.beside <= _ALIKE for site in sites)
    related = [is_related(site.host, name) for site in sites]
    for site, is_own in zip(sites, related, strict=True):
        if not is_own and ((site.beside & _JOINING) or (listed and not any(related))):
            yield site


def _parted(text: str) -> list[str]:
    """The parts of a title, with what stands between them; a list of domains is parted at its commas as well."""
    parts = split(text)
    if "." not in text:
        return parts
    found: list[str] = []
    for at, part in enumerate(parts):
        pieces = _JOINED.split(part) if not at % 2 else []
        found += pieces if len(pieces) > 1 and _is_list(pieces[::2]) else [part]
    return found


def _is_list(pieces: list[str]) -> bool:
    """Whether pieces are domains, or domains and one name: "Barnes & Noble.com" is a name."""
    domains = [bool(_site(DOMAIN.fullmatch(piece)) or INTERNAL.fullmatch(piece)) for piece in pieces]
    if all(domains):
        return True
    if not any(domains) or domains.count(False) > 1:
        return False
    name = pieces[domains.index(False)]
    return _is_more(name) and (domains[0] or pieces[domains.index(True)].islower())


def _is_more(text: str) -> bool:
    """Whether a text is not only a legal form and words that are no name of their own."""
    printed = re.findall(r"[^\s,&]+", text)
    words = [word for word in printed if word.casefold().strip(".") not in ENDS]
    return not re.search(r"\w", text) or (bool(words) and not is_legal_form(" ".join(words)))


def _named(name: str) -> Named:
    if match := LONE_DOMAIN.fullmatch(name):
        site = _site(match)
        return site.victim() if site else Named(name)
    masked, cut = MASK.search(name) is not None, CUT.search(name) is not None
    return Named(name, masked=masked, cut=cut, withheld=not masked and is_withheld(name))
