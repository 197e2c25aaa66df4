"""Which part the business associates had that the account of a portal's row names: breached, spared, called in to help, or told what was not theirs.

That a business associate is named says by itself nothing of where the breach was: accounts tell of agreements that were
ended after it, of who restored the systems, and of mail that went to the wrong one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.bystanders import AFTERWARDS, ASIDE, CALLED_IN, ERRED, MARK, MISDEED, helped, is_spared
from kg.extract.portal.account import AFTERMATH, FATE, SUPPLIER
from kg.extract.portal.prose import ASSOCIATE, LONGEST, NAME, names_in
from kg.extract.portal.sentences import sentence_at
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

_AGREED = regex(r"\b(?:agreements?|contracts?|relationships?|ties|services?)\b[^.]{0,60}\bwith [^.]{0,60}\Z")
_ENDED = regex(
    r"\b(?:terminat|ended|ending|sever|cancel|discontinu|ceas)[a-z]* (?:[\w'’-]+ ){0,5}?(?:agreements?|contracts?|relationships?|ties|services?|use)\b[^.]{0,60}\Z"
)
_ENDS = ("erminat", "ancel", "discontinu", " sever", " cease", " ceasing", " ended", " ending", "renew ")
"""One of them is in every account that tells of an end."""
_ENDED_WITH_IT = regex(
    r"\b(?:terminat|ended|ending|sever|cancel|discontinu|ceas)[a-z]* (?:(?:[\w'’-]+ ){0,5}?(?:agreements?|contracts?|relationships?|ties|services?|business|use)\b[^.;,]{0,30}? (?:with|of)"
    rf" (?:the|its|this|that) {SUPPLIER}(?!['’]|[\w ]{{0,30}}(?:sub|employee|staff))\b"
    rf"|(?:the|its) {SUPPLIER}(?:['’]s)? (?:agreement|contract|services|relationship)\b)"
    rf"|\b(?:no longer (?:us|employ|engag|contract|work|do)(?:es|e|s|ing|ed)?|(?<=CE )replaced|(?<=ntity )replaced)(?: business)?(?: with)? (?:the|its|this|that) {SUPPLIER}(?=[.,;]| (?:as|for|with|and)\b)"
    rf"|\b(?:did not|declined to|chose not to|decided not to) renew (?:its|the) (?:[\w-]+ ){{0,3}}?(?:agreement|contract) with (?:the|its|this|that) {SUPPLIER}(?=[.,;]| (?:as|for|and)\b)"
    rf"|\bdiscontinued (?:its |the )?use of (?:the|its|this|that) {SUPPLIER}['’]s (?:[\w-]+ ){{0,4}}?(?:services?|software|platform|product)(?=[.,;]| and\b)"
    rf"|\b(?:the|its) {SUPPLIER} no longer ha[sd] (?:an?|any) (?:business )?(?:agreement|contract|relationship)\b"
)
_SUBJECT = regex(
    rf"(?<!\bthe )(?<![\w.&-])(?P<name>{NAME}),? (?:(?:has|had|also|then|later|since|subsequently|immediately) ){{0,3}}\Z"
)
_NOT_YET = regex(
    r"\b(?:not|never|without|rather than|consider[a-z]*|threat[a-z]*|plan[a-z]*|intend[a-z]*|may|might|could|should|will|would|(?:start|tak)[a-z]* (?:actions?|steps))"
    r" (?:[\w-]+ ){0,3}\Z"
)
_ADDRESSED = regex(
    r"\b(?:notif|inform|contact|told\b|alert|ask|instruct|request|direct|work)[a-z]*(?: with| assurances? from)? (?:an?|the|its|their) (?:(?!of\b)[\w-]+ ){0,4}?"
    rf"{ASSOCIATE},? ?\Z"
)
_FORMER = regex(
    rf"\b(?:former|previous|prior) (?:(?!of\b|for\b|employee|staff|worker|member)[\w-]+ ){{0,6}}?{ASSOCIATE}(?: and [a-z][a-z -]{{3,40}})?,? ?\Z"
)
_FORMER_BEHIND = regex(r",? (?:is |was )?(?:an?|the|its|their|[\w’']+['’]s) (?:[\w-]+ )?former ")
_HANDED = regex(
    r"\b(?:e-?mail|sent|send|mail|forward|disclos|fax|transmit|provid|gave\b|releas|deliver)[^.]{0,120}\bto (?:an?|the|its|their) (?:(?!of\b)[\w-]+ ){0,4}?"
    rf"{ASSOCIATE},? ?\Z"
)
_SERVED = regex(
    rf"{MARK},?{ASIDE},?(?: (?:has|had|then|also|later|remotely|immediately|promptly|subsequently))* (?:mailed|sent|issued|prepared|distributed|provided|offered|ran"
    r"|operated|staffed|handled|conducted|performed|reviewed|analy[sz]ed|investigated|examined|monitored|wiped|disabled|locked|blocked|removed|contained|isolated|secured"
    r"|patched|changed|reset|replaced|alerted|notified|informed|advised|told|contacted|restored|recovered|assisted|helped|confirmed|traced|traces|detected|found|noticed"
    r"|(?:stopped|discovered|identified|observed|responded to) (?:the|this) (?:[\w-]+ )?(?:attack|breach|hack|incident|intrusion|malware|ransomware|virus)\b(?! (?:at|of|on|in)\b))\b"
)
"""What a business associate does that is no sign of a breach of its own, where the portal says that none had part."""
_OWN = regex(
    r"\b(?:BA['’]s|(?:of|from|at) the BA\b|[Aa]ssociate['’]s) [^.;]{0,60}?\b(?:hacked|stolen|lost|breached|infected|compromised|encrypted|burgl|accessed|unsecured|mistaken|error)"
)
"""What accounts say of the business associate's own."""
_FARED = regex(rf"{MARK},?{ASIDE},? {FATE}")
_NOT_ITS_OWN = regex(
    rf"{MARK},?{ASIDE},? (?:discovered|detected|identified|found|noticed)\b[^.]{{0,80}}\b(?:CE|[Cc]overed [Ee]ntity)(?: \(CE\))?['’]s (?:[\w-]+ ){{0,3}}?"
    r"(?:servers?|systems?|networks?|computers?|e-?mail|website|accounts?|databases?)\b"
)
_SPARED = regex(
    r"\b(?:BAs?|[Bb]usiness [Aa]ssociates?)(?: \([^)]{1,12}\))?(?:['’]s? (?:own )?(?:(?!other|remaining)[\w-]+ )?(?:systems?|servers?|networks?|environments?|computers?|data))?"
    r" (?:(?:was|were|is|are) (?:unaffected|uninvolved|not (?:[\w-]+ )?(?:affected|impacted|involved|breached|compromised|hacked|infected|responsible|at fault))"
    r"|(?:had|played) no (?:part|role|involvement)|did not (?:play|have) (?:a |any )?(?:part|role))"
)
_UNDER = regex(r"\b[Ss]ub-?[Cc]ontractors?(?:['’]s?)? (?:of|for|to) (?:[\w'’&()-]+,? ){0,8}?\Z")
_USED = regex(
    rf"\b[Aa]n? (?:[\w-]+ ){{0,3}}?{SUPPLIER} (?:used|hired|engaged) by (?:its|the|the [\w ]{{1,20}}['’]s(?: \(CE\))?) \Z"
)
_NEAR = 200
"""Characters before a name in which its part is told."""


class Part(NamedTuple):
    """The part of a business associate that is named.

    Attributes:
        breached: whether the breach was its own.
        ended: whether it is no longer one.
        by: who ended it, where the account names one, or "".
        sentence: the characters of the sentence that names it.
        under: the characters that speak of a subcontractor of it which nobody names, None where none do.
    """

    breached: bool
    ended: bool
    by: str
    sentence: Span
    under: Span | None


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
    sentence = sentence_at(story, start)
    before, after = story[max(sentence[0], start - _NEAR) : start], story[end : sentence[1]]
    former = _FORMER.search(before) or _FORMER_BEHIND.match(after)
    by = None if former else _ended_by(story, story[start:end])
    near = (story, max(sentence[0], start - _NEAR), _begins(story, sentence[0], start))
    under = _UNDER.search(*near) or (_USED.search(*near) if _FARED.match(after) else None)
    breached = not _is_bystander(story, name, before, after)
    if breached and not present:
        whole = story[slice(*sentence)]
        apart = (
            AFTERMATH.match(whole) or _AGREED.search(before) or _ADDRESSED.search(before) or CALLED_IN.search(before)
        )
        served = _SERVED.match(after) and not (ERRED.search(after) or _FARED.match(after) or _OWN.search(story))
        spared = is_spared(whole, start - sentence[0], end - sentence[0])
        breached = not (apart or served or spared) and MISDEED.search(whole) is not None
    return Part(breached, bool(former) or by is not None, by or "", sentence, under.span() if under else None)


def former_of(story: str, name: str) -> str | None:
    """Return whose vendor it no longer is, as an account says of the vendor whose row it is: a name, "" for that of those of whom it tells, or None."""
    if not ("ormer" in story or "revious" in story or "rior " in story or _tells_end(story)):
        return None
    bare = split_legal_form(name)[0]
    match = re.search(re.escape(bare), story, re.IGNORECASE)
    part = part_of(story, match[0], match.span(), present=True) if match else None
    return part.by if part and part.ended else None


def _tells_end(story: str) -> bool:
    bound = "with" in story or "use of" in story or " agreement" in story
    return "no longer" in story or " replaced" in story or (bound and any(map(story.__contains__, _ENDS)))


def _ended_by(story: str, name: str) -> str | None:
    """Who ended what bound it to a vendor, as an account says anywhere: a name, "" where none is told, None where nothing was ended."""
    if not _tells_end(story):
        return None
    at = story.find(name)
    while at >= 0:
        first = max(story.rfind(". ", 0, at) + 1, at - _NEAR)
        if (match := _ENDED.search(story, first, at)) and not _NOT_YET.search(story, first, match.start()):
            return _subject(story, match.start())
        at = story.find(name, at + len(name))
    return next((_subject(story, start) for start in _ends(story)), None)


def has_ended(story: str) -> bool:
    """Return whether an account says that nothing binds the entity any more to the vendor whom it tells of and does not name."""
    return _tells_end(story) and next(_ends(story[:LONGEST]), None) is not None


def _ends(story: str) -> Iterator[int]:
    """Where an account says that what bound the vendor of whom it tells was ended."""
    return (match.start() for match in _ENDED_WITH_IT.finditer(story) if not _NOT_YET.search(story, 0, match.start()))


def _subject(story: str, start: int) -> str:
    """The name before a verb, "" where none is told: "the CE", "it"."""
    match = _SUBJECT.search(story, max(story.rfind(". ", 0, start) + 1, start - _NEAR), start)
    named = names_in([match], story) if match else []
    return named[0][0] if named else ""


def _begins(story: str, first: int, start: int) -> int:
    """Where the words "business associate" begin that stand before a name, else where the name does."""
    at = max(story.rfind("usiness associate", first, start), story.rfind("usiness Associate", first, start))
    return at - 1 if at > first else start


def _is_bystander(story: str, name: str, before: str, after: str) -> bool:
    """Whether an account says of a business associate that the breach was not its own."""
    if helped(before, after) and not (AFTERWARDS.match(after) and _OWN.search(story)):
        return True
    if ("CE" in after or "ntity" in after) and _NOT_ITS_OWN.match(after):
        return True
    if _HANDED.search(before) and not MISDEED.search(after):
        return True
    told = " not " in story or " no " in story or "unaffected" in story or "uninvolved" in story
    return told and _SPARED.search(story.replace(name, "BA")) is not None
