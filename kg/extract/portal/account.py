"""The vendors to which something happened, as the account of a portal's row says, whatever it calls them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.portal.prose import ASSOCIATE, CES, LONGEST, NAME, NAMED, TOLD, names_in
from kg.extract.portal.sentences import sentences
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

_KIND = (
    r"(?:[Ss]ub-?[Cc]ontractor|[Vv]endor|[Ss]upplier|[Cc]ontractor|[Pp]rocessor|[Cc]learing ?house|[Tt]hird[- ][Pp]arty [Aa]dministrator"
    r"|(?:[Ss]ervices?|[Ss]oftware|[Hh]osting|[Cc]loud|IT|[Tt]echnology|[Ss]olutions?|[Mm]ailing|[Bb]illing) (?:[Pp]rovider|[Cc]ompany))"
)
SUPPLIER = rf"(?:BA|[Bb]usiness [Aa]ssociate(?: \(BA\))?|{_KIND})"
"""What the accounts call a vendor by no name."""
_ALSO = (
    rf"(?:{_KIND}|(?:[Pp]harmacy )?[Bb]enefits? [Mm]anager|(?:[Pp]lan|[Cc]laims|[Bb]enefits?) [Aa]dministrator"
    r"|(?:[Aa]nswering|[Tt]ranscription|[Ss]hredding|[Cc]ourier|[Dd]elivery|[Ss]torage|[Mm]ailing|[Pp]rinting|[Bb]illing|[Cc]ollections?|[Cc]opy|[Cc]oding|[Cc]laims)"
    r" (?:[Ss]ervice|[Ff]irm|[Aa]gency|[Hh]ouse))"
)
"""What is called so is the business associate of a row that has one, and names no other."""
_NAMES_OF_KINDS = ("ontractor", "endor", "upplier", "rocessor", "earing", "dministrator")
_KINDS_TELL = (*_NAMES_OF_KINDS, "rovider", "ompany")
"""One of them is in every account that calls somebody a vendor."""
_PROVIDER = regex(r" (?:[Pp]rovider|[Cc]ompany)")
_PROVIDED = (
    "ervice", "ervices", "oftware", "osting", "loud", "IT", "echnology", "olution", "olutions", "ailing", "illing",
)  # fmt: skip
"""What stands before it where it is a vendor."""
_ALSO_TELL = (*_KINDS_TELL, "anager", "ervice,", "gency", " firm,", " house,")
_NAMES_ONE = regex(
    r"(?:ontractor|endor|upplier|rocessor|earing ?house|dministrator|rovider|ompany|anager|ervice|gency|irm|ouse)(?:,| was| is)? (?:the )?[a-z]{0,8}[A-Z]"
)
_NAMED_AS = regex(r"[\w.)], (?:an?|its|their|the|our) ")
_EVENT = r"(?:attack|cyber|breach|incident|intrusion|ransomware|malware|hack|theft|burglary|unauthori[sz]ed|compromise|outage)"
_THING = r"(?:laptop|computer|drive|dis[ck]|tape|box|record|file|device|paper|document|letter|mail|PHI|ePHI|data|information)"
_BEFELL = (
    r"(?:(?:was|were|had been|has been|have been) (?:[a-z]+ly |also |itself )?(?:(?:hacked|breached|compromised|attacked|infected|burgl[a-z]+"
    r"|robbed|targeted|hit by|struck by|an? (?:victim|target) of|the (?:victim|target|subject) of)\b"
    rf"|subject(?:ed)? to (?:[\w-]+ ){{0,4}}{_EVENT})|(?:had |has |have )?(?:(?:experienced|suffered|sustained) (?:[\w'’-]+ ){{0,6}}?{_EVENT}"
    rf"|(?:fell|fallen) victim to|(?:lost|misplaced|misdirected|mis-?mailed) (?:[\w'’-]+ ){{0,6}}?{_THING})"
    r"|(?:mistakenly|inadvertently|accidentally|improperly|erroneously|impermissibly|wrongly) (?:[a-z]+ed|sent|left|gave|made|put)\b"
    r"|ha[ds] (?:its|their|an?|some|one|two|three|several) (?:(?!customer|client|member|that|which|who|(?:after|and|before|for|the|was|were|when)\b)[\w'’-]+ ){1,6}?(?:hacked|breached|compromised|attacked|infected|stolen)\b(?=[.,;]| (?:after|and|as|at|because|before|between|by|due|during|for|from|in|on|over|resulting|since|through|using|via|when|while|with)\b|\Z))"
)
_TOLD = r"(?:reported|disclosed|announced|stated|learned|discovered|determined|(?:notified|informed|advised|told) [^.;,]{1,60}) that"
_TOLD_OF_ITSELF = rf"{_TOLD} (?:it|(?:one of )?(?:its|their) (?!customer|client|member)(?:[\w'’/-]+ ){{1,5}}?)\s?"
_SOMEBODY = (
    r"(?:(?:an? |some )?(?:unauthori[sz]ed|unknown|third|malicious|criminal|threat|outside|external) (?:third )?(?:part(?:y|ies)|persons?|individuals?|actors?|users?)"
    r"|(?:a )?(?:hackers?|attackers?|intruders?|cyber-?criminals?))"
)
_INTRUDED = (
    rf"{_TOLD} {_SOMEBODY} (?:had |has |have |may have |might have )?(?:gained (?:[a-z]+ )?access to|accessed|copied|stole|stolen|took|taken|exfiltrated|acquired|obtained"
    r"|encrypted|infiltrated|downloaded|hacked|breached)(?: and [a-z]+)? (?:[\w-]+ ){0,4}?(?:its|their) (?!customer|client|member)"
)
FATE = rf"(?:{_INTRUDED}|(?:{_TOLD_OF_ITSELF})?{_BEFELL})"
"""What is told of one to whom something happened."""
_ASIDE = r"(?:,? (?:which|who|located|based)\b[^.;]{0,80},)?"
_OF_ASSOCIATE = rf"(?:,? (?P<under>of|for|to|used by|hired by|engaged by) [^.;]{{0,70}}?{ASSOCIATE},? {NAME})"
_NAMED = rf"\b(?P<kind>{_KIND})s?(?: \([^)]{{1,40}}\))?,? (?P<name>{NAMED})"
_APPOSED = regex(rf"{_NAMED}{_OF_ASSOCIATE}?,?{_ASIDE},? {FATE}")
_CARELESS = regex(
    rf"{_NAMED}, (?:which|who|that) (?:had |has |have )?(?:[a-z]+ly )?(?:[a-z]+ed|left|sent|put|lost|made|gave|kept) [^.;,]{{0,100}}?"
    r"\b(?:unsecured|unprotected|publicly|without (?:encryption|a password)|on the internet|wrong|in error|visible|hacked|stolen|breached)\b"
)
_WHOSE = rf"(?: (?:of|for|to|used by|hired by) (?:the |its |an? )?(?:[a-z][\w'’-]*(?:, | |(?=,))){{0,4}}(?:\([^)]{{1,12}}\),? ?)?(?:{NAME})?)?"
_DOING = r"(?: (?:that|which) (?:provid|perform|host|print|mail|process|manag|maintain|handl|suppl)[^.;,]{0,80})?"
_CALLED = regex(
    rf"\b(?P<name>{NAMED}),? (?:an?|its|the|our|their|[\w’']+['’]s) (?:(?!of\b|that\b|which\b)[\w-]+ ){{0,4}}(?P<kind>{_KIND})(?:{_OF_ASSOCIATE}|{_WHOSE}){_DOING},? {FATE}"
)
_FROM = regex(
    rf"\b(?:from|by|of|at|belonging to|against) (?P<name>{NAMED}), (?:an?|the|its) (?:(?!former\b)[\w-]+ ){{0,3}}(?P<kind>{_KIND}) (?:of|for|to|used by)"
    r" (?:[^.;,]{0,70}?(?:(?P<under>usiness [Aa]ssociate)|[Cc]overed [Ee]ntity|\bCE\b|[Oo]rgani[sz]ation\b)|(?:the )?[A-Z])"
)
_LOST = regex(
    r"\b(?:stole|hack|lost\b|loss\b|breach|theft|taken\b|discarded|exposed|leaked|misplaced|mistaken|inadvertent|improper|unsecured|burgl|infect|attack|ransom)"
    r"(?:(?!purchas|bought|recover|return|receiv|report|borrow|rent)[^.;,]){0,80}\Z"
)
_KEYS = regex(r"\b(?:credentials?|passwords?|log-?ins?|user ?names?)\b[^.;,]{0,60}\Z")
_BREACH = r"(?:[Bb]reach|attack|incident|intrusion|ransomware|hack|hacking|compromise|unauthorized access)"
_HAPPENED = r"(?:occurred|happened|took place|originated|began|started|arose)"
_ITS = r"(?:its|an?|the|our|their|(?:[\w&.’'-]+ ){0,4}?[\w&-]+(?:['’]s|s['’]))"
_NO_ASIDE = (
    r"(?![A-Z]{2,5}\)|(?:[Hh]ack|[Pp]hish|[Rr]ansom|[Mm]alware|[Uu]nauthori|[Ee]-?mail|[Tt]heft|[Ll]oss|[Cc]yber|[Nn]etwork|[Cc]redential|[Ii]nsider|[Ss]ystem|[Dd]ata|[Nn]ame|[Uu]n(?:known|named)|[Tt]hird"
    r"|[Ss]ee\b|[Nn]ot?\b|[Bb]usiness)[^()]*\))(?=[^()]{2,60}\))"
)
"""What begins a bracket that names somebody: not how it happened, nor an abbreviation."""
_AT = regex(
    rf"\b(?:{_BREACH}(?: \([a-z ]{{3,30}}\))?(?: [\w-]+){{0,3}} (?:at|of|on|against|involving|affecting)|{_BREACH}\b[^.;]{{0,60}}? {_HAPPENED} (?:at|through|via|with|within|in|on)"
    r"|(?:stolen|taken|exfiltrated|leaked|acquired|copied|downloaded) from)"
    rf" (?:the (?:[a-z]+ )?(?:systems?|servers?|networks?) of )?(?:{_ITS} (?:[\w-]+ ){{0,4}}?|(?:[a-z-]+ ){{0,3}}?(?=[a-z]))"
    rf"(?P<kind>{_KIND})s?(?:,? | \({_NO_ASIDE})(?P<name>{NAMED})"
)
_LABELLED = regex(
    rf"(?:\A|(?<=[.;] ))(?:[Bb]reached |[Tt]hird[- ][Pp]arty )?(?P<kind>{_KIND})(?: [Nn]ame| [Ii]nvolved)?: ?"
    rf"(?!(?:N/?A|No|None|Yes|TBD|Not|See|Self|Same|Unknown|Unnamed|Undisclosed|Various|Multiple|Pending|Other)\b)(?P<name>{NAMED})(?=[.;,)]?\s*\Z|[.;] )"
)
_IN_BRACKETS = regex(
    rf"(?P<kind>{_KIND}) (?:data |security )?(?:[Bb]reach|[Ii]ncident) \({_NO_ASIDE}(?P<name>{NAMED})\)"
)
_KNOWN = regex(
    rf"(?:\b[Ii]ts|\b[Tt]heir|\b[Tt]he|\b[Aa]n?|['’]s(?: \(CE\))?)(?: (?!new\b|other\b|wrong\b|different\b|forensic|security\b|replacement)[\w-]+){{0,4}}?"
    rf" (?P<kind>{_ALSO})(?:,|(?P<is> was| is))? {TOLD}"
)
_KNOWN_AS = regex(
    rf"\b(?P<name>{NAMED}), (?:an?|its|their|the|our){CES}(?: (?!new\b|other\b|former|forensic|security\b|replacement)[\w-]+){{0,3}}? {_ALSO}\b"
)
_TOLD_OF_ITS = regex(
    rf"(?P<name>{NAME}) (?:notified|informed|told|advised) (?:the )?(?:CE|covered entity)\b[^.;]{{0,80}}? that [^.;]{{0,120}}?\b(?:in|to|from|on|of) (?P=name)['’]s? "
)
"""Who tells of access to what is its own."""
_TELLING = ("notified", "informed", "told", "advised")
_CLAUSE = 120
"""Characters behind a name in which it is told what it did."""
_ENGAGED = regex(rf"\b(?:CE|entity) (?:had )?contracted with (?P<name>{NAME}) (?:to|for)\b")
_ASKED = regex(
    r"\b(?:notif|inform|contact|told\b|alert|ask|instruct|request|direct|work|hired|engaged|retained|contracted|arranged|assist|help)[a-z]*(?: with| by| of| from| for)? ?\Z|\b(?:to|through|via) ?\Z"
)
_PERSON = regex(r"(?:M\.?D|D\.?O|D\.?D\.?S|R\.?N|Ph\.?D)\.?\Z|Drs?\.? ")
_OF_ASSOCIATES = regex(r"ssociate|\bBAs?\b")
_DIRECTLY = regex(r"ssociate(?: \(BA\))?,? ?\Z")
_DID = regex(
    r"\b(?:[Ss]ub-?contractor|stole|lost\b|loss\b|hack|breach|infect|attack|ransom|malware|phish|access|unauthori[sz]ed|impermissib|disclos|expos|mis(?:directed|mailed|sent|placed|takenly)|mailed"
    r"|sent\b|printed|theft|intru|compromis|error|unsecured|left\b|burgl|posted|visible|improper|inadvert|accident|transpos|switched|mixed|wrong|incorrect|notified|informed|faxed|copied|fell\b)"
)
"""What is told of a vendor that had part in a breach."""
_HIRED = regex(r",? (?:which|who|whom|that) [^.;]{0,60}?\b(?:hired|engaged|retained)\b")
_SOMEONES = regex(
    r"\b(?:stolen|taken|lost|discarded|thrown (?:out|away)|hacked|exposed|misplaced|mailed|leaked|published) (?:from|by)(?: (?:the|an?) [\w ]{1,40}? of)? an? (?:[a-z-]+ ){0,4}?"
    r"(?:[Ss]ub-?[Cc]ontractor|[Cc]ontractor|[Vv]endor) (?:of|for|hired by|used by|engaged by) (?:the |its )?(?:[Cc]overed [Ee]ntity|CE\b|[Oo]rgani[sz]ation\b|[Cc]ompany\b)"
)
_FIRST = 3
"""Sentences of an account that tell what happened; those behind them tell what was done about it."""

_DENIED = regex(r"\b(?:[Nn]o|not|[Nn]othing|[Nn]one|never|without|neither|denied|unclear whether)\b[^.;]{0,80}\Z")
_PATTERNS = (
    (_CALLED, " "),
    (_APPOSED, " "),
    (_FROM, ", "),
    (_CARELESS, ", "),
    (_AT, " "),
    (_LABELLED, ": "),
    (_IN_BRACKETS, " ("),
)
"""The ways in which it is told, each with what is in every sentence that tells it so."""
AFTERMATH = regex(
    r"\s*(?:Following|After|Subsequent to|In response to|As a result of|Since|Because of|Due to) (?:the|this|that|its|OCR['’]s|an?) (?:[\w'’-]+ ){0,4}?"
    r"(?:breach|incident|investigation|theft|attack|discovery|event|loss|review)\b"
)
"""What sentences begin with that tell what was done about a breach."""


_MEANS = regex(
    r"\b(?:(?P<ransomware>ransomware(?: attack)?)(?! (?:protect|detect|prevent|defen|train))"
    r"|(?P<phishing>(?:spear[ -])?phishing (?:attack|scheme|scam|e-?mail|incident|campaign|message))s?\b(?! (?:train|aware|simul|exercis))"
    r"|infected (?:with|by) (?:an? )?(?P<malware>malware|(?:computer )?virus)\b)",
    re.IGNORECASE,
)
_MEANS_TELL = ("ansomware", "hishing", "nfected ")


class Struck(NamedTuple):
    """A vendor to which something happened, as an account says.

    Attributes:
        name: its name.
        span: the characters of the name.
        sentence: the characters of the sentence.
        sub: whether it is called a subcontractor.
        keys: whether what was taken from it opened the way to another, who was breached too.
    """

    name: str
    span: Span
    sentence: Span
    sub: bool
    keys: bool = False


def struck(story: str) -> list[Struck]:
    """Return the vendors and subcontractors to which, as an account says, something happened, each once."""
    story = story[:LONGEST]
    if not any(map(story.__contains__, _KINDS_TELL)):
        return []
    found: dict[str, Struck] = {}
    for first, last in sentences(story):
        if not _calls_vendor(story[first:last]):
            continue
        told: list[Span] = []
        for pattern, word in _PATTERNS:
            if story.find(word, first, last) < 0:
                continue
            for match in pattern.finditer(story, first, last):
                # In "X, a subcontractor of the vendor, Y, was hacked" it was X.
                inside = any(start < match.start("name") < end for start, end in told)
                if inside or _DENIED.search(story, first, match.start()):
                    continue
                if pattern is _FROM and (
                    _PERSON.search(match["name"]) or not _LOST.search(story, first, match.start())
                ):
                    continue
                told.append(match.span())
                keys = pattern is _FROM and _KEYS.search(story, first, match.start()) is not None
                for name, span in names_in([match], story):
                    sub = match["kind"].casefold().startswith("sub") or bool(match.groupdict().get("under"))
                    found.setdefault(name.casefold(), Struck(name, span, (first, last), sub, keys))
    return list(found.values())


def _calls_vendor(sentence: str) -> bool:
    """Whether a sentence may call somebody a vendor; most speak of health care providers, if of any, and take the patterns long."""
    if any(map(sentence.__contains__, _NAMES_OF_KINDS)):
        return True
    told = _PROVIDER.finditer(sentence) if "rovider" in sentence or "ompany" in sentence else ()
    return any(sentence.endswith(_PROVIDED, 0, match.start()) for match in told)


def called(story: str) -> list[tuple[str, Span]]:
    """Return the vendors that an account names where it tells what happened, for a row of which a portal says that one had part.

    Those that were told of the breach or hired for it are none of them.
    """
    story = story[:LONGEST]
    found: dict[str, tuple[str, Span]] = {}
    for first, last in happening(story):
        for match in _named_in(story, first, last):
            found.update((name.casefold(), (name, span)) for name, span in names_in([match], story))
    return list(found.values())


def _named_in(story: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """What names a vendor in a sentence: what it is called, what it told of its own, what it did that was contracted."""
    told = story[first:last]
    if any(map(told.__contains__, _ALSO_TELL)):
        # Where a business associate is spoken of beside it, the vendor is another.
        alone = _OF_ASSOCIATES.search(story, 0, last) is None
        ways = (_KNOWN if _NAMES_ONE.search(told) else None, _KNOWN_AS if _NAMED_AS.search(told) else None)
        for match in (match for way in ways if way for match in way.finditer(story, first, last)):
            before, behind = (story, first, match.start()), (story, match.end(), last)
            if _ASKED.search(*before) or _DENIED.search(*before) or _HIRED.match(*behind):
                continue
            if _DIRECTLY.search(*before) or (alone and (match.groupdict().get("is") or _DID.search(told))):
                yield match
    if " that " in told and any(map(told.__contains__, _TELLING)):
        yield from _TOLD_OF_ITS.finditer(story, first, last)
    if "contracted with" in told and (engaged := _ENGAGED.search(story, first, last)):
        again = story.find(engaged["name"], engaged.end())
        if again >= 0 and _DID.search(story, again, min(again + _CLAUSE, len(story))):
            yield engaged


def happening(story: str) -> Iterator[Span]:
    """Yield the characters of the first sentences of an account that tell what happened, not what was done about it."""
    return (span for span in islice(sentences(story), _FIRST) if not AFTERMATH.match(story, *span))


def means(story: str) -> list[tuple[str, Span]]:
    """Return the types of incident by which an account tells in its own words how it happened, with the characters of each."""
    if not any(map(story.__contains__, _MEANS_TELL)):
        return []
    found: dict[str, Span] = {}
    for first, last in happening(story[:LONGEST]):
        for match in _MEANS.finditer(story, first, last):
            if not _DENIED.search(story, first, match.start()):
                found.setdefault(str(match.lastgroup), match.span(str(match.lastgroup)))
    return list(found.items())


def someones(story: str) -> Span | None:
    """Return where an account says that the breach was a vendor's whom nobody names, else None."""
    if "ontractor" not in story and "endor" not in story:
        return None
    match = _SOMEONES.search(story[:LONGEST])
    return match.span() if match and not _DENIED.search(story, 0, match.start()) else None
