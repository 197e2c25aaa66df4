"""Responses that are told in set phrases: what was shut down, stopped, hired, reset, offered, told to whom; each with its action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.tokens import Tokens

_SOME: Final = r"(?:[\w’'-]{1,20}\s){0,4}?"
"""A few words between a verb and the noun that makes it a response."""
_SYSTEMS: Final = (
    r"(?:systems?|servers?|networks?|platforms?|computers?|portals?|websites?|machines|applications?|services?)\b"
)
_PATTERNS: Final = tuple(
    (action, regex(pattern, re.IGNORECASE))
    for action, pattern in (
        ("shut-down-systems", rf"\b(?:shut|shutting)\sdown\s{_SOME}{_SYSTEMS}|\b(?:shut|switched|turned)\s{_SOME}{_SYSTEMS}\s(?:down|off)\b|\b(?:took|taken|taking|pulled)\s{_SOME}(?:{_SYSTEMS}\s)?(?:offline|off\sline|off\sthe\s(?:internet|network))\b|\b(?:isolated|disconnected|unplugged)\s{_SOME}{_SYSTEMS}"),
        ("end-supplier", r"\b(?:stopped|ceased|quit)\susing\s(?:the|its|their|that)\s[\w’'-]{1,20}\b(?!\s(?:[\w’'-]{1,20}\s){0,2}in\s\d)|\b(?:ended|terminated|cancelled|canceled|severed)\s(?:its|their|our|the|all)\s(?:[\w’'-]{1,20}\s){0,2}?(?:contracts?|relationships?|partnerships?|ties)\b"),
        ("suspend-supplier", r"\b(?:suspended|paused|halted|frozen|froze)\s(?:(?:all|its|their|our|the|any|further)\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:work\swith|collaboration|partnership|contracts?|use\sof|business\swith|projects?\swith|cooperation|relationship|dealings|data\stransfers?)\b"),
        ("engage-forensics", r"\b(?:hired|retained|engaged|brought\sin|called\sin|appointed|commissioned|enlisted)\s(?:[\w’'-]{1,20}\s){0,4}?(?:forensic\w*|incident[\s-]response|(?:cyber\s?)?security\s(?:firm|experts?|specialists?|company|consultants?)|(?:outside|external|independent|third-party)\s(?:experts?|specialists?|investigators?|firm|consultants?))(?:\s(?:firms?|experts?|specialists?|investigators?|team|company|consultants?|analysts?))?\b"),
        ("notify-law-enforcement", r"\b(?:notified|informed|alerted|contacted|called\sin|told|reported\s(?:it|the\s\w+|this)\sto|filed\sa\s(?:complaint|report)\swith)\s(?:the\s)?(?:[A-Z]?[\w’'-]{1,20}\s){0,2}?(?:police|law\senforcement|FBI|Secret\sService|prosecutors?)\b"),
        ("reset-credentials", r"\b(?:reset|changed|resetting|changing)\s(?:[\w’'-]{1,20}\s){0,4}?(?:passwords|credentials|logins|log-ins)\b"),
        ("revoke-tokens", r"\b(?:revoked|rotated|invalidated)\s(?:[\w’'-]{1,20}\s){0,4}?(?:tokens?|keys?|secrets?|sessions?|credentials?)\b"),
        ("offer-credit-monitoring", r"\b(?:offer(?:s|ed|ing)?|provid(?:e|es|ed|ing)|pa(?:y|ys|id|ying)\sfor)\s(?:[\w’'-]{1,20}\s){0,6}?(?:credit[\s-](?:monitoring|watch)|identity[\s-](?:theft\s)?(?:protection|monitoring|restoration))(?:\sservices?)?\b"),
        ("notify-regulator", r"\b(?:notified|informed|alerted|told|reported\s(?:it|the\s\w+|this|itself)\sto|filed\sa\s(?:notice|notification|report|form)\swith)\s(?:the\s|its\s|our\s)?(?:[\w’'-]{1,20}\s){0,3}?(?:regulators?|authorit(?:y|ies)|watchdog|commissioner(?:[’']s\soffice)?|commission|attorneys?\sgeneral|ICO|CNIL|SEC|FTC|HHS)\b"),
        ("notify-victims", r"\b(?:notified|notifying|informed|informing|wrote\sto|writing\sto|written\sto|mailed|mailing|e-mailed|emailed|contacted|contacting|sent\s(?:letters|notices|e-mails|emails)\sto|sending\s(?:letters|notices|e-mails|emails)\sto)\s(?:(?:all|the|its|our|their|those|every|affected|some|about|these)\s){0,3}(?:[\d.,]{1,12}\s(?:million\s)?)?(?:[\w’'-]{1,20}\s)?(?:customers|patients|members|employees|individuals|people|persons|residents|students|users|victims|staff|consumers|those\saffected|parents|families|passengers|policyholders|subscribers)\b"),
        ("investigate", r"\b(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:still\s|now\s|also\s)?(?:investigating|looking\sinto)\b|\b(?:opened|launched|began|begun|started)\san?\s(?:[\w’'-]{1,20}\s)?(?:investigation|inquiry|enquiry|probe)\b"),
        ("sue", r"\b(?:sued|suing)\s(?:the\s|its\s)?[\w’'-]{1,20}\b|\bfiled\s(?:a\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:lawsuit|suit|class\saction|complaint)\sagainst\b"),
        ("fine", r"\b(?:has\s)?fined\s(?:the\s|its\s)?[\w’'-]{1,20}\b"),
        ("settle", r"\b(?:settled\swith|settled\sfor|agreed\sto\spay\s.{1,40}\sto\ssettle)\b"),
        ("restore-systems", rf"\b(?:restored|rebuilt|recovered|reinstated|brought\sback)\s{_SOME}{_SYSTEMS}"),
        ("issue-guidance", r"\b(?:advised|urged|advises|urges|instructed|ordered|orders|asked|told|tells)\s(?:(?:all|its|the|their|our|affected)\s){0,3}(?:[\w’'-]{1,20}\s)?(?:customers|users|clients|administrators|agencies|operators|buyers|organi[sz]ations|companies|members|people)\sto\s\w+"),
        ("improve-security", r"\b(?:introduced|added|enabled|turned\son|now\srequires?|rolled\sout|tightened|strengthened)\s(?:[\w’'-]{1,20}\s){0,3}?(?:two-factor|multi-?factor|second\sfactor|MFA|monitoring|security|controls|checks)\b"),
        ("declare-bankruptcy", r"\bfiled\sfor\s(?:bankruptcy|insolvency|chapter\s(?:7|11)|creditor\sprotection)\b"),
        ("patch", r"\b(?:issued|released|deployed|shipped|published|installed|applied)\s(?:[\w’'-]{1,20}\s){0,2}?(?:patch(?:es)?|fix(?:es)?|hotfix(?:es)?|corrected\s(?:version|update|release))\b|\b(?:patched|fixed|closed|plugged)\s(?:the|that|this|a|both)\s(?:[\w’'-]{1,20}\s){0,2}?(?:hole|flaw|vulnerabilit(?:y|ies)|bug|gap|weakness|leak)\b"),
    )
)  # fmt: skip
_NOT: Final = regex(
    r"\b(?:not|never|no|without|if|would|should|could|may|might|unless|yet\sto|refused|declined|failed)\s(?:[\w’'-]{1,20}\s){0,2}\Z",
    re.IGNORECASE,
)


def set_phrases(words: Tokens) -> Iterator[tuple[int, int, str]]:
    """Yield (first, last, action) of each response that a text tells of in a set phrase, in the order of the patterns."""
    text = words.text
    place = {start: at for at, start in enumerate(words.starts)}
    behind = {end: at + 1 for at, end in enumerate(words.ends)}
    for first, last in words.sentences:
        start, end = words.starts[first], words.ends[last - 1]
        for action, pattern in _PATTERNS:
            for match in pattern.finditer(text, start, end):
                denied = _NOT.search(text, max(start, match.start() - 48), match.start())
                if not denied and match.start() in place and match.end() in behind:
                    yield place[match.start()], behind[match.end()], action
