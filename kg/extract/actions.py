"""From the words of a response to the concept of the action-type scheme."""

from __future__ import annotations

import re

_BY_TEXT = tuple(
    (action, re.compile(pattern, re.IGNORECASE))
    for action, pattern in (
        ("offer-credit-monitoring", r"credit[- ]monitoring|identity[- ](?:theft )?(?:protection|monitoring|restoration)"),
        ("suspend-supplier", r"\b(?:suspend|paus|halt|freez|froze|stopp)\w*\b.{0,40}\b(?:collaborat|partner|contract|work with|relationship|engagement|business|use of|project|integration|cooperation)"),
        ("end-supplier", r"\b(?:terminat|end|cancel|cut|sever|dropp)\w*\b.{0,40}\b(?:contract|partnership|collaborat|relationship|ties|agreement|vendor|supplier)|\breplac\w+ (?:the |its )?(?:vendor|supplier|provider)"),
        ("notify-law-enforcement", r"\b(?:law enforcement|police|FBI|secret service|europol|interpol|NCA)\b"),
        ("notify-regulator", r"\b(?:regulators?|authorit(?:y|ies)|attorneys? general|FTC|SEC|CNIL|ICO|OCR|HHS|commissioner|8-K|supervisory|watchdog|data protection (?:agency|commission|board))\b"),
        ("rotate-certificate", r"\bcertificates?\b"),
        ("revoke-tokens", r"\b(?:revok|rotat|invalidat|replac)\w*\b.{0,40}\b(?:tokens?|keys?|secrets?|sessions?|credentials?|access)\b|\b(?:tokens?|keys?|secrets?) (?:were |was )?(?:revoked|rotated)"),
        ("reset-credentials", r"\b(?:reset|chang|forc)\w*\b.{0,40}\b(?:passwords?|credentials?|MFA|logins?)\b|\bpassword resets?\b"),
        ("refuse-ransom", r"\b(?:refus|declin|will not|did not|not)\w*\b.{0,20}\b(?:pay|ransom|negotiat)"),
        ("pay-ransom", r"\bpa(?:y|id|ying|yment of)\b.{0,20}\bransom\b"),
        ("block-traffic", r"\b(?:block|cut off|filter|blacklist|blocklist|deny|denied|evict|expel|eject|kick)\w*\b"),
        ("shut-down-systems", r"\b(?:isolat|shut|took|taken|taking|take|disconnect|disabl|segment|quarantin|switch|unplug|deactivat|power)\w*\b.{0,40}\b(?:systems?|servers?|networks?|instances?|environments?|offline|down|off|services?|platforms?|applications?|interfaces?|accounts?|portals?|integrations?|machines?|devices?)\b|\b(?:isolated|offline)\b"),
        ("suspend-access", r"\b(?:suspend|remov|disabl|restrict|terminat|cut)\w*\b.{0,40}\baccess\b"),
        ("restore-systems", r"\b(?:restor|rebuil|recover|resum|brought back|back online|reinstat)\w*\b"),
        ("engage-forensics", r"\b(?:forensic|incident response (?:firm|team|specialists?|experts?)|cyber ?security (?:firm|experts?|specialists?|company|consultants?)|mandiant|crowdstrike|(?:outside|external|independent|third[- ]party) (?:experts?|specialists?|investigators?|firm|consultants?|review))"),
        ("patch", r"\b(?:patch|fix|closed?|closing|hotfix|update|correct|remediat|harden)\w*\b"),
        ("issue-guidance", r"\b(?:advis|guidance|recommend|warn|urg|alert|instruct)\w*\b"),
        ("notify-organizations", r"\b(?:notif|inform|contact|told|tell|letters?|e-?mails?|warn)\w*\b.{0,50}\b(?:partners?|clients?|business customers|organi[sz]ations?|companies|hospitals?|dealers?|banks?|customers? firms)\b"),
        ("notify-victims", r"\b(?:notif|inform|contact|told|tell|letters?|e-?mails?|mail|writ)\w*\b"),
        ("investigate", r"\binvestigat\w*\b|\breview\w*\b|\baudit\w*\b"),
        ("manual-workaround", r"\bmanual\w*\b|\bpaper\b|\bworkarounds?\b|\bby hand\b"),
        ("halt-operations", r"\b(?:halt|stopp|suspend|paus)\w*\b.{0,40}\b(?:operations?|production|services?|shipping|orders?)\b"),
        ("improve-security", r"\b(?:enhanc|improv|strengthen|tighten|upgrad|implement|deploy|add)\w*\b.{0,60}\b(?:security|monitoring|safeguards?|controls?|authentication|MFA|protections?|measures)\b|\bmonitoring\b|\bmulti-?factor\b"),
        ("sue", r"\b(?:lawsuit|sued?|litigation)\b"),
        ("arrest", r"\barrest\w*\b"),
        ("fine", r"\bfined?\b"),
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
_KEY_FIRST = frozenset({"law_enforcement_notified", "regulators_notified", "regulatory_notifications"})
_VAGUE = re.compile(r"\bswift action\b|\bappropriate (?:steps|measures|action)\b", re.IGNORECASE)
_YES = re.compile(r"(?:true|yes|y|1)\.?\Z", re.IGNORECASE)


def classify(text: str, key: str = "") -> str:
    """Return the action-type slug that the words mean, helped by the field they stand in; "" where none fits."""
    if key in _KEY_FIRST or (_YES.match(text.strip()) and key in _BY_KEY):
        return _BY_KEY[key]
    if _VAGUE.search(text):
        return ""
    for action, pattern in _BY_TEXT:
        if pattern.search(text):
            return action
    return _BY_KEY.get(key, "")
