"""One incident from the fields and the prose of a post."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.actions import PEOPLE, classify, classify_all, ransom_paid
from kg.extract.certainties import least
from kg.extract.concepts import incident_type
from kg.extract.investigations import investigation_status, status_among
from kg.extract.owners import Owners
from kg.extract.post import prose as prose_rules
from kg.extract.post.assisting import ASSISTANCE, EXPERTS, FORENSICS, helpers
from kg.extract.post.authorities import authorities, were_told
from kg.extract.post.deeds import INFORM, LEAVES, leaving, sides
from kg.extract.post.exposed import data_types, record_counts
from kg.extract.post.parties import cast
from kg.extract.post.sources import sources
from kg.extract.post.standing import certainty
from kg.extract.post.told_dates import told_dates
from kg.extract.relations import mention, sentences
from kg.extract.untaken import NO
from kg.model import (
    EXPOSED,
    Action,
    Assessment,
    Certainty,
    DateOf,
    Impact,
    Incident,
    IncidentDate,
    IncidentType,
    InvestigationStatus,
    Party,
    Role,
    Technique,
)
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.fields import Fields, Value
    from kg.extract.post.assisting import Helper
    from kg.extract.post.casting import Cast
    from kg.extract.post.deeds import Deed
    from kg.extract.relations import Sentence
    from kg.model import Span

FEED = "rankiteo"
_NESTED = "incident_details"
"""What holds members of the dict in some posts."""
_DATES = {
    "date": DateOf.REPORTED,
    "date_publicly_disclosed": DateOf.DISCLOSED,
    "date_disclosed": DateOf.DISCLOSED,
    "date_detected": DateOf.DISCOVERED,
    "date_discovered": DateOf.DISCOVERED,
    "date_occurred": DateOf.OCCURRED,
    "date_of_breach": DateOf.OCCURRED,
    "date_of_incident": DateOf.OCCURRED,
    "incident_date": DateOf.OCCURRED,
}
_IMPACTS = {
    "operational_impact": "operational",
    "financial_loss": "financial",
    "revenue_loss": "financial",
    "brand_reputation_impact": "reputation",
    "legal_liabilities": "legal",
    "downtime": "downtime",
    "systems_affected": "systems",
    "identity_theft_risk": "identity-theft",
    "payment_information_risk": "payment",
}
_SLUG = regex(r"[\w-]+")
_SLUGS = regex(rf"\s*{_SLUG.pattern}(?:\s*,\s*{_SLUG.pattern})+\s*")
_SCALES = {
    "severity": ("rankiteo-severity", 0, 100),
    "impact": ("rankiteo-impact", 1, math.inf),
}
"""The scales of the publisher, with their ends; grades of impact above those that have names come up."""
_REGULATORS = ("regulatory_notifications", "regulators_notified")
_SAME = frozenset({"", "investigate"})
"""What an engagement of forensic firms tells already."""
_CUTTING = frozenset({"", "block-traffic", "halt-operations", "shut-down-systems", "suspend-access", *LEAVES.values()})
"""As what words count that say how a supplier was left."""
_INFORMING = frozenset({"", "issue-guidance", "notify-victims", INFORM})
"""As what words count that say which organizations were told, unless another part of it names people."""
_AND = regex(r"(?:,|,?\s(?:and|as\swell\sas))\s(?!wh(?:ich|o|ose)\b)")
_HELPING = frozenset({Role.INVESTIGATOR, Role.REGULATOR, Role.REPORTER, Role.OTHER})


def assemble(header: Fields, details: Fields, prose: list[Value], *, number: int, incomplete: bool) -> Incident:
    """Return the incident that a post's header, dict and prose tell of."""
    told = _Told(header, details)
    described = told.take("description", "summary")
    body = [*prose, *described, *(value.whole_sentences() for value in told.cut("description", "summary"))]
    for value in described:
        # Read for facts here, and kept whole as a note.
        told.leave(value)
    found = sentences(body)
    title = told.first("title") or _first_line(prose)
    identifier = header.first("id") or details.first("id")
    linkids = list(_linkids(header.take("linkid") or details.take("linkid")))
    people = cast(told, found, linkids, prose)
    state = told.first("investigation_status")
    kinds = tuple(_types(told))
    harmed = [name for name, party in people.members.items() if party.role in EXPOSED]
    worded = (proof.quote for kind in kinds for proof in kind.evidence)
    # The title of the stored form stands in no prose.
    said = [*sentences([title] if title else []), *found]
    sure = certainty(state, title, worded, said, people.breached(), harmed=harmed)
    hedges = prose_rules.hedged(said)
    doubt, of_data = (least(sure, Certainty.SUSPECTED if hedged else Certainty.CONFIRMED) for hedged in hedges)
    responses = tuple(_responses(told, people))
    parties = people.parties(sure, doubt)
    taken, tallies = data_types(told, of_data, Owners(parties))
    return Incident(
        id=identifier.text.strip() if identifier else "",
        feed=FEED if identifier else "",
        number=number,
        title=" ".join(title.text.split()) if title else "",
        certainty=sure,
        incomplete=incomplete,
        status=_status(told, state),
        types=kinds,
        identifiers=tuple(f"{FEED}:{value.text.strip()}" for value in linkids),
        parties=parties,
        uses_vendor=tuple(people.links.values()),
        data_types=taken,
        record_counts=tuple(record_counts(told, tallies, people.counts, doubt)),
        dates=tuple(_dates(told, found, people)),
        responses=responses,
        impacts=tuple(_impacts(told, people)),
        techniques=tuple(_techniques(told)),
        assessments=tuple(_assessments(header)),
        sources=tuple(sources(told, prose, people)),
        notes=tuple(note for one in reversed(told.both) for note in one.notes()),
        evidence=tuple(value.evidence() for value in (identifier, title) if value),
        affiliations=people.affiliations(),
    )


class _Told:
    """Header and dict as one, as they are in the stored form: a field is looked for in the dict, in its `incident_details`, and in the header."""

    def __init__(self, header: Fields, details: Fields) -> None:
        self.header, self.details = header, details
        self.both = dict.fromkeys((details, header))

    def take(self, *shapes: str, below: bool = False) -> list[Value]:
        """Return the values of the shapes, and with `below` those that stand deeper, dict first; all count as used."""
        found = self.details.take(*shapes, *(f"{_NESTED}.{shape}" for shape in shapes), below=below)
        return found if self.header is self.details else found + self.header.take(*shapes, below=below)

    def items(self, prefix: str) -> list[dict[str, Value]]:
        """Return the dicts of a list of the dict, and those of its `incident_details` that say another thing."""
        listed = self.details.items(prefix)
        told = [_texts(item) for item in listed]
        return [*listed, *(item for item in self.details.items(f"{_NESTED}.{prefix}") if _texts(item) not in told)]

    def under(self, prefix: str) -> dict[str, list[Value]]:
        """Return the keys below `prefix` with their complete values, in the dict and its `incident_details`; none counts as used."""
        found = self.details.under(prefix)
        for key, values in self.details.under(f"{_NESTED}.{prefix}").items():
            found.setdefault(key, []).extend(values)
        return found

    def first(self, *shapes: str) -> Value | None:
        """Return the first value of the shapes that says something."""
        return next((value for value in self.take(*shapes) if not value.blank), None)

    def leave(self, value: Value) -> None:
        """Count a value as not used after all."""
        for one in self.both:
            one.leave(value)

    def cut(self, *shapes: str) -> list[Value]:
        """Return the values of the shapes that the end of the document cut short."""
        return [value for one in self.both for value in one.cut(*shapes)]


def _texts(item: Mapping[str, Value]) -> dict[str, str]:
    return {key: value.text for key, value in item.items()}


def _linkids(values: Iterable[Value]) -> Iterator[Value]:
    """The slugs of the organizations that a post is about, those apart that one value lists with commas."""
    for value in values:
        if _SLUGS.fullmatch(value.text):
            yield from (value.part(*slug.span()) for slug in _SLUG.finditer(value.text))
        elif not value.blank:
            yield value


def _first_line(prose: Sequence[Value]) -> Value | None:
    """The first line of prose, which is the headline; a line with an address or a colon field is none."""
    for value in prose[:1]:
        for match in re.finditer(r"[^\r\n]+", value.text):
            line = match[0].strip()
            if line and "://" not in line:
                start = match.start() + match[0].index(line)
                return value.part(start, start + len(line))
    return None


def _status(told: _Told, value: Value | None) -> InvestigationStatus | None:
    if value is None:
        return None
    known = investigation_status(value.text) or status_among(value.text)
    if known is None:
        told.leave(value)
    return known or InvestigationStatus.UNKNOWN


def _types(told: _Told) -> Iterator[IncidentType]:
    """Each type once; the words of every place that names it are its evidence."""
    found: dict[str, list[Value]] = {}
    for value in (value for one in reversed(told.both) for value in one.take("type")):
        if not value.blank:
            found.setdefault(incident_type(value.text), []).append(value)
    for slug, said in found.items():
        yield IncidentType(slug, said[0].text, tuple(value.evidence() for value in said))


def _dates(told: _Told, found: Sequence[Sentence], people: Cast) -> Iterator[IncidentDate]:
    """The dates of the fields; when it happened and was found, where no field tells it, is what the prose tells first, exactly if it does."""
    listed = list(_listed_dates(told))
    yield from listed
    missing = {DateOf.OCCURRED, DateOf.DISCOVERED}.difference(date.what for date in listed)
    last = max((date.date.latest for date in listed if date.date.latest), default=date.max)
    for one in told_dates(found, people, last) if missing else ():
        if one.what in missing:
            missing.discard(one.what)
            yield one
            if not missing:
                return


def _listed_dates(told: _Told) -> Iterator[IncidentDate]:
    seen = set()
    for shape, what in _DATES.items():
        for value in told.take(shape):
            date = parse_field(value.text)
            if date is None:
                told.leave(value)
            elif (date.edtf, what) not in seen:
                seen.add((date.edtf, what))
                yield IncidentDate(date, what, (value.evidence(),))


def _assessments(header: Fields) -> Iterator[Assessment]:
    explanation = header.first("explanation")
    for shape, (scale, lowest, highest) in _SCALES.items():
        value = header.first(shape)
        if value is None:
            continue
        try:
            score = Decimal(value.text.strip())
        except InvalidOperation:
            score = Decimal("NaN")
        if not score.is_finite() or score < lowest or score > highest:
            header.leave(value)
            continue
        words = explanation if shape == "impact" else None
        evidence = tuple(v.evidence() for v in (value, words) if v)
        yield Assessment(scale, score, "Rankiteo", words.text if words else "", evidence)


def _techniques(told: _Told) -> Iterator[Technique]:
    ids = told.take("mitre_correlation.techniques.technique_id", "mitre_attack.technique_id", "techniques.technique_id")
    names = {value.path.rsplit(".", 1)[0]: value for value in told.take("mitre_correlation.techniques.technique_name")}
    seen = set()
    for value in ids:
        if not re.fullmatch(r"T\d{4}(?:\.\d{3})?", value.text.strip()):
            told.leave(value)
        elif value.text not in seen:
            seen.add(value.text)
            name = names.get(value.path.rsplit(".", 1)[0])
            yield Technique(value.text.strip(), " ".join(name.text.split()) if name else "", (value.evidence(),))


def _impacts(told: _Told, people: Cast) -> Iterator[Impact]:
    for shape, kind in _IMPACTS.items():
        for value in told.take(f"impact.{shape}"):
            if value.blank:
                told.leave(value)
            else:
                yield Impact(" ".join(value.text.split()), kind, people.subject(value.text), (value.evidence(),))


def _responses(told: _Told, people: Cast) -> Iterator[Action]:
    for shape in told.under("response"):
        for value in told.take(f"response.{shape}"):
            text = " ".join(value.text.split())
            if value.blank or NO.match(text):
                told.leave(value)
                continue
            if shape in _REGULATORS:
                yield from _regulators_told(told, people, value, shape)
                continue
            for deed in people.deeds(value, shape):
                if not NO.match(deed.value.text):
                    yield from _done(people, deed, shape)
    for value in told.take(*(f"{group}{shape}" for group in ("regulatory_compliance.", "") for shape in _REGULATORS)):
        yield from _regulators_told(told, people, value, "regulatory_notifications")
    yield from _ransom(told)
    for group in people.groups:
        if group.verb is not None:
            yield Action(group.verb.quote, "investigate", "", people.known_as(group.name), "", (group.verb,))


def _regulators_told(told: _Told, people: Cast, value: Value, key: str) -> Iterator[Action]:
    """That regulators were told: each that is named, which is a party then, or some."""
    text = " ".join(value.text.split())
    if not were_told(value):
        told.leave(value)
        return
    actors = [actor for deed in people.deeds(value, key) for actor in deed.actors]
    named = dict.fromkeys(_helper(people, value, span, Role.REGULATOR) for span in authorities(value))
    for actor in [one for one in actors if people.members[one].role is not Role.REGULATOR] or [""]:
        for name in list(filter(None, named)) or [""]:
            yield Action(text, "notify-regulator", key, actor, name, (value.evidence(),))


def _done(people: Cast, deed: Deed, shape: str) -> Iterator[Action]:
    """What was done, as a clause says: by several, to several who were told or left, or with several helpers."""
    value, text = deed.value, " ".join(deed.value.text.split())
    slugs = classify_all(text, shape)
    if deed.state and (left := leaving(deed, classify(text), people.links)):
        slugs = (left, *(slug for slug in slugs if classify(text) and slug not in _CUTTING))
    elif not deed.state and any(mention(vendor, text) for vendor in people.vendors if vendor not in deed.actors):
        # A supplier that is named is not left after all: that is only thought of, or denied.
        slugs = tuple("" if slug in LEAVES.values() else slug for slug in slugs)
    helped = _helpers(people, value, shape) if FORENSICS in slugs or shape == ASSISTANCE else []
    firms = [helper.name for helper in helped if not helper.is_authority]
    if firms and shape == ASSISTANCE:
        slugs = tuple(dict.fromkeys((FORENSICS, *(slug for slug in (classify(text), *slugs) if slug not in _SAME))))
    elif helped and shape == ASSISTANCE:
        others = re.sub("|".join(re.escape(one.name) for one in helped), "", text)
        slugs = tuple(filter(None, (classify(text), FORENSICS if EXPERTS.search(others) else ""))) or ("",)
    deed = deed._replace(told=tuple(name for name in deed.told if _is_concerned(people.members[name])))
    if deed.told:
        apart = (part for part in _AND.split(text) if not any(mention(name, part) for name in deed.told))
        too = {"notify-victims" for part in apart if PEOPLE.search(part)}
        behind = max((said.end() for name in deed.told if (said := mention(name, text))), default=0)
        too |= {slug for part in _AND.split(text[behind:])[1:] for slug in classify_all(part, shape)}
        slugs = (INFORM, *(slug for slug in slugs if classify(text) and slug not in _INFORMING - too))
    for slug in slugs:
        actors, targets = sides(deed, slug, people.vendors, people.links)
        actors = [actor for actor in actors if not any(helper.name == actor for helper in helped)]
        for actor in actors or [""]:
            for one in (firms if slug == FORENSICS else targets) or [""]:
                yield Action(text, slug, shape, actor, one, (value.evidence(),))


def _is_concerned(party: Party) -> bool:
    return not party.unnamed_group and party.role not in {*_HELPING, Role.ATTACKER}


def _ransom(told: _Told) -> Iterator[Action]:
    """Whether a ransom was paid."""
    demands = [value.text for value in told.under("ransomware").get("ransom_demanded", ()) if not value.blank]
    for value in told.take("ransomware.ransom_paid", "ransom_paid"):
        text = " ".join(value.text.split())
        if action := ransom_paid(text, demands):
            yield Action(text, action, "ransom_paid", "", "", (value.evidence(),))
        else:
            told.leave(value)


def _helpers(people: Cast, value: Value, shape: str) -> list[Helper]:
    """Those whom a response names as helpers, who are parties then."""
    told = []
    for helper in helpers(value, shape):
        name = _helper(people, value, (helper.start, helper.start + len(helper.name)), Role.INVESTIGATOR)
        if name:
            told.append(helper._replace(name=name))
    return told


def _helper(people: Cast, value: Value, span: Span, role: Role) -> str:
    """The name of one that a value names as a helper or a regulator, who is a party then; "" for who was hit, or supplied who was."""
    name = value.text[slice(*span)]
    known = people.known_as(name)
    if not known:
        people.add(Party(name, role, evidence=(value.evidence(*span),)))
    return (known or name) if not known or people.members[known].role in _HELPING else ""
