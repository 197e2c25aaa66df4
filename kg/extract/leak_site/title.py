"""Whom the title of a leak-site post names: names, domains, masks, cut-off names, and what stands around them.

Intruders write as they like: "Leaks Company Birch Inc.", "Rick Law (ricklaw.com)", "N**** ***", "hancockassociat...",
"We are back online!". What is left of a title when domains, states of the extortion and phrases of announcing are taken
away is the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.domains import DOMAIN, LONE_DOMAIN, NO_DOMAIN
from kg.extract.places import is_place
from kg.names import clean, split_legal_form
from kg.patterns import regex

_LONGEST = 400
"""Characters of a title that are read; a longer one is a text."""
_CUT = regex(r"\s?(?:\.{2,}|\u2026)\Z")
_CUT_DOMAIN = regex(r"(?:www\.)?(?:[\w-]+\.)+[\w-]*(?:\.{2,}|\u2026)|(?:www\.)?[\w-]+\.\w*\u2026")
_MASK = regex(
    r"\*{2,}|[#\u2588\u2593\u2592\u2591\u2022\u25cf\u25a0\u00d7]{2,}|(?<!\w)\w{0,2}\?{3,}\w{0,3}(?!\w)|(?<!\w)[A-Za-z0-9]?_{3,}"
    r"|(?<!\w)[A-Za-z0-9]-{3,}(?!\w)|(?<!\w)[xX]{4,}(?!\w)|\w\*(?!\w).*\w\*(?!\w)"
)
_DECORATED = regex(r"[*#=~_<>!-]{2,}\s*(\w[^*#]*?)\s*[*#=~_<>!-]{2,}\Z")
_BRACKET = regex(r"\s*[(\[{]([^()\[\]{}]{0,200})[)\]}]\s*")
_BETWEEN = regex(r"(\s+[-–—|»/\\]+\s+|\s*[|»]\s*|\s*[:;]\s+|\s[-–—]+(?=\S)|(?<=\S)[–—]\s|,\s+(?=(?:https?://|www\.)))")
_ALIKE = frozenset("/\\,")
"""What stands between two names of equal rank."""

_STATES = frozenset(
    """
    all and archive auction available batch been breached closed coming countdown data database databases db day days deadline deleted disclosed
    document documents download dump dumped encrypted ended evidence expired exposed file files final first for free full fully has hours hacked
    is leak leaked leaks link links negotiation negotiating negotiations new next no not now of on open over pack paid part partial partially
    pay proof proofs public publication publish published publishing ransom release released removed sale sample samples screenshots second
    sold soon stage stolen the third time timer unpaid unpay upd update updated vol volume was
    """.split()
)
_TELLING = _STATES - frozenset(
    "all and been day days first final for has hours is new next no not now of on over second the third time was open closed ended".split()
)
_SIZE = regex(r"#?v?\d+(?:[.,]\d+)?(?:%|[kmgt]i?b?)?|[kmgt]i?b|%", re.IGNORECASE)
_BEFORE = r"(?:(?:the|a|our|new|next|latest|official|final|full|security|data|big|massive|more|some)\s+)*+"
_LEAD = regex(
    rf"{_BEFORE}(?:(?:leak(?:s|ed|ing|age)?|hacked|dumped|breached)\b[\s:,!#-]*(?:(?:post|posts|company|companies|victim|data|files|of|from|on|for|is|the|by)\b[\s:,-]*)*"
    r"|(?:breach|hack|dump|attack|appeal|message|letter|warning|update[ds]?|upd|victim|target|post|files?|documents?|databases?|data|published|sold)\b\s*(?::|(?:of|to|from|on|for|against|at)\b)\s*(?:(?:the|network|company)\s+)*)",
    re.IGNORECASE,
)
_TAIL = regex(
    r"[\s,:-]+(?:(?:has|have|was|were|is|are|been|got|just|now|full|data|all|internal|confidential|files?|documents?|databases?|customers?|clients?)\s+)*+"
    r"(?:leak(?:s|ed|age)?|breach(?:ed)?|hack(?:ed)?|dump(?:ed)?|attacked|published|sold|encrypted|stolen|exposed|announce[sd]?|announcement)\b[\s!.]*\Z",
    re.IGNORECASE,
)
_HIT = regex(r"\s+(?:networks?|servers?|data|databases?|files?|documents?|systems?|infrastructure)\s*\Z", re.IGNORECASE)
_PORTION = regex(r"[\s,.:-]+(?:part\s+\d+|\d+(?:[.,]\d+)?\s?[kmgt]b|\d{1,3}\s?%)(?:\s+\w+){0,2}\Z", re.IGNORECASE)
_ANNOUNCING = regex(
    r"(?:[\w ]{0,30}\s)?(?:announcements?|announce|notice|news|statement|attention|important|press\s+release)\s*[:!-]+\s*",
    re.IGNORECASE,
)
_TALK = regex(
    r"\b(?:hello(?:\s+world)?|welcome(?:\s+to)?|officially|online|offline|announce(?:s|d|ments?)?|rules?|faq|contacts?|about|news|partner(?:s|ship)?|affiliates?|program|how\s+to"
    r"|hiring|recruit\w*|looking\s+for|mirrors?|press|release|statement|merry|happy|new\s+year|christmas|greetings|tests?|testing|wall\s*of\s*sham\w*"
    r"|back|blog|site|domain|address|coming|soon|stay\s+tuned|important|notice|attention|terms|support|telegram|tox|pgp|jabber|forum|maintenance|retir\w+|shut\w*\s+down|goodbye"
    r"|thanks?|sorry|interview|journalists?|manifesto|lorem|ipsum|who(?:['’]s)?|next|victims?|compan(?:y|ies)|organi[sz]ations?|posts?|new|more|unknown|for\s+sale|auction|potential|team|leaks?|updates?"
    r"|list|page|here|read|pay)\b",
    re.IGNORECASE,
)
_FUNCTION = regex(
    r"\b(?:we|are|us|our|you|your|is|of|the|a|an|to|in|will|be|and|or|this|it|on|at|for|with)\b", re.IGNORECASE
)
"""Words that count neither for a name nor against it."""
_MOSTLY = 0.6
"""Share of the letters of a part that are talk, from which on it names nobody."""
_OWN_PREFIX = 5
"""Letters that the name of a group and a word of its post share when the group speaks of itself."""
_OWNED = regex(
    r"(?P<owner>\S.{0,80}?)['’]s\s+(?:company|subsidiary|division|branch|unit|affiliate|business)\b[\s,:–—-]*(?P<owned>\S.*)",
    re.IGNORECASE,
)
_SENTENCE = regex(r"(?=(?:.*\s[a-z]\S*){3})(?:\S+\s+){4}|.{120}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """One victim of a title: its name and domain, and whether letters of it are hidden or missing.

    Attributes:
        name: the name as one reads it, a domain without "www.".
        domain: its domain, or "".
        masked: whether letters are hidden.
        cut: whether the end is missing.
        owner: whose company it is said to be, or "".
    """

    name: str
    domain: str = ""
    masked: bool = False
    cut: bool = False
    owner: str = ""


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


def read_title(text: str, group: str) -> Title:
    """Return what a decoded title says; `group` is who posted it, so that its talk of itself is known."""
    title = Title()
    whole = clean(text)
    if (match := _DECORATED.match(whole)) and not _MASK.search(match[1]):
        whole = match[1]
    if not re.search(r"\w", whole) and not _MASK.search(whole):
        title.reason = "has no title"
    elif len(whole) > _LONGEST:
        title.reason = f"has a title of more than {_LONGEST} characters, which names nobody in particular"
    elif (match := LONE_DOMAIN.fullmatch(whole)) and not NO_DOMAIN.match(match["host"]):
        title.victims = [_of_domain(match["host"])]
    else:
        _Reading(title, group).read(whole)
    return title


def _of_domain(host: str) -> Named:
    return Named(host, host.casefold(), masked=_MASK.search(host) is not None)


class _Reading:
    """A title being taken apart."""

    def __init__(self, title: Title, group: str) -> None:
        self.title, self.group = title, _folded(group)
        self.domains: list[str] = []

    def read(self, whole: str) -> None:
        rest = self._without_brackets(whole)
        owned = _OWNED.match(rest)
        if self._only_announces(rest):
            names: list[str] = []
        elif owned and not self._says_nobody(owned["owned"]):
            names = [clean(owned["owned"])]
        else:
            names = self._names(_BETWEEN.split(rest))
        self.title.victims = [replace(_named(name), owner=clean(owned["owner"]) if owned else "") for name in names]
        self._place_domains()
        if not self.title.victims:
            self.title.reason = f"announces something and names no victim: {whole[:80]!r}"

    def _place_domains(self) -> None:
        """Give the one victim its domain; without a name every domain is a victim."""
        victims = self.title.victims
        if not victims:
            self.title.victims = [_of_domain(host) for host in dict.fromkeys(self.domains)]
        elif len(victims) == 1 and self.domains:
            victims[0] = replace(victims[0], domain=self.domains[0].casefold())
            self.title.notes += (("domain", host) for host in self.domains[1:])
        else:
            self.title.notes += (("domain", host) for host in self.domains)

    def _only_announces(self, text: str) -> bool:
        """Whether a title is headed as an announcement and no company stands behind that."""
        match = _ANNOUNCING.match(text)
        if not match or DOMAIN.search(text):
            return False
        left = text[match.end() :]
        return not split_legal_form(left)[1] and len(re.findall(r"\b[A-Z]", left)) < _WORDS_OF_A_NAME

    def _without_brackets(self, text: str) -> str:
        """The title without brackets that hold a domain, a state or a place; others stay, they are part of a name."""
        return " ".join(_BRACKET.sub(lambda m: " " if self._aside(m[1].strip()) else m[0], text).split())

    def _aside(self, part: str) -> bool:
        """Whether a part is a domain, a state of the extortion or a place; it is told as such then."""
        words = re.findall(r"[^\s,:;!_/+-]+", part.casefold().rstrip("."))
        if (match := DOMAIN.fullmatch(part)) and not NO_DOMAIN.match(match["host"]):
            self.domains.append(match["host"])
        elif _CUT_DOMAIN.fullmatch(part):
            self.title.notes.append(("domain (cut off)", part))
        elif words and all(word in _STATES or _SIZE.fullmatch(word) for word in words) and _tells(words):
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
            part = clean(parts[at].strip(" ,;"))
            between = parts[at - 1].strip() if at else ""
            alone = len(parts) == 1 or not at
            if not part or (
                not (alone and _CUT_DOMAIN.fullmatch(part)) and not (not at and is_place(part)) and self._aside(part)
            ):
                continue
            name = "" if found and _SENTENCE.match(part) else self._name(part)
            if name and (not found or between in _ALIKE):
                found.append(name)
            else:
                self.title.notes.append(("remark", part))
        return found

    def _name(self, part: str) -> str:
        """The name in a part without what is said around it, "" where it has none."""
        name = self._without_domain(part)
        if name != part and self._aside(name):
            return ""
        lead = _LEAD.match(name)
        if lead and lead.end() < len(name):
            name = _HIT.sub("", name[lead.end() :])
        if (told := _PORTION.search(name)) and told.start():
            self.title.notes.append(("status", told[0].strip(" .,:;-–—")))
            name = name[: told.start()]
        name = re.sub(r"\s+!+\Z", "", _TAIL.sub("", name)).strip(" ,:;-–—")
        return "" if self._says_nobody(name) or _is_state(name) else clean(name)

    def _without_domain(self, part: str) -> str:
        """A part without the domain before or behind its words."""
        words = part.split()
        for at in (-1, 0):
            match = DOMAIN.fullmatch(words[at].strip("<>,;")) if len(words) > 1 else None
            if match and not NO_DOMAIN.match(match["host"]) and not _LEAD.fullmatch(" ".join(words[:-1])):
                self.domains.append(match["host"])
                return " ".join(words[:-1] if at else words[1:])
        return part

    def _says_nobody(self, part: str) -> bool:
        """Whether a part is talk of the group: of itself, its site or its plans."""
        told = _CUT.sub("", part)
        if split_legal_form(told)[1] and len(told.split()) > 1:
            return False
        if _MASK.search(told):
            return False
        bare = _FUNCTION.sub(" ", told)
        talk = _letters(*(match[0] for match in _TALK.finditer(bare)))
        own = _letters(*filter(self._is_own, bare.split()))
        letters = _letters(bare)
        if not letters:
            return len(told.split()) > 1 or not _letters(told)
        return talk + (own if talk else 0) >= _MOSTLY * letters

    def _is_own(self, word: str) -> bool:
        plain = _folded(word)
        return len(plain) >= _OWN_PREFIX and plain[:_OWN_PREFIX] == self.group[:_OWN_PREFIX]


_WORDS_OF_A_NAME = 2


def _is_state(text: str) -> bool:
    """Whether every word of a text tells of the state of the extortion, or nothing."""
    words = re.findall(r"[^\s,:;!_/+-]+", _FUNCTION.sub(" ", text.casefold()))
    return not words or (len(text.split()) > 1 and all(word in _STATES for word in words))


def _tells(words: list[str]) -> bool:
    return any(word in _TELLING or re.fullmatch(r"\d+(?:[.,]\d+)?(?:%|[gtm]i?b)", word) for word in words)


def _named(name: str) -> Named:
    if match := LONE_DOMAIN.fullmatch(name):
        return Named(name) if NO_DOMAIN.match(match["host"]) else _of_domain(match["host"])
    return Named(name, masked=_MASK.search(name) is not None, cut=_CUT.search(name) is not None)


def _letters(*words: str) -> int:
    return sum(sum(map(str.isalnum, word)) for word in words)


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
