"""From the words of a response to the concept of the action-type scheme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.relations import ENDS, SUSPENDS
from kg.extract.untaken import NO
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

REGULATORS = "FTC|SEC|CNIL|ICO|OCR|HHS|BaFin|FCA|FCC|OAIC|AEPD|NYDFS|Ofcom|Datatilsynet|Autoriteit Persoonsgegevens"
_ISOLATED = r"(?:(?=isolati)|(?<!\ban )(?<!\bfrom )(?<!\bin )(?<!\bthe )(?<!\busing )(?<!\bwith ))isolat(?!ed (?:back-?ups?(?! (?:servers?|systems?)\b)|cop(?:y|ies)|environments?)\b)"
"""Where somebody does it, and not where it tells what kind something is: "restored from isolated backups", "in an isolated environment"."""
_OFFLINE = r"offline(?![ -](?:(?!(?:after|and|as|because|but|during|for|from|once|or|pending|so|to|until|when|while|with) )\w+ )?(?:back-?ups?|cop(?:y|ies))\b)"
_FEW = r"(?:\s(?!(?:a|an|and|at|by|for|from|in|of|on|or|to|with)\b)[\w’'-]{1,20}){0,3}?"
_WAS = r"(?:(?:are|been|had|has|have|is|now|was|were|\w{1,12}ly)\s){0,3}"
_RENEW = r"(?:(?:chang|replac|revok|rotat)(?:e|ing)|re(?:new|set)(?:ting|ing|s)?|rotations?)"
_REPORTS = r"(?:allegation|article|claim|disclosure|filing|listing|notice|notification|post|report|statement|story)s?"
_SECRETS = r"(?:credential|key|secret|session|token)s?"
_FAULTY = r"(?:build|release|update|version)s?"
_STORES = r"(?:buckets?|databases?|instances?|repositor(?:y|ies))(?!\sback-?ups?)"
_BY_TEXT = tuple(
    (action, regex(pattern, re.IGNORECASE))
    for action, pattern in (
        ("offer-credit-monitoring", r"credit[- ](?:monitoring|watch)|identity[- ](?:theft )?(?:protection|monitoring|restoration|services?)"),
        ("declare-bankruptcy", r"\b(?:bankrupt|chapter (?:7|11)|insolven|administration proceedings)\w*"),
        ("settle", r"\bsettl(?:ed?|ement|ing)\b"),
        ("sue", r"\b(?:lawsuits?|sued?|suing|litigation|class action|filed (?:suit|a claim))\b"),
        ("fine", r"\b(?:fined?|penalt(?:y|ies))\b|\bpay \$[\d.,]+ (?:million|billion)"),
        ("arrest", r"\barrest\w*\b|\bdetained\b"),
        ("offer-reward", r"\b(?:reward|bounty)\b"),
        ("withdraw-report", rf"\b(?:retract\w*|corrected its report)|\b(?:withdrew|withdrawn){_FEW}\s{_REPORTS}\b|\b{_REPORTS}\s{_WAS}withdrawn\b"),
        ("rename-product", r"\brenam\w+|\brebrand\w*"),
        ("suspend-supplier", SUSPENDS),
        ("end-supplier", rf"{ENDS}|\breplac\w+ (?:the |its )?(?:vendor|supplier|provider)"),
        ("manual-workaround", r"\bmanual\w*\b|\b(?:on|to|with) paper\b|\bpaper(?:-based)? (?:process|form|record|procedure)\w*|\bworkarounds?\b|\bby hand\b"),
        ("financial-aid", r"\b(?:loans?|advance payments?|financial (?:aid|assistance|support)|lent money|relief fund|compensat\w+)\b"),
        ("notify-law-enforcement", r"\b(?:law enforcement|police|FBI|federal bureau of investigation|secret service|europol|interpol|NCA|prosecutors?)\b"),
        ("notify-regulator", rf"\b(?:regulators?|authorit(?:y|ies)|attorneys? general|{REGULATORS}|commissioners?|8-K|supervisory|watchdog|data protection (?:agency|commission|board|office))\b"),
        ("rotate-certificate", r"\b(?:rotat|replac|revok|renew|reissu)\w*\b.{0,30}\bcertificates?\b|\bcertificates?\b.{0,30}\b(?:rotated|replaced|revoked)"),
        ("issue-guidance", rf"\A(?:(?!\b(?:chang|follow|on\s(?:the\s)?advi|renew|replac|reset|revok|rotat))[^;])*?\b(?:(?:advi[sc]e|ask|encourag|instruct|recommend(?!ed\s(?:[\w-]{1,20}\s)?(?:change|measure|practice|reset|rotation|step)s?\b)|remind|told|urg)\w*\b(?!\sand\b)[^;.]{{0,60}}?\sto(?:\s\w{{1,12}}ly)?|(?:advi[sc]|encourag|recommend(?!ed\s(?:[\w-]{1,20}\s)?(?:change|measure|practice|reset|rotation|step)s?\b)|suggest|urg)\w*(?:\s(?!and\b)[\w’'-]{{1,20}}){{0,3}}?)\s{_RENEW}\b|\b(?:change|reset|rotation)s?\s{_WAS}(?:advised|encouraged|recommended|suggested|urged)\b"),
        ("revoke-tokens", r"\b(?:revok|rotat|invalidat|replac|expir)\w*\b.{0,40}\b(?:tokens?|keys?|secrets?|sessions?|credentials?|all of them|cookies?)\b|\b(?:tokens?|keys?|secrets?|sessions?) (?:were |was )?(?:revoked|rotated|invalidated)"),
        ("reset-credentials", r"\b(?:reset|chang|forc|rotat)\w*\b.{0,40}\b(?:passwords?|credentials?|MFA|logins?|keys?)\b|\bpassword (?:resets?|changes?)\b|\bcredentials? (?:reset|rotation)\b"),
        ("refuse-ransom", r"\b(?:refus|declin|will not|did not|won['’]t|didn['’]t|no)\w*\b.{0,20}\b(?:pay|ransom|negotiat)"),
        ("pay-ransom", r"\bpa(?:y|id|ying|yment of)\b.{0,40}\b(?:ransom|demand|extort|criminals?|attackers?|hackers?|gang|intruders?|bitcoin)"),
        ("block-traffic", r"\b(?:block|cut off|filter|blacklist|blocklist|evict|expel|eject|kick)\w*\b|\bden(?:y|ied|ying) (?:\w+ )?(?:access|entry|traffic|connections?)\b|\bfirewall (?:rules?|blocks?)\b"),
        ("suspend-access", r"\b(?:suspend|restrict|disabl|deactivat)\w*\b.{0,40}\b(?:access|connections? with|apps?|accounts?|tenants?|integrations?|clients?|users?)\b"),
        ("shut-down-systems", rf"\b(?:{_ISOLATED}|shut|took|taken|taking|take|disconnect|disabl|quarantin|switch|unplug|deactivat|power(?=(?:ed|ing)\b| (?:down|off))|lock(?=(?:ed|ing)? down))\w*\b.{{0,60}}\b(?:systems?|servers?|networks?|instances?|environments?|{_OFFLINE}|down|off|services?|platforms?|applications?|interfaces?|accounts?|portals?|machines?|devices?|connections?|access)\b|\b(?:{_ISOLATED}ed|{_OFFLINE})\b"),
        ("suspend-access", r"\b(?:remov|terminat|cut|revok)\w*\b.{0,40}\baccess\b"),
        ("halt-operations", r"\b(?:halt|stopp|suspend|paus|clos)\w*\b.{0,40}\b(?:operations?|production|services?|shipping|orders?|shops?|stores?|plants?|factor(?:y|ies)|sales|registrations?)\b"),
        ("restore-systems", r"\b(?:restor|rebuil|recover|resum|brought back|back online|reinstat|re-?open)\w*\b"),
        ("engage-forensics", r"\b(?:forensic|incident[- ]response (?:firm|team|specialists?|experts?|provider)|(?:cyber ?)?security (?:firm|experts?|specialists?|company|consultants?)|mandiant|crowdstrike|unit 42|kroll|(?:outside|external|independent|third[- ]party|leading) (?:cyber\w* )?(?:security )?(?:experts?|specialists?|investigators?|firm|consultants?|advis[eo]rs?|review))"),
        ("patch", r"\b(?:patch|fix|clos(?:ed|ing|e)|hotfix|correct|remediat|harden|update[ds]? (?:the )?(?:software|system|firmware|configuration))\w*\b"),
        ("investigate", r"\binvestigat\w*\b|\b(?:look|looked|looking) into\b|\b(?:opened|launched|started|began) an? (?:inquiry|probe|review)\b|\bforensic\w*\b|\binternal (?:review|audit)\b"),
        ("notify-organizations", r"\b(?:notif|inform|contact|told|tell|letters?|e-?mails?|warn|alert)\w*\b(?:(?!on behalf of).){0,50}\b(?:partners?|clients?|business customers|organi[sz]ations?|companies|hospitals?|dealers?|banks?|agenc(?:y|ies)|firms|schools|vendors|suppliers|providers)\b"),
        ("issue-guidance", r"\b(?:advis(?:e|ed|es|ing|ory|ories)|guidance|recommend|warn|urg(?:e|ed|es|ing)|instruct|FAQ|ask(?:ed|s)? (?:customers|users) to|told (?:customers|users|administrators|people) to)\w*\b"),
        ("notify-victims", r"\b(?:notif|inform|contact|told|tell|letters?|e-?mails?|(?-i:(?:mailings?|(?<!\w\s)Mailings?))|writ(?:e|es|ing|ten)|wrote|call centre|call center|hotline|disclos|announc|statement)\w*\b"),
        ("improve-security", r"\b(?:enhanc|improv|strengthen|tighten|upgrad|implement|deploy|add|introduc|enabl|turn(?:ed)? on|roll(?:ed)? out|harder look)\w*\b.{0,60}\b(?:security|monitoring|safeguards?|controls?|authentication|MFA|protections?|measures|logging|detection|suppliers?|training)\b|\b(?:additional|further|new|extra|stronger) (?:security|safeguards?|controls?|protections?|measures|monitoring)\b|\bmonitoring\b|\bmulti-?factor\b|\bsegment\w*\b"),
        ("investigate", r"\breview\w*\b|\baudit\w*\b|\bassess\w*\b"),
        ("patch", rf"\b(?:pull(?:ed|ing)|revert(?:ed|ing)|roll(?:ed|ing)\sback|withdr(?:ew|awn|awing)){_FEW}\s{_FAULTY}\b|\b{_FAULTY}\s{_WAS}(?:pulled|reverted|rolled\sback|withdrawn)\b"),
        ("patch", rf"\bsecur(?:ed|ing)(?:\san?)?{_FEW}\s{_STORES}\b|\b{_STORES}\s{_WAS}secured\b"),
        ("revoke-tokens", rf"\b(?:deactivat|disabl)(?:ed|ing){_FEW}\s{_SECRETS}\b|\b{_SECRETS}\s{_WAS}(?:deactivated|disabled|invalidated|revoked)\b"),
        ("suspend-access", rf"\bdisconnect(?:ed|ing){_FEW}\sapps?\b|\bapps?\s{_WAS}disconnected\b|\b(?:access|accounts?|apps?|integrations?|tenants?)\s{_WAS}(?:deactivated|disabled|restricted|suspended)\b(?!\s(?:by|in)\b)"),
        ("shut-down-systems", rf"\b(?:machine|network|platform|portal|server|service|site|system|website)s?\s{_WAS}(?:deactivated|disabled|disconnected|quarantined|unplugged)\b(?!\s(?:by|in)\b)"),
    )
)  # fmt: skip
_BY_KEY = {
    "law_enforcement_notified": "notify-law-enforcement",
    "regulators_notified": "notify-regulator",
    "regulatory_notifications": "notify-regulator",
    "third_party_assistance": "engage-forensics",
    "recovery_measures": "restore-systems",
    "enhanced_monitoring": "improve-security",
    "network_segmentation": "improve-security",
    "communication_strategy": "notify-victims",
    "customer_advisories": "issue-guidance",
    "stakeholder_advisories": "issue-guidance",
}
KEY_FIRST = frozenset({"law_enforcement_notified", "regulators_notified", "regulatory_notifications"})
_SAYS_NOTHING = regex(
    r"(?:(?!\b(?:e-?mail|inform|letter|notif|warn|writ|wrote))[^,;.])*?\b(?:declin|den(?:ial(?!.of.service)|ie|y)|disput|refus|reject|silen)\w*"
    r"|\W*\b(?:did|has|have)(?:\snot|n[’']t)\s(?:comment|reply|replied|respond)",
    re.IGNORECASE,
)
"""From the beginning of a clause on, that somebody denied it, or kept silent: that tells no victim of it."""
_CLAUSES = regex(r"\s?[,;.]\s|,?\s(?:and|but)\s")
_VAGUE = regex(r"\bswift action\b|\bappropriate (?:steps|measures|action)\b", re.IGNORECASE)
_YES = regex(r"(?:true|yes|y|1)\.?\Z", re.IGNORECASE)
_NOTHING = regex(r"(?:no|none|not|nothing)\b(?!-|\s(?:charge|cost|delay|fee|later|longer|only)\b)", re.IGNORECASE)
_DENIALS = frozenset({"end-supplier", "refuse-ransom"})
"""What is done by not doing something."""
_AND = regex(r",?\s(?:and|as well as)\s")
PEOPLE = regex(
    r"\b(?:citizen|consumer|customer|employee|everyone|famil|guest|individual|member|parent|passenger|patient|people|person|resident|staff|student|subscriber|those|user|victim|worker)",
    re.IGNORECASE,
)
_NOT_PAID = regex(
    r"\b(?:demanded|refused?|declined|unpaid|nothing|not\s(?:paid|disclosed))\b|\bpaid:\sno\b", re.IGNORECASE
)
"""In what begins with an amount or a yes: that it was not paid."""
_PAID = regex(
    r"(?:yes|true|paid)\b|(?:(?:about|almost|approximately|around|over|nearly|roughly|more than)\s)?(?:(?:US|USD|EUR|GBP|CAD|AUD)\s?)?(?:[$€£]\s?(?!0\b)\d|\d[\d.,]*\s(?:bitcoins?|BTC|(?:million|thousand)\b))",
    re.IGNORECASE,
)
_UNPAID = regex(r"(?:no|false)\b(?!\s\w)|(?:not\spaid|unpaid|refused|declined)\b", re.IGNORECASE)
_DOUBTED = regex(
    r"\?|\b(?:alleg|believ|claim|likely|possibl|presum|probabl|report|rumou?r|suspect|unclear|unconfirm|unknown|unverif)|\b(?:under|not)\s(?:investigation|confirmed|known|verified)",
    re.IGNORECASE,
)


def classify(text: str, key: str = "") -> str:
    """Return the action-type slug that the words mean, helped by the field they stand in; "" where none fits."""
    if key in KEY_FIRST or (_YES.match(text.strip()) and key in _BY_KEY):
        return _BY_KEY[key]
    if _VAGUE.search(text):
        return ""
    denied = _NOTHING.match(text.strip())
    found = (action for action, said in _BY_TEXT if said.search(text) and (not denied or action in _DENIALS))
    action = next(found, "" if denied else _BY_KEY.get(key, ""))
    silent = action == "notify-victims" and all(map(_SAYS_NOTHING.match, _CLAUSES.split(text.strip())))
    return "" if silent else action


def classify_all(text: str, key: str = "") -> tuple[str, ...]:
    """Return the slugs of all that the words mean: several where they tell of several who were told, else that of `classify`."""
    whole = classify(text, key)
    found = ((classify(part), part) for part in _AND.split(text))
    told = tuple(
        dict.fromkeys(slug for slug, part in found if slug and (slug != "notify-victims" or PEOPLE.search(part)))
    )
    several = whole in told and key not in KEY_FIRST and all(slug.startswith("notify-") for slug in told)
    return told if several else (whole,)


def ransom_paid(paid: str, demands: Iterable[str]) -> str:
    """Return the slug for what a report says of whether the ransom was paid; "" where nobody knows.

    Args:
        paid: the words: "No", or how much.
        demands: what it says was demanded; nobody refused what nobody is known to have demanded.
    """
    if _DOUBTED.search(paid):
        return ""
    if _PAID.match(paid) and not _NOT_PAID.search(paid):
        return "pay-ransom"
    demanded = any(not (NO.match(demand) or _DOUBTED.search(demand)) for demand in demands)
    return "refuse-ransom" if demanded and _UNPAID.match(paid) else ""
