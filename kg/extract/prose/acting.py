"""Responses that are told in set phrases: what was shut down, stopped, hired, reset, offered, told to whom; each with its action."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tokens import Tokens

_WORD: Final = r"[\w’'-]{1,20}\s"
_SOME: Final = rf"(?:{_WORD}){{0,4}}?"
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
_WHICH: Final = (
    r"(?:(?:all|the|its|our|their|those|every|each|affected|impacted|some|about|these|several|both|other|any|two|three|four|five|six|seven"
    r"|eight|nine|ten)\s){0,3}(?:of\s(?:its|the|their|our)\s)?(?:[\d.,]{1,12}\s(?:million\s)?)?"
)
"""Which and how many of those who are told."""
_BEEN: Final = (
    r"\s(?:(?:is|are|was|were|has|have|had|will)\s)?(?:(?:also|since|already|now|all|both)\s)?"
    r"(?:be|been|being|is|are|was|were)\s(?:(?:also|since|already|now|then)\s)?"
)
"""Between whoever something is done to and what is done."""
_FIRMS: Final = (
    r"(?:clients|partners|merchants|hospitals|banks|schools|districts|universities|colleges|agencies|operators|retailers|dealers|firms"
    r"|organi[sz]ations|businesses|companies|institutions|charities|clinics|practices|licensees|municipalities|towns|authorities"
    r"|pharmacies|insurers|suppliers|buyers|owners|vendors|providers|carriers|airlines|hotels|shops|stores)\b"
)
_HOLDERS: Final = (
    r"(?:customers|patients|members|employees|individuals|people|persons|residents|students|users|victims|staff|consumers"
    r"|those\s(?:affected|concerned)|parents|families|passengers|policyholders|subscribers|donors|guests|tenants|pensioners|holders"
    r"|readers|depositors|applicants|teachers|workers|drivers)\b"
)
_SYSTEM: Final = (
    r"(?:systems?|servers?|networks?|platforms?|computers?|portals?|(?:web)?sites?|machines?|applications?|apps?|services?|pages?|tools?"
    r"|boxes|databases?|gateways?|data\scent(?:er|re)s?|links?|shops?|registers?|mail|e-mail)\b"
)
_KEYS: Final = r"(?:tokens?|keys?|secrets?|sessions?)\b"
_HOLE: Final = (
    r"(?:holes?|flaws?|vulnerabilit(?:y|ies)|bugs?|gaps?|weakness(?:es)?|leaks?|buckets?|settings?|errors?|faults?|misconfigurations?"
    r"|loopholes?|back\s?doors?|databases?|folders?)\b"
)
_BODY: Final = (
    r"(?:(?:the|its|our|both)\s)?(?:[\w’'.-]{1,20}\s){0,4}?(?:regulators?|authorit(?:y|ies)|watchdog|commissioner(?:[’']s\soffice)?|ombudsman"
    r"|inspectorate|commission|attorneys?[\s-]general|(?-i:Agency|Office|Department|Board|Ministry|Bureau|Superintendency|Garante"
    r"|Datatilsynet|[A-Z]{3,6}))\b"
)
"""An authority by its name, or what it is."""
_POLICE: Final = (
    r"(?:the\s)?(?:[\w’'-]{1,20}\s){0,3}?(?:police|law\senforcement|Secret\sService|federal\sagents|prosecutors?|gendarmerie|carabinieri"
    r"|(?-i:FBI|Europol|Bureau\sof\sInvestigation))\b"
)
_NAMED: Final = r"(?-i:[A-Z](?:[\w&’'.-]*\w)?(?:\s(?:&\s)?[A-Z](?:[\w&’'.-]*\w)?){0,3})"
_SUPPLIER: Final = r"(?:administrator|agency|contractor|firm|host|partner|printer|processor|provider|supplier|vendor)"
_PHRASES: Final = (
    ("suspend-supplier", "disconnected disconnecting", rf"\s(?:(?:itself|themselves)\s)?from\s(?:{_NAMED}|(?:its|that|the|their)\s(?:{_WORD}){{0,2}}?{_SUPPLIER}\b)"),
    ("end-supplier", "replaced", rf"\s(?:{_NAMED}|(?:its|that|the|their)\s(?:{_WORD}){{0,2}}?{_SUPPLIER})\s(?:as\s(?:(?:its|the|their)\s)?(?:{_WORD}){{0,3}}?{_SUPPLIER}\b|with\s{_NAMED})"),
    ("shut-down-systems", "took taken taking pulled", rf"\s{_SOME}(?:{_SYSTEMS}\s)?(?:offline|off\sline|off\sthe\s(?:internet|network))\b"),
    ("shut-down-systems", "disconnected disconnecting isolated isolating unplugged quarantined", rf"\s(?:{_SOME}{_SYSTEMS}|(?:(?:all|the|its|their|our|every|some|affected|infected)\s)?(?:{_WORD}){{0,2}}?(?:{_SYSTEM}|(?:offices|branches|stations|sites|terminals|everything|laptops)\b))"),
    ("end-supplier", "stopped ceased quit", r"\susing\s(?:the|its|their|that)\s[\w’'-]{1,20}\b(?!\s(?:[\w’'-]{1,20}\s){0,2}in\s\d)"),
    ("end-supplier", "ended terminated cancelled canceled severed", r"\s(?:its|their|our|the|all)\s(?:[\w’'-]{1,20}\s){0,2}?(?:contracts?|relationships?|partnerships?|ties)\b"),
    ("suspend-supplier", "suspended paused halted frozen froze", r"\s(?:(?:all|its|their|our|the|any|further)\s)?(?:[\w’'-]{1,20}\s){0,2}?(?:work\swith|collaboration|partnership|contracts?|use\sof|business\swith|projects?\swith|cooperation|relationship|dealings|data\stransfers?)\b"),
    ("suspend-supplier", "cut switched turned disabled severed suspended", r"\s(?:off\s)?(?:the|its|their|our|all|every|any)\s(?:[\w’'-]{1,20}\s){0,2}?(?:connections?|links?|integrations?|interfaces?|feeds?)\b(?:\s(?:off|to|with)\b)?"),
    ("engage-forensics", "hired retained engaged brought called appointed commissioned enlisted", r"\s(?:in\s)?(?:[\w’'-]{1,20}\s){0,4}?(?:forensic\w*|incident[\s-]response|(?:cyber\s?)?security\s(?:firm|experts?|specialists?|company|consultants?)|(?:outside|external|independent|third-party)\s(?:experts?|specialists?|investigators?|firm|consultants?))(?:\s(?:firms?|experts?|specialists?|investigators?|team|company|consultants?|analysts?))?\b"),
    ("notify-law-enforcement", "called notified informed told alerted contacted calling", rf"\s(?:in\s)?{_POLICE}"),
    ("notify-law-enforcement", "reported reporting filed lodged", rf"\s(?:(?:(?:it|this|that|them|the\s\w+)\s)?to|an?\s(?:complaint|report)\swith)\s{_POLICE}"),
    ("reset-credentials", "reset changed resetting changing", r"\s(?:[\w’'-]{1,20}\s){0,4}?(?:passwords|credentials|logins|log-ins)\b"),
    ("revoke-tokens", "revoked rotated invalidated", r"\s(?:[\w’'-]{1,20}\s){0,4}?(?:tokens?|keys?|secrets?|sessions?|credentials?)\b"),
    ("notify-regulator", "notified informed alerted told", rf"\s{_AUTHORITY}"),
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
    ("restore-systems", "restored", rf"\s(?:{_SOME}from\s(?:an?\s|its\s|their\s)?back-?ups?|from)\b"),
    ("declare-bankruptcy", "filed went gone", r"\s(?:for|into)\s(?:bankruptcy|insolvency|administration|receivership|liquidation|protection|chapter\s(?:7|11)|creditor\sprotection)\b"),
    ("patch", "issued released deployed shipped published installed applied", r"\s(?:[\w’'-]{1,20}\s){0,2}?(?:patch(?:es)?|fix(?:es)?|hotfix(?:es)?|corrected\s(?:version|update|release))\b"),
    ("notify-regulator", "reported reporting", rf"\s(?:(?:it|this|that|itself|them|both|the\s\w+|the\s\w+\s\w+)\s)?to\s{_BODY}"),
    ("notify-regulator", "regulator regulators authority commissioner commission office watchdog agency ico cnil authorities ombudsman board ministry department", rf"{_BEEN}(?:notified|informed|told|alerted)\b"),
    ("notify-regulator", "filed submitted lodged", rf"\s(?:an?\s)?(?:{_WORD}){{0,3}}?(?:notice|notification|report|form|8-K|disclosure)\s(?:to|with|at)\s{_BODY}"),
    ("notify-law-enforcement", "filed lodged", r"\s(?:an?\s)?(?:criminal\s)?(?:complaints?|charges)\b(?!\sagainst)"),
    ("notify-law-enforcement", "went gone turned", rf"\sto\s{_POLICE}"),
    ("notify-law-enforcement", "police fbi enforcement prosecutors", rf"{_BEEN}(?:notified|informed|told|alerted|called)\b"),
    ("investigate", "opened opens opening", rf"\s(?:an?\s|its\sown\s)?(?:{_WORD}){{0,2}}?(?:case|file|proceedings?|inquir(?:y|ies)|investigations?|probe|review|enquiry)\b"),
    ("investigate", "looking", r"\sinto\b"),
    ("investigate", "conducting conducted leading carrying leads conducts", rf"\s(?:out\s)?(?:an?|the|its|their)\s(?:{_WORD}){{0,3}}?(?:investigation|inquiry|review|probe|audit|examination)\b"),
    ("investigate", "summoned questioned audited", r"\s(?:the|its|both|two|all)\b"),
    ("investigate", "is are", r"\son\sthe\scase\b"),
    ("end-supplier", "found chosen hired", r"\s(?:another|a\s(?:new|different))\s(?:supplier|vendor|provider|firm|company|contractor|host)\b"),
    ("suspend-supplier", "stopped stops", r"\s(?:sending|taking|accepting|passing|sharing|feeding|shipping|ordering)\b"),
    ("improve-security", "now", rf"\s(?:requires?|uses?|asks?\sfor|demands?|insists\son)\s(?:{_WORD}){{0,3}}?(?:two-(?:factor|step)|multi-?factor|second|MFA|code|key|password)\b"),
    ("patch", "fixed closed patched mended repaired corrected plugged secured locked", rf"\s(?:the|that|this|a|both|its)\s(?:{_WORD}){{0,3}}?{_HOLE}"),
    ("patch", "vulnerability flaw hole bug bucket database leak gap error fault", rf"{_BEEN}(?:closed|fixed|patched|secured|repaired|corrected|plugged|mended|locked)\b"),
    ("shut-down-systems", "took take taken taking", rf"\s(?:down\s)?{_SOME}{_SYSTEM}\s(?:down|off(?:line)?|off\sthe\s(?:net|web|internet)|out\sof\s(?:use|service))\b"),
    ("shut-down-systems", "shut", rf"\s(?:the|its|their|all)\s(?:{_WORD}){{0,3}}?{_SYSTEM}"),
    ("shut-down-systems", "switched shut turned switching shutting", rf"\s(?:{_SOME}{_SYSTEMS}\s(?:down|off)|(?:off|down)\s{_SOME}{_SYSTEM})\b"),
    ("restore-systems", "restored restoring restore", rf"\s(?:(?:most|all|some|full|its|the|their|normal)\s){{0,3}}(?:of\s)?(?:{_WORD}){{0,2}}?(?:access|operations|data|files|{_SYSTEM})"),
    ("engage-forensics", "hired engaged retained", rf"\s(?:the\s(?:firm\s)?|security\sfirm\s)?{_NAMED}"),
    ("engage-forensics", "called brought", rf"\sin\s(?:the\s(?:firm\s)?)?{_NAMED}"),
    ("engage-forensics", "asked", rf"\s{_NAMED}\sto\s(?:investigate|look|examine|find|help)\b"),
    ("halt-operations", "sent", r"\s(?:\S+\s){0,3}?(?:workers|staff|patients|pupils|students|employees|children)\shome\b"),
    ("reset-credentials", "changed changing reset replaced resetting replacing renewed", rf"\s{_SOME}(?:passwords?|credentials)\b"),
    ("revoke-tokens", "tokens keys token key secrets sessions", rf"{_BEEN}(?:revoked|rotated|replaced|withdrawn|invalidated|cancelled|changed|deleted|disabled)\b"),
    ("rotate-certificate", "renewed replaced revoked rotated reissued withdrew withdrawn cancelled replacing renewing", rf"\s{_SOME}certificates?\b"),
    ("rotate-certificate", "issued made issuing", rf"\s(?:a\s)?new\s(?:{_WORD}){{0,2}}?certificates?\b"),
    ("block-traffic", "blocked blocking blocks filtered", rf"\s{_SOME}(?:addresses|address|traffic|domains?|requests)\b"),
    ("refuse-ransom", "not", r"\s(?:(?:intend\sto|be)\s)?negotiat(?:e|ing)\b"),
    ("settle", "agreed agrees", r"\sto\spay\b"),
    ("fine", "imposed imposes", rf"\s(?:an?\s|the\s)?(?:{_WORD}){{0,3}}?(?:fines?|penalt(?:y|ies))\b"),
    ("financial-aid", "made makes make", r"\sgood\b"),
    ("offer-credit-monitoring", "offer offers offered offering provide provides provided providing pay pays paid paying bought gives given get gets arranged", rf"\s(?:for\s)?(?:{_WORD}){{0,8}}?(?:credit[\s-](?:monitoring|watch|protection)|identity[\s-](?:theft\s)?(?:protection|monitoring|restoration|watch)|monitoring)(?:\sservices?)?\b"),
    ("offer-credit-monitoring", "year years months", rf"\sof\s(?:{_WORD}){{0,3}}?(?:credit|identity|monitoring)(?:\s(?:monitoring|watch|protection))?\b"),
    ("offer-credit-monitoring", "credit", r"\smonitoring\b"),
    ("notify-victims", "letters notices notifications", r"\s(?:(?:(?:have|had|has)\sbeen|were|are\sbeing|will\sbe)\s(?:sent|mailed|posted)(?:\sout)?|(?:went|going|go|gone)\sout)\b"),
    ("offer-reward", "offers offered offering", rf"\s(?:an?\s)?{_SOME}(?:reward|bounty)\b"),
)  # fmt: skip
"""An action, the verbs that may begin to tell of it, and what follows them."""
_LIKELY: Final = (
    ("notify-victims", "writes write writing wrote written", rf"\sto\s(?:(?:some|about|nearly|around|almost|more\sthan|over)\s)?{_WHICH}(?:{_WORD}){{0,2}}?{_HOLDERS}"),
    ("notify-victims", "mailed mailing sent sending send mail posted", rf"\s(?:out\s)?(?:{_WORD}){{0,3}}?(?:letters|notices|notifications)\b"),
    ("notify-victims", "begun began started begins", r"\s(?:to\s)?(?:notify(?:ing)?|writ(?:e|ing)\sto|mail(?:ing)?|inform(?:ing)?|tell(?:ing)?|contact(?:ing)?)\b"),
    ("notify-victims", "told telling", rf"\s{_WHICH}(?:{_WORD})?(?:patients|members|employees|people|residents|students|parents|families|passengers|guests|donors|staff|tenants|pensioners)\b(?!\s(?:not\s)?to\b)"),
    ("notify-organizations", "told informed notified alerted", rf"\s{_WHICH}(?:{_WORD})?{_FIRMS}\s(?:that|of|about|on|by)\b"),
    ("notify-organizations", "told informed notified alerted", r"\s(?:all\sits|its|all|both|the|affected|our)\s(?:[\d.,]{1,12}\s)?(?:clients|hospitals|banks|schools|firms|organi[sz]ations|merchants|partners|companies|retailers|operators)\b(?!\s(?:not\s)?to\b)"),
    ("notify-regulator", "notified informed alerted told notifying informing", rf"\s{_BODY}(?!\sthat\sit\b)"),
    ("investigate", "started begun began launched announced launching", rf"\s(?:an?\s|its\sown\s)?(?:{_WORD}){{0,2}}?(?:proceedings?|inquir(?:y|ies)|investigations?|probe|review|enquiry|audit)\b"),
    ("investigate", "examining reviewing analysing analyzing checking investigating probing studying inspecting", r"\s(?:the|its|what|whether|how|if|all|every|which|who|both|our)\b"),
    ("investigate", "asked asks asking", rf"\s{_SOME}for\s(?:an?\s)?(?:explanation|report|information|answers|documents|papers)\b"),
    ("end-supplier", "no", r"\slonger\s(?:us(?:es?|ing)|works?\swith|buys?|sends?|a\scustomer)\b"),
    ("end-supplier", "given gave gives", r"\s(?:\w+\s)?notice\b"),
    ("end-supplier", "ended terminated cancelled canceled severed ending terminating", rf"\s(?:(?:its|their|our|the|all|that)\s)?(?:{_WORD}){{0,3}}?(?:contracts?|relationships?|partnerships?|ties|agreements?|subscriptions?|cooperation|collaboration)\b"),
    ("suspend-supplier", "suspended paused halted", rf"\s(?:(?:all|its|their|our|the|any|further)\s)?(?:{_WORD}){{0,3}}?(?:contracts?|transfers?|uploads?|integration|connection|account|orders|exchange|deliveries|payments|files|uses?)\b"),
    ("improve-security", "introduced added enabled turned requires require required switched demands", rf"\s(?:on\s)?{_SOME}(?:two-(?:factor|step)|multi-?factor|second\s(?:factor|step|password)|MFA|2FA)\b"),
    ("patch", "fixed closed patched mended repaired corrected plugged secured", r"\s(?:it|them)\b"),
    ("patch", "removed deleted", rf"\s(?:the|that|its)\s(?:{_WORD}){{0,2}}?(?:code|script|plug-?in|file|package|version|library|rule|backdoor|malware)\b"),
    ("patch", "released issued published shipped sent brought", rf"\s(?:out\s)?(?:an?\s|the\s|its\s)?(?:{_WORD}){{0,3}}?(?:patch(?:es)?|fix(?:es)?|hotfix|correction|corrected\s\w+|update|repair)\b"),
    ("shut-down-systems", "pulled pulling", r"\s(?:the|its|their)\s(?:plugs?|cables?|apps?|servers?|page|site)\b"),
    ("issue-guidance", "issued published issues", rf"\s(?:an?\s|its\s|the\s)?(?:{_WORD}){{0,3}}?(?:advisory|advisories|alerts?|warnings?|guidance|bulletin|directive|instructions|guidelines|indicators)\b"),
    ("issue-guidance", "told asked asks", rf"\s{_WHICH}(?:{_WORD})?(?:customers|users|clients|operators|owners|members|everybody|everyone|administrators|banks|patients|people)\s(?:{_WORD}){{0,3}}?(?:not\s)?to\s(?:change|reset|watch|check|look|stop|pull|install|update|be|beware|disconnect|unplug|switch|ignore|report|delete|remove|replace|apply|patch)\b"),
    ("issue-guidance", "advised urged", rf"\s(?:{_WORD}){{0,3}}?to\s\w+"),
    ("restore-systems", "rebuilt rebuilding", r"\s[\w’'-]+"),
    ("restore-systems", "resumed resuming resume", r"\s(?:(?:normal|full|its|their|the|all|most)\s){0,2}(?:operations|services?|trading|production|deliveries|business|work|sales|shipments)\b"),
    ("restore-systems", "services systems service operations network site platform", rf"{_BEEN}(?:(?:fully|partly|gradually)\s)?(?:restored|rebuilt|resumed|back\s(?:online|up|in\s\w+)|up\s(?:and\srunning|again)|working\sagain)\b"),
    ("suspend-access", "closed locked blocked suspended disabled froze frozen deactivated", rf"\s(?:(?:the|its|all|his|her|affected|these|those|their|every|that|some|compromised)\s){{0,2}}(?:{_WORD}){{0,2}}?(?:accounts?|log-?ins?|access)\b"),
    ("halt-operations", "postponed cancelled canceled", rf"\s{_SOME}(?:appointments|operations|surger(?:y|ies)|flights|classes|procedures|exams|treatments)\b"),
    ("halt-operations", "turned diverted diverting turning", r"\s(?:\S+\s){0,3}?(?:ambulances|patients|customers|passengers|lorries|trucks)\b(?:\saway\b)?"),
    ("manual-workaround", "went gone switched returned reverted turned resorted fell fallen falling going switching back", rf"\s(?:back\s)?(?:over\s)?(?:to|on)\s(?:{_WORD}){{0,2}}?(?:paper|pens?|pencils?|manual|handwritten|hand-written|cash|fax|faxes|typewriters?|whiteboards?|radio|chalk)\b"),
    ("manual-workaround", "wrote write writing written counted counting checked worked working sorted processed processing entered recorded logged filed handled", r"\s[^.;]{0,60}?\b(?:by\shand|on\spaper|in\slonghand|with\s(?:a\s)?(?:pen|pencil)s?(?:\sand\spaper)?|manually|in\sink)\b"),
    ("revoke-tokens", "revoked rotated invalidated replaced changed withdrew withdrawn deleted disabled cancelled revoking rotating", rf"\s{_SOME}{_KEYS}"),
    ("rotate-certificate", "certificate certificates", rf"{_BEEN}(?:renewed|replaced|revoked|rotated|withdrawn|reissued)\b"),
    ("arrest", "arrested detained", r"\s(?:a|two|three|the|him|her|them|five|four|one|his|\d+|in|by|on|(?-i:[A-Z])\w+)\b"),
    ("settle", "settled settles", r"\s(?:for|with|the|a|out)\b"),
    ("sue", "suing sues", r"\b"),
    ("financial-aid", "refunded reimbursed compensated reimburses repaid", r"\s(?:the|its|all|them|their|those|every|each|customers)\b"),
    ("withdraw-report", "withdrew withdrawn retracted retracts", rf"\s(?:the|its|that)\s(?:{_WORD}){{0,2}}?(?:report|article|story|claim|statement|post)\b"),
)  # fmt: skip
"""Those that are less often what they seem; they are asked where the taggers found nothing."""
_LONGEST: Final = 200
"""Characters behind a verb that are looked at."""


@cache
def _by_verb(phrases: tuple[tuple[str, str, str], ...]) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for action, verbs, rest in phrases:
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
    return _found(words, _PHRASES)


def likely_phrases(words: Tokens) -> Iterator[tuple[int, int, str]]:
    """Yield what `set_phrases` does, for phrases that are less often what they seem."""
    return _found(words, _LIKELY)


def _found(words: Tokens, phrases: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[int, int, str]]:
    text, verbs = words.text, _by_verb(phrases)
    for at, lower in enumerate(words.lowers):
        for action, rest in verbs.get(lower, ()):
            first, last = words.sentence(at)
            stop = min(words.ends[last - 1], words.ends[at] + _LONGEST)
            match = rest.match(text, words.ends[at], stop)
            if match is None:
                continue
            start, (_, behind) = words.starts[at], words.within(words.starts[at], match.end())
            denied = _NOT.search(text, max(words.starts[first], start - _BEFORE), start)
            if not denied and words.ends[behind - 1] == match.end():
                yield at, behind, action


_OF_WHAT: Final = frozenset({"behind", "by", "of"})
"""Before harm of which somebody else is told, who does what the verb tells."""
_HARMFUL: Final = frozenset({"EVENT", "GANG", "HARM"})
_TOLD: Final = frozenset({"alerted", "informed", "notified", "told", "warned"})


def done_by_harm(words: Tokens, first: int) -> bool:
    """Whether what a verb tells is itself harm: "ransomware had taken down its servers", and not "staff who saw the attack took down servers"."""
    at = first
    while at + 1 < len(words) and "HAVE" in words.kinds[at]:
        at += 1
    before = first - 1
    while before > 0 and "HAVE" in words.kinds[before]:
        before -= 1
    begin, _ = words.sentence(first)
    if before < begin or "BE" in words.kinds[at] or _HARMFUL.isdisjoint(words.kinds[before]):
        return False
    return all("REL" not in words.kinds[at] and words.lowers[at] not in _OF_WHAT for at in range(begin, before))


def told_in_passive(words: Tokens, first: int, last: int) -> int | None:
    """Return one past the subject of words [first, last) that say of somebody that it "was told" something, None where they do not."""
    at = next((at for at in range(first, last) if words.lowers[at] in _TOLD), None)
    passive = False
    while at and not {"BE", "HAVE"}.isdisjoint(words.kinds[at - 1]):
        at -= 1
        passive |= "BE" in words.kinds[at]
    return at if passive else None
