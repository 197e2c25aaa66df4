"""What the name that a page has for its title stands for, by what is said of it elsewhere: the victim, or malware and campaigns."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HIT = r"(?:hacked|compromised|breached|backdoored|cracked|hijacked|infected|poisoned|trojani[sz]ed|defaced|tampered|stolen|sabotaged)"
_CULPRIT = r"(?:malware|trojan|worm|wiper|ransomware|backdoor|attack|outbreak|campaign|operation|spreads?|infects?|typosquatt?\w*)"
_MISUSED = r"(?:used|uses|exploit(?:s|ed)|infect(?:s|ed)|spread|spreads|target(?:s|ed)|stole|steals|impersonat\w+|mimic\w*|typosquat\w*|posed?)"


class Standing(Enum):
    """What a name is to the incident that it is the title of."""

    VICTIM = "victim"
    CULPRIT = "culprit"
    UNTOLD = "untold"


def standing_of(name: str, prose: str, urls: Sequence[str]) -> Standing:
    """Return what is said of a name in the prose and in the addresses cited."""
    said = re.escape(name).replace(r"\ ", r"\s+")
    if re.search(
        rf"\b{said}(?:,[^,.]{{1,60}},)?\s+(?:(?:was|were|had\s+been|has\s+been|got|itself)\s+){{1,3}}{_HIT}\b",
        prose,
        re.IGNORECASE,
    ):
        return Standing.VICTIM
    if re.search(
        rf"\b{said}\s+(?:also\s+)?{_MISUSED}\b|\b{said}\s+(?:is|was)\s+(?:an?|the)\s+(?:\w+\s+){{0,3}}{_CULPRIT}\b",
        prose,
        re.IGNORECASE,
    ):
        return Standing.CULPRIT
    slug = "-".join(re.findall(r"[a-z0-9.]+", name.casefold()))
    folded = slug.replace("-", "")
    for url in urls:
        flat = re.sub(r"[_+]|%20", "-", url.casefold())
        place = re.match(r"https?://(?:[\w.-]*?\.)?([\w-]+)\.[a-z]{2,}(?:/|\Z)", flat)
        owner = re.match(r"https?://(?:www\.)?(?:github|gitlab)\.com/([^/]+)(?:/([^/]+))?", flat)
        known = {part.replace("-", "") for part in (place[1] if place else "", *(owner.groups("") if owner else ()))}
        if folded and folded in known:
            return Standing.VICTIM
        if re.search(
            rf"(?<![a-z]){re.escape(slug)}(?:-[a-z0-9]+){{0,3}}-{_HIT}\b|\b{_HIT}(?:-[a-z0-9]+){{0,2}}-{re.escape(slug)}(?![a-z])",
            flat,
        ):
            return Standing.VICTIM
        if re.search(rf"{re.escape(slug)}(?:-[a-z0-9]+){{0,3}}-{_CULPRIT}\b|\boperation-{re.escape(slug)}\b", flat):
            return Standing.CULPRIT
    return Standing.UNTOLD
