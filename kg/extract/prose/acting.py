"""Responses that are told in set phrases: what was shut down, stopped, hired, reset, offered, told to whom; each with its action."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.tokens import Tokens

_SOME: Final = r"(?:[\w’'-]{1,20}\s){0,4}?"
"""A few words between a verb and the noun that makes it a response."""
_AUTHORITY: Final = (
    r"(?:the\s|its\s|our\s)?(?:[\w’'-]{1,20}\s){0,3}?(?:regulators?|authorit(?:y|ies)|watchdog|commissioner(?:[’']s\soffice)?"
    r"|commission|attorneys?\sgeneral|ICO|CNIL|SEC|FTC|HHS)\b"
)
_PEOPLE: Final = (
    r"(?:(?:all|the|its|our|their|those|every|affected|some|about|these)\s){0,3}(?:[\d.,]{1,12}\s(?:million\s)?)?(?:[\w’'-]{1,20}\s)?"
    r"(?:customers|patients|members|employees|individuals|people|persons|residents|students|users|victims|staff|consumers|those\saffected"
    r"|parents|families|passengers|policyholders|subscribers)\b"
)
_SYSTEMS: Final = (
    r"(?:systems?|servers?|networks?|platforms?|computers?|portals?|websites?|machines|applications?|services?)\b"
)
_EXTORTED: Final = r"(?:ransom|thieves|gang|group|attackers|hackers|extortionists|criminals|intruders|blackmailers)\b"
_PHRASES: Final = (
    ("shut-down-systems", "shut shutting", rf"\sdown\s{_SOME}{_SYSTEMS}"),
    ("shut-down-systems", "shut switched turned", rf"\s{_SOME}{_SYSTEMS}\s(?:down|off)\b"),
    ("shut-down-systems", "took taken taking pulled", rf"\s{_SOME}(?:{_SYSTEMS}\s)?(?:offline|off\sline|off\sthe\s(?:internet|network))\b"),
    ("shut-down-systems", "isolated disconnected unplugged", rf"\s{_SOME}{_SYSTEMS}"),
    ("end-supplier", "stopped ceased quit", r"\susing\s(?:the|its|their|that)\s[\w’'-]{1,20}\b(?!\s(?:[\w’'-]{1,20}\s){0,2}in\s\d)"),
    ("end-supplier", "ended terminated cancelled canceled severed", r"\s(?:its|their|our|the|all)\s(?:[\w’'-]{1,20}\s){0,2}?(?:contracts?|relationships?|partnerships?|ties)\b"),
    ("suspend-supplier", "suspended paused halted frozen froze", r"\s(?:(?:all|its|their|our|the|any|further)\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:work\swith|collaboration|partnership|contracts?|use\sof|business\swith|projects?\swith|cooperation|relationship|dealings|data\stransfers?)\b"),
    ("suspend-supplier", "cut switched turned disabled severed suspended", r"\s(?:off\s)?(?:the|its|their|our|all|every|any)\s(?:[\w’'-]{1,20}\s){0,2}?(?:connections?|links?|integrations?|interfaces?|feeds?)\b(?:\s(?:off|to|with)\b)?"),
    ("engage-forensics", "hired retained engaged brought called appointed commissioned enlisted", r"\s(?:in\s)?(?:[\w’'-]{1,20}\s){0,4}?(?:forensic\w*|incident[\s-]response|(?:cyber\s?)?security\s(?:firm|experts?|specialists?|company|consultants?)|(?:outside|external|independent|third-party)\s(?:experts?|specialists?|investigators?|firm|consultants?))(?:\s(?:firms?|experts?|specialists?|investigators?|team|company|consultants?|analysts?))?\b"),
    ("notify-law-enforcement", "notified informed alerted contacted told", r"\s(?:the\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:police|law\senforcement|FBI|Secret\sService|prosecutors?)\b"),
    ("notify-law-enforcement", "called reported filed", r"\s(?:in|(?:it|the\s\w+|this)\sto|a\s(?:complaint|report)\swith)\s(?:the\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:police|law\senforcement|FBI|Secret\sService|prosecutors?)\b"),
    ("reset-credentials", "reset changed resetting changing", r"\s(?:[\w’'-]{1,20}\s){0,4}?(?:passwords|credentials|logins|log-ins)\b"),
    ("revoke-tokens", "revoked rotated invalidated", r"\s(?:[\w’'-]{1,20}\s){0,4}?(?:tokens?|keys?|secrets?|sessions?|credentials?)\b"),
    ("offer-credit-monitoring", "offer offers offered offering provide provides provided providing pay pays paid paying", r"\s(?:for\s)?(?:[\w’'-]{1,20}\s){0,6}?(?:credit[\s-](?:monitoring|watch)|identity[\s-](?:theft\s)?(?:protection|monitoring|restoration))(?:\sservices?)?\b"),
    ("notify-regulator", "notified informed alerted told", rf"\s{_AUTHORITY}"),
    ("notify-regulator", "reported filed", rf"\s(?:(?:it|the\s\w+|this|itself)\sto|a\s(?:notice|notification|report|form)\swith)\s{_AUTHORITY}"),
    ("notify-victims", "notified notifying informed informing mailed mailing e-mailed emailed contacted contacting", rf"\s{_PEOPLE}"),
    ("notify-victims", "wrote writing written sent sending", rf"\s(?:(?:letters|notices|e-mails|emails)\s)?to\s{_PEOPLE}"),
    ("investigate", "is are was were has have", r"\s(?:still\s|now\s|also\s|been\s)?(?:investigating|looking\sinto)\b"),
    ("investigate", "opened launched began begun started", r"\san?\s(?:[\w’'-]{1,20}\s)?(?:investigation|inquiry|enquiry|probe)\b"),
    ("sue", "sued suing", r"\s(?:the\s|its\s)?[\w’'-]{1,20}\b"),
    ("sue", "filed", r"\s(?:a\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:lawsuit|suit|class\saction|complaint)\sagainst\b"),
    ("fine", "fined", r"\s(?:the\s|its\s)?[\w’'-]{1,20}\b"),
    ("settle", "settled agreed", r"\s(?:with|for|to\spay\s.{1,40}\sto\ssettle)\b"),
    ("restore-systems", "restored rebuilt recovered reinstated brought", rf"\s(?:back\s)?{_SOME}{_SYSTEMS}"),
    ("issue-guidance", "advised urged advises urges instructed ordered orders asked told tells", r"\s(?:(?:all|its|the|their|our|affected)\s){0,3}(?:[\w’'-]{1,20}\s)?(?:customers|users|clients|administrators|agencies|operators|buyers|organi[sz]ations|companies|members|people)\sto\s\w+"),
    ("improve-security", "introduced added enabled turned rolled tightened strengthened", r"\s(?:on\s|out\s)?(?:[\w’'-]{1,20}\s){0,3}?(?:two-factor|multi-?factor|second\sfactor|MFA|monitoring|security|controls|checks)\b"),
    ("fine", "fine", r"\sof\s(?:about\s|some\s|nearly\s)?[$€£\d]\S{0,12}"),
    ("pay-ransom", "paid", rf"\s(?:off\s)?(?:(?:a|the|that|their)\s)?{_EXTORTED}"),
    ("refuse-ransom", "refused refuses declined declines", r"\sto\s(?:pay|give\sin|negotiate)\b"),
    ("refuse-ransom", "not never", rf"\s(?:be\s|yet\s)?pa(?:y|id|ying)(?:\s(?:(?:a|any|the|that|their)\s)?{_EXTORTED}|(?=[.;,]|\sand\b))"),
    ("refuse-ransom", "no", r"\s(?:ransom|money)\s(?:has\sbeen|had\sbeen|was|were|is)\spaid\b"),
    ("refuse-ransom", "paid pays paying", r"\sno\sransom\b"),
    ("restore-systems", "restored", rf"\s{_SOME}from\s(?:an?\s|its\s|their\s)?back-?ups?\b"),
    ("declare-bankruptcy", "filed", r"\sfor\s(?:bankruptcy|insolvency|chapter\s(?:7|11)|creditor\sprotection)\b"),
    ("patch", "issued released deployed shipped published installed applied", r"\s(?:[\w’'-]{1,20}\s){0,2}?(?:patch(?:es)?|fix(?:es)?|hotfix(?:es)?|corrected\s(?:version|update|release))\b"),
    ("patch", "patched fixed closed plugged", r"\s(?:the|that|this|a|both)\s(?:[\w’'-]{1,20}\s){0,2}?(?:hole|flaw|vulnerabilit(?:y|ies)|bug|gap|weakness|leak)\b"),
)  # fmt: skip
"""An action, the verbs that may begin to tell of it, and what follows them."""
_LONGEST: Final = 200
"""Characters behind a verb that are looked at."""


@cache
def _by_verb() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for action, verbs, rest in _PHRASES:
        pattern = regex(rest, re.IGNORECASE)
        for verb in verbs.split():
            found.setdefault(verb, []).append((action, pattern))
    return found


_NOT: Final = regex(
    r"\b(?:not|never|no|without|if|would|should|could|may|might|unless|yet\sto|refused|declined|failed)\s(?:[\w’'-]{1,20}\s){0,2}\Z",
    re.IGNORECASE,
)


_BEFORE: Final = 48
"""Characters before a verb that may deny it."""


def set_phrases(words: Tokens) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, action) of each response that a text tells of in a set phrase, in its order; two may overlap."""
    text, verbs = words.text, _by_verb()
    behind = {end: at + 1 for at, end in enumerate(words.ends)}
    for at, lower in enumerate(words.lowers):
        for action, rest in verbs.get(lower, ()):
            first, last = words.sentences[words.sentence_of[at]]
            stop = min(words.ends[last - 1], words.ends[at] + _LONGEST)
            match = rest.match(text, words.ends[at], stop)
            if match is None or match.end() not in behind:
                continue
            start = words.starts[at]
            if not _NOT.search(text, max(words.starts[first], start - _BEFORE), start):
                yield at, behind[match.end()], action
