"""Which part the vendors had that the account of a portal's row names: breached, spared, called in to help, or told what was not theirs.

That a business associate is named says by itself nothing of where the breach was: accounts tell of agreements that were
ended after it, of who restored the systems, and of mail that went to the wrong one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.portal.prose import ASSOCIATE, LONGEST, MARK, NAME, SENTENCE, names_in
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

_KIND = (
    r"(?:[Ss]ub-?[Cc]ontractor|[Vv]endor|[Ss]upplier|[Cc]ontractor|[Pp]rocessor|[Cc]learing ?house|[Tt]hird[- ][Pp]arty [Aa]dministrator"
    r"|(?:[Ss]ervices?|[Ss]oftware|[Hh]osting|[Cc]loud|IT|[Tt]echnology|[Ss]olutions?|[Mm]ailing|[Bb]illing) (?:[Pp]rovider|[Cc]ompany))"
)
_KINDS_TELL = ("ontractor", "endor", "upplier", "rocessor", "earing", "dministrator", "rovider", "ompany")
"""One of them is in every account that calls somebody a vendor."""
_EVENT = r"(?:attack|cyber|breach|incident|intrusion|ransomware|malware|hack|theft|burglary|unauthori[sz]ed|compromise|outage)"
_THING = r"(?:laptop|computer|drive|dis[ck]|tape|box|record|file|device|paper|document|letter|mail|PHI|ePHI|data|information)"
_BEFELL = (
    r"(?:(?:was|were|had been|has been|have been) (?:[a-z]+ly |also |itself )?(?:(?:hacked|breached|compromised|attacked|infected|burgl[a-z]+"
    r"|robbed|targeted|hit by|struck by|an? (?:victim|target) of|the (?:victim|target|subject) of)\b"
    rf"|subject(?:ed)? to (?:[\w-]+ ){{0,4}}{_EVENT})|(?:had |has |have )?(?:(?:experienced|suffered|sustained) (?:[\w'’-]+ ){{0,6}}?{_EVENT}"
    rf"|(?:fell|fallen) victim to|(?:lost|misplaced|misdirected|mis-?mailed) (?:[\w'’-]+ ){{0,6}}?{_THING})"
    r"|(?:mistakenly|inadvertently|accidentally|improperly|erroneously|impermissibly|wrongly) (?:[a-z]+ed|sent|left|gave|made|put)\b)"
)
_TOLD_OF_ITSELF = (
    r"(?:reported|disclosed|announced|stated|learned|discovered|determined|(?:notified|informed|advised|told) [^.;,]{1,60}) that"
    r" (?:it|(?:one of )?(?:its|their) (?!customer|client|member)(?:[\w'’/-]+ ){1,5}?)\s?"
)
_FATE = rf"(?:{_TOLD_OF_ITSELF})?{_BEFELL}"
_ASIDE = r"(?:,? (?:which|who|located|based)\b[^.;]{0,80},)?"
_APPOSED = regex(rf"\b(?P<kind>{_KIND})s?(?: \([^)]{{1,40}}\))?,? (?P<name>{NAME}),?{_ASIDE},? {_FATE}")
_WHOSE = rf"(?: (?:of|for|to|used by|hired by) (?:the |its |an? )?(?:[a-z][\w'’-]*(?:, | |(?=,))){{0,4}}(?:\([^)]{{1,12}}\),? ?)?(?:{NAME})?)?"
_DOING = r"(?: (?:that|which) (?:provid|perform|host|print|mail|process|manag|maintain|handl|suppl)[^.;,]{0,80})?"
_CALLED = regex(
    rf"(?P<name>{NAME}),? (?:an?|its|the|our|their|[\w’']+['’]s) (?:(?!of\b|that\b|which\b)[\w-]+ ){{0,4}}(?P<kind>{_KIND}){_WHOSE}{_DOING},? {_FATE}"
)
_AT = regex(
    r"\b(?:(?:breach|attack|incident|intrusion|ransomware|hack|hacking|compromise|unauthorized access)(?: [\w-]+){0,3} (?:at|of|on|against|involving|affecting)"
    r"|(?:stolen|taken|exfiltrated|leaked|acquired|copied|downloaded) from)"
    rf" (?:the (?:[a-z]+ )?(?:systems?|servers?|networks?) of )?(?:its|an?|the|our|their|[\w’']+['’]s) (?:[\w-]+ ){{0,4}}?(?P<kind>{_KIND})s?,? (?P<name>{NAME})"
)

_HIT = regex(
    r"\b(?:stole|lost\b|loss\b|hack|breach(?:ed)?\b|infect|attack|ransom|malware|phish|virus|accessed|access to|unauthori[sz]ed|impermissib|disclos|expos"
    r"|mis(?:directed|mailed|sent|placed|takenly)|mailed|sent\b|print|theft|intru|compromis|vulnerab|error|unsecured|left\b|burgl|broke|viewed|posted"
    r"|visible|bypass|improper|inadvertent|accident)",
)
_AFTERMATH = regex(
    r"\s*(?:Following|After|Subsequent to|In response to|As a result of|Since|Because of|Due to) (?:the|this|that|its|OCR['’]s|an?) (?:[\w'’-]+ ){0,4}?"
    r"(?:breach|incident|investigation|theft|attack|discovery|event|loss|review)\b"
)
_AGREED = regex(r"\b(?:agreements?|contracts?|relationships?|ties|services?)\b[^.]{0,60}\bwith [^.]{0,60}\Z")
_ENDED = regex(
    r"\b(?:terminat|ended|ending|sever|cancel|discontinu|ceas)[a-z]* (?:[\w'’-]+ ){0,5}?(?:agreements?|contracts?|relationships?|ties|services?|use)\b[^.]{0,60}\Z"
)
_ADDRESSED = regex(
    r"\b(?:notif|inform|contact|told\b|alert|ask|instruct|request|direct|work)[a-z]*(?: with| assurances? from)? (?:an?|the|its|their) (?:(?!of\b)[\w-]+ ){0,4}?"
    rf"{ASSOCIATE},? ?\Z"
)
_DENIED = regex(r"\b(?:no|not|without|neither|denied|unclear whether)\b[^.;]{0,80}\Z")
_FORMER = regex(
    rf"\b(?:former|previous|prior) (?:(?!of\b|for\b|employee|staff|worker|member)[\w-]+ ){{0,6}}?{ASSOCIATE}(?: and [a-z][a-z -]{{3,40}})?,? ?\Z"
)
_FORMER_BEHIND = regex(r",? (?:is |was )?(?:an?|the|its|their|[\w’']+['’]s) (?:[\w-]+ )?former ")
_HANDED = regex(
    r"\b(?:e-?mail|sent|send|mail|forward|disclos|fax|transmit|provid|gave\b|releas|deliver)[^.]{0,120}\bto (?:an?|the|its|their) (?:(?!of\b)[\w-]+ ){0,4}?"
    rf"{ASSOCIATE},? ?\Z"
)
_HELPED = regex(
    rf"{MARK},?(?: (?:to|which|who|and|then|also|immediately|promptly))*? (?:(?:restor|recover)[a-z]* (?!its\b|their\b)|(?:assist|help)[a-z]* "
    r"|(?:was|were) (?:hired|engaged|retained|called in|brought in)\b)"
)
_CALLED_IN = regex(r"\b(?:hired|engaged|retained|arranged for|assisted by|the (?:help|assistance) of)\b[^.]{0,60}\Z")
_TO_HELP = regex(
    rf"{MARK},? (?:to|for) (?:investigat|assist|help|restor|recover|conduct|perform|a forensic|forensic|remediat|review)"
)
_NOT_ITS_OWN = regex(
    rf"{MARK},? (?:discovered|detected|identified|found|noticed)\b[^.]{{0,80}}\b(?:CE|[Cc]overed [Ee]ntity)(?: \(CE\))?['’]s (?:[\w-]+ ){{0,3}}?"
    r"(?:servers?|systems?|networks?|computers?|e-?mail|website|accounts?|databases?)\b"
)
_SPARED = regex(
    r"\b(?:BAs?|[Bb]usiness [Aa]ssociates?)(?: \([^)]{1,12}\))?(?:['’]s? (?:own )?(?:(?!other|remaining)[\w-]+ )?(?:systems?|servers?|networks?|environments?|computers?|data))?"
    r" (?:(?:was|were|is|are) (?:unaffected|uninvolved|not (?:[\w-]+ )?(?:affected|impacted|involved|breached|compromised|hacked|infected|responsible|at fault))"
    r"|(?:had|played) no (?:part|role|involvement)|did not (?:play|have) (?:a |any )?(?:part|role))"
)
_UNDER = regex(r"\b[Ss]ub-?[Cc]ontractors?(?:['’]s?)? (?:of|for|to) (?:[\w'’&-]+ ){0,8}?\Z")
_NEAR = 200
"""Characters before a name in which its part is told."""


class Struck(NamedTuple):
    """A vendor to which something happened, as an account says.

    Attributes:
        name: its name.
        span: the characters of the name.
        sentence: the characters of the sentence.
        sub: whether it is called a subcontractor.
    """

    name: str
    span: Span
    sentence: Span
    sub: bool


class Part(NamedTuple):
    """The part of a business associate that is named.

    Attributes:
        breached: whether the breach was its own.
        ended: whether it is no longer one.
        sentence: the characters of the sentence that names it.
        under: the characters that speak of a subcontractor of it which nobody names, None where none do.
    """

    breached: bool
    ended: bool
    sentence: Span
    under: Span | None


def struck(story: str) -> list[Struck]:
    """Return the vendors and subcontractors to which, as an account says, something happened, each once."""
    story = story[:LONGEST]
    if not any(map(story.__contains__, _KINDS_TELL)):
        return []
    found: dict[str, Struck] = {}
    for first, last in _sentences(story):
        if not any(story.find(word, first, last) >= 0 for word in _KINDS_TELL):
            continue
        told: list[Span] = []
        for pattern in (_CALLED, _APPOSED, _AT):
            for match in pattern.finditer(story, first, last):
                # In "X, a subcontractor of the vendor, Y, was hacked" it was X.
                inside = any(start < match.start("name") < end for start, end in told)
                if inside or _DENIED.search(story, first, match.start()):
                    continue
                told.append(match.span())
                for name, span in names_in([match], story):
                    sub = match["kind"].casefold().startswith("sub")
                    found.setdefault(name.casefold(), Struck(name, span, (first, last), sub))
    return list(found.values())


def part_of(story: str, name: str, span: Span, *, present: bool) -> Part:
    """Return the part of a business associate whose name stands at characters of an account.

    Args:
        story: the account.
        name: the name.
        span: its characters.
        present: whether the portal says that one had part in the breach; else the account must tell what happened to it.
    """
    story = story[:LONGEST]
    start, end = span
    sentence = next((one for one in _sentences(story) if one[0] <= start < one[1]), (0, len(story)))
    before, after = story[max(sentence[0], start - _NEAR) : start], story[end : sentence[1]]
    ended = bool(_FORMER.search(before) or _FORMER_BEHIND.match(after) or _ENDED.search(before))
    under = _UNDER.search(story, max(sentence[0], start - _NEAR), _begins(story, sentence[0], start))
    breached = not _is_bystander(story, name, before, after)
    if breached and not present:
        whole = story[slice(*sentence)]
        apart = (
            _AFTERMATH.match(whole) or _AGREED.search(before) or _ADDRESSED.search(before) or _CALLED_IN.search(before)
        )
        breached = not apart and _HIT.search(whole) is not None
    return Part(breached, ended, sentence, under.span() if under else None)


def _begins(story: str, first: int, start: int) -> int:
    """Where the words "business associate" begin that stand before a name, else where the name does."""
    at = max(story.rfind("usiness associate", first, start), story.rfind("usiness Associate", first, start))
    return at - 1 if at > first else start


def _is_bystander(story: str, name: str, before: str, after: str) -> bool:
    """Whether an account says of a business associate that the breach was not its own."""
    if _HELPED.match(after) or _NOT_ITS_OWN.match(after) or (_TO_HELP.match(after) and _CALLED_IN.search(before)):
        return True
    if _HANDED.search(before) and not _HIT.search(after):
        return True
    told = " not " in story or " no " in story or "unaffected" in story or "uninvolved" in story
    return told and _SPARED.search(story.replace(name, "BA")) is not None


def _sentences(story: str) -> Iterator[Span]:
    """The characters of every sentence of an account."""
    return (match.span() for match in SENTENCE.finditer(story) if match[0].strip())
