"""The attackers of a post: those that its fields name, each as surely as the field says it, and those that its prose blames."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.counts import is_group_name
from kg.extract.clauses import sureness
from kg.extract.post.strangers import clause, tells_of_another
from kg.extract.relations import holds
from kg.extract.tokens import known as word_known
from kg.model import Certainty, Party, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence

_DOUBT = r"(?:suspected|alleged(?:ly)?|claimed|claims?(?:\sresponsibility)?|unconfirmed|unverified|possibl[ye]|likely|probabl[ye]|believed(?:\sto\sbe)?|potential(?:ly)?|presum(?:ed|ably))"
_WAS = r"(?:(?:is|was|still|only|strongly|reportedly)\s)?"
_REMARK_BEHIND = regex(rf"\s?(?:\({_WAS}{_DOUBT}[^()]{{0,60}}\)|\s[-–—]\s{_WAS}{_DOUBT})\Z", re.IGNORECASE)
_FIELDS = tuple(
    f"{around}{actor}{name}"
    for around in ("", "attribution.")
    for name in ("", ".name")
    for actor in ("threat_actor", "threat_actors")
)
_REMARK_AHEAD = regex(rf"{_DOUBT}(?:\s(?:member\sof|the))?:?\s(?=[^\W_a-z])", re.IGNORECASE)

_ALIAS = r"(?P<name>[A-Z][\w$-]+(?:\s(?=[A-Z])[\w$-]+){0,3})"
_CRIME = r"(?:ransomware|hacking|hackers?|extortion|cyber ?crime|cybercriminal|threat|criminal|crime|data[- ]theft|espionage)"
_BAND = r"(?:group|gang|crew|actor|collective|outfit|operation|cartel|syndicate)"
_CALLED = r"(?:(?:that\s|which\s|who\s)?(?:calling (?:itself|themselves)|calls itself|call themselves)|called|known as|named|dubbed|tracked as|identified as)"
_BOAST = (
    r"(?:(?:has|have|had|later|then|also)\s)*(?:claim(?:ed|s)?\s(?:responsibility|credit|the\s(?:attack|breach|hack|intrusion|theft)|to have)|"
    r"(?:took|takes)\s(?:responsibility|credit)|list(?:ed|s)\s(?:the\s(?:company|firm|victim|retailer|bank|provider)|it\b)|"
    r"(?:published|leaked|posted|dumped)\s(?:the\s)?(?:stolen\s)?(?:data|files|records|documents)\b)"
)
_DEED = (
    r"(?:(?:(?:said|says)\s(?:that\s)?(?:it|they)\s)?(?:(?:has|have|had)\s)?(?:add(?:ed|s)(?!\s\d)|copied|encrypted|list(?:ed|s)|stole|stolen|took)"
    r"(?!\s(?:action|all|back|its|on|over|part|shares|steps|that|their)\b)|(?:has|have|had)\staken\s(?:credit|responsibility))"
)
"""What an intruder does, and no victim: who "added that", or "took its systems offline", may be one."""
KNOWN_ACTORS = (
    "8Base|Akira|ALPHV|BianLian|BlackBasta|Black Basta|BlackByte|BlackCat|BlackMatter|BlackSuit|Cactus|Cl0p|Clop|Conti|Crimson Collective|"
    "DarkSide|DragonForce|Everest|FIN7|Hellcat|Hive|Hunters International|INC Ransom|Interlock|Karakurt|Lapsus\\$|LAPSUS\\$|Lazarus Group|"
    "LockBit|Lynx|Magecart|Medusa|Midnight Blizzard|NetWalker|NoEscape|Nobelium|Qilin|RansomHub|RansomHouse|Ragnar Locker|REvil|Rhysida|"
    "Royal|Ryuk|SafePay|Salt Typhoon|Scattered Lapsus\\$ Hunters|Scattered Spider|ShinyHunters|Silk Typhoon|Snatch|Storm-\\d{4}|"
    "UNC\\d{4}|Vice Society|Volt Typhoon|WorldLeaks|Worldleaks"
)
"""Names under which intruders are widely reported; only used where the sentence blames somebody."""
_WORDS_TOO = "Akira|BlackCat|Cactus|Conti|Everest|Hive|Interlock|Lynx|Medusa|Royal|Snatch"
"""Those of them that others are called by, too."""
_BANDS = (*_BAND.removeprefix("(?:").removesuffix(")").split("|"), "hacker")
_BOASTS = ("claim", "took", "takes", "list", "published", "leaked", "posted", "dumped")
ATTACKER = tuple(
    (words, regex(pattern))
    for words, pattern in (
        (_BANDS, rf"\b{_CRIME}\s{_BAND}s?,?\s(?:{_CALLED}\s)?(?:the\s)?{_ALIAS}"),
        (("call", "known as", "named", "dubbed", "tracked as", "identified as"), rf"\b(?:{_BAND}|hackers?|attackers?|intruders?|thieves|extortionists?|criminals?)s?,?\s{_CALLED}\s(?:the\s)?{_ALIAS}"),
        (("gang", "crew", "hacker", "extortionist"), rf"\b(?:gang|crew|hackers?|extortionists?)\s{_ALIAS}"),
        (("group ", "collective "), rf"\b(?:[Gg]roup|[Cc]ollective)\s{_ALIAS}\s{_BOAST}"),
        (_BANDS, rf"\b{_ALIAS}\s(?:{_CRIME}\s{_BAND}|gang|crew|hackers)\b"),
        (_BANDS, rf"\bThe\s(?P<name>{KNOWN_ACTORS})\s(?:{_CRIME}\s{_BAND}|gang|crew|cartel|hackers|{_BAND}\s(?:{_BOAST}|{_DEED}))\b"),
        (_BANDS, rf"\bThe\s(?!(?:{_WORDS_TOO})\s)(?P<name>{KNOWN_ACTORS})\s{_BAND}\b(?!\sof\b)"),
        (_BOASTS, rf"\b{_ALIAS}\s{_BOAST}"),
        (("claimed by",), rf"\bclaimed by\s(?:the\s)?(?:{_CRIME}\s)?(?:{_BAND}\s)?{_ALIAS}"),
        (("attributed to", "linked to", "blamed on", "work of", "carried out by", "behind"), rf"\b(?:attributed to|linked to|blamed on|work of|carried out by|behind (?:it|the attack)[^.]{{0,20}})\s(?:the\s)?(?:{_CRIME}\s)?(?:{_BAND}\s)?(?P<name>{KNOWN_ACTORS})\b"),
    )
)  # fmt: skip
"""Each with words of which it needs one."""
_BLAMING = tuple(dict.fromkeys(word for words, _ in ATTACKER for word in words))
_NOT_THEY = regex(
    rf"(?:\s{_BAND})?(?:,\s[^,;.]{{2,60}},)?(?:\s(?:has|have|had|said|says|that|it|they))*\s(?:den(?:y|ie[sd])\b(?!\sthat\b)|nothing\sto\sdo\b|(?:is|was|were)\sruled\sout\b"
    r"|(?:is|was|were|had|has|have|did)(?:\snot|\snever|n[’']t)\s(?:been\s)?(?:attack|behind|claim|hack|inside|involved|responsible|taken?\s(?:credit|responsib)|to\sblame)\w*)"
)
"""Behind the name of a group: that it was not they."""
_NOT_BY = regex(
    r"\bdoubt(?:s|ed)?\b|(?:\b(?:never|no|not)|n[’']t)\s(?:(?:actually|an?|any|be|been|by|ever|the)\s){0,3}"
    r"(?:\Z|(?:attack|attribut|behind|believe|breach|carried|claimed|compromis|gang|group|hack|hit|infect|involv|link|responsib|target|think|tied|true|victim|work)\w*\b|confirm\w*\sthat\b)"
    r"|\bruled?\sout\b|\b(?:at\sfirst|first|initially|originally|wrongly)\s(?:[\w-]{1,20}\s){0,4}?(?:attributed|blamed|linked)\b",
    re.IGNORECASE,
)
"""Before it: the same, or that it was only thought so at first."""
_CLAIMING = regex(
    r"\b(?:claims?|demands?|statements?)\s(?:[\w-]{1,20}\s){0,3}?(?:by|from|of)\s(?:the\s)?\Z", re.IGNORECASE
)
"""Before the name of a group whose claims somebody may deny."""
_NOT_ATTACKERS = frozenset(
    "A According After An And At Attackers Authorities Before But Company Criminals Customers Data Group "
    "Hackers He In Intruders It Its Neither No Nobody None Noone On Others Police Ransomware Security She "
    "Somebody Someone That The These They Thieves This Those We When While".split()
)
"""First words of what is no name of a group: "Attackers", "The"."""


def attackers(told: Any) -> Iterator[Party]:
    """Yield those of the fields, whom commas and semicolons part; a group without a name is none.

    A strain of ransomware is malware, whoever used it: it stays a note, and the prose names the group that claims the attack.
    """
    for value in told.take(*_FIELDS):
        if value.blank:
            told.leave(value)
            continue
        for match in re.finditer(r"[^,;\s][^,;]*", value.text):
            if not is_group_name(name := match[0].rstrip()):
                shown, first, certainty = _undoubted(name)
                start = match.start() + first
                proof = value.evidence(start, start + len(shown), certainty=certainty)
                yield Party(shown, Role.ATTACKER, evidence=(proof,))


def _undoubted(name: str) -> tuple[str, int, Certainty]:
    """An attacker's name without the remark that it is only suspected; where it begins, and what the remark says."""
    if said := _REMARK_BEHIND.search(name):
        return name[: said.start()], 0, _remarked(said[0])
    if said := _REMARK_AHEAD.match(name):
        return name[said.end() :], said.end(), _remarked(said[0])
    return name, 0, Certainty.CONFIRMED


def _remarked(remark: str) -> Certainty:
    said = remark.casefold()
    return Certainty.CLAIMED if "claim" in said or "alleg" in said else Certainty.SUSPECTED


def blamed(
    found: Iterable[Sentence], known: Sequence[str], names: Sequence[str], opening: str
) -> Iterator[tuple[str, Evidence]]:
    """Yield (name, evidence) of the attackers the prose names, unless it says that it was not they, or tells of others whom they attacked.

    Args:
        found: the sentences of the prose.
        known: the parties, none of whom is taken for an attacker.
        names: the companies of the post.
        opening: its title and first sentence.
    """
    taken = {name.casefold() for name in known}
    for sentence in (one for one in found if holds(one.text, _BLAMING)):
        for pattern in (pattern for words, pattern in ATTACKER if holds(sentence.text, words)):
            for match in pattern.finditer(sentence.text):
                name = match["name"]
                if (
                    name.split()[0] not in _NOT_ATTACKERS
                    and "DEMONYM" not in word_known(name.split()[-1])[1]  # "North Korean hackers"
                    and not any(name.casefold() in t or t in name.casefold() for t in taken)
                    and (sure := _blame(sentence.text, match))
                    and not tells_of_another(sentence.text, match.span(), names, opening)
                ):
                    taken.add(name.casefold())
                    yield name, sentence.evidence(*match.span("name"), certainty=sure)


def _blame(text: str, match: re.Match[str]) -> Certainty | None:
    """How sure a sentence is that a group was behind it, None where it says that it was not, or was only thought to be at first."""
    begin, end = clause(text, match.span())
    ahead = match.start("name")
    if _NOT_THEY.match(text, match.end()) or _NOT_BY.search(text, begin, ahead):
        return None
    said = next(sureness(text[begin:end], [ahead - begin]))
    if said is Certainty.DENIED:
        return Certainty.CLAIMED if _CLAIMING.search(text, begin, ahead) else None
    return said or Certainty.CONFIRMED
