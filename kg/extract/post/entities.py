"""The affected entities that the dict of a post lists: organizations, groups of them, and who only looked into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.counts import is_group_name
from kg.extract.bystanders import TOUCHED
from kg.extract.relations import GROUP_NOUN, NEGATED, SERVANT, SUPPLIER, mention, mentions
from kg.extract.supplier_words import ABROAD, SUBCONTRACTOR
from kg.model import Role
from kg.names import clean, slug
from kg.nouns import DESCRIBED, ORGANIZATION_NOUNS, PEOPLE
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.fields import Value
    from kg.extract.relations import Sentence
    from kg.model import Evidence

_FORMER = regex(
    r"\s\((?:formerly|previously|f/?k/?a\.?|n[ée]e)(?:\s(?:known|called|named|trading))?(?:\sas)?:?\s(?P<name>[^\s()][^()]{0,80})\)\Z",
    re.IGNORECASE,
)
_VENDOR = regex(
    rf"{SUPPLIER}|processor|third[- ]party|business associate|outsourcing partner|\bmss?p\b(?!\s(?:client|customer))|(?:{ABROAD.pattern})(?=\s?(?:[(,;/]|\Z))",
    re.IGNORECASE,
)
"""Types of vendors; abroad, where the word is the whole of it: "Proveedor de salud" serves the public."""
_TRADE = regex(
    r"(?:(?:[\w’'/-]{1,20}|and|&)\s){0,3}?(?:health-?care|health|medical|hospital|dental|dialysis|hospice|nursing|elder-?care|"
    r"care|clinical|pharmacy|insurance|internet|broadband|telecom(?:munication)?s?|telephone|mobile|wireless|cellular|cable|tv|television|"
    r"energy|utility|utilities|gas|electricity|power|water|education(?:al)?|childcare|child-?care|housing|broadcast(?:ing)?|"
    r"emergency|ambulance|social|mortgage|pension)s?(?:[\s/-](?:care|health|insurance|services?|plan|network|coverage|and|&)){0,3}\s(?:provider|supplier)s?\b"
    r"|(?:defen[cs]e|construction|building|military)\scontractors?\b",
    re.IGNORECASE,
)
"""Who provides the public with something; it is no vendor of the companies beside it for that."""
_TO_BUSINESS = regex(
    r"\b(?:vendor|third[- ]party|business associate|processor|it|software|technology|tech|cloud|saas|hosting|managed|billing|payroll|data|"
    r"payments?|customer|platform|solutions?|staffing|transcription|analytics|records|administration|management|equipment|devices?)\b",
    re.IGNORECASE,
)
_CUSTOMER = regex(
    r"(?:[\w-]{1,20}\s){0,2}(?:customer|client|tenant|subscriber)s?(?:(?:\s[(–-]\s?|[,;]\s)(?![^()]{0,30}(?<!not\s)\b(?:attacked|breached|hacked|victim)\b)[^()]{1,40}\)?)?\Z",
    re.IGNORECASE,
)
_PEOPLE = regex(
    r"(?:individual|consumer|patient|people|person|member|employee|student|citizen|resident|end[- ]user|user|public\Z|(?:general\s)?public(?:\s(?:official|figure|servant|employee|user|individual))?s?\Z)s?\b"
    r"(?!.{0,40}\b(?:sector|compan(?:y|ies)|corporation|corp|entity|institution|organi[sz]ation|agency|authority|union|association|firm|business|"
    r"utility|school|university|hospital|clinic|platform|provider|state|government|office|bank|library|network|goods|body)\b)",
    re.IGNORECASE | re.DOTALL,
)
_COMPOUND = regex(
    r"(?:consumer|patient|student|member|employee|user|citizen|resident)\s(?!(?:and|or|of|at|in|from|data|records?|accounts?|information|individuals?|"
    r"people|persons?|groups?|populations?|family|families|customers?|users?|members?|employees?|patients?|students?|residents?)\b)\w",
    re.IGNORECASE,
)
"""A trade, or states: "Consumer Electronics"."""
_KIN = regex(
    r"(?:[\w-]{1,20}\s){0,2}(?:partner|subsidiary|parent|parent company|affiliate|owner|sister company|holding company)\Z",
    re.IGNORECASE,
)
_GROUPED = regex(
    r"(?:customer|client|tenant|partner|compan(?:y|ie)|organi[sz]ation|business|subscriber)s?\Z", re.IGNORECASE
)
_ATTACKER = regex(r"threat actor|attacker|ransomware (?:group|gang)|hacker|cybercriminal", re.IGNORECASE)
_REGULATOR = regex(
    r"\bregulator(?:s|y)?\b|\bwatchdog|\battorneys? general\b|\b(?:supervisory|data protection|privacy) (?:authorit(?:y|ies)|commission(?:er)?|agency|office)",
    re.IGNORECASE,
)
_RESPONDER = regex(
    r"\bincident[- ]respon(?:se|der)|\bforensic|\binvestigators?\b|\binvestigative (?:agency|body|authority|firm)",
    re.IGNORECASE,
)
_RESEARCHER = regex(r"\b(?:security|threat|independent) researchers?\b", re.IGNORECASE)
_POLICE = regex(r"\blaw[- ]enforcement\b|\bpolice\b|\bprosecut", re.IGNORECASE)
_SPARED = regex(r"\b(?:not|un)[- ]?(?:affected|impacted|compromised|harmed|hit|touched)\b", re.IGNORECASE)
_SPARED_ITSELF = regex(
    rf"(?:\A|[(,;–-]\s?(?:(?:itself|but|platform|systems?|network)\s)?)(?:not|un)[- ]?(?:(?:itself|directly)\s)?{TOUCHED}",
    re.IGNORECASE,
)
"""It was not hit itself: that clears a vendor; a customer may have lost what its vendor held."""
_PLURAL = regex(
    rf"(?:[\w’'/&,-]{{1,20}}\s){{0,5}}(?:{GROUP_NOUN}|charities|utilities|victims|entities|authorities|hotels|clinics|groups|"
    r"platforms|casinos|stores|networks|services)\Z",
    re.IGNORECASE,
)
"""Types of several organizations."""
_NO_NAME = regex(
    r"(?:inc|llc|llp|lp|ltd|limited|corp|co|company|gmbh|ag|kg|sa|sas|s\.a|s\.p\.a|spa|bv|b\.v|nv|n\.v|plc|pllc|pc|p\.c|pa|p\.a|l\.p|"
    r"l\.l\.c|pty|ab|asa|oy|kk|jr|sr|md|m\.d|dds|usa?|uk|etc|others?|et al)\.?\Z|(?:the|of|and|or|a|&)\s?\Z",
    re.IGNORECASE,
)
"""What stands behind the comma inside of one name."""
_ANOTHER = regex(r"(?:and|as well as|&)\s", re.IGNORECASE)
_PAIR = regex(r"\sand\s", re.IGNORECASE)
_JOINED = regex(r"\s(?:of|for|&)\s", re.IGNORECASE)
_HIT = regex(
    r"(?:,\s(?:which|that|who|an?|the)\s[^,;.]{3,80},(?=\s)|[’']s|,\s(?:which|that|who))?(?:\s(?!(?:by|if|that|whether|which|who|and|but|investigat\w*)\b)[\w’'-]{1,20}){0,4}?\s(?:(?:was|were|been|is|are)\s(?:\w{1,20}\s){0,2}"
    r"(?:breached|hacked|hit|affected|impacted|compromised|attacked|targeted|stolen|exposed|leaked)\b|suffered\b|lost\s)",
    re.IGNORECASE,
)
_HIT_AHEAD = regex(
    rf"\b(?:(?:breach|hack|attack|intrusion)(?:e[sd])?\s(?:of|at|on|against)(?:\s(?:its|their|an?)(?:\s[\w-]{{1,25}}){{0,3}}?\s(?:{SERVANT}))?|data\s(?:of|from)|(?:steal\w*|stole|stolen)\b(?:(?!\b(?:that|which|who)\b)[^.;]){{0,80}}?\sfrom|hit|breached|compromised"
    r"|(?:customers?|clients?|victims?|organi[sz]ations?)\s(?:[\w-]{1,20}\s){0,3}(?:includ\w{1,5}|such\sas|like|are|were)\s[^.;]{0,60}?)\s?(?:the\s)?\Z",
    re.IGNORECASE,
)
CUSTOMERS_OWN = regex(
    r"(?:[’']s?)?\s(?:[\w-]{1,20}\s)?(?:accounts?|credentials?|database|environments?|instances?|logins?|org|tenants?|tokens?|workspaces?)\b",
    re.IGNORECASE,
)
"""Behind a supplier's name: what is a customer's."""
_OPEN_AHEAD = regex(r"\b(?:if|nor|whether)\s(?:the\s)?\Z", re.IGNORECASE)
_WATCHED = regex(
    r"\s(?:[\w’'-]{1,20}\s){0,3}?(?:investigat|look(?:s|ed|ing)\sinto|open(?:s|ed)\s|prob(?:es?|ing)\b|arrest|seiz|(?:was|were|has\sbeen|have\sbeen)\s(?:[\w-]{1,20}\s)?(?:notified|informed|alerted|contacted))",
    re.IGNORECASE,
)
_WATCHED_AHEAD = regex(
    r"\b(?:notif|report|inform|alert|co-?operat|coordinat|work(?:s|ed|ing)?\swith|contact|investigat|referred|liais|arrested\sby|assist|help)"
    r"[^.;]{0,60}\Z",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entity:
    """One affected entity of the dict, with the fields it has; its role where it was not harmed."""

    name: str
    kind: str
    fields: dict[str, Value]
    vendor: bool
    group: bool
    role: Role | None = None
    former: Evidence | None = None
    around: bool = False
    """Whether it is a group of those that deal with another one of the post, or one that was not hit itself."""
    cleared: Evidence | None = None
    """The words of the prose by which it was not hit."""

    @property
    def kin(self) -> bool:
        """Whether its type says that it belongs or works with another, which makes it nobody's customer."""
        return bool(_KIN.match(self.kind))

    @property
    def subcontracted(self) -> bool:
        """Whether its type says that it does part of the work of another supplier."""
        return self.vendor and bool(SUBCONTRACTOR.search(self.kind.casefold()))

    @property
    def client(self) -> bool:
        """Whether its type says that it is a customer of another, and it is no group that may be one of people ("12 million customers")."""
        words = re.findall(r"[a-z]+", self.name.lower())
        if not words or not _CUSTOMER.match(self.kind) or any(map(_CUSTOMER.match, words)):
            return False
        if self.group:
            return not _ORGANIZATIONS.isdisjoint(words) and _PERSONS.isdisjoint(words)
        # A person has no industry.
        organized = any(self.fields[name].text.strip() for name in ("industry", "size") if name in self.fields)
        return organized and _PERSONS.isdisjoint(words) and not self.name.split()[-1].islower()


_ORGANIZATIONS = ORGANIZATION_NOUNS | DESCRIBED
_PERSONS = PEOPLE | {"families"}


def entities(told: Any) -> tuple[list[Entity], list[tuple[Value, str]]]:
    """Return the affected entities that are organizations, and the counts of people that stand among them."""
    found: list[Entity] = []
    counts = []
    for item in told.items("affected_entities"):
        name, kind = item.get("name"), item.get("type")
        if name is None or not name.complete or name.blank:
            continue
        kind_text = kind.text.strip() if kind and kind.complete else ""
        if _are_people(name.text, kind_text):
            counts.append((name, "people"))
        else:
            found += (_entity({**item, "name": part}, kind_text) for part in _several(name, kind_text))
        if affected := item.get("customers_affected"):
            counts.append((affected, "organizations" if _of_organizations(affected.text) else "people"))
        used = [item[key] for key in ("name", "industry", "customers_affected") if key in item and item[key].complete]
        told.details.use(*used)
    _settle_trades(found)
    _settle_surroundings(found)
    return found, counts


def aside(found: Sequence[Entity]) -> set[str]:
    """Return the names of those that were affected only through another: groups around it, its customers, who was not hit itself.

    Args:
        found: the entities of a post, with their roles.
    """
    named = [one for one in found if not (one.group or one.role)]
    others = any(not (one.around or _CUSTOMER.match(one.kind)) for one in named)
    return {one.name for one in found if (named if one.group else others) and (one.around or one.client)}


def clients(found: Sequence[Entity]) -> tuple[list[Entity], Entity | None]:
    """Return the customers among the entities of a post, and whose they are: the only other company, None where there are several.

    Args:
        found: the entities, with their roles.
    """
    served = [one for one in found if one.client and one.role in {None, Role.CUSTOMER_UNAFFECTED}]
    named = [one for one in found if not (one.group or one.role or one.around or _CUSTOMER.match(one.kind))]
    others = [one for one in named if not one.kin] or named
    return served, others[0] if served and len(others) == 1 else None


def _of_organizations(text: str) -> bool:
    """Whether a count is one of organizations ("200 municipalities"), and not of people as well."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return not words.isdisjoint(ORGANIZATION_NOUNS) and words.isdisjoint(PEOPLE)


def _settle_surroundings(found: Sequence[Entity]) -> None:
    """Those around one of the companies ("Acme's suppliers", "Dealers of Acme") are a group that has it in its name, and no vendor of it."""
    for entity in found:
        if _AROUND.search(entity.name) and any(one is not entity and mention(one.name, entity.name) for one in found):
            entity.group, entity.vendor, entity.around = True, False, True
        elif entity.group and _DEALING.match(entity.kind):
            entity.around = not entity.vendor


_AROUND = regex(
    r"\b(?:suppliers|vendors|dealers|dealerships|partners|customers|clients|distributors|retailers|franchisees)\b",
    re.IGNORECASE,
)
_DEALING = regex(
    r"(?:[\w-]{1,20}\s){0,2}(?:customers?|clients?|dealers?|dealerships?|partners?|distributors?|subscribers?|tenants?|franchisees?)\Z",
    re.IGNORECASE,
)
"""Types of those that deal with a company."""


def _are_people(name: str, kind: str) -> bool:
    """Whether an entry is of people: its type says so, and "Public" is not that of a named office or listed company."""
    if not _PEOPLE.match(kind) or _VENDOR.search(kind):
        return False
    if not name[:1].isupper() or is_group_name(name):
        return True
    return (kind.casefold() != "public" or name.casefold().endswith("public")) and not _COMPOUND.match(kind)


def _settle_trades(found: Sequence[Entity]) -> None:
    """Who provides the public with something is a vendor only where there is no other, and customers are listed beside it."""
    trades = [e for e in found if e.vendor and _TRADE.match(e.kind) and not _TO_BUSINESS.search(e.kind)]
    if trades and (len(trades) < sum(e.vendor for e in found) or not any(_CUSTOMER.match(e.kind) for e in found)):
        for entity in trades:
            entity.vendor = False
            if entity.role is Role.SUPPLIER_ONLY:
                entity.role = Role.CUSTOMER_UNAFFECTED


def _entity(item: dict[str, Value], kind: str) -> Entity:
    former = _FORMER.search(item["name"].text)
    if former:
        # The prose calls it by its name of today.
        proof = item["name"].evidence(*former.span("name"))
        item = {**item, "name": item["name"].part(0, former.start())}
    shown = clean(" ".join(item["name"].text.split()))
    listed = bool(_GROUPED.match(kind)) and kind.lower().endswith("s") and not shown[:1].isupper()
    vendor = bool(_VENDOR.search(kind))
    itself = bool(_SPARED_ITSELF.search(kind))
    spared = Role.SUPPLIER_ONLY if vendor and itself else None
    if not vendor and _SPARED.search(kind):
        spared = Role.CUSTOMER_UNAFFECTED
    role = Role.ATTACKER if _ATTACKER.search(kind) else spared
    group = is_group_name(shown) or listed
    return Entity(shown, kind, item, vendor, group, role, proof if former and not group else None, around=itself)


def _several(name: Value, kind: str) -> list[Value]:
    """The names in one value: several where its type is a plural, and no part of it is only part of a name."""
    text = name.text
    listed = "," in text or ";" in text
    if not listed or not _PLURAL.match(kind) or is_group_name(clean(" ".join(text.split()))):
        return [name]
    parts = [name.part(*span) for span in _parts(text)]
    names = all(p.text[:1].isupper() or p.text[:1].isdigit() for p in parts) and "(" not in text
    return parts if len(parts) > 1 and names and not any(_NO_NAME.match(p.text) for p in parts) else [name]


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a list stand; of the last one, which "and" may part again, both halves."""
    matches = list(re.finditer(r"[^,;\s](?:[^,;]|,(?!\s))*", text))
    for match in matches:
        start, end = match.start(), match.start() + len(match[0].rstrip())
        if said := _ANOTHER.match(text, start, end):
            start = said.end()
        elif match is matches[-1] and not _JOINED.search(text, start, end):
            pairs = list(_PAIR.finditer(text, start, end))
            if len(pairs) == 1 and all(" " in half for half in _PAIR.split(text[start:end])):
                yield start, pairs[0].start()
                start = pairs[0].end()
        yield start, end


def set_roles(found: Sequence[Entity], linkids: Sequence[Value], prose: Sequence[Sentence]) -> None:
    """Give those that looked into the incident, or were told of it, the role that they had, if nothing says that they were hit.

    Args:
        found: the entities of a post.
        linkids: the slugs of the organization that the post is about.
        prose: its sentences.
    """
    own = {value.text.strip() for value in linkids}
    ordinary = [entity for entity in found if _official(entity) is None and entity.role is None]
    for entity in found if ordinary else ():
        role = _official(entity)
        affected = entity.fields.get("customers_affected")
        if role is None or entity.role or slug(entity.name) in own or (affected and not affected.blank):
            continue
        hit, watched = _mentioned(entity.name, prose)
        if hit:
            continue
        if not _POLICE.search(entity.kind) or _REGULATOR.search(entity.kind):
            entity.role = role
        elif watched:
            entity.role = Role.INVESTIGATOR
        elif not any(other.vendor for other in ordinary):
            # Beside a vendor a police force is as likely its customer.
            entity.role = Role.OTHER


def _official(entity: Entity) -> Role | None:
    """The role of those whose type is an office, or a task in the incident; a police force may be a victim as well."""
    if entity.vendor and not _RESPONDER.search(entity.kind):
        return None
    kinds = (
        (_REGULATOR, Role.REGULATOR),
        (_RESPONDER, Role.INVESTIGATOR),
        (_POLICE, Role.INVESTIGATOR),
        (_RESEARCHER, Role.OTHER),
    )
    return next((role for pattern, role in kinds if pattern.search(entity.kind)), None)


def struck(name: str, prose: Sequence[Sentence], supplier: str = "") -> bool:
    """Return whether the prose says of somebody that they were hit, and not only their supplier."""
    return _mentioned(name, prose, supplier)[0]


def _mentioned(name: str, prose: Sequence[Sentence], supplier: str = "") -> tuple[bool, bool]:
    """Whether the prose says of somebody that they were hit, and whether it says that they looked into it or were told."""
    hit = watched = False
    for sentence in prose:
        for match in mentions(name, sentence.text, _TIMES):
            ahead = sentence.text[max(0, match.start() - 100) : match.start()]
            behind = _HIT.match(sentence.text, match.end())
            watches = _WATCHED.match(sentence.text, match.end()) or _WATCHED_AHEAD.search(ahead)
            watched = watched or watches is not None
            was_hit = behind is not None and not NEGATED.search(behind[0]) and not _OPEN_AHEAD.search(ahead)
            was_hit = was_hit and not (supplier and behind and mention(supplier, behind[0]))
            hit = hit or was_hit or (not watches and _is_hit_ahead(sentence.text, match, ahead))
    return hit, watched


def _is_hit_ahead(text: str, named: re.Match[str], ahead: str) -> bool:
    """Whether what stands before a name says that it was hit: it is not denied, nor is it what a customer has there."""
    said = _HIT_AHEAD.search(ahead)
    denied = said and NEGATED.search(ahead, max(0, said.start() - _NEAR), said.start())
    return said is not None and not denied and not CUSTOMERS_OWN.match(text, named.end())


_NEAR = 12
"""Characters before a word in which it is denied."""
_TIMES = 4
"""How often somebody is looked for in one sentence."""
