"""VERIS: an array of incidents in schema 1.4.1, as the VERIS Community Database has them.

The victim is who was breached, secondary victims are who was affected downstream and is not said to have been left alone,
so that each of these uses the victim, though nobody names it. The vocabulary of VERIS is closed: a kind of data becomes the
nearest variety that holds it, a type of incident an action only where there is one that says no more.

VERIS cannot hold: incidents without a year, which it demands, and supply outside incidents; who else took part, other
than attackers; that a name is that of a group; counts of people, and those with bounds; several certainties in one incident
(parties and data that are less sure than the incident are left out, so that nothing potential becomes confirmed), claims
apart from suspicions; the quotes, only the addresses they are from. Where it is not known when an incident happened, the
year is that of the report, else of the first date that it has. How sure the incident is, counts and all dates are told in
`plus` too, as they are known here; our extractor takes them from there.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.dates import parse_edtf
from kg.export.rows import node_row, web_address
from kg.model import DateOf
from kg.vocabulary import BKG, PREFIXES, VOCAB, matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from kg.export.selection import Selection
    from kg.exposure import Node

_log = logging.getLogger("kg.export")
_SCHEMA: Final = "1.4.1"
_UNKNOWN: Final = ["Unknown"]
_CERTAINTY: Final = {"confirmed": "Confirmed", "denied": "False positive"}
_ACTIONS: Final = {
    "ransomware": ("malware", "Ransomware"), "malware": ("malware", "Unknown"), "phishing": ("social", "Phishing"),
    "extortion": ("social", "Extortion"), "denial-of-service": ("hacking", "DoS"), "cyber-attack": ("hacking", "Unknown"),
    "misconfiguration": ("error", "Misconfiguration"), "insider": ("misuse", "Unknown"),
}  # fmt: skip
"""Type of an incident -> the action and variety that say just that."""
_MORE: Final = {
    "malware": {"vector": _UNKNOWN}, "social": {"vector": _UNKNOWN, "target": _UNKNOWN}, "hacking": {"vector": _UNKNOWN},
    "error": {"vector": _UNKNOWN}, "misuse": {"vector": _UNKNOWN},
}  # fmt: skip
"""What an action demands besides its varieties."""
_GROUPS: Final = {"personal-data": "Personal", "health-data": "Medical", "credential-data": "Credentials"}
"""The kinds that only gather others, and the variety that is about as wide."""
_SPELT: Final = {"api key": "API key", "sensitive personal": "Sensitive Personal"}


def veris(selection: Selection) -> str:
    """Return the incidents as JSON; a warning tells how many have no year."""
    writer = _Writer(selection)
    incidents = [node for node in selection.projection.nodes.values() if node.kind == "incident"]
    told = [writer.incident(node, year) for node in incidents if (year := writer.year(node))]
    if lost := len(incidents) - len(told):
        some = f"{lost:,} incidents" if lost > 1 else "1 incident"
        _log.warning("kg: left out %s without a year, which VERIS demands", some)
    return json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


@cache
def _varieties() -> dict[str, str]:
    """Data type -> variety, as it is spelt."""
    terms = sorted(matches("data-type", "veris-data-variety").items(), reverse=True)
    return _GROUPS | {slug: _SPELT.get(term, term.capitalize()) for term, slug in terms}


class _Writer:
    """Writes the incidents of one selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.projection = selection.projection
        self.known = selection.whole.exposed
        self.dates: dict[str, dict[str, list[str]]] = {}
        for what in DateOf:
            for incident, date in selection.pairs(BKG[what]):
                self.dates.setdefault(incident, {}).setdefault(what, []).append(date)
        self.counts = _counts(selection)
        self.feeds = dict(selection.pairs(BKG["feed"]))
        self.broader: dict[str, list[str]] = {}
        for concept, wider in selection.pairs(f"<{PREFIXES['skos']}broader>"):
            self.broader.setdefault(concept, []).append(wider)

    def year(self, node: Node) -> dict[str, int]:
        """Return the date of an incident in the schema's members: all that is known, or the year of its report."""
        happened = self._happened(node)
        reported = self.dates.get(node.iri, {}).get(DateOf.REPORTED, [""])[0]
        try:
            date = parse_edtf(happened or reported or node_row(node)["date"])
        except ValueError:
            return {}
        begin, end = date.earliest, date.latest
        if begin is None:
            return {}
        found = {"year": begin.year}
        if happened and end and (begin.year, begin.month) == (end.year, end.month):
            found["month"] = begin.month
            if begin == end:
                found["day"] = begin.day
        return found

    def _happened(self, node: Node) -> str:
        """When it happened: of several dates the one that the graph has as the incident's, "" where none is known."""
        told, chosen = self.dates.get(node.iri, {}).get(DateOf.OCCURRED, [""]), node_row(node)["date"]
        return chosen if chosen in told else told[0]

    def incident(self, node: Node, year: dict[str, int]) -> dict[str, Any]:
        """Return one incident."""
        row = node_row(node)
        kinds = [value for name, value in node.properties if name == "type"]
        told = {
            "schema_version": _SCHEMA,
            "incident_id": node.identifiers[0] if node.identifiers else node.iri,
            "source_id": self.feeds.get(node.iri, ""),
            "security_incident": _CERTAINTY.get(row["certainty"], "Suspected"),
            "confidence": {"confirmed": "High", "claimed": "Low"}.get(row["certainty"], "Medium"),
            "summary": node.label,
            "timeline": {"incident": year} | self._until_discovery(node),
            "victim": self._victim(node),
            "action": _action(kinds),
            "actor": self._actor(node, kinds),
            "asset": {"assets": [{"variety": "Unknown"}], "cloud": _UNKNOWN},
            "attribute": self._attribute(node, kinds, row["certainty"]),
            "discovery_method": {"unknown": True},
            "reference": "; ".join(self._addresses(node)),
            "plus": {"breachkg": {"iri": node.iri, "certainty": row["certainty"], "types": kinds} | self._more(node)},
        }
        return {name: value for name, value in told.items() if value}

    def _until_discovery(self, node: Node) -> dict[str, Any]:
        """The days from when it happened until it was first found, where both are known to the day."""
        happened = _day(self._happened(node))
        found = _day(self.dates.get(node.iri, {}).get(DateOf.DISCOVERED, [""])[0])
        if happened is None or found is None or found < happened:
            return {}
        return {"discovery": {"unit": "Days", "value": (found - happened).days}}

    def _more(self, node: Node) -> dict[str, Any]:
        told: dict[str, Any] = {**self.dates.get(node.iri, {})}
        return told | ({"counts": self.counts[node.iri]} if node.iri in self.counts else {})

    def _parties(self, kind: str, node: Node) -> list[Node]:
        """The parties in a role, as far as that is as sure as the incident, and not those that were left alone."""
        as_sure = _as_sure(node)
        edges = [edge for edge in self.projection.out(kind, node.iri) if not self.selection.overruled(edge)]
        return [self.projection.nodes[edge.target] for edge in edges if edge.certainty in as_sure]

    def _victim(self, node: Node) -> dict[str, Any]:
        breached, downstream = (self._parties(kind, node) for kind in ("breached", "affectsDownstream"))
        downstream = [one for one in downstream if one not in breached]
        if not breached and not downstream:
            return {}
        told: dict[str, Any] = {
            "country": _UNKNOWN, "employee_count": "Unknown", "industry": "00", "government": _UNKNOWN,
        }  # fmt: skip
        told |= {"victim_id": "; ".join(map(_name, breached))} if breached else {}
        return told | ({"secondary": _secondary(downstream)} if downstream else {})

    def _actor(self, node: Node, kinds: list[str]) -> dict[str, Any]:
        names = [_name(one) for one in self._parties("attacker", node)]
        if not names and "espionage" not in kinds:
            return {"unknown": {}}
        motive = ["Espionage"] if "espionage" in kinds else _UNKNOWN
        return {"external": {"variety": _UNKNOWN, "motive": motive} | ({"name": names} if names else {})}

    def _attribute(self, node: Node, kinds: list[str], certainty: str) -> dict[str, Any]:
        exposed = [one for one in self.projection.exposed.get(node.iri, ()) if one.certainty != "denied"]
        sure = [one for one in exposed if one.certainty == "confirmed"] if certainty == "confirmed" else []
        told: dict[str, Any] = {}
        if exposed or "data-breach" in kinds:
            varieties = dict.fromkeys(self._variety(one.concept) for one in sure or exposed)
            told["confidentiality"] = {"data_disclosure": self._disclosed(node, certainty, bool(sure))}
            told["confidentiality"] |= {"data": [{"variety": variety} for variety in varieties]} if varieties else {}
            told["confidentiality"] |= self._total(node)
        if "outage" in kinds:
            told["availability"] = {"variety": ["Interruption"]}
        return told

    def _total(self, node: Node) -> dict[str, Any]:
        """How many records were disclosed, where one number is told, as sure as the incident."""
        told = [count for count in self.counts.get(node.iri, ()) if count["unit"] == "records"]
        if len(told) != 1 or told[0]["certainty"] not in _as_sure(node):
            return {}
        low, high = told[0].get("at_least"), told[0].get("at_most")
        return {"data_total": low} if low is not None and low == high else {}

    def _disclosed(self, node: Node, certainty: str, sure: bool) -> str:
        """Whether data was disclosed, by all that is known of it: what a filter leaves out is not unknown."""
        known = {one.certainty for one in self.known.get(node.iri, ())}
        if certainty == "denied" or known == {"denied"}:
            return "No"
        return "Yes" if sure or (certainty == "confirmed" and not known) else "Potentially"

    def _variety(self, slug: str) -> str:
        """The nearest variety that holds a kind of data: its own, else that of the first wider kind that has one."""
        waiting, seen = [f"{VOCAB}data-type/{slug}"], set[str]()
        for concept in waiting:
            if variety := _varieties().get(concept.rsplit("/", 1)[-1]):
                return variety
            waiting += [wider for wider in self.broader.get(concept, ()) if wider not in seen]
            seen.update(waiting)
        return "Other"

    def _addresses(self, node: Node) -> Iterator[str]:
        for source in self._parties("citesSource", node):
            if url := web_address(source.printed("url")):
                yield url


def _counts(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    """Incident -> how many of what are told of it, as far as that is asked for."""
    low, high, unit = (dict(selection.pairs(BKG[name])) for name in ("atLeast", "atMost", "unit"))
    certainty = {iri: told.rsplit("/", 1)[-1] for iri, told in selection.pairs(BKG["certainty"])}
    found: dict[str, list[dict[str, Any]]] = {}
    for incident, iri in selection.pairs(BKG["recordCount"]):
        sure = certainty.get(iri, "")
        if selection.certainty is None or sure in selection.certainty:
            bounds = {name: int(told[iri]) for name, told in (("at_least", low), ("at_most", high)) if iri in told}
            found.setdefault(incident, []).append(bounds | {"unit": unit.get(iri, ""), "certainty": sure})
    return {
        incident: sorted(told, key=lambda count: json.dumps(count, sort_keys=True)) for incident, told in found.items()
    }


def _day(told: str) -> date | None:
    """The day that a date is of, None for one that is not known to the day."""
    try:
        known = parse_edtf(told)
    except ValueError:
        return None
    return known.earliest if known.earliest == known.latest else None


def _as_sure(node: Node) -> Collection[str]:
    """The certainties that are as good as that of an incident, which is all that VERIS has."""
    certainty = node.printed("certainty")
    sure = {"confirmed": {"confirmed", ""}, "denied": {"denied", ""}}
    return sure.get(certainty, {"confirmed", "suspected", "claimed", ""})


def _name(node: Node) -> str:
    # A semicolon parts names.
    return node.label.replace(";", ",")


def _secondary(downstream: list[Node]) -> dict[str, Any]:
    """The secondary victims, with how many they are, where there is no group of which that is not known."""
    told: dict[str, Any] = {"victim_id": list(map(_name, downstream))}
    sizes = [_size(node) for node in downstream]
    return told if None in sizes else told | {"amount": sum(filter(None, sizes))}


def _size(node: Node) -> int | None:
    """How many organizations a party is, None where that is not known."""
    if node.kind != "group":
        return 1
    low, high = node.printed("at least"), node.printed("at most")
    return int(low) if low and low == high else None


def _action(kinds: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in kinds:
        if kind in _ACTIONS:
            action, variety = _ACTIONS[kind]
            found.setdefault(action, {"variety": [], **_MORE[action]})["variety"].append(variety)
    for told in found.values():
        # What is known is no longer unknown.
        told["variety"] = sorted(set(told["variety"]) - ({"Unknown"} if len(set(told["variety"])) > 1 else set()))
    return found or {"unknown": {}}
