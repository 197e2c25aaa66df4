"""What groups write on their leak sites besides names of victims: announcements, talk of themselves, states of the extortion."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.domains import DOMAIN
from kg.extract.leak_site.hidden import CUT, MASK, is_of_a_people
from kg.extract.places import is_place
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_HEADINGS = frozenset(
    "alert breaking chance exclusive extended last news notice reminder special urgent warning".split()
)
"""Words that announce, alone or beside states; "Fox News" is a name."""
_SIZE = regex(
    r"#?v?\d+(?:[.,]\d+)?(?:%|[kmgt]i?b?)?|[kmgt]i?b|%|\d{1,2}(?:st|nd|rd|th)|(?P<part>(?:part|pt|vol)\d{1,3})",
    re.IGNORECASE,
)
_WORD = regex(r"[^\s,:;!_/+-]+")
_ANNOUNCING = regex(
    r"(?:[\w ]{0,30}\s)?(?:announcements?|announce|notice|news|statement|attention|important|press\s+release)(?:\s*[:!]+\s*|\s*-+\s+|\s+-+\s*|\s*\.\s+)",
    re.IGNORECASE,
)
_HARD = regex(
    r"\b(?:seized|seizures?|indict\w+|arrest(?:s|ed)?|decrypt\w*|ransomware|bug\s+bounty|(?:account|project|site)\s+closures?|take\s?downs?|law\s+enforcement|press\s+releases?|sanctions?"
    r"|dear\s+(?:friends|colleagues|clients|customers|partners|visitors|victims|compan(?:y|ies)|users|journalists|all|sirs?)"
    r"|what\s+(?:have|do|are)\s+we|pages?\s+creation|(?:is|are|was|been)\s+(?:now\s+)?(?:closed|down|over|finished|dead|shut)|(?:infrastructure|servers?|panel)\s+(?:is\s+)?(?:down|offline)"
    r"|under\s+(?:construction|maintenance))\b",
    re.IGNORECASE,
)
"""Words of which hardly a company is called."""
_TALK = regex(
    r"\b(?:hello(?:\s+world)?|welcome(?:\s+to)?|officially|online|offline|announce(?:s|d|ments?)?|rules?|faq|contacts?|about|news|partner(?:s|ship)?|affiliates?|program|how\s+to"
    r"|hiring|recruit\w*|looking\s+for|mirrors?|press|releases?|statement|merry|happy|new\s+year|christmas|greetings|tests?|testing|wall\s*of\s*sham\w*"
    r"|back|blog|site|domain|address|coming|soon|stay\s+tuned|important|notice|attention|terms|support|telegram|tox|pgp|jabber|forum|maintenance|retir\w+|shut\w*\s?down|goodbye"
    r"|thanks?|sorry|interview|journalists?|manifesto|lorem|ipsum|who(?:['’]s)?|next|victims?|compan(?:y|ies)|organi[sz]ations?|posts?|new|more|unknown|for\s+sale|auction|potential|team|leaks?|updates?"
    r"|list|page|here|read|pay)\b",
    re.IGNORECASE,
)
_WEAK = _STATES | frozenset(
    """
    access account accounts activity affected app attack attacks backend bounty broker brokers bug builder buy buyer buyers channel chat code contract corporate cyber dear
    deal domains down encryptor fbi feedback friends guide hacker hackers help identity info information infrastructure insiders internal job jobs key keys law
    locker login market marketplace member members money name names network operation operations panel payment payments police price prices private product project purchase question
    questions recovery report reports reward rewards sales search section security sell seller sellers server servers service services software source stealer cartel doing learnt
    system systems tool tools user users vacancies vacancy version vip visit website websites work
    """.split()
)
"""Words that are talk only beside other talk: companies are called so as well."""
_FUNCTION = frozenset(
    "we are us our you your is of the a an to in will be and or this it on at for with from by has have had been was were that what which how why let i do then than".split()
)
"""Words that count neither for a name nor against it."""
_SIGN = regex(r"\b(?:we|our|is|are|been|will|this|how|why|what)\b|access\s+for\s+sale|(?-i:\bus\b)|[!?]", re.IGNORECASE)
"""What a sentence has, and hardly a name."""
_OPENING = frozenset("we our you your they their this how why what selling".split())
"""Words that sentences begin with, and names hardly do where the others are in small letters."""
_SPOKEN = _OPENING | frozenset("us is are were be will should must not".split())
"""Words of sentences; names of any language hardly have one in small letters."""
_WORDS_OF_A_SENTENCE = 3
_TO_PEOPLE = regex(
    r"(?i:appeal|message|letter|warning)\s+(?:to|for)\s.*\b(?:clients|customers|employees|management|negotiators|staff|FBI)\Z"
)
_GREETING = regex(r"\b(?:announc\w*|hello|welcome)\b", re.IGNORECASE)
"""What has a name as well, if all its words are written as in one ("Announce Media", "Welcome Break")."""
_TITLED = regex(r"(?:[A-Z][a-z]+|[A-Z0-9&]{1,20})(?:\s(?:[A-Z][a-z]+|[A-Z0-9&]{1,20})){1,4}")
_COMPOUND = regex(r"[A-Z][a-z]{2,20}-[A-Z][a-z]{2,20}")
"""One word of two, as of a newspaper ("News-Press")."""
_CAPITALIZED = regex(r"[A-Z][a-z]")
_MOSTLY = 0.6
"""Share of the letters of a sentence that are talk, from which on it names nobody."""
_OWN_PREFIX = 5
_OWN_LETTERS = 6
"""Letters that the name of a group and a word of its post share when the group speaks of itself."""
_WORDS_OF_A_NAME = 2


def only_announces(text: str) -> bool:
    """Return whether a title is headed as an announcement and no company stands behind that."""
    match = _ANNOUNCING.match(text)
    if not match or DOMAIN.search(text):
        return False
    left = text[match.end() :]
    return not split_legal_form(left)[1] and len(re.findall(r"\b[A-Z]", left)) < _WORDS_OF_A_NAME


def heads(first: str, second: str) -> bool:
    """Return whether what stands before a colon does nothing but announce the company behind it ("Last chance: Alder Inc")."""
    words = set(re.findall(r"[^\W\d]+", first.casefold()))
    announces = words <= _STATES | _HEADINGS and not words.isdisjoint(_HEADINGS)
    return announces and bool(split_legal_form(second)[1])


def says_nobody(part: str, group: str) -> bool:
    """Return whether a part of a title is talk of a group, by its folded name: of itself, its site or its plans.

    A name is told from that by a word that is none of talk, unless the part is a sentence that is nearly all talk.
    """
    return _share(part, group)[1]


def is_all_talk(part: str, group: str) -> bool:
    """Return whether every word of a part of a title is such talk."""
    return _share(part, group)[0]


@lru_cache(maxsize=64)
def _share(part: str, group: str) -> tuple[bool, bool]:
    """Whether all of a part is talk, and whether enough of it is."""
    told = CUT.sub("", part)
    if _COMPOUND.fullmatch(told):
        return False, False
    if not _TALK.search(told) and not _HARD.search(told):
        silent = not _letters(_told_words(told)) and (len(told.split()) > 1 or not _letters([told]))
        return False, silent and not MASK.search(told)
    if MASK.search(told) or (split_legal_form(told)[1] and len(told.split()) > 1):
        return False, False
    hard, rest = _taken(_HARD, told)
    talk, rest = _taken(_TALK, rest)
    words = _told_words(rest)
    own = [word for word in words if _is_own(word, group)]
    common = [word for word in words if word not in own and _is_weak(word, hard=hard > 0)]
    unknown = [word for word in words if word not in own and word not in common]
    # Two such words, or one beside the name of the group, say enough.
    greets = _GREETING.search(told) is not None and not (
        _TITLED.fullmatch(told) and not own and any(map(_CAPITALIZED.match, unknown))
    )
    sentence = greets or _SIGN.search(told) is not None or (hard > 0 and (bool(own) or len(_HARD.findall(told)) > 1))
    counted = hard or (talk and (sentence or own))
    known = hard + talk + (_letters(common) if counted else 0) + _letters(own)
    letters = hard + talk + _letters(words)
    lower = not unknown or (told[:1].isupper() and all(map(str.islower, unknown)))
    return known == letters, known == letters or ((sentence or lower) and known >= _MOSTLY * letters)


def _told_words(text: str) -> list[str]:
    """The words of a text that tell something."""
    return [word for word in _WORD.findall(text) if word.strip(".'’\"").casefold() not in _FUNCTION]


def is_state(text: str) -> bool:
    """Return whether every word of a text tells of the state of the extortion, or nothing."""
    if is_publisher(text):
        return False
    words = [word for word in _WORD.findall(text.casefold()) if word not in _FUNCTION]
    return not words or (len(text.split()) > 1 and all(word in _STATES for word in words))


def is_sentence(text: str) -> bool:
    """Return whether a text is written as a sentence, in small letters behind its first word, and has a word of sentences.

    Names that have such a word are written with large letters ("We Are Social"), with a legal form, or all in small letters.
    """
    words = CUT.sub("", text).split()
    if len(words) < _WORDS_OF_A_SENTENCE or words[0][0].islower() or split_legal_form(text)[1]:
        return False
    first, *others = (re.split("['’]", word.strip('.,;:!?"'))[0] for word in words)
    small = {word for word in others if word == word.lower()}
    spoken = first.casefold() in _OPENING or not _SPOKEN.isdisjoint({first, *small})
    return spoken and bool(small) and all(word in small or is_of_a_people(word) for word in others)


def is_own_site(host: str, group: str) -> bool:
    """Return whether a host is in the hidden web, or called as the group itself, by its folded name ("alderlocker2.com")."""
    stem = group.rstrip("0123456789")
    named = folded(host.split(".", maxsplit=1)[0]).rstrip("0123456789") == stem
    return host.endswith(".onion") or (named and len(stem) >= _OWN_PREFIX)


def speaks_to_people(text: str) -> bool:
    """Return whether a text is a message to some people of a company or to the police ("Message for Alder Post negotiators")."""
    return _TO_PEOPLE.match(text) is not None


def is_publisher(text: str) -> bool:
    """Return whether a text is the name of who publishes, though each of its words may tell of a state ("Volume 2 Publishing")."""
    if not text.endswith(" Publishing"):
        return False
    before = text.casefold().split()[:-1]
    return not _TELLING.difference({"volume", "vol", "new", "stage"}).intersection(before)


def tells_state(words: list[str]) -> bool:
    """Return whether words, in small letters, are a state of the extortion and the size of its files, and more than numbers."""
    return all(word in _STATES or _SIZE.fullmatch(word) for word in words) and any(
        word in _TELLING or ((size := _SIZE.fullmatch(word)) and (size["part"] or word[-1] in "b%")) for word in words
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[int, str]:
    """How many letters of a text a pattern takes, and what it leaves."""
    return _letters(match[0] for match in pattern.finditer(text)), pattern.sub(" ", text)


def _is_weak(word: str, *, hard: bool) -> bool:
    plain = word.strip(".'’\"?()[]").casefold()
    return plain in _WEAK or not any(map(str.isalpha, plain)) or (hard and is_place(word))


def _is_own(word: str, group: str) -> bool:
    """Whether a word is the name of the group, begins with it, or is two letters of it ("LB")."""
    stem, plain = group.rstrip("0123456789"), folded(word)
    if len(stem) >= _OWN_LETTERS and re.fullmatch(r"[A-Z]{2}", word):
        return plain[0] == stem[0] and plain[1] in stem[1:]
    return len(plain) >= _OWN_PREFIX <= len(stem) and plain.startswith(stem[:_OWN_LETTERS])


def _letters(words: Iterable[str]) -> int:
    return sum(map(str.isalnum, "".join(words)))


def folded(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return "".join(filter(str.isalnum, text.casefold()))
