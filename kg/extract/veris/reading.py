"""VERIS incidents, as the VERIS Community Database prints them: schemas 1.3 to 1.4.1, one or many in a document, or a table."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.counts import parse_count, whole_number
from kg.dates import date_words, parse_edtf
from kg.extract.certainties import least
from kg.extract.concepts import data_concept
from kg.extract.fields import is_placeholder
from kg.extract.json_in.record import JsonRecord, dotted, leaves, printed
from kg.extract.json_in.records import records
from kg.extract.references import references
from kg.extract.veris.casting import elements, is_fields_name, strings
from kg.extract.veris.layout import is_incident, veris_table
from kg.extract.veris.losses import impacts
from kg.extract.veris.parties import cast
from kg.extract.veris.table import VerisRow
from kg.model import (
    Action,
    Certainty,
    DataExposure,
    DateOf,
    Defect,
    Incident,
    IncidentDate,
    IncidentType,
    Note,
    RecordCount,
    Source,
)
from kg.vocabulary import matches, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.spans import Path
    from kg.extract.veris.casting import Cast
    from kg.model import Document, Extracted, Proof

_CERTAINTY = {
    "confirmed": Certainty.CONFIRMED,
    "suspected": Certainty.SUSPECTED,
    "near miss": Certainty.DENIED,
    "false positive": Certainty.DENIED,
}
_DOUBTFUL = frozenset({"low", "none"})
_DISCLOSURE = {"potentially": Certainty.SUSPECTED, "unknown": Certainty.SUSPECTED, "no": Certainty.DENIED}

_THROUGH = {"Partner": "third-party", "Software update": "supply-chain-attack"}
"""Vectors through somebody else, and the kind of incident that this makes."""
_APART = {
    "social": frozenset("baiting bribery forgery influence other propaganda spam unknown".split()),
    "error": frozenset(("classification error", "data entry error", "other", "physical accidents")),
    "physical": frozenset(("sabotage", "skimmer")),
}
"""Varieties that are not of the kind that their action, or their word elsewhere, stands for: bribery is no phishing."""
_OF_THINGS = frozenset({"loss", "theft"})
"""Varieties that are of data only where confidentiality was harmed: a stolen till and a lost key expose none."""
_CONFIDENTIALITY: Path = ("attribute", "confidentiality")
_VARIETIES: Path = (*_CONFIDENTIALITY, "data")
_TOTAL: Path = (*_CONFIDENTIALITY, "data_total")
_DATES: tuple[tuple[Path, DateOf], ...] = (
    (("timeline", "incident"), DateOf.OCCURRED),
    (("plus", "timeline", "notification"), DateOf.DISCLOSED),
)
_OURS = ("plus", "breachkg")
"""Where `kg.export.veris` writes certainty, counts and all dates as they are known; the year that VERIS demands need not be when it happened."""
_OWN_CERTAINTY: Path = (*_OURS, "certainty")


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every record; what is no VERIS incident, or repeats one, is a defect."""
    seen: dict[bytes, str] = {}
    for record in _records(document):
        if isinstance(record, Defect):
            yield record
        elif not is_incident(record.value):
            yield Defect(record.place, "is not a VERIS incident")
        elif (known := seen.setdefault(_digest(record), record.place)) != record.place:
            yield Defect(record.place, f"repeats {known}")
        else:
            yield _incident(record)


def _records(document: Document) -> Iterator[JsonRecord | VerisRow | Defect]:
    found = veris_table(document)
    if found is None:
        yield from records(document, is_incident)
    else:
        yield from (one if isinstance(one, Defect) else VerisRow(one) for one in found)


def _digest(record: JsonRecord | VerisRow) -> bytes:
    return blake2b(record.raw.encode("utf-8"), digest_size=16).digest()


def _incident(record: JsonRecord | VerisRow) -> Incident:
    people = cast(record, _certainty(record))
    if _own_certainty(record):
        people.used.add(_OWN_CERTAINTY)
    name = str(record.value.get("incident_id") or "").strip()
    feed = _text(record, "source_id")
    types, exposed, counts = tuple(_types(people)), tuple(_data_types(people)), tuple(_counts(people))
    dates, costs, responses = tuple(_dates(people)), tuple(impacts(people)), tuple(_responses(people))
    sources, notes = _sources(people)
    return Incident(
        name, feed.casefold() if name else "", record.number, _title(people, dates), people.certainty,
        types=types, parties=tuple(people.parties.values()), uses_vendor=tuple(people.uses), data_types=exposed,
        record_counts=counts, dates=dates, responses=responses, impacts=costs, sources=tuple(sources),
        notes=(*notes, *_notes(people)), evidence=(record.evidence("incident_id"),) if name else (),
        affiliations=tuple(people.affiliations),
    )  # fmt: skip


def _notes(people: Cast) -> Iterator[Note]:
    """What has no term, one note a field; the bookkeeping of the coders is one note."""
    plus = ("plus",)
    used = (people.used - people.kept) | {("incident_id",), ("source_id",), plus}
    yield from people.record.notes(used, joined=True, silent=_is_silent)
    taken = {path[1:] for path in people.used if path[0] == "plus"}
    said = [(path, printed(scalar)) for path, scalar in leaves(people.record.value.get("plus")) if scalar is not None]
    told = [
        f"{dotted(path)}: {words}" for path, words in said if words and not is_placeholder(words) and path not in taken
    ]
    if told:
        yield Note("plus", "; ".join(told), (people.record.evidence(*plus),))


def _is_silent(words: str) -> bool:
    """Whether a value says that there is no value, or is the code of no region."""
    return is_placeholder(words) or words == "000000"


def _text(record: JsonRecord | VerisRow, *path: str | int) -> str:
    value = record.get(*path)
    return value.strip() if isinstance(value, str) else ""


def _certainty(record: JsonRecord | VerisRow) -> Certainty:
    """How sure the record is: as this package wrote it, else what its coder says of the incident, doubted where the coder has little confidence."""
    if own := _own_certainty(record):
        return own
    certainty = _CERTAINTY.get(_text(record, "security_incident").casefold(), Certainty.CONFIRMED)
    if certainty is Certainty.CONFIRMED and _text(record, "confidence").casefold() in _DOUBTFUL:
        return Certainty.SUSPECTED
    return certainty


def _own_certainty(record: JsonRecord | VerisRow) -> Certainty | None:
    told = _text(record, *_OWN_CERTAINTY)
    return Certainty(told) if told in set(Certainty) else None


def _title(people: Cast, dates: tuple[IncidentDate, ...]) -> str:
    """Who, what and when: the format has no titles."""
    actions = people.record.get("action")
    what = " and ".join(actions) if isinstance(actions, dict) else ""
    parts = (" and ".join(people.victims[:2]), what, date_words(dates[0].date.edtf) if dates else "")
    return ", ".join(part for part in parts if part)


def _types(people: Cast) -> Iterator[IncidentType]:
    """The kinds of incident, each with all the places that say so."""
    found: dict[str, tuple[str, list[Path]]] = {}
    for concept, text, path in _kinds(people):
        found.setdefault(concept, (text, []))[1].append(path)
    if len(found) > 1:
        found.pop("other", None)
    for concept, (text, paths) in found.items():
        certainty = _disclosed(people) if concept == "data-breach" else people.certainty
        yield IncidentType(concept, text, tuple(people.record.evidence(*path, certainty=certainty) for path in paths))


def _disclosed(people: Cast) -> Certainty:
    """How sure it is that data came to be known to somebody."""
    printed = _text(people.record, *_CONFIDENTIALITY, "data_disclosure").casefold()
    return _DISCLOSURE.get(printed, people.certainty) if people.certainty is Certainty.CONFIRMED else people.certainty


def _kinds(people: Cast) -> Iterator[tuple[str, str, Path]]:
    """(concept, words, path) of every member that tells the kind: varieties before the action that they are of."""
    record, table = people.record, phrases("incident-type")
    actions = record.get("action")
    for action in actions if isinstance(actions, dict) else ():
        apart, said, known = _APART.get(action, ()), strings(record, "action", action, "variety"), []
        general = not said and "unknown" not in apart
        for path, word in said:
            form = word.casefold()
            if form not in apart:
                general = True
                concept = table.get(form, "other")
                # In an intrusion a back door is a way, and may be no malware.
                if concept != "other" and not (concept == "malware" and action == "hacking"):
                    leaked = concept != "data-leak" or _is_leak(record, form)
                    known.append((concept if leaked else "other", word, path))
        yield from known
        if not known and action != "unknown" and action.casefold() in table:
            yield table[action.casefold()] if general else "other", action, ("action", action)
    if _text(record, *_CONFIDENTIALITY, "data_disclosure").casefold() in {"yes", "potentially"}:
        yield "data-breach", "data disclosure", (*_CONFIDENTIALITY, "data_disclosure")
    for path, word in strings(record, "attribute", "availability", "variety"):
        if table.get(word.casefold()) == "outage":
            yield "outage", word, path
    for path, word in strings(record, "actor", "external", "motive"):
        if word == "Espionage":
            yield "espionage", word, path
    for action in ("malware", "hacking"):
        for path, word in strings(record, "action", action, "vector"):
            if word in _THROUGH:
                yield _THROUGH[word], word, path
    if isinstance(partner := record.get("actor", "partner"), dict) or (partner and isinstance(partner, list)):
        yield "third-party", "partner", ("actor", "partner")


def _is_leak(record: JsonRecord | VerisRow, form: str) -> bool:
    """Whether what was lost, stolen or sent astray had data in it that somebody may have come to know."""
    harmed = record.get("attribute")
    if form in _OF_THINGS and isinstance(harmed, dict) and harmed and not harmed.get("confidentiality"):
        return False
    return _text(record, *_CONFIDENTIALITY, "data_disclosure").casefold() != "no"


def _data_types(people: Cast) -> Iterator[DataExposure]:
    """The kinds of data, as sure as it is that they were disclosed; where they were not, the fields become notes."""
    certainty = _disclosed(people)
    if certainty is Certainty.DENIED:
        return
    met: set[str] = set()
    for path in elements(people.record, *_VARIETIES):
        printed = people.record.get(*path, "variety")
        if isinstance(printed, str) and printed.strip() and printed.casefold() not in met:
            met.add(printed.casefold())
            if is_fields_name(printed, (*path, "variety")):
                continue
            known = matches("data-type", "veris-data-variety").get(printed.casefold())
            concept = known or data_concept(printed) or data_concept(f"{printed} data")  # so "Financial" is meant
            # An amount of 0 may be that of none, or one that nobody knows.
            none = _number(people.record.get(*path, "amount")) == 0
            sure = least(certainty, Certainty.SUSPECTED) if none else certainty
            yield DataExposure(printed, concept, sure, evidence=(people.proof(*path, "variety", certainty=sure),))


def _counts(people: Cast) -> Iterator[RecordCount]:
    """How many records: what this package wrote, else the total, else the amount of the kinds; and what the parties gave."""
    yield from people.counts
    if own := list(_own_counts(people)):
        people.used.add(_TOTAL)
        yield from own
        return
    certainty = _disclosed(people)
    if certainty is Certainty.DENIED:
        return
    total = _number(people.record.get(*_TOTAL)) or None  # 0 stands for none and for not known alike
    proofs: dict[int, list[Path]] = {} if total is None else {total: [_TOTAL]}
    for path in ((*element, "amount") for element in elements(people.record, *_VARIETIES)):
        amount = _number(people.record.get(*path))
        if amount and (total is None or amount == total):
            proofs.setdefault(amount, []).append(path)
    for count, paths in proofs.items():
        evidence = tuple(people.proof(*path, certainty=certainty) for path in paths)
        yield RecordCount(count, count, "records", certainty, evidence)


def _own_counts(people: Cast) -> Iterator[RecordCount]:
    for path in elements(people.record, *_OURS, "counts"):
        low, high = (_number(people.record.get(*path, bound)) for bound in ("at_least", "at_most"))
        sure = _text(people.record, *path, "certainty")
        turned = low is not None and high is not None and low > high
        if sure in set(Certainty) and (low, high) != (None, None) and not turned:
            people.used.update((*path, name) for name in ("at_least", "at_most", "unit", "certainty"))
            proof = (people.record.evidence(*path, certainty=Certainty(sure)),)
            yield RecordCount(low, high, _text(people.record, *path, "unit"), Certainty(sure), proof)


def _number(value: object) -> int | None:
    """A count as coders print it ("5 million"; "48.000" is none of decimals), or as table programs do; None for what is none."""
    found = parse_count(value) if isinstance(value, str) else None
    if found is None:
        return whole_number(value)
    return found.low if found.low == found.high else None


def _dates(people: Cast) -> Iterator[IncidentDate]:
    """The dates that this package wrote, where it wrote the record, else those of the schema's members."""
    if own := list(_own_dates(people)):
        people.used.update(("timeline", "incident", name) for name in ("year", "month", "day"))
        yield from own
        return
    for path, what in _DATES:
        fields: list[tuple[str, int]] = []
        for name in ("year", "month", "day"):
            number = _number(people.record.get(*path, name))
            if not number:
                break
            fields.append((name, number))
        while fields:
            text = "-".join(f"{number:0{4 if name == 'year' else 2}d}" for name, number in fields)
            try:
                date = parse_edtf(text)
            except ValueError:
                fields.pop()  # "month 13": the year is left, and the field becomes a note
                continue
            people.used.update((*path, name) for name, _ in fields)
            yield IncidentDate(date, what, _at(people, path))
            break


def _own_dates(people: Cast) -> Iterator[IncidentDate]:
    for what in DateOf:
        for path, text in strings(people.record, *_OURS, what):
            try:
                date = parse_edtf(text)
            except ValueError:
                continue
            people.used.add(path)
            yield IncidentDate(date, what, _at(people, path))


def _responses(people: Cast) -> Iterator[Action]:
    """The offer of credit monitoring, the one response that there is a field for."""
    path = ("plus", "attribute", "confidentiality", "credit_monitoring")
    if _text(people.record, *path).casefold() in {"y", "yes"}:
        people.used.add(path)
        actor = people.victims[0] if people.victims else ""
        yield Action("credit monitoring", "offer-credit-monitoring", dotted(path), actor, evidence=_at(people, path))


def _at(people: Cast, path: Path) -> Proof:
    return (people.record.evidence(*path, certainty=people.certainty),)


def _sources(people: Cast) -> tuple[list[Source], list[Note]]:
    """The addresses of the reference field, and notes for their dates and for what is no address."""
    sources, notes = [], []
    for path, text in strings(people.record, "reference"):
        rest, at = [], 0
        for found in references(text):
            proof = people.record.evidence(*path, start=found.start, end=found.end)
            rest.append(text[at : found.start])
            at = found.until
            sources.append(Source(url=found.url, type=found.type, evidence=(proof,)))
            if found.seen:
                dated = people.record.evidence(*path, start=found.start, end=found.until)
                notes.append(Note("reference.seen", f"{found.seen.edtf} {found.url}", (dated,)))
        rest.append(text[at:])
        left = " ".join(" ".join(rest).split()).strip(" ,;.|")
        people.used.add(path)
        if left and not is_placeholder(left):
            notes.append(Note("reference", left, (people.record.evidence(*path),)))
    return sources, notes
