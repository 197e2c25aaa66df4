"""What the words of a title are: events, things of somebody, adjectives, doubts, those who do something, and where others publish."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.happening import certainty
from kg.extract.registries import HOSTS, is_registry
from kg.model import Certainty
from kg.nouns import LONE_GROUPS, THINGS
from kg.patterns import regex

EVENTS = frozenset(
    """
    abuse abused abusing attack attacked attacks backdoor backdoored backdooring backdoors breach breached bug code-injection commandeered compromise
    compromised compromises compromising confusion corruption cracked credential credentials crypto-mining cryptominer cryptojacking
    data defaced defacement dependency-confusion exfiltration execution exploit exploitation exploited exploiting exposed exposure flaw
    fraud happened hack hacked hacking hacks hijack hijacked hijacking impersonation implant implanted incident incidents infected infection
    infiltrated infiltration injected injection intrusion issue issues lack leak leaked leaks malicious malware mining misuse near-miss negligence outage
    overwrite phished phishing poisoned poisoning protestware ransomware rce replaced reverse sabotage sabotaged shell shells signed signing
    spear spoofing spyware stealer stolen subversion supply-chain taken takeover tampered tampering theft trojan trojanized trojans
    typosquat typosquatted typosquatting unauthorized vulnerability vulnerabilities worm wiper zero-day
    """.split()
)
ASSETS = frozenset(
    """
    account accounts api app application applications apps archive bash binaries binary bios bot branch browser build builds cdn cdns
    certificate certificates chat ci cli client code command commit commits compiler component container containers cvs database databases dev developer
    development dependency dependencies distribution domain download downloads extension extensions farm file files firmware forum ftp
    git image images infra infrastructure installer installers internal iso key keys libraries library live login mailing maintainer
    maintainers manager mechanism mirror mirrors model models module modules network oauth old org organisation organization package packages page
    pages password passwords pipeline platform plugin plugins portal private project projects qa recovery registry release releases
    remote repo repos repositories repository rsync script scripts sdk secret secrets self-hosted server servers service signature site sites source
    store svn system systems theme themes token tokens toolchain tool tools update updater updates uploader version versions website websites workflow
    """.split()
)
PRODUCTS = frozenset("app browser client database extension manager platform server".split())
"""Assets that may as well be the last word of a product's name ("Alder Desktop App")."""
FORMS = frozenset("desktop mobile web cloud".split())
"""Words that no name ends with if such a word follows."""
ADJECTIVES = frozenset(
    """
    a an the fake legitimate malicious misconfigured third-party widespread sophisticated popular several multiple many various new
    another digital expired official unofficial unnamed unknown undisclosed open-source critical remote targeted large-scale massive some two three
    dozens hundreds thousands outdated unmaintained unpatched vulnerable how what why
    """.split()
)
AGENTS = frozenset(
    "author company customer customers developer developers firm maintainer maker makers provider publisher supplier user users vendor vendors institution".split()
)
OWN = frozenset({"data", "credential", "credentials"})
JOINTS = frozenset("as of in at on against with from for to and into inside within via through".split())
BESIDE = {
    "account": frozenset("x twitter facebook linkedin discord telegram".split()),
    "extension": frozenset({"chrome", "firefox", "edge", "vscode", "vs code"}),
    "plugin": frozenset({"wordpress", "jenkins"}),
    "theme": frozenset({"wordpress"}),
    "image": frozenset({"docker"}),
    "action": HOSTS,
}
"""Things of somebody -> at whose service they are; both stand behind the name ("Alder Chrome extension"), or before it."""
SERVICES = frozenset[str]().union(*BESIDE.values())
ECOSYSTEMS = frozenset(
    "npm's node.js nodejs javascript python php ruby rust golang java osx macos windows linux android ios".split()
)
GENERIC = frozenset(
    "free software product products internet web cloud open source community researchers attackers hackers".split()
)
COMMON = AGENTS | LONE_GROUPS | THINGS.keys() | {"portals"}
"""Words that in small letters are nobody's name."""
SECONDS = {"taken": "over", "unauthorized": "access"}
_DOES = r"detects|discovers?|finds?|leverages?|spots|uncovers?"
DOES = regex(rf"(?:{_DOES})\Z")
"""What somebody does who tells of an event, or makes use of what somebody else has."""
COUNT = regex(
    r"\b(?:(?:about|almost|at least|more than|nearly|over) \d[\d,.]*|\d{1,3}(?:,\d{3})+)\+? (?=[a-z])", re.IGNORECASE
)
"""How many things a title tells of."""
PHRASE = regex(r"(?:[a-z]+ ){3,}[a-z]+")
"""More words in small letters than a name has."""
VERBS = regex(
    rf"(?:{_DOES}|contains?|targets?|targeting|targeted|used|using|disguised|introduces?|introduced|leading|leads|allows?|allowing|exposes?|hosted"
    r"|found|served|serves|delivers?|delivered|steals?|distributes?|distributed|hits?|spreads?|affects?|affecting|claims?|confirms?|confirmed|denie[sd]|warns?|pushe[sd]"
    r"|published|uploaded|removed|discovered|identified|identifies|plants?|planted|inject|injects|infects?|infecting|strikes?|returns?|reports|hide|hides|becomes?|goes|went|puts|was|were|is|are|has|have)\Z"
)  # fmt: skip
WORMS = frozenset("worm wiper botnet stealer".split())
"""What a name before such a word is the name of, and not of its victim ("Alder npm worm")."""
_COINED = regex(r"(?:jacking|jacked|squatting|squatted|napping)\Z")


def is_service(word: str) -> bool:
    """Whether others publish or have something there, which may be hit without the service itself."""
    return word.casefold() in SERVICES or publishes(word)


def is_ecosystem(word: str) -> bool:
    """Whether it is what software is written for or in, or where it is published."""
    return word.casefold() in ECOSYSTEMS or publishes(word)


def publishes(word: str) -> bool:
    """Whether others publish there whatever they like."""
    return word.casefold() in HOSTS or is_registry(word)


def is_event(word: str) -> bool:
    """Whether a word, or two that are one with a blank for its hyphen, tells what happened."""
    plain = word.casefold().strip("'’\"").replace(" ", "-")
    return plain in EVENTS or _COINED.search(plain) is not None


@lru_cache(maxsize=4_096)
def is_doubt(word: str) -> bool:
    """Whether a word makes a breach one that is not sure to have happened ("suspected")."""
    return certainty(f"{word} breach of it", ()) is not Certainty.CONFIRMED


def is_no_way_on(word: str) -> bool:
    """Whether a word behind a worm leads to nobody that it hit: one in small letters that is no joint, event, registry or thing of somebody."""
    return word.islower() and not (word in JOINTS | ASSETS or is_event(word) or publishes(word))


def is_of_agent(behind: list[str]) -> bool:
    """Whether it happened to the agent before some words ("Alder theme publisher hacked"), and not to what is its own ("customer data")."""
    word = behind[0].casefold() if behind else ""
    return not word or (is_event(word) and word not in OWN) or word in JOINTS


def opens_name(pair: list[str], prose: str) -> bool:
    """Whether the word of an asset is the first of a name: it and the next are written large, and stand so in the prose ("Code Alder")."""
    return (
        pair[0].casefold() in ASSETS
        and all(word[0].isupper() for word in pair)
        and " ".join(pair) in prose
        and len(pair) > 1
    )
